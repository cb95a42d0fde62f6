"""One number for several bills of an employer: opened, and taken apart again.

A bill that waits has one open number, its own or a joint one. The caller has locked the employer's money.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Final

from lindung.access.trail import Actor
from lindung.contributions.laying import waiting_bills
from lindung.contributions.models import Bill, JoinedBill, VirtualAccount
from lindung.contributions.owing import Penalty, penalty_on
from lindung.contributions.settling import Placing, offer_number, pay_by_credit
from lindung.contributions.virtual_accounts import (
    JOINT_NUMBER,
    assess_penalty,
    credit_for,
    draw_number,
    end_of,
    to_pay,
)
from lindung.lib.clock import wib_date

MOST_JOINED: Final = 24
"""How many bills one number can ask for: as many as the standard of the banks can name in one call."""


def open_joint_number(
    employer_id: int, bills: Sequence[Bill], *, actor: Actor, now: datetime
) -> tuple[VirtualAccount, list[JoinedBill]]:
    """A number for all that these bills ask today, good until the first of them would ask for more.

    The bills are locked and have no open number. Where the employer's credit pays everything, they are paid and the
    number is closed.
    """
    customer_no = draw_number(JOINT_NUMBER)
    penalties = [penalty_on(bill, wib_date(now)) for bill in bills]
    for bill, penalty in zip(bills, penalties, strict=True):
        assess_penalty(bill, penalty.rupiah, key=f"{customer_no}:{bill.pk}", actor=actor, happened_at=now, now=now)
    joined = JoinedBill.objects.bulk_create(
        JoinedBill(
            customer_no=customer_no,
            bill_id=bill.pk,
            contribution_rupiah=bill.contribution_left,
            penalty_rupiah=bill.penalty_left,
            months_late=penalty.months_late,
        )
        for bill, penalty in zip(bills, penalties, strict=True)
    )
    contribution_rupiah = sum(bill.contribution_rupiah for bill in joined)
    penalty_rupiah = sum(bill.penalty_rupiah for bill in joined)
    account = VirtualAccount.objects.create(
        customer_no=customer_no,
        employer_id=employer_id,
        contribution_rupiah=contribution_rupiah,
        penalty_rupiah=penalty_rupiah,
        credit_rupiah=credit_for(employer_id, contribution_rupiah + penalty_rupiah),
        months_late=max(penalty.months_late for penalty in penalties),
        opened_at=now,
        expires_at=end_of(last_day(penalties)),
    )
    if to_pay(account) == 0:
        pay_by_credit(account, employer_id, placings_of(bills, joined), actor=actor, now=now)
    return account, joined


def last_day(penalties: Collection[Penalty]) -> date:
    """Until when nothing grows."""
    return min(penalty.last_on for penalty in penalties)


def placings_of(bills: Sequence[Bill], joined: Sequence[JoinedBill]) -> list[Placing]:
    """Where the money of a joint number goes: to each of its bills what it asked for it."""
    asked = {bill.bill_id: bill for bill in joined}
    # The oldest month first, which is what the firm's credit pays of it.
    return [
        Placing(bill, asked[bill.pk].contribution_rupiah, asked[bill.pk].penalty_rupiah)
        for bill in sorted(bills, key=lambda bill: (bill.period, bill.pk))
    ]


def joint_account(employer_id: int) -> VirtualAccount | None:
    """The employer's open joint number, expired or not."""
    return VirtualAccount.objects.filter(employer_id=employer_id, closed_at=None).first()


def joined_ids(account: VirtualAccount) -> set[int]:
    """The bills that a joint number asks for."""
    return set(JoinedBill.objects.filter(customer_no=account.pk).values_list("bill_id", flat=True))


def take_apart(employer_id: int, touched: Collection[int], *, now: datetime) -> set[int]:
    """Close the employer's joint number if it asks for one of these bills; gives all that it asked for.

    They have no number then: the caller pays or replaces them, and calls ``offer_numbers`` for the rest.
    """
    account = joint_account(employer_id)
    if account is None:
        return set()
    joined = joined_ids(account)
    if joined.isdisjoint(touched):
        return set()
    VirtualAccount.objects.filter(pk=account.pk).update(closed_at=now)
    return joined


def offer_numbers(bill_ids: Collection[int], *, actor: Actor, now: datetime) -> dict[int, VirtualAccount]:
    """A number of its own for each of these bills that waits; by bill, the oldest first. None of them has one."""
    if not bill_ids:
        return {}
    employer_id = Bill.objects.values_list("employer_id", flat=True).get(pk=min(bill_ids))
    waiting = [bill for bill in waiting_bills(employer_id, for_update=True) if bill.pk in bill_ids]
    return {bill.pk: offer_number(bill, actor=actor, now=now) for bill in waiting}
