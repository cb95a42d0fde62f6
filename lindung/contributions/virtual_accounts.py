"""Opening a number that a bill is paid to."""

from datetime import date, datetime, time, timedelta
from typing import Final

from lindung.access.trail import Actor
from lindung.contributions import postings
from lindung.contributions.models import Bill, VirtualAccount
from lindung.contributions.owing import credit_of, free_credit, lock_employers_money, penalty_on
from lindung.contributions.shapes import IssuedBill
from lindung.ledger.services import post
from lindung.lib.clock import WIB, wib_date
from lindung.lib.damm import check_digit
from lindung.lib.ids import next_of

EMPLOYER_BILL: Final = "1"
ORDER_NUMBER: Final = "2"
JOINT_NUMBER: Final = "3"
"""The kind of virtual account, first digit of the customer number: of a bill, of an order, of several bills."""


def open_virtual_account(bill: Bill, *, actor: Actor, now: datetime) -> VirtualAccount:
    """A new number for what the law asks today: good until the due date, or, when late, until the penalty grows.

    The penalty is assessed anew. Credit of the employer that no other number counts on is kept for this one.
    ``bill`` is locked by the caller, or new.
    """
    customer_no = draw_number(EMPLOYER_BILL)
    penalty = penalty_on(bill, wib_date(now))
    assess_penalty(bill, penalty.rupiah, key=customer_no, actor=actor, happened_at=now, now=now)
    return VirtualAccount.objects.create(
        customer_no=customer_no,
        bill_id=bill.pk,
        contribution_rupiah=bill.contribution_left,
        penalty_rupiah=bill.penalty_left,
        credit_rupiah=credit_for(bill.employer_id, bill.contribution_left + bill.penalty_left),
        months_late=penalty.months_late,
        opened_at=now,
        expires_at=end_of(penalty.last_on),
    )


def draw_number(kind: str) -> str:
    """A customer number that nobody ever had: the kind's digit, a serial, a check digit."""
    digits = f"{kind}{next_of('contributions_virtual_account_seq'):011d}"
    return digits + check_digit(digits)


def end_of(day: date) -> datetime:
    """The first moment after a day: when a number that is good until that day ends."""
    return datetime.combine(day + timedelta(days=1), time(0), WIB)


def assess_penalty(
    bill: Bill, penalty_rupiah: int, *, key: str, actor: Actor, happened_at: datetime, now: datetime
) -> None:
    """Make the penalty of a bill this much; the difference to what was assessed before is posted."""
    # What was paid of a penalty stays paid, though the money turns out to have come earlier than was known.
    penalty_rupiah = max(penalty_rupiah, bill.penalty_paid_rupiah)
    more_rupiah = penalty_rupiah - bill.penalty_rupiah
    if more_rupiah == 0:
        return
    bill.penalty_rupiah = penalty_rupiah
    Bill.objects.filter(pk=bill.pk).update(penalty_rupiah=penalty_rupiah)
    post(
        actor=actor,
        key=f"penalty:{key}",
        kind="penalty",
        agency_lines=postings.penalty_added(bill, more_rupiah),
        holder_lines=None,
        happened_at=happened_at,
        now=now,
    )


def issued(bill: Bill, account: VirtualAccount) -> IssuedBill:
    """A bill with its open number, as callers get it."""
    return IssuedBill(bill.pk, bill.number, account.customer_no, to_pay(account))


def to_pay(account: VirtualAccount) -> int:
    """What a number takes, no more and no less."""
    return account.contribution_rupiah + account.penalty_rupiah - account.credit_rupiah


def credit_for(employer_id: int, owed_rupiah: int) -> int:
    """So much of what is owed the employer's credit pays that no other open number counts on."""
    if credit_of(employer_id) == 0:
        return 0
    lock_employers_money(employer_id)
    return min(free_credit(employer_id), owed_rupiah)
