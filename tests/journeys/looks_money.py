"""Firms with bills in every state: paid, late, waiting; and one whose money was short, over and corrected."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from lindung.access.trail import SYSTEM, Actor
from lindung.contributions.calendar import due_on
from lindung.contributions.services import (
    IssuedBill,
    WageRows,
    correct_month,
    receive_deposit,
    receive_payment,
    reissue_virtual_account,
)
from lindung.law import Month
from lindung.lib import clock
from tests import builders
from tests.builders import Firm
from tests.contributions.money import join, pay


def firm_with_parts(this: Month, bank: int, now: datetime) -> tuple[Firm, dict[str, Any]]:
    """A bill paid in part, one given back, one partly paid from credit, and the worker who sees it."""
    firm = builders.firm(now=now, workers=3, from_on=this.plus(-3).first_on)
    corrected = builders.bill(firm, this.plus(-2).first_on, now)
    receive_payment(
        actor=SYSTEM,
        partner_id=bank,
        reference=f"look-parts-{firm.id}",
        customer_no=corrected.customer_no,
        amount_rupiah=corrected.amount_rupiah,
        channel="6011",
        bank_reference="B-7",
        paid_at=now,
        inquired_at=None,
        now=now,
    )
    rows = firm.rows(7_000_000)
    correct_month(
        actor=SYSTEM,
        employer_id=firm.id,
        period=this.plus(-2).first_on,
        upload_id=None,
        rows=WageRows(**{name: np.ascontiguousarray(getattr(rows, name)[:1]) for name in WageRows.__slots__}),
        now=now,
    )
    begun = builders.bill(firm, this.previous().first_on, now)
    receive_deposit(
        actor=SYSTEM,
        partner_id=bank,
        reference=f"look-slip-{firm.id}",
        employer_id=firm.id,
        amount_rupiah=1_000_000,
        channel="6010",
        bank_reference="SLIP 7",
        paid_at=now,
        meant_for=begun.customer_no,
        now=now,
    )
    worker, month = firm.people["employment_id"][0], this.plus(-2).first_on
    bill = f"/employer/{firm.id}/bills"
    given_back = begun.bill_id - 1
    return firm, {
        "parts": firm.id,
        "begun_bill": f"{bill}/{begun.bill_id}/",
        "given_back_bill": f"{bill}/{given_back}/",
        "credit": f"{bill}/credit/",
        "right_wage": f"/employer/{firm.id}/workers/{worker}/wage/{month.year}/{month.month}/",
    }


def firms_that_pay_together(this: Month, bank: int, now: datetime) -> tuple[list[builders.Firm], dict[str, str]]:
    """One number for several bills: given up, paid, waiting; and one of another firm whose time is over."""
    many = builders.firm(now=now, workers=2, from_on=this.plus(-8).first_on)
    bills = [builders.bill(many, this.plus(-back).first_on, now).bill_id for back in range(7, 0, -1)]
    given_up = join(many, now, *bills[:2])
    settled = join(many, now, *bills[:3])
    pay(settled.customer_no, settled.amount_rupiah, now, reference=f"look-together-{many.id}", partner_id=bank)
    waiting = join(many, now, *bills[3:6])
    slow, before = builders.firm(now=now, workers=1, from_on=this.plus(-8).first_on), now - timedelta(days=70)
    for back in (5, 4):
        builders.bill(slow, this.plus(-back).first_on, before)
    expired = join(slow, before)
    start = f"/employer/{many.id}/bills/"
    return [many, slow], {
        "together": f"{start}together/",
        "joined_bills": start,
        "joined_bill": f"{start}{bills[4]}/",
        "paid_together": f"{start}{bills[0]}/",
        "joint_given_up": f"{start}together/{given_up.customer_no}/",
        "joint_paid": f"{start}together/{settled.customer_no}/",
        "joint_open": f"{start}together/{waiting.customer_no}/",
        "joint_expired": f"/employer/{slow.id}/bills/together/{expired.customer_no}/",
    }


def billed(firm: builders.Firm, this: Month, bank: int, now: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name -> bill: paid, paid late, late with an open number, late with none, and waiting for its day."""
    for name, back in (("paid", 5), ("paid_late", 4), ("late", 3), ("expired", 2), ("due", 0)):
        period = this.plus(-back).first_on
        at = min(at_noon(this.plus(1 - back).first_on), now)
        issued = builders.bill(firm, period, at)
        if name in ("paid_late", "late"):
            after = now if name == "late" else at_noon(due_on(Month.of(period)) + timedelta(days=3))
            issued = reissue_virtual_account(actor=SYSTEM, employer_id=firm.id, bill_id=issued.bill_id, now=after)
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


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), clock.WIB)
