"""Money of any amount: over a teller's counter, in cash, from a statement, settled late, or paid twice."""

from datetime import datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.permissions import EVERYTHING_IN_A_FIRM
from lindung.access.trail import Actor
from lindung.contact.users import tell_users
from lindung.contributions.joining import offer_numbers, take_apart
from lindung.contributions.laying import bills_named, debts_paid
from lindung.contributions.models import Payment
from lindung.contributions.owing import lock_employers_money
from lindung.contributions.receipts import Receipt, receipt_number, receipt_of
from lindung.contributions.services.refusals import BillNotFound, DepositRefused, ReferenceClash
from lindung.contributions.settling import Money, Placing, close_number, place_money
from lindung.contributions.virtual_accounts import assess_penalty, to_pay
from lindung.law.money import MOST_DEBT_RUPIAH
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of
from lindung.registry import queries as registry


@transaction.atomic
def receive_deposit(
    *,
    actor: Actor,
    partner_id: int,
    reference: str,
    employer_id: int,
    amount_rupiah: int,
    channel: str,
    bank_reference: str,
    paid_at: datetime,
    meant_for: str,
    now: datetime,
    suspense_id: int = 0,
) -> Receipt:
    """Book money that fits no open number, once per (partner, reference), and lay it on what the employer owes.

    ``meant_for``: the number the payer named, or empty. Its bills are paid first, contribution before penalty; then the
    order of decision 0010: contributions, the oldest month first, then penalties; what is over is the employer's
    credit. Penalties are those of the day of payment. Bills touched and not settled get a new number.
    ``suspense_id``: the item of suspense that the money leaves, where the bank's account has it already.

    One transaction with entry, shares, balances, messages of months made whole, and of what is over or still lacks to
    the employer's users, and trail. Raises ``BillNotFound`` when the number named is not one of this employer's,
    ``DepositRefused`` (amount below one rupiah, or a day of payment in the future), ``ReferenceClash``.
    """
    if not 0 < amount_rupiah <= MOST_DEBT_RUPIAH:
        raise DepositRefused("amount")
    if paid_at > now:
        raise DepositRefused("future")
    lock_employers_money(employer_id)
    first = Payment.objects.filter(partner_id=partner_id, reference=reference).first()
    if first is not None:
        if (first.employer_id, first.amount_rupiah) != (employer_id, amount_rupiah):
            raise ReferenceClash
        return receipt_of(first, repeated=True)
    named = bills_named(employer_id, meant_for) if meant_for else frozenset()
    if meant_for and not named:
        raise BillNotFound
    debts = debts_paid(employer_id, amount_rupiah, named, wib_date(paid_at), for_update=True)
    placings = [Placing(debt.bill, debt.contribution_given, debt.penalty_given) for debt in debts]
    placed_rupiah = sum(placing.contribution_rupiah + placing.penalty_rupiah for placing in placings)
    payment_id = next_of("contributions_payment_id_seq")
    payment = Payment.objects.create(
        id=payment_id,
        partner_id=partner_id,
        reference=reference,
        meant_for=meant_for,
        employer_id=employer_id,
        amount_rupiah=amount_rupiah,
        penalty_rupiah=sum(placing.penalty_rupiah for placing in placings),
        credited_rupiah=amount_rupiah - placed_rupiah,
        channel=channel,
        bank_reference=bank_reference,
        receipt_number=receipt_number(payment_id, now),
        paid_at=paid_at,
    )
    for debt in debts:
        key = f"payment:{payment_id}:{debt.bill.pk}"
        assess_penalty(debt.bill, debt.penalty_rupiah, key=key, actor=actor, happened_at=paid_at, now=now)
    money = Money(
        employer_id=employer_id,
        payment_id=payment_id,
        partner_id=partner_id,
        amount_rupiah=amount_rupiah,
        credit_used_rupiah=0,
        paid_at=paid_at,
        suspense_id=suspense_id,
    )
    place_money(money, placings, actor=actor, key=f"payment:{payment_id}", now=now)
    touched = [placing.bill.pk for placing in placings]
    # A joint number ends when one of its bills is paid otherwise; the others go on by themselves.
    numberless = take_apart(employer_id, touched, now=now)
    for placing in placings:
        close_number(placing.bill, now)
    numbers = offer_numbers({*touched, *numberless}, actor=actor, now=now)
    # What is over was left by bills that took all they asked for, so it is the one or the other.
    if payment.credited_rupiah:
        _tell_firm(payment, employer_id, "credit_kept", now, rupiah=payment.credited_rupiah)
    elif left_rupiah := sum(to_pay(account) for account in numbers.values()):
        paid_on = wib_date(paid_at).isoformat()
        _tell_firm(
            payment, employer_id, "paid_in_part", now, rupiah=amount_rupiah, left_rupiah=left_rupiah, paid_on=paid_on
        )
    trail.record(
        actor=actor,
        act="deposit_received",
        object_kind="payment",
        object_id=payment_id,
        now=now,
        detail={
            "receipt": payment.receipt_number,
            "amount_rupiah": amount_rupiah,
            "credited_rupiah": payment.credited_rupiah,
            "bills": len(placings),
        },
    )
    return receipt_of(payment, repeated=False)


def _tell_firm(payment: Payment, employer_id: int, kind: str, now: datetime, **facts: int | str) -> None:
    tell_users(
        batch=f"payment:{payment.pk}",
        kind=kind,
        roles=EVERYTHING_IN_A_FIRM,
        scope_id=employer_id,
        facts={"employer": registry.employer(employer_id).name, **facts},
        now=now,
    )
