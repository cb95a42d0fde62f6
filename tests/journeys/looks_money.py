"""A firm whose money was short, over and corrected, so that each of its pages can be looked at."""

from datetime import datetime
from typing import Any

import numpy as np

from lindung.access.trail import SYSTEM
from lindung.contributions.services import WageRows, correct_month, receive_deposit, receive_payment
from lindung.law import Month
from tests import builders
from tests.builders import Firm


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
