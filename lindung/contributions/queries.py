"""Reading bills, the numbers they are paid to, and a worker's months."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl
from django.db import connection

from lindung.contributions.joint_queries import CORRECTS, payable_together
from lindung.contributions.models import Bill
from lindung.contributions.order_queries import OWN_MONTHS, Payable, payable_order
from lindung.contributions.owing import penalty_on
from lindung.contributions.virtual_accounts import JOINT_NUMBER, ORDER_NUMBER
from lindung.lib import statements
from lindung.lib.copy import fetch_columns


@dataclass(frozen=True, slots=True)
class BillView:
    """A bill as its employer sees it, with the newest number to pay to and the payment, if any.

    ``joint``: that number asks for other bills too, which are paid with it or not at all. ``corrects``: it is of the
    difference to a bill of the same month that stands; one that took a bill's place is the whole month's.
    """

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
    service_code: str
    jkk_class: str
    revision: int
    contribution_paid_rupiah: int
    penalty_paid_rupiah: int
    credit_rupiah: int
    voided_at: datetime | None
    joint: bool = False
    corrects: bool = False

    @property
    def left_rupiah(self) -> int:
        """What of contribution and penalty is not paid; 0 of a bill below zero."""
        contribution = max(self.amount_rupiah, 0) - max(self.contribution_paid_rupiah, 0)
        return contribution + self.penalty_rupiah - self.penalty_paid_rupiah

    @property
    def settled(self) -> bool:
        return self.left_rupiah == 0

    @property
    def begun(self) -> bool:
        """Whether a part is paid and a part is not."""
        return not self.settled and self.contribution_paid_rupiah + self.penalty_paid_rupiah > 0

    @property
    def due_rupiah(self) -> int:
        """What the open number takes (credit kept for the bill pays the rest), or what was paid."""
        return self.amount_rupiah + self.penalty_rupiah if self.settled else self.left_rupiah - self.credit_rupiah

    @property
    def employer_rupiah(self) -> int:
        return self.jht_employer + self.jp_employer + self.jkk + self.jkm

    @property
    def worker_rupiah(self) -> int:
        return self.jht_worker + self.jp_worker

    @property
    def virtual_account(self) -> str:
        """The number as it is typed at a bank."""
        return f"{self.service_code}{self.customer_no}"

    @property
    def paid_late(self) -> bool:
        return self.paid_at is not None and self.penalty_rupiah > 0


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """One month of one worker at one employer, over all bills that stand for it; or a month he paid himself.

    ``paid_at``: when the last of them was whole; None while one waits. ``jht_paid_rupiah``: what the balance has of it.
    Of what he paid himself (``segment`` BPU or PMI, employer 0) ``wage_rupiah`` is the base, and ``from_on`` up to but
    not including ``until_on`` what the order was for: of a migrant's package the whole contract.
    """

    period: date
    employer_id: int
    employer_name: str
    wage_rupiah: int
    jht_rupiah: int
    jp_rupiah: int
    due_on: date
    paid_at: datetime | None
    jht_paid_rupiah: int
    segment: str = "PU"
    membership_id: int = 0
    from_on: date = date.min
    until_on: date = date.max
    before_work: bool = False

    @property
    def own(self) -> bool:
        """Whether the member paid it himself."""
        return self.segment != "PU"


def payable(customer_no: str, now: datetime) -> Payable | None:
    """What is to be paid to a number, or None when neither a bill, nor several, nor an order ever had it."""
    other = _OTHER_NUMBERS.get(customer_no[:1])
    if other:
        return other(customer_no, now)
    rows = statements.run(
        "SELECT v.customer_no, b.id, b.number, b.period, f.name, b.worker_count,"
        " v.contribution_rupiah + v.penalty_rupiah - v.credit_rupiah, v.contribution_rupiah, v.penalty_rupiah,"
        " b.due_on, v.expires_at, CASE WHEN v.closed_at IS NOT NULL AND b.paid_at IS NOT NULL THEN 'paid'"
        " WHEN v.closed_at IS NOT NULL OR v.expires_at <= %s THEN 'expired' ELSE 'open' END"
        " FROM contributions_virtualaccount v JOIN contributions_bill b ON b.id = v.bill_id"
        " JOIN registry_employer f ON f.id = b.employer_id WHERE v.customer_no = %s",
        [now, customer_no],
    )
    return Payable(*rows[0]) if rows else None


_OTHER_NUMBERS = {ORDER_NUMBER: payable_order, JOINT_NUMBER: payable_together}


def bill_of(*, employer_id: int, period: date) -> Bill | None:
    """The bill of an employer's month, if there is one: the newest that stands and is to be paid, or was."""
    return (
        Bill.objects.filter(employer_id=employer_id, period=period, voided_at=None, amount_rupiah__gt=0)
        .order_by("revision")
        .first()
    )


def wages_in(*, employer_id: int, period: date) -> pl.DataFrame:
    """The wages billed for an employer's month: ``person_id``, ``wage_rupiah``, int64; corrections are counted in."""
    standing = Bill.objects.filter(employer_id=employer_id, period=period, voided_at=None)
    bill_ids = list(standing.values_list("id", flat=True))
    select = "SELECT person_id, wage_rupiah FROM contributions_billline WHERE bill_id = ANY(%s::bigint[])"
    if len(bill_ids) > 1:
        select = (
            "SELECT person_id, sum(wage_rupiah)::bigint AS wage_rupiah FROM contributions_billline"
            " WHERE bill_id = ANY(%s::bigint[]) GROUP BY 1 HAVING sum(wage_rupiah) > 0"
        )
    return fetch_columns(select, [bill_ids], {"person_id": pl.Int64, "wage_rupiah": pl.Int64})


_BILLS = (
    "SELECT b.id, b.number, b.period, b.worker_count, b.wage_rupiah, b.jht_employer, b.jht_worker, b.jp_employer,"
    " b.jp_worker, b.jkk, b.jkm, b.amount_rupiah, b.due_on, b.issued_at, coalesce(v.customer_no, ''),"
    " b.penalty_rupiah, coalesce(v.months_late, 0), coalesce(v.expires_at, b.issued_at), b.paid_at,"
    " coalesce(p.receipt_number, ''), coalesce((SELECT service_codes->>0 FROM access_partner WHERE active"
    " ORDER BY id LIMIT 1), ''), b.jkk_class, b.revision, b.contribution_paid_rupiah, b.penalty_paid_rupiah,"
    " coalesce(v.credit_rupiah, 0), b.voided_at, coalesce(v.joint, false),"
    f" {CORRECTS}"
    " FROM contributions_bill b"
    " LEFT JOIN LATERAL ("
    "   SELECT customer_no, months_late, expires_at, credit_rupiah, opened_at, closed_at, false AS joint"
    "   FROM contributions_virtualaccount WHERE bill_id = b.id"
    "   UNION ALL SELECT n.customer_no, j.months_late, n.expires_at, 0, n.opened_at, n.closed_at, true"
    "   FROM contributions_joinedbill j JOIN contributions_virtualaccount n ON n.customer_no = j.customer_no"
    "   WHERE j.bill_id = b.id ORDER BY closed_at DESC NULLS FIRST, opened_at DESC, customer_no DESC LIMIT 1) v ON true"
    " LEFT JOIN contributions_payment p ON p.id = b.payment_id"
)


def penalty_of(*, bill_id: int, today: date) -> int:
    """What the law asks today for the delay of a bill; of it the bill says how much is paid."""
    return penalty_on(Bill.objects.get(pk=bill_id), today).rupiah


def bills_of(*, employer_id: int, most: int = 36) -> list[BillView]:
    """An employer's bills that stand, newest month first; those that another replaced are not among them."""
    return _bills(
        "WHERE b.employer_id = %s AND b.voided_at IS NULL ORDER BY b.period DESC, b.id DESC LIMIT %s",
        [employer_id, most],
    )


def bill_instead_of(bill: BillView, *, employer_id: int) -> int | None:
    """The bill that took the place of one that is void; None where the month is not billed any more."""
    later = Bill.objects.filter(employer_id=employer_id, period=bill.period, voided_at=None, amount_rupiah__gt=0)
    return later.filter(revision__gt=bill.revision).order_by("revision").values_list("id", flat=True).first()


def bill_view(*, employer_id: int, bill_id: int) -> BillView | None:
    """One bill of this employer; another firm's bill is not there."""
    found = _bills("WHERE b.employer_id = %s AND b.id = %s", [employer_id, bill_id])
    return found[0] if found else None


def _bills(where: str, params: list[Any]) -> list[BillView]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_BILLS} {where}", params)
        return [BillView(*row) for row in cursor.fetchall()]


# Of a line, what its worker's balance has: all of it, or the shares of a bill that was paid in parts.
_JHT_THERE = (
    "CASE WHEN b.split THEN (SELECT coalesce(sum(s.jht_employer + s.jht_worker), 0) FROM contributions_lineshare s"
    "   WHERE s.person_id = l.person_id AND s.bill_id = l.bill_id)"
    " WHEN b.paid_at IS NOT NULL THEN l.jht_employer + l.jht_worker ELSE 0 END"
)


MONTHS_OF: Final = (
    "SELECT l.period, l.employer_id, f.name, sum(l.wage_rupiah)::bigint,"
    " sum(l.jht_employer + l.jht_worker)::bigint, sum(l.jp_employer + l.jp_worker)::bigint, min(b.due_on),"
    " CASE WHEN bool_and(b.paid_at IS NOT NULL) THEN max(b.paid_at) FILTER (WHERE b.amount_rupiah > 0) END,"
    f" sum({_JHT_THERE})::bigint, 'PU', 0::bigint AS membership_id, l.period AS from_on, l.period AS until_on, false"
    " FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id AND b.voided_at IS NULL"
    " JOIN registry_employer f ON f.id = l.employer_id"
    " WHERE l.person_id = %s AND l.period >= least(%s,"
    "   (SELECT max(period) FROM contributions_billline WHERE person_id = %s))"
    " GROUP BY l.period, l.employer_id, f.name HAVING sum(l.wage_rupiah) > 0"
    f" UNION ALL {OWN_MONTHS} WHERE l.person_id = %s AND l.paid AND (o.until_on > %s OR l.period >="
    "   (SELECT max(period) FROM contributions_orderline WHERE person_id = %s AND paid))"
)
"""The months billed for a person, and those he paid himself, as ``MonthPaid``; with ``months_params``."""


def months_params(person_id: int, since: date) -> list[Any]:
    """Of ``MONTHS_OF``: whose months, and from which day on."""
    return [person_id, since, person_id] * 2


def months_of(*, person_id: int, since: date = date.min) -> list[MonthPaid]:
    """The months billed for a person, and those he paid himself, from ``since`` on, newest first. One statement.

    Whoever has none so new gets his last one, so that nobody with a history looks as if he had none.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{MONTHS_OF} ORDER BY 1 DESC, 2, 11", months_params(person_id, since))
        return [MonthPaid(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """Everything one worker's month stands on, as it was frozen into its bills and paid."""

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
    jht_paid_rupiah: int


@dataclass(frozen=True, slots=True)
class MonthPart:
    """What one bill has of a worker's month: the month as first reported, or a difference, below zero where the wage
    was too high. ``paid_at``: when the bill was whole, None while it waits; no receipt where credit paid it."""

    wage_rupiah: int
    jht_rupiah: int
    paid_at: datetime | None
    receipt_number: str


def month_parts(*, person_id: int, employer_id: int, period: date) -> list[MonthPart]:
    """The bills that stand for a worker's month at a firm, in their order: more than one where it was corrected."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.wage_rupiah, l.jht_employer + l.jht_worker, b.paid_at, coalesce(p.receipt_number, '')"
            " FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id AND b.voided_at IS NULL"
            " LEFT JOIN contributions_payment p ON p.id = b.payment_id AND p.employer_id = %s"
            " WHERE l.person_id = %s AND l.employer_id = %s AND l.period = %s ORDER BY b.revision",
            [employer_id, person_id, employer_id, period],
        )
        return [MonthPart(*row) for row in cursor.fetchall()]


# Django asks the driver for JSON as text.
_JSON_COLUMNS = (5, 8, 13)


def month_facts(*, person_id: int, employer_id: int, period: date) -> MonthFacts | None:
    """The facts of one month of one worker, or None."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.period, f.name, string_agg(b.number, ', ' ORDER BY b.revision), sum(l.wage_rupiah)::bigint,"
            " (array_agg(b.jkk_class))[1], (array_agg(b.programmes))[1], bool_or(l.jp_liable), bool_or(l.jkp_member),"
            " jsonb_build_object('jht_employer', sum(l.jht_employer), 'jht_worker', sum(l.jht_worker),"
            "  'jp_employer', sum(l.jp_employer), 'jp_worker', sum(l.jp_worker), 'jkk', sum(l.jkk),"
            "  'jkm', sum(l.jkm)),"
            " min(b.due_on),"
            " CASE WHEN bool_and(b.paid_at IS NOT NULL) THEN max(b.paid_at) FILTER (WHERE b.amount_rupiah > 0) END,"
            " coalesce((array_agg(p.receipt_number ORDER BY b.revision DESC) FILTER (WHERE p.id IS NOT NULL))[1], ''),"
            " coalesce((array_agg(k.name ORDER BY b.revision DESC) FILTER (WHERE p.id IS NOT NULL))[1], ''),"
            f" (array_agg(b.law))[1], sum({_JHT_THERE})::bigint"
            " FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id AND b.voided_at IS NULL"
            " JOIN registry_employer f ON f.id = l.employer_id"
            " LEFT JOIN contributions_payment p ON p.id = b.payment_id AND p.employer_id = %s"
            " LEFT JOIN access_partner k ON k.id = p.partner_id"
            " WHERE l.person_id = %s AND l.employer_id = %s AND l.period = %s"
            " GROUP BY l.period, f.name HAVING sum(l.wage_rupiah) > 0",
            [employer_id, person_id, employer_id, period],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    columns = list(row)
    for place in _JSON_COLUMNS:
        columns[place] = json.loads(columns[place])
    return MonthFacts(*columns)
