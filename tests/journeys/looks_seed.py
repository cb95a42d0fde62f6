"""`python -m tests.journeys.looks_seed LOOKS`: something to see on every page of a running platform. Prints JSON.

A firm with bills of every standing, one with files of every standing, one that hires and loses workers, one that has
just begun; two members, a clerk of all firms, an officer; links for ``LOOKS`` looks. Run with the platform's own
environment.
"""

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from lindung.config.cli import django_setup

django_setup()

import polars as pl  # noqa: E402 # after the framework is ready
from django.db import transaction  # noqa: E402 # likewise

from lindung.access import services as access  # noqa: E402 # likewise
from lindung.access.sessions import SessionStore  # noqa: E402 # likewise
from lindung.access.trail import SYSTEM, Actor  # noqa: E402 # likewise
from lindung.contributions.queries import bill_of  # noqa: E402 # likewise
from lindung.law import Month  # noqa: E402 # likewise
from lindung.lib import clock  # noqa: E402 # likewise
from lindung.nation.bank import register_simulated_bank  # noqa: E402 # likewise
from lindung.partners.dukcapil import people as registry_people  # noqa: E402 # likewise
from lindung.partners.dukcapil.simulator import FORCED_ENDINGS  # noqa: E402 # likewise
from lindung.registry import enrolment_queries, staff_queries  # noqa: E402 # likewise
from lindung.registry.enrolment_queries import BatchView  # noqa: E402 # likewise
from lindung.registry.models import Enrolment  # noqa: E402 # likewise
from lindung.registry.services import EXITS, report_exits, withdraw_enrolment  # noqa: E402 # likewise
from lindung.uploads import services as uploads  # noqa: E402 # likewise
from tests import builders  # noqa: E402 # likewise
from tests.channels.employer import staff  # noqa: E402 # likewise
from tests.journeys import looks_seed_month  # noqa: E402 # likewise
from tests.journeys.looks_compliance import complaints  # noqa: E402 # likewise
from tests.journeys.looks_corrections import corrections  # noqa: E402 # likewise
from tests.journeys.looks_crediting import creditings_of_all_states  # noqa: E402 # likewise
from tests.journeys.looks_firm import firms  # noqa: E402 # likewise
from tests.journeys.looks_money import billed, firm_with_parts, firms_that_pay_together  # noqa: E402 # likewise
from tests.journeys.looks_money_seed import money  # noqa: E402 # likewise
from tests.journeys.looks_refunds import refunds  # noqa: E402 # likewise
from tests.journeys.looks_segments import self_payers  # noqa: E402 # likewise
from tests.journeys.seed import PASSWORD  # noqa: E402 # likewise
from tests.uploads import people  # noqa: E402 # likewise
from tests.uploads.files import Cell, Row  # noqa: E402 # likewise
from tests.uploads.sending import worker_csv  # noqa: E402 # likewise

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
    in_parts, parts = firm_with_parts(this, bank, now)
    bills = dict(billed(old, this, bank, now))
    together, joined = firms_that_pay_together(this, bank, now)
    files = dict(sent(busy, this, now))
    hires = builders.firm(now=now, workers=8, from_on=this.plus(-3).first_on)
    workers = staffed(hires, busy, this, now)
    big_bill = bill_of(employer_id=busy.id, period=this.plus(-2).first_on).pk
    clerk, officer, member = (f"{who}{old.id}@contoh.example" for who in ("hr", "petugas", "pekerja-lama"))
    typing, typed = looks_seed_month.months(this, now)
    corrects, corrected = corrections(this, now)
    payers, own = self_payers(old.id, bank, now)
    blamed, complained = complaints(this, invited("officer", officer, 0, now).account_id, now)
    for firm in (old, busy, fresh, hires, in_parts, corrects, blamed, *together, *typing):
        link = invited("hr", clerk, firm.id, now)
    access.set_first_password(token=link.token, password=PASSWORD, now=now)
    for role, email, scope in (
        ("officer", officer, 0),
        ("member", member, old.people["person_id"][0]),
        ("member", f"pekerja-baru{fresh.id}@contoh.example", fresh.people["person_id"][0]),
        *(("member", f"{name}{old.id}@contoh.example", payer.person_id) for name, payer in payers.items()),
        ("member", f"pekerja-mengadu{blamed.id}@contoh.example", complained["complaining"]),
    ):
        access.set_first_password(token=invited(role, email, scope, now).token, password=PASSWORD, now=now)
    officers = [
        invited("officer", mail, 0, now).account_id for mail in (officer, f"petugas-dua{old.id}@contoh.example")
    ]
    creditings = creditings_of_all_states(
        member=int(old.people["person_id"][0]), officer=officers[0], other=officers[1], now=now
    )
    firm_facts = firms(this, clerk, officers[0], looks, now)
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
                "hires": hires.id,
                "told_worker": int(old.people["employment_id"][0]),
                "quiet_worker": int(old.people["employment_id"][1]),
                **{name: f"{name}{old.id}@contoh.example" for name in payers},
                **own,
                **workers,
                **complained,
                "complainer": f"pekerja-mengadu{blamed.id}@contoh.example",
                **parts,
                **joined,
                **typed,
                **corrected,
                **money(bank, officers[0], now),
                **firm_facts,
                **refunds(clerk, officers, bank, now),
                "bills": bills,
                "creditings": creditings,
                "big_bill": f"/employer/{busy.id}/bills/{big_bill}/",
                "files": files,
                "paid_month": f"{this.plus(-5)}",
                "late_month": f"{this.plus(-3)}",
                "next_month": f"{this.previous()}",
                "this_month": f"{this}",
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
    # Of one month the last file that was checked counts: the faulty one has a month of its own.
    faulty = [*rows, rows[5], "99999999999;Orang Lain;5000000"]
    yield "faulty", checked(firm, this.first_on, faulty, now)
    yield "refused", checked(firm, month, ["satu;dua;tiga"], now, headings="APA;INI;ITU")
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


def staffed(firm: builders.Firm, former: builders.Firm, this: Month, now: datetime) -> dict[str, Any]:
    """Who works in a firm, who is on the way, who left or seems to have, and files about them; ids by what they are.

    Comes after ``sent``: nothing of uploads is queued any more in this process. ``former`` employed some of them.
    """
    today = clock.wib_date(now)
    # The last one is on neither of the newest two bills.
    for back in (2, 1):
        builders.bill(replace(firm, people=firm.people.head(7)), this.plus(-back).first_on, now)
    works = [int(key) for key in firm.people["employment_id"]]
    left = pl.DataFrame([(works[0], today - timedelta(days=30), "A1")], schema=EXITS, orient="row")
    report_exits(actor=CLERK, employer_id=firm.id, exits=left, now=now)
    files, newcomers = worker_files(firm, former, today, now)
    batches = proposed(firm, former, today, now)
    batches["answered"] = enrolment_queries.batches_of(firm.id)[-1].id
    rows = settled(firm, batches, now)
    dead = registry_people.find(str(newcomers[0]["NOMOR_IDENTITAS"]))
    alive = registry_people.find(str(newcomers[1]["NOMOR_IDENTITAS"]))
    assert dead
    assert alive
    registry_people.change(dead.id, state="deceased")
    over = staff_queries.contracts_over(firm.id, today)[0].employment_id
    return {
        "works": {"left": works[0], "active": works[1], "another": works[2], "over": over},
        "worker_name": firm.told["name"][1],
        "worker_files": files,
        "batches": batches,
        "rows": rows,
        "unused_nik": nik(40, "0001"),
        "today": {"day": today.day, "month": today.month, "year": today.year},
        "citizens": {"dead": dead.id, "alive": alive.id},
    }


def worker_files(
    firm: builders.Firm, former: builders.Firm, today: date, now: datetime
) -> tuple[dict[str, int], list[Row]]:
    """Name -> upload of every kind of file about workers; and the new workers whom the civil registry knows."""

    def file(kind: str, rows: Sequence[Row]) -> int:
        upload_id = received_workers(firm, kind, rows, today, now)
        uploads.check_upload(upload_id=upload_id, now=now)
        return upload_id

    def booked(kind: str, rows: Sequence[Row], *, partial: bool = False) -> int:
        upload_id = file(kind, rows)
        uploads.confirm_upload(actor=CLERK, upload_id=upload_id, now=now, partial=partial)
        uploads.book_upload(upload_id=upload_id, now=now)
        return upload_id

    known = [somebody(today) for _ in range(5)]
    register(known)
    stopped = [somebody(today, NOMOR_IDENTITAS=nik(20, "8013")), somebody(today, NOMOR_IDENTITAS=nik(20, "8012"))]
    renamed = known[4] | {"NAMA_LENGKAP": "Seseorang Yang Namanya Lain Sama Sekali"}
    wrong = [somebody(today, **fault) for fault in FAULTS]
    began, yesterday = f"{today:%d-%m-%Y}", f"{today - timedelta(days=1):%d-%m-%Y}"
    many = [somebody(today) for _ in range(MANY)]
    files = {
        "part": booked("new_workers", [*known[:4], renamed, *stopped, *wrong[:2]], partial=True),
        "faulty": file("new_workers", [*(somebody(today) for _ in range(12)), *wrong]),
        "clean": file(
            "new_workers", [many[0] | {"NAMA_LENGKAP": "Wati 2 Contoh", "EMAIL": None, "HP": None}, *many[1:]]
        ),
        "cards": file(
            "continuing_workers",
            [people.continuing_worker(former, number, TGL_AWAL_BEKERJA=began) for number in (10, 11)],
        ),
        "leaving": file("exits", [people.leaver(firm, number, TGL_KEJADIAN=yesterday) for number in (4, 5)]),
        "left": booked("exits", [people.leaver(firm, 6, TGL_KEJADIAN=yesterday)]),
        "corrected": booked("corrections", [people.correction(firm, number) for number in (1, 2, 3)]),
        "changing": file(
            "corrections", [people.correction(firm, 4, LOKASI_PEKERJAAN="Gudang", HANDPHONE="080012345678")]
        ),
    }
    files["working"] = received_workers(firm, "new_workers", [somebody(today)], today, now)
    return files, known


FAULTS: tuple[dict[str, Cell], ...] = (
    {"NAMA_LENGKAP": ""},
    {"NOMOR_IDENTITAS": "99100141039000"},
    {"TANGGAL_LAHIR": "31-02-1990"},
    {"UPAH": "4.5", "EMAIL": "siti@@contoh"},
    {"JENIS_IDENTITAS": "PASPOR", "NOMOR_IDENTITAS": "A1234567"},
)


def somebody(today: date, **changes: Cell) -> Row:
    """A row about somebody new whose NIK forces no answer of the simulated registry."""
    row = people.new_worker(TGL_AWAL_BEKERJA=f"{today:%d-%m-%Y}")
    while str(row["NOMOR_IDENTITAS"])[-4:] in FORCED_ENDINGS:
        row = people.new_worker(TGL_AWAL_BEKERJA=f"{today:%d-%m-%Y}")
    return row | changes


def nik(district: int, ending: str) -> str:
    """The NIK of a woman born on 2 March 1990; some endings force an answer of the simulated registry."""
    return f"99{district}01420390{ending}"


def register(rows: Sequence[Row]) -> None:
    """Make people known to the simulated civil registry under what stands in a file about them."""
    columns = {
        "nik": "NOMOR_IDENTITAS",
        "name": "NAMA_LENGKAP",
        "mother_name": "NAMA_IBU_KANDUNG",
        "birth_place": "TEMPAT_LAHIR",
        "sex": "JENIS_KELAMIN",
    }
    told = [{name: str(row[heading]) for name, heading in columns.items()} for row in rows]
    registry_people.register_people(pl.DataFrame(told).with_columns(birth_on=pl.lit(date(1990, 3, 2))))


def received_workers(firm: builders.Firm, kind: str, rows: Sequence[Row], today: date, now: datetime) -> int:
    return uploads.receive_upload(
        actor=CLERK,
        employer_id=firm.id,
        kind=kind,
        period=Month.of(today).first_on,
        file_name="pekerja kantor pusat dan semua cabang bulan ini.csv",
        content=worker_csv(list(rows), kind),
        now=now,
    ).id


def proposed(firm: builders.Firm, former: builders.Firm, today: date, now: datetime) -> dict[str, int]:
    """Name -> list of new workers: typed with all sorts in it, put off by the registry, and not asked about yet."""

    def by_card(number: int, **changed: object) -> dict[str, object]:
        told = former.told.row(number, named=True)
        card = {"nik": None, "sex": None, "kpj": former.people["kpj"][number], "from_on": today - timedelta(days=60)}
        return staff.proposal(**card, name=told["name"], birth_on=told["birth_on"], **changed)

    again = staff.proposal(nik=nik(30, "8013"), from_on=today)
    taken_back = staff.proposal(nik=nik(31, "8013"), from_on=today)
    typed = [
        by_card(20),
        by_card(21, contract="PKWT", contract_until_on=today - timedelta(days=3)),
        by_card(22) | {"name": "Orang Lain"},
        again,
        taken_back,
    ]
    batches = {"typed": staff.proposed(firm, typed, now)}
    withdraw_enrolment(
        actor=CLERK, employer_id=firm.id, enrolment_id=staff.rows_of(firm, batches["typed"])[4].id, now=now
    )
    put_off = [staff.proposal(nik=nik(district, "8005"), from_on=today) for district in (32, 33)]
    batches["put_off"] = staff.proposed(firm, put_off, now)
    with transaction.atomic():
        fresh = staff.proposed(firm, [again, staff.proposal(from_on=today)], now)
        # Nobody's turn comes before tomorrow, so that the list stays as it was sent.
        Enrolment.objects.filter(batch_id=fresh).update(next_try_at=now + timedelta(days=1))
    return batches | {"fresh": fresh}


def settled(firm: builders.Firm, batches: dict[str, int], now: datetime) -> dict[str, int]:
    """Wait until the platform asked the simulated registry; gives row by what became of it."""
    deadline = time.monotonic() + 120
    while (
        view_of(firm, batches["answered"]).counts["waiting"]
        or view_of(firm, batches["typed"]).counts["waiting"]
        or not view_of(firm, batches["put_off"]).waiting_for
    ):
        assert time.monotonic() < deadline, "the civil registry was not asked"
        time.sleep(0.1)
    rows = [row for batch_id in batches.values() for row in staff.rows_of(firm, batch_id)]
    found = {f"{row.state}_{row.outcome}": row.id for row in rows}
    return found | {
        "withdrawn_replaced": next(row.id for row in rows if row.replaced_by),
        "withdrawn": next(row.id for row in rows if row.state == "withdrawn" and not row.replaced_by),
        "waiting_fresh": staff.rows_of(firm, batches["fresh"])[0].id,
        "card": next(row.id for row in rows if "kpj" in row.differing),
        "named": next(row.id for row in rows if "name" in row.differing),
    }


def view_of(firm: builders.Firm, batch_id: int) -> BatchView:
    found = enrolment_queries.batch(firm.id, batch_id)
    assert found
    return found


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
