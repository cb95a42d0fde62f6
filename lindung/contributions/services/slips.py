"""Money that an officer books by hand: from a teller's slip, cash paid in, a late settlement."""

from datetime import date, datetime, time

from django.db import transaction

from lindung.access.trail import Actor
from lindung.contributions.matching import lock_statements, match_lines
from lindung.contributions.models import CASH, StatementLine, SuspenseItem
from lindung.contributions.receipts import Receipt
from lindung.contributions.services.deposits import receive_deposit
from lindung.contributions.services.payments import receive_payment
from lindung.contributions.services.refusals import DepositRefused, SlipExplained
from lindung.lib.clock import WIB, wib_date

_NOON = time(12)


@transaction.atomic
def book_slip(
    *,
    actor: Actor,
    partner_id: int,
    slip_no: str,
    employer_id: int,
    amount_rupiah: int,
    channel: str,
    paid_on: date,
    meant_for: str,
    now: datetime,
) -> Receipt:
    """Book what a slip says, once per bank and slip number: the same slip again gives the first receipt.

    ``slip_no`` is the number under which the bank's statement has the money; where it stands in suspense already, it
    leaves it. Raises what ``receive_deposit`` raises, and ``SlipExplained`` when two officers booked it from there.
    """
    lock_statements(partner_id)
    line_ids = StatementLine.objects.filter(partner_id=partner_id, match_key=slip_no).values("id")
    settled = SuspenseItem.objects.filter(line_id__in=line_ids, way__in=["deposit", "pair"]).first()
    if settled is not None:
        raise SlipExplained(settled.pk)
    noon = datetime.combine(paid_on, _NOON, WIB)
    receipt = receive_deposit(
        actor=actor,
        partner_id=partner_id,
        reference=slip_no,
        employer_id=employer_id,
        amount_rupiah=amount_rupiah,
        channel=channel,
        bank_reference=slip_no[:64],
        # A slip has a day and no hour. Of today it is noon, or now; a later day is refused as the future.
        paid_at=min(noon, now) if paid_on == wib_date(now) else noon,
        meant_for=meant_for,
        now=now,
    )
    match_lines(partner_id=partner_id, actor=actor, owner_id=actor.id, now=now)
    return receipt


@transaction.atomic
def book_order_slip(
    *, actor: Actor, partner_id: int, slip_no: str, customer_no: str, amount_rupiah: int, paid_on: date, now: datetime
) -> Receipt:
    """Book cash that a member paid for his order at a branch and that lies at a bank under this slip's number.

    Once per bank and slip number. A slip of a day on which the number was open counts as asked in time. Raises what
    ``receive_payment`` raises, and ``DepositRefused`` for a day in the future.
    """
    if paid_on > wib_date(now):
        raise DepositRefused("future")
    lock_statements(partner_id)
    noon = datetime.combine(paid_on, _NOON, WIB)
    paid_at = min(noon, now)
    receipt = receive_payment(
        actor=actor,
        partner_id=partner_id,
        reference=slip_no,
        customer_no=customer_no,
        amount_rupiah=amount_rupiah,
        channel=CASH,
        bank_reference=slip_no[:64],
        paid_at=paid_at,
        inquired_at=paid_at,
        now=now,
    )
    match_lines(partner_id=partner_id, actor=actor, owner_id=actor.id, now=now)
    return receipt
