"""Several bills paid to one number: which can be, what that comes to today, and the number as firm and bank see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from django.db import connection

from lindung.contributions.joining import joint_account, last_day
from lindung.contributions.laying import waiting_bills
from lindung.contributions.models import Bill
from lindung.contributions.order_queries import Payable, PayablePart
from lindung.contributions.owing import Penalty, free_credit, penalty_on
from lindung.lib.clock import wib_date

CORRECTS: Final = (
    "(b.revision > 0 AND EXISTS (SELECT 1 FROM contributions_bill o WHERE o.employer_id = b.employer_id"
    " AND o.period = b.period AND o.revision < b.revision AND o.voided_at IS NULL))"
)
"""Whether bill ``b`` is of the difference to an earlier one of its month that stands."""


@dataclass(frozen=True, slots=True)
class AskedBill:
    """A bill and what is asked for it; ``corrects`` as of ``queries.BillView``. Whole rupiah."""

    bill_id: int
    number: str
    period: date
    corrects: bool
    contribution_rupiah: int
    penalty_rupiah: int

    @property
    def rupiah(self) -> int:
        return self.contribution_rupiah + self.penalty_rupiah


@dataclass(frozen=True, slots=True)
class WaitingBill(AskedBill):
    """A bill of which something is owed, with the penalty of a day."""

    due_on: date
    reckoned: Penalty


@dataclass(frozen=True, slots=True)
class JoinedView(AskedBill):
    """One bill of a joint number, as the number states it."""

    months_late: int


class _Together:
    """What several bills ask together."""

    __slots__ = ()
    bills: Sequence[AskedBill]

    @property
    def contribution_rupiah(self) -> int:
        return sum(bill.contribution_rupiah for bill in self.bills)

    @property
    def penalty_rupiah(self) -> int:
        return sum(bill.penalty_rupiah for bill in self.bills)


@dataclass(frozen=True, slots=True)
class JointOffer(_Together):
    """What one number for these bills would take today, and until when nothing of it grows."""

    bills: tuple[WaitingBill, ...]
    credit_rupiah: int

    @property
    def to_pay_rupiah(self) -> int:
        return self.contribution_rupiah + self.penalty_rupiah - self.credit_rupiah

    @property
    def last_on(self) -> date:
        return last_day([bill.reckoned for bill in self.bills])


@dataclass(frozen=True, slots=True)
class JointView(_Together):
    """A joint number as its employer sees it. ``receipt_number`` and what follows are empty until it is paid."""

    customer_no: str
    credit_rupiah: int
    amount_rupiah: int
    opened_at: datetime
    expires_at: datetime
    closed_at: datetime | None
    receipt_number: str
    bank_name: str
    bank_reference: str
    paid_at: datetime | None
    service_code: str
    bills: tuple[JoinedView, ...]

    def state(self, now: datetime) -> Literal["open", "expired", "paid", "given_up"]:
        if self.paid_at is not None:
            return "paid"
        if self.closed_at is not None:
            return "given_up"
        return "open" if self.expires_at > now else "expired"

    @property
    def virtual_account(self) -> str:
        return f"{self.service_code}{self.customer_no}"


def waiting(*, employer_id: int, today: date) -> list[WaitingBill]:
    """An employer's bills that wait, the oldest month first, with the penalties of today: what a number would ask."""
    found = []
    correcting = _correcting(employer_id)
    for bill in waiting_bills(employer_id, for_update=False):
        penalty = penalty_on(bill, today)
        owed = max(penalty.rupiah, bill.penalty_paid_rupiah) - bill.penalty_paid_rupiah
        found.append(
            WaitingBill(
                bill.pk,
                bill.number,
                bill.period,
                bill.pk in correcting,
                bill.contribution_left,
                owed,
                bill.due_on,
                penalty,
            )
        )
    return sorted(found, key=lambda bill: (bill.period, bill.bill_id))


def _correcting(employer_id: int) -> set[int]:
    """Those of an employer's waiting bills that are of a difference."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT b.id FROM contributions_bill b WHERE b.employer_id = %s AND b.voided_at IS NULL"
            f" AND b.paid_at IS NULL AND {CORRECTS}",
            [employer_id],
        )
        return {row[0] for row in cursor.fetchall()}


def joint_offer(*, employer_id: int, chosen: Sequence[WaitingBill]) -> JointOffer:
    """What ``services.join_bills`` would ask for these. Credit that other bills' own numbers count on stays theirs."""
    owed = sum(bill.rupiah for bill in chosen)
    free = free_credit(employer_id, joining=[bill.bill_id for bill in chosen])
    return JointOffer(tuple(chosen), min(free, owed))


def open_joint_number(*, employer_id: int) -> JointView | None:
    """The employer's joint number that waits for its money, expired or not."""
    found = joint_account(employer_id)
    return joint_view(employer_id=employer_id, customer_no=found.pk) if found else None


def waiting_from_file(*, employer_id: int, upload_id: int) -> list[int]:
    """The bills of one file, by month, that wait."""
    bills = Bill.objects.filter(employer_id=employer_id, upload_id=upload_id, voided_at=None, paid_at=None)
    return list(bills.order_by("period", "id").values_list("id", flat=True))


def joint_view(*, employer_id: int, customer_no: str) -> JointView | None:
    """A joint number of this employer; another firm's is not there. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.customer_no, v.credit_rupiah, v.contribution_rupiah + v.penalty_rupiah - v.credit_rupiah,"
            " v.opened_at, v.expires_at, v.closed_at, coalesce(p.receipt_number, ''), coalesce(k.name, ''),"
            " coalesce(p.bank_reference, ''), coalesce(p.paid_at, CASE WHEN v.credit_rupiah = v.contribution_rupiah"
            "   + v.penalty_rupiah THEN v.closed_at END), coalesce((SELECT service_codes->>0 FROM access_partner"
            "   WHERE active ORDER BY id LIMIT 1), '')"
            " FROM contributions_virtualaccount v LEFT JOIN contributions_payment p ON p.customer_no = v.customer_no"
            " LEFT JOIN access_partner k ON k.id = p.partner_id WHERE v.customer_no = %s AND v.employer_id = %s",
            [customer_no, employer_id],
        )
        row = cursor.fetchone()
        if row is None:
            return None
        return JointView(*[*row, _joined(cursor, customer_no)])


def _joined(cursor: Any, customer_no: str) -> tuple[JoinedView, ...]:
    cursor.execute(
        f"SELECT b.id, b.number, b.period, {CORRECTS}, j.contribution_rupiah, j.penalty_rupiah, j.months_late"
        " FROM contributions_joinedbill j JOIN contributions_bill b ON b.id = j.bill_id"
        " WHERE j.customer_no = %s ORDER BY b.period, b.id",
        [customer_no],
    )
    return tuple(JoinedView(*row) for row in cursor.fetchall())


def payable_together(customer_no: str, now: datetime) -> Payable | None:
    """What is to be paid to a joint number, or None when it is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.name, v.contribution_rupiah, v.penalty_rupiah, v.credit_rupiah, v.expires_at,"
            " CASE WHEN v.closed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contributions_joinedbill j"
            "   JOIN contributions_bill b ON b.id = j.bill_id WHERE j.customer_no = v.customer_no"
            "   AND b.paid_at IS NULL) THEN 'paid'"
            " WHEN v.closed_at IS NOT NULL OR v.expires_at <= %s THEN 'expired' ELSE 'open' END"
            " FROM contributions_virtualaccount v JOIN registry_employer f ON f.id = v.employer_id"
            " WHERE v.customer_no = %s",
            [now, customer_no],
        )
        row = cursor.fetchone()
        if row is None:
            return None
        bills = _joined(cursor, customer_no)
    name, contribution_rupiah, penalty_rupiah, credit_rupiah, expires_at, state = row
    return Payable(
        customer_no=customer_no,
        bill_id=bills[0].bill_id,
        bill_number=bills[0].number,
        period=bills[0].period,
        employer_name=name,
        worker_count=0,
        amount_rupiah=contribution_rupiah + penalty_rupiah - credit_rupiah,
        contribution_rupiah=contribution_rupiah,
        penalty_rupiah=penalty_rupiah,
        due_on=wib_date(expires_at - timedelta(seconds=1)),
        expires_at=expires_at,
        state=state,
        kind="months",
        months=len(bills),
        parts=_asked_of(bills, credit_rupiah),
    )


def _asked_of(bills: Sequence[JoinedView], credit_rupiah: int) -> tuple[PayablePart, ...]:
    """What is asked of the payer bill by bill: the firm's credit pays the oldest, and none of what it pays."""
    parts = []
    for bill in bills:
        by_credit = min(credit_rupiah, bill.rupiah)
        credit_rupiah -= by_credit
        if bill.rupiah > by_credit:
            parts.append(PayablePart(bill.number, bill.period, bill.rupiah - by_credit))
    return tuple(parts)
