"""Money of any amount: over a teller's counter, in cash, from a statement, settled late, or paid twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions.models import Bill, Payment, VirtualAccount
from lindung.contributions.owing import lock_employers_money, penalty_on
from lindung.contributions.receipts import Receipt, receipt_number, receipt_of
from lindung.contributions.services.refusals import BillNotFound, DepositRefused, ReferenceClash
from lindung.contributions.settling import Money, Placing, close_number, offer_number, place_money
from lindung.contributions.virtual_accounts import assess_penalty
from lindung.law import Month
from lindung.law.allocation import Debt, allocate
from lindung.law.money import MOST_DEBT_RUPIAH
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of


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
) -> Receipt:
    """Book money that fits no open number, once per (partner, reference), and lay it on what the employer owes.

    ``meant_for``: the number the payer named, or empty. Its bill is paid first, contribution before penalty; then the
    order of decision 0010: contributions, the oldest month first, then penalties; what is over is the employer's
    credit. Penalties are those of the day of payment. Bills touched and not settled get a new number.

    One transaction with entry, shares, balances, messages of months made whole, and trail. Raises ``BillNotFound``
    when the number named is not one of this employer's, ``DepositRefused`` (amount below one rupiah, or a day of
    payment in the future), ``ReferenceClash``.
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
    named = _bill_named(employer_id, meant_for)
    debts = _debts_paid(employer_id, amount_rupiah, named, wib_date(paid_at))
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
    )
    place_money(money, placings, actor=actor, key=f"payment:{payment_id}", now=now)
    for placing in placings:
        close_number(placing.bill, now)
        if not placing.bill.settled:
            offer_number(placing.bill, actor=actor, now=now)
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


def _bill_named(employer_id: int, customer_no: str) -> int | None:
    if not customer_no:
        return None
    account = VirtualAccount.objects.filter(pk=customer_no).first()
    if account is None or not Bill.objects.filter(pk=account.bill_id, employer_id=employer_id).exists():
        raise BillNotFound
    return account.bill_id


@dataclass(slots=True)
class _Debt:
    """An open bill with its penalty on the day of payment, and what of the money it gets so far."""

    bill: Bill
    penalty_rupiah: int
    contribution_given: int = 0
    penalty_given: int = 0

    @property
    def penalty_left(self) -> int:
        return max(self.penalty_rupiah - self.bill.penalty_paid_rupiah, 0)


def _debts_paid(employer_id: int, amount_rupiah: int, named: int | None, paid_on: date) -> list[_Debt]:
    """The bills that get something, by id, with how much. They are locked; penalties are as of the day of payment."""
    debts = [_Debt(bill, penalty_on(bill, paid_on).rupiah) for bill in _open_bills(employer_id)]
    rest = _lay_on([debt for debt in debts if debt.bill.pk == named], amount_rupiah)
    _lay_on([debt for debt in debts if debt.bill.pk != named], rest)
    return [debt for debt in debts if debt.contribution_given or debt.penalty_given]


def _open_bills(employer_id: int) -> list[Bill]:
    return list(
        Bill.objects.select_for_update()
        .filter(employer_id=employer_id, voided_at=None, amount_rupiah__gt=0)
        .filter(Q(contribution_paid_rupiah__lt=F("amount_rupiah")) | Q(penalty_paid_rupiah__lt=F("penalty_rupiah")))
        .order_by("id")
    )


def _lay_on(debts: Sequence[_Debt], rupiah: int) -> int:
    """Lay money on these bills in the law's order; gives what is over.

    The law knows months; of several bills of one month the older one is paid first.
    """
    months: dict[Month, list[_Debt]] = {}
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
