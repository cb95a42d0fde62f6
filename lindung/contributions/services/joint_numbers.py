"""One number for several bills: chosen by the firm, and given up again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions.joining import (
    MOST_JOINED,
    joined_ids,
    joint_account,
    offer_numbers,
    open_joint_number,
    take_apart,
)
from lindung.contributions.laying import waiting_bills
from lindung.contributions.models import VirtualAccount
from lindung.contributions.owing import lock_employers_money
from lindung.contributions.virtual_accounts import to_pay


class JointRefused(Exception):
    """These bills get no number together; ``why``: fewer than two of them, too many, or one that does not wait (any
    more), or the amount is not the one that was shown. Nothing was written."""

    def __init__(self, why: Literal["few", "many", "moved"]) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class IssuedJointNumber:
    """The number, and what it takes: 0 where the employer's credit paid everything at once."""

    customer_no: str
    amount_rupiah: int


@transaction.atomic
def join_bills(
    *, actor: Actor, employer_id: int, bill_ids: Collection[int], shown_rupiah: int, now: datetime
) -> IssuedJointNumber:
    """Open one number for several bills that wait, with the penalties of today; ``shown_rupiah`` is what was agreed to.

    Their own numbers are closed; an older joint number too, and what it asked for and this one does not gets its own
    again. The same bills again, while the number is good, give the same number. Raises ``JointRefused``.
    """
    wanted = set(bill_ids)
    if len(wanted) < 2:
        raise JointRefused("few")
    if len(wanted) > MOST_JOINED:
        raise JointRefused("many")
    lock_employers_money(employer_id)
    bills = [bill for bill in waiting_bills(employer_id, for_update=True) if bill.pk in wanted]
    if len(bills) != len(wanted):
        raise JointRefused("moved")
    standing = joint_account(employer_id)
    if standing is not None and standing.expires_at > now and joined_ids(standing) == wanted:
        return IssuedJointNumber(standing.pk, to_pay(standing))
    parted = take_apart(employer_id, joined_ids(standing), now=now) if standing else set()
    VirtualAccount.objects.filter(bill_id__in=wanted, closed_at=None).update(closed_at=now)
    account, _joined = open_joint_number(employer_id, bills, actor=actor, now=now)
    if to_pay(account) != shown_rupiah:
        raise JointRefused("moved")
    offer_numbers(parted - wanted, actor=actor, now=now)
    trail.record(
        actor=actor,
        act="bills_joined",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={
            "customer_no": account.pk,
            "amount_rupiah": to_pay(account),
            "bills": ", ".join(bill.number for bill in bills),
        },
    )
    return IssuedJointNumber(account.pk, to_pay(account))


@transaction.atomic
def separate_bills(*, actor: Actor, employer_id: int, now: datetime) -> int:
    """Give up the employer's joint number: each of its bills gets its own again; gives how many they are, or 0."""
    lock_employers_money(employer_id)
    standing = joint_account(employer_id)
    if standing is None:
        return 0
    parted = take_apart(employer_id, joined_ids(standing), now=now)
    offer_numbers(parted, actor=actor, now=now)
    trail.record(
        actor=actor,
        act="bills_separated",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={"customer_no": standing.pk, "bills": len(parted)},
    )
    return len(parted)
