"""Reading bills, the numbers they are paid to, and a worker's months."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import polars as pl
from django.db import connection

from lindung.contributions.models import Bill
from lindung.lib.copy import fetch_columns


@dataclass(frozen=True, slots=True)
class Payable:
    """What a bank is told of a number: nothing of any worker."""

    customer_no: str
    bill_id: int
    bill_number: str
    period: date
    employer_name: str
    worker_count: int
    amount_rupiah: int
    contribution_rupiah: int
    penalty_rupiah: int
    due_on: date
    expires_at: datetime
    state: Literal["open", "paid", "expired"]


@dataclass(frozen=True, slots=True)
class BillView:
    """A bill as its employer sees it, with the newest number to pay to and the payment, if any."""

    id: int
    number: str
    period: date
    worker_count: int
    wage_rupiah: int
    jht_employer: int
    jht_worker: int
    jp_employer: int
    jp_worker: int
    jkk: int
    jkm: int
    amount_rupiah: int
    due_on: date
    issued_at: datetime
    customer_no: str
    penalty_rupiah: int
    months_late: int
    expires_at: datetime
    paid_at: datetime | None
    receipt_number: str
    bank_name: str
    bank_reference: str
    service_code: str
    jkk_class: str

    @property
    def due_rupiah(self) -> int:
        """What the open number takes, or what was paid: contribution and penalty."""
        return self.amount_rupiah + self.penalty_rupiah

    @property
    def employer_rupiah(self) -> int:
        return self.jht_employer + self.jp_employer + self.jkk + self.jkm

    @property
    def worker_rupiah(self) -> int:
        return self.jht_worker + self.jp_worker

    @property
    def paid_late(self) -> bool:
        return self.paid_at is not None and self.penalty_rupiah > 0


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """One month of one worker at one employer."""

    period: date
    employer_id: int
    employer_name: str
    revision: int
    wage_rupiah: int
    jht_rupiah: int
    jp_rupiah: int
    due_on: date
    paid_at: datetime | None
    penalty_rupiah: int


def payable(customer_no: str, now: datetime) -> Payable | None:
    """What is to be paid to a number, or None when no bill ever had it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.customer_no, b.id, b.number, b.period, f.name, b.worker_count,"
            " v.contribution_rupiah + v.penalty_rupiah, v.contribution_rupiah, v.penalty_rupiah, b.due_on,"
            " v.expires_at, CASE WHEN b.paid_at IS NOT NULL THEN 'paid'"
            " WHEN v.closed_at IS NOT NULL OR v.expires_at <= %s THEN 'expired' ELSE 'open' END"
            " FROM contributions_virtualaccount v JOIN contributions_bill b ON b.id = v.bill_id"
            " JOIN registry_employer f ON f.id = b.employer_id WHERE v.customer_no = %s",
            [now, customer_no],
        )
        row = cursor.fetchone()
    return Payable(*row) if row else None


def bill_of(*, employer_id: int, period: date) -> Bill | None:
    """The bill of an employer's month, if there is one."""
    return Bill.objects.filter(employer_id=employer_id, period=period, revision=0).first()


def wages_in(*, employer_id: int, period: date) -> pl.DataFrame:
    """The wages billed for an employer's month: ``person_id``, ``wage_rupiah``, int64."""
    return fetch_columns(
        "SELECT l.person_id, l.wage_rupiah FROM contributions_bill b"
        " JOIN contributions_billline l ON l.bill_id = b.id"
        " WHERE b.employer_id = %s AND b.period = %s AND b.revision = 0",
        [employer_id, period],
        {"person_id": pl.Int64, "wage_rupiah": pl.Int64},
    )


_BILLS = (
    "SELECT b.id, b.number, b.period, b.worker_count, b.wage_rupiah, b.jht_employer, b.jht_worker, b.jp_employer,"
    " b.jp_worker, b.jkk, b.jkm, b.amount_rupiah, b.due_on, b.issued_at, v.customer_no, v.penalty_rupiah,"
    " v.months_late, v.expires_at, b.paid_at, coalesce(p.receipt_number, ''), coalesce(k.name, ''),"
    " coalesce(p.bank_reference, ''), coalesce((SELECT service_codes->>0 FROM access_partner WHERE active"
    " ORDER BY id LIMIT 1), ''), b.jkk_class"
    " FROM contributions_bill b"
    " JOIN LATERAL (SELECT * FROM contributions_virtualaccount WHERE bill_id = b.id"
    "   ORDER BY closed_at DESC NULLS FIRST, opened_at DESC LIMIT 1) v ON true"
    " LEFT JOIN contributions_payment p ON p.id = b.payment_id"
    " LEFT JOIN access_partner k ON k.id = p.partner_id"
)


def bills_of(*, employer_id: int, most: int = 36) -> list[BillView]:
    """An employer's bills, newest month first."""
    return _bills("WHERE b.employer_id = %s ORDER BY b.period DESC, b.id DESC LIMIT %s", [employer_id, most])


def bill_view(*, employer_id: int, bill_id: int) -> BillView | None:
    """One bill of this employer; another firm's bill is not there."""
    found = _bills("WHERE b.employer_id = %s AND b.id = %s", [employer_id, bill_id])
    return found[0] if found else None


def _bills(where: str, params: list[Any]) -> list[BillView]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_BILLS} {where}", params)
        return [BillView(*row) for row in cursor.fetchall()]


def months_of(*, person_id: int, since: date = date.min) -> list[MonthPaid]:
    """The months billed for a person from ``since`` on, newest first. One statement.

    Whoever has none so new gets his last one, so that nobody with a history looks as if he had none.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.period, l.employer_id, f.name, l.revision, l.wage_rupiah, l.jht_employer + l.jht_worker,"
            " l.jp_employer + l.jp_worker, b.due_on, b.paid_at, coalesce(p.penalty_rupiah, 0)"
            " FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id"
            " JOIN registry_employer f ON f.id = l.employer_id"
            " LEFT JOIN contributions_payment p ON p.id = b.payment_id"
            " WHERE l.person_id = %s AND l.period >= least(%s,"
            "   (SELECT max(period) FROM contributions_billline WHERE person_id = %s))"
            " ORDER BY l.period DESC, l.employer_id",
            [person_id, since, person_id],
        )
        return [MonthPaid(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """Everything one worker's month stands on, as it was frozen into the bill and paid."""

    period: date
    employer_name: str
    bill_number: str
    wage_rupiah: int
    jkk_class: str
    programmes: list[str]
    jp_liable: bool
    jkp_member: bool
    amounts: dict[str, int]
    due_on: date
    paid_at: datetime | None
    receipt_number: str
    bank_name: str
    law: dict[str, list[Any]]


# Django asks the driver for JSON as text.
_JSON_COLUMNS = (5, 8, 13)


def month_facts(*, person_id: int, employer_id: int, period: date) -> MonthFacts | None:
    """The facts of one month of one worker, or None."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.period, f.name, b.number, l.wage_rupiah, b.jkk_class, b.programmes, l.jp_liable, l.jkp_member,"
            " jsonb_build_object('jht_employer', l.jht_employer, 'jht_worker', l.jht_worker,"
            "  'jp_employer', l.jp_employer, 'jp_worker', l.jp_worker, 'jkk', l.jkk, 'jkm', l.jkm),"
            " b.due_on, b.paid_at, coalesce(p.receipt_number, ''), coalesce(k.name, ''), b.law"
            " FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id"
            " JOIN registry_employer f ON f.id = l.employer_id"
            " LEFT JOIN contributions_payment p ON p.id = b.payment_id"
            " LEFT JOIN access_partner k ON k.id = p.partner_id"
            " WHERE l.person_id = %s AND l.employer_id = %s AND l.period = %s AND l.revision = 0",
            [person_id, employer_id, period],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    columns = list(row)
    for place in _JSON_COLUMNS:
        columns[place] = json.loads(columns[place])
    return MonthFacts(*columns)
