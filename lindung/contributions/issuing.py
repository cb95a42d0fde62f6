"""Writing a bill with a line per worker: the month as reported, what was missing of it, or what was too much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from lindung.access.trail import Actor
from lindung.contributions import postings
from lindung.contributions.calendar import due_on
from lindung.contributions.models import Bill, BillLine
from lindung.contributions.shapes import WageRows
from lindung.law import Month
from lindung.law.contributions import BILLED_KEYS, Assessment
from lindung.ledger.services import post
from lindung.lib.copy import copy_columns
from lindung.lib.ids import next_of

Rupiah = npt.NDArray[np.int64]
PARTS = (*BILLED_KEYS, "jkp_from_jkk", "jkp_from_jkm")


@dataclass(frozen=True, slots=True)
class BillOf:
    """Whose month it is, and by which facts it was assessed."""

    employer_id: int
    period: date
    revision: int
    upload_id: int | None
    jkk_class: str
    programmes: list[str]
    law: Mapping[str, Any]


def parts_of(assessment: Assessment) -> dict[str, Rupiah]:
    """The columns of an assessment that a line holds."""
    return {key: getattr(assessment, key) for key in PARTS}


def issue_bill(of: BillOf, rows: WageRows, parts: Mapping[str, Rupiah], *, actor: Actor, now: datetime) -> Bill:
    """Bill, lines and entry. Amounts below zero give back what was paid too much; such a bill asks for nothing.

    ``rows`` and ``parts`` are columns of equal length, whole rupiah; the wages of a correction are differences.
    """
    totals = {key: int(parts[key].sum()) for key in PARTS}
    amount_rupiah = sum(totals[key] for key in BILLED_KEYS)
    gives_back = amount_rupiah < 0
    bill_id = next_of("contributions_bill_id_seq")
    bill = Bill(
        id=bill_id,
        number=f"{of.period:%Y%m}{bill_id:09d}",
        employer_id=of.employer_id,
        period=of.period,
        revision=of.revision,
        upload_id=of.upload_id,
        worker_count=len(rows.person_id),
        wage_rupiah=int(rows.wage_rupiah.sum()),
        **totals,
        amount_rupiah=amount_rupiah,
        law={name: list(row) for name, row in of.law.items()},
        jkk_class=of.jkk_class,
        programmes=sorted(of.programmes),
        due_on=due_on(Month.of(of.period)),
        issued_at=now,
        paid_at=now if gives_back else None,
        contribution_paid_rupiah=amount_rupiah if gives_back else 0,
    )
    bill.save(force_insert=True)
    _copy_lines(bill, rows, parts)
    post(
        actor=actor,
        key=f"bill:{bill.pk}",
        kind="bill_given_back" if gives_back else "bill",
        agency_lines=postings.bill_given_back(bill) if gives_back else postings.bill_issued(bill),
        holder_lines=postings.workers_debited(bill) if gives_back else None,
        happened_at=now,
        now=now,
    )
    return bill


def _copy_lines(bill: Bill, rows: WageRows, parts: Mapping[str, Rupiah]) -> None:
    count = len(rows.person_id)
    same = np.ones(count, dtype=np.int64)
    columns: dict[str, npt.NDArray[Any]] = {
        "person_id": rows.person_id,
        "employer_id": same * bill.employer_id,
        "period": np.full(count, np.datetime64(bill.period, "D")),
        "revision": np.full(count, bill.revision, dtype=np.int16),
        "bill_id": same * bill.pk,
        "membership_id": rows.membership_id,
        "employment_id": rows.employment_id,
        "wage_rupiah": rows.wage_rupiah,
        **parts,
        "jp_liable": rows.jp_liable,
        "jkp_member": rows.jkp_member,
    }
    with connection.cursor() as cursor:
        copy_columns(cursor, BillLine._meta.db_table, columns)
