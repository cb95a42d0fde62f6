"""`python -m tests.journeys.looks_seed LOOKS`: something to see on every page of a running platform. Prints JSON.

A firm with bills of every standing, one with files of every standing, one that has just begun; two members, a clerk of
all three firms, an officer; links for ``LOOKS`` looks. Run with the platform's own environment.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from lindung.config.cli import django_setup

django_setup()

from lindung.access import services as access  # noqa: E402 # after the framework is ready
from lindung.access.sessions import SessionStore  # noqa: E402 # likewise
from lindung.access.trail import SYSTEM, Actor  # noqa: E402 # likewise
from lindung.contributions.calendar import due_on  # noqa: E402 # likewise
from lindung.contributions.queries import bill_of  # noqa: E402 # likewise
from lindung.contributions.services import (  # noqa: E402 # likewise
    IssuedBill,
    receive_payment,
    reissue_virtual_account,
)
from lindung.law import Month  # noqa: E402 # likewise
from lindung.lib import clock  # noqa: E402 # likewise
from lindung.nation.bank import register_simulated_bank  # noqa: E402 # likewise
from lindung.uploads import services as uploads  # noqa: E402 # likewise
from tests import builders  # noqa: E402 # likewise
from tests.journeys.seed import PASSWORD  # noqa: E402 # likewise

CLERK = Actor("account", 1)
MANY = 60
"""More workers than fit on one page of a list."""


def main(looks: int) -> None:
    now = clock.now()
    this = Month.of(clock.wib_date(now))
    bank = register_simulated_bank(folder=Path(os.environ["LINDUNG_DATA"]), now=now)
    old = builders.firm(now=now, workers=4, from_on=this.plus(-6).first_on)
    busy = builders.firm(now=now, workers=MANY, from_on=this.plus(-3).first_on)
    fresh = builders.firm(now=now, workers=1, from_on=this.first_on)
    bills = dict(billed(old, this, bank, now))
    files = dict(sent(busy, this, now))
    big_bill = bill_of(employer_id=busy.id, period=this.plus(-2).first_on).pk
    clerk, officer, member = (f"{who}{old.id}@contoh.example" for who in ("hr", "petugas", "pekerja-lama"))
    for firm in (old, busy, fresh):
        link = invited("hr", clerk, firm.id, now)
    access.set_first_password(token=link.token, password=PASSWORD, now=now)
    for role, email, scope in (
        ("officer", officer, 0),
        ("member", member, old.people["person_id"][0]),
        ("member", f"pekerja-baru{fresh.id}@contoh.example", fresh.people["person_id"][0]),
    ):
        access.set_first_password(token=invited(role, email, scope, now).token, password=PASSWORD, now=now)
    braked = f"tergesa{old.id}@contoh.example"
    brake(braked, now)
    print(
        json.dumps(
            {
                "password": PASSWORD,
                "clerk": clerk,
                "officer": officer,
                "member": member,
                "newcomer": f"pekerja-baru{fresh.id}@contoh.example",
                "braked": braked,
                "old": old.id,
                "busy": busy.id,
                "fresh": fresh.id,
                "bills": bills,
                "big_bill": f"/employer/{busy.id}/bills/{big_bill}/",
                "files": files,
                "paid_month": f"{this.plus(-5)}",
                "late_month": f"{this.plus(-3)}",
                "next_month": f"{this.previous()}",
                "told": old.told["email"][1],
                "links": [
                    invited("hr", f"tautan{number}-{old.id}@contoh.example", old.id, now).token
                    for number in range(looks + 1)
                ],
            }
        )
    )


def invited(role: str, email: str, scope_id: int, now: datetime) -> access.NewLink:
    return access.invite(
        actor=SYSTEM, display_name="Rina Personalia", names={"email": email}, role=role, scope_id=scope_id, now=now
    )


def billed(firm: builders.Firm, this: Month, bank: int, now: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name -> bill: paid, paid late, late with an open number, late with none, and waiting for its day."""
    for name, back in (("paid", 5), ("paid_late", 4), ("late", 3), ("expired", 2), ("due", 0)):
        period = this.plus(-back).first_on
        at = min(at_noon(this.plus(1 - back).first_on), now)
        issued = builders.bill(firm, period, at)
        if name in ("paid_late", "late"):
            after = now if name == "late" else at_noon(due_on(Month.of(period)) + timedelta(days=3))
            issued = reissue_virtual_account(actor=CLERK, employer_id=firm.id, bill_id=issued.bill_id, now=after)
            at = after
        if name.startswith("paid"):
            paid(issued, bank, at + timedelta(hours=1))
        yield name, {"id": issued.bill_id, "number": issued.customer_no}


def paid(issued: IssuedBill, bank: int, at: datetime) -> None:
    receive_payment(
        actor=Actor("partner", bank),
        partner_id=bank,
        reference=f"look-{issued.bill_id}",
        customer_no=issued.customer_no,
        amount_rupiah=issued.amount_rupiah,
        channel="6011",
        bank_reference="B-77",
        paid_at=at,
        inquired_at=at,
        now=at,
    )


def sent(firm: builders.Firm, this: Month, now: datetime) -> Iterator[tuple[str, int]]:
    """Name -> upload: booked, to be agreed to, faulty, refused, cancelled, and one that nobody has looked at."""
    before, month = this.plus(-2).first_on, this.previous().first_on
    booked = checked(firm, before, wages(firm), now)
    uploads.confirm_upload(actor=CLERK, upload_id=booked, now=now)
    uploads.book_upload(upload_id=booked, now=now)
    yield "booked", booked
    # Against the month before: some earn more, some much less, and one is not there.
    changed = [f"{8 + number % 5}500000" for number in range(MANY)]
    changed[3] = "900000"
    yield "clean", checked(firm, month, wages(firm, changed)[:-1], now)
    wrong = ["0"] * MANY
    wrong[:4] = ["minus", "-5", "4.5", "12.000.000"]
    rows = wages(firm, wrong)
    yield "faulty", checked(firm, month, [*rows, rows[5], "99999999999;Orang Lain;5000000"], now)
    yield "refused", checked(firm, month, ["satu", "dua"], now, headings="APA;INI;ITU")
    cancelled = checked(firm, month, wages(firm, ["7000000"] * MANY), now)
    uploads.cancel_upload(actor=CLERK, upload_id=cancelled, now=now)
    yield "cancelled", cancelled
    # In this process alone nothing is queued, so that the file stays as it came.
    uploads.enqueue = lambda *names, **ids: None
    yield "working", received(firm, month, wages(firm, ["6000000"] * MANY), now)


def wages(firm: builders.Firm, amounts: list[str] | None = None) -> list[str]:
    people = zip(firm.people["kpj"], firm.told["name"], amounts or ["10000000"] * MANY, strict=True)
    return [f"{kpj};{name};{amount}" for kpj, name, amount in people]


def received(
    firm: builders.Firm, period: date, rows: list[str], now: datetime, headings: str = "KPJ;NAMA_LENGKAP;UPAH"
) -> int:
    return uploads.receive_upload(
        actor=CLERK,
        employer_id=firm.id,
        kind="wage_report",
        period=period,
        file_name="upah bulan ini yang namanya cukup panjang untuk layar kecil.csv",
        content="\n".join([headings, *rows, ""]).encode(),
        now=now,
    ).id


def checked(firm: builders.Firm, period: date, rows: list[str], now: datetime, **options: str) -> int:
    upload_id = received(firm, period, rows, now, **options)
    uploads.check_upload(upload_id=upload_id, now=now)
    return upload_id


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), clock.WIB)


def brake(name: str, now: datetime) -> None:
    """Guess until the next guess waits for an hour; from a network address that is nobody else's."""
    waits_minutes = (0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32)
    at = now - timedelta(minutes=sum(waits_minutes))
    for waited in waits_minutes:
        at += timedelta(minutes=waited)
        with suppress(access.SignInRefused):
            access.sign_in(session=SessionStore(), name=name, password="salah", address="192.0.2.9", now=at)


if __name__ == "__main__":
    main(int(sys.argv[1]))
