"""Which debts of an employer some money pays, and how much of each. Reckons; writes nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from lindung.contributions.models import Bill, JoinedBill, VirtualAccount
from lindung.contributions.owing import penalty_on
from lindung.law import Month
from lindung.law.allocation import Debt, allocate


def bills_named(employer_id: int, customer_no: str) -> frozenset[int]:
    """The bills of this employer behind the number that a payer named: one, those of a joint number, or none."""
    account = VirtualAccount.objects.filter(pk=customer_no).first()
    if account is None:
        return frozenset()
    joined = JoinedBill.objects.filter(customer_no=customer_no).values("bill_id")
    named = Q(pk=account.bill_id) if account.bill_id else Q(pk__in=joined)
    return frozenset(Bill.objects.filter(named, employer_id=employer_id).values_list("id", flat=True))


@dataclass(slots=True)
class BillDebt:
    """An open bill with its penalty on the day of payment, and what of the money it gets so far."""

    bill: Bill
    penalty_rupiah: int
    contribution_given: int = 0
    penalty_given: int = 0

    @property
    def penalty_left(self) -> int:
        return max(self.penalty_rupiah - self.bill.penalty_paid_rupiah, 0)


def debts_paid(
    employer_id: int, amount_rupiah: int, named: Collection[int], paid_on: date, *, for_update: bool
) -> list[BillDebt]:
    """The bills that get something of some money, by id, with how much; penalties are as of the day of payment.
    Those ``named`` come first.

    ``for_update`` locks the bills; without it nothing is locked and nothing written, which is how it is foretold.
    """
    debts = [BillDebt(bill, penalty_on(bill, paid_on).rupiah) for bill in waiting_bills(employer_id, for_update)]
    rest = _lay_on([debt for debt in debts if debt.bill.pk in named], amount_rupiah)
    _lay_on([debt for debt in debts if debt.bill.pk not in named], rest)
    return [debt for debt in debts if debt.contribution_given or debt.penalty_given]


def waiting_bills(employer_id: int, for_update: bool) -> list[Bill]:
    """The bills of which something is still owed, by id."""
    bills = Bill.objects.select_for_update() if for_update else Bill.objects
    return list(
        bills.filter(employer_id=employer_id, voided_at=None, amount_rupiah__gt=0)
        .filter(Q(contribution_paid_rupiah__lt=F("amount_rupiah")) | Q(penalty_paid_rupiah__lt=F("penalty_rupiah")))
        .order_by("id")
    )


def _lay_on(debts: Sequence[BillDebt], rupiah: int) -> int:
    """Lay money on these bills in the law's order; gives what is over.

    The law knows months; of several bills of one month the older one is paid first.
    """
    months: dict[Month, list[BillDebt]] = {}
    for debt in debts:
        months.setdefault(Month.of(debt.bill.period), []).append(debt)
    owed = [
        Debt(month, sum(debt.bill.contribution_left for debt in own), sum(debt.penalty_left for debt in own))
        for month, own in months.items()
    ]
    placed, rest = allocate(rupiah, owed)
    for part in placed:
        left = part.paid_rupiah
        for debt in months[part.month]:
            if part.kind == "contribution":
                took = debt.contribution_given = min(left, debt.bill.contribution_left)
            else:
                took = debt.penalty_given = min(left, debt.penalty_left)
            left -= took
    return rest
