"""What a bill owes on a day, and what an employer has standing to its credit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from lindung.contributions.calendar import lateness
from lindung.contributions.models import Allocation, Bill, VirtualAccount
from lindung.ledger.chart import account
from lindung.ledger.queries import agency_balance
from lindung.lib.clock import wib_date


@dataclass(frozen=True, slots=True)
class Penalty:
    """The penalty of one bill on a day; ``months_late`` and ``last_on`` (until when it stays so) of what is unpaid."""

    rupiah: int
    months_late: int
    last_on: date


def penalty_on(bill: Bill, today: date) -> Penalty:
    """What the law asks on ``today`` for the delay of a bill: each part by the day it was paid, the rest by today.

    One statement where a part was paid before, else none.
    """
    settled = 0
    if bill.contribution_paid_rupiah:
        for contribution_rupiah, paid_at in Allocation.objects.filter(
            bill_id=bill.pk, contribution_rupiah__gt=0
        ).values_list("contribution_rupiah", "paid_at"):
            settled += _of_part(bill, contribution_rupiah, wib_date(paid_at))
    late = lateness(bill.period, bill.contribution_left, today)
    if late is None:
        return Penalty(settled, 0, bill.due_on)
    return Penalty(settled + late.penalty.amount_rupiah, late.months_late, late.last_on)


def _of_part(bill: Bill, contribution_rupiah: int, paid_on: date) -> int:
    late = lateness(bill.period, contribution_rupiah, paid_on)
    return late.penalty.amount_rupiah if late else 0


def lock_month(employer_id: int, period: date) -> None:
    """Reports and corrections of one employer's month happen one after another from here on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"month {employer_id} {period}"])


def lock_employers_money(employer_id: int) -> None:
    """From here to the end of the transaction nobody else places this employer's money or promises its credit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"money {employer_id}"])


def credit_of(employer_id: int) -> int:
    """The employer's money that has paid no bill yet."""
    return agency_balance(account_no=account("credit", employer_id))


def owed_by(employer_id: int) -> int:
    """What the employer's bills ask of it, penalties that were assessed included."""
    return -agency_balance(account_no=account("receivable", employer_id))


def free_credit(employer_id: int, *, joining: Collection[int] = ()) -> int:
    """The part of it that no open number counts on. Exact only under ``lock_employers_money``.

    ``joining``: bills that are to get one number: their own numbers and an older joint one give way, so they count
    no more.
    """
    credit_rupiah = credit_of(employer_id)
    if credit_rupiah == 0:
        return 0
    bills = Q(bill_id__in=Bill.objects.filter(employer_id=employer_id).exclude(pk__in=joining).values("id"))
    counting = bills if joining else bills | Q(employer_id=employer_id)
    promising = VirtualAccount.objects.filter(counting, closed_at=None, credit_rupiah__gt=0)
    return credit_rupiah - sum(promising.values_list("credit_rupiah", flat=True))
