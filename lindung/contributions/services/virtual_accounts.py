"""A new number for a bill whose number has expired, or that was to be paid together with others."""

from datetime import datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions.joining import offer_numbers, take_apart
from lindung.contributions.models import Bill, VirtualAccount
from lindung.contributions.owing import lock_employers_money
from lindung.contributions.services.refusals import BillNotFound, BillPaid
from lindung.contributions.settling import offer_number
from lindung.contributions.shapes import IssuedBill
from lindung.contributions.virtual_accounts import issued


@transaction.atomic
def reissue_virtual_account(*, actor: Actor, employer_id: int, bill_id: int, now: datetime) -> IssuedBill:
    """Give an unpaid bill whose number has expired a new one, with the penalty of the law as it stands today.

    The new number is good until the penalty would grow. Asking twice gives the number that is open already. A bill of a
    joint number is taken out of it, and the joint number ends: the other bills get their own numbers too.
    Raises ``BillNotFound`` (also for a bill that another replaced) or ``BillPaid``.
    """
    lock_employers_money(employer_id)
    bill = Bill.objects.select_for_update().filter(pk=bill_id, employer_id=employer_id, voided_at=None).first()
    if bill is None:
        raise BillNotFound
    open_account = VirtualAccount.objects.filter(bill_id=bill.pk, closed_at=None).first()
    if open_account is not None and open_account.expires_at > now:
        return issued(bill, open_account)
    if open_account is not None:
        VirtualAccount.objects.filter(pk=open_account.pk).update(closed_at=now)
        account = offer_number(bill, actor=actor, now=now)
    else:
        offered = offer_numbers(take_apart(employer_id, [bill.pk], now=now), actor=actor, now=now)
        if bill.pk not in offered:
            raise BillPaid
        account = offered[bill.pk]
    trail.record(
        actor=actor,
        act="virtual_account_reissued",
        object_kind="bill",
        object_id=bill.pk,
        now=now,
        detail={"penalty_rupiah": account.penalty_rupiah, "months_late": account.months_late},
    )
    return issued(bill, account)
