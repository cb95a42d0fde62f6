"""Money that a bank took for us, booked once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contact.services import tell
from lindung.contributions import postings
from lindung.contributions.models import Bill, Payment, VirtualAccount
from lindung.contributions.services.refusals import (
    BillNotFound,
    BillPaid,
    ReferenceClash,
    VirtualAccountExpired,
    WrongAmount,
)
from lindung.ledger.services import post
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of
from lindung.registry import queries as registry


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a payment gives back; ``repeated`` tells that the first receipt was given again."""

    payment_id: int
    receipt_number: str
    bill_id: int
    amount_rupiah: int
    paid_at: datetime
    repeated: bool


@transaction.atomic
def receive_payment(
    *,
    actor: Actor,
    partner_id: int,
    reference: str,
    customer_no: str,
    amount_rupiah: int,
    channel: str,
    bank_reference: str,
    paid_at: datetime,
    inquired_at: datetime | None,
    now: datetime,
) -> Receipt:
    """Book money that a bank took for us, once per (partner, reference), for ever.

    One transaction: payment, ledger entry with a line per worker, balances, a message per worker, trail. A repeat
    gives the first receipt. A payment after the number's end is taken if its inquiry was answered before it.
    Raises ``BillNotFound``, ``BillPaid``, ``VirtualAccountExpired``, ``WrongAmount``, ``ReferenceClash``.
    """
    account = VirtualAccount.objects.filter(pk=customer_no).first()
    if account is not None:
        # Everything about one bill happens one after another from here on.
        bill = Bill.objects.select_for_update().get(pk=account.bill_id)
    first = Payment.objects.filter(partner_id=partner_id, reference=reference).first()
    if first is not None:
        if (first.customer_no, first.amount_rupiah) != (customer_no, amount_rupiah):
            raise ReferenceClash
        return _receipt(first, repeated=True)
    if account is None:
        raise BillNotFound
    if bill.paid_at is not None:
        raise BillPaid
    account.refresh_from_db()
    asked_in_time = inquired_at is not None and inquired_at < account.expires_at
    if account.closed_at is not None or (now >= account.expires_at and not asked_in_time):
        raise VirtualAccountExpired
    due_rupiah = account.contribution_rupiah + account.penalty_rupiah
    if amount_rupiah != due_rupiah:
        raise WrongAmount(due_rupiah)
    payment = _save_payment(account, bill, partner_id, reference, amount_rupiah, channel, bank_reference, paid_at, now)
    post(
        actor=actor,
        key=f"payment:{payment.pk}",
        kind="payment",
        agency_lines=postings.bill_paid(bill, partner_id=partner_id, penalty_rupiah=account.penalty_rupiah),
        holder_lines=postings.workers_credited(bill),
        happened_at=paid_at,
        now=now,
    )
    _tell_workers(bill, payment, now)
    trail.record(
        actor=actor,
        act="payment_received",
        object_kind="bill",
        object_id=bill.pk,
        now=now,
        detail={"receipt": payment.receipt_number, "amount_rupiah": amount_rupiah},
    )
    return _receipt(payment, repeated=False)


def _save_payment(
    account: VirtualAccount,
    bill: Bill,
    partner_id: int,
    reference: str,
    amount_rupiah: int,
    channel: str,
    bank_reference: str,
    paid_at: datetime,
    now: datetime,
) -> Payment:
    payment_id = next_of("contributions_payment_id_seq")
    payment = Payment.objects.create(
        id=payment_id,
        partner_id=partner_id,
        reference=reference,
        customer_no=account.pk,
        bill_id=bill.pk,
        amount_rupiah=amount_rupiah,
        penalty_rupiah=account.penalty_rupiah,
        channel=channel,
        bank_reference=bank_reference,
        receipt_number=f"KW-{wib_date(now):%Y%m}-{payment_id:09d}",
        paid_at=paid_at,
    )
    Bill.objects.filter(pk=bill.pk).update(paid_at=paid_at, payment_id=payment_id)
    VirtualAccount.objects.filter(pk=account.pk).update(closed_at=now)
    return payment


def _tell_workers(bill: Bill, payment: Payment, now: datetime) -> None:
    employer = registry.employer(bill.employer_id)
    tell(
        batch=f"payment:{payment.pk}",
        kind="contribution_received",
        rows_sql=(
            "SELECT l.person_id, jsonb_build_object('kpj', m.kpj, 'period', %s::text, 'employer', %s::text,"
            " 'jht_rupiah', l.jht_employer + l.jht_worker)"
            " FROM contributions_billline l"
            " JOIN registry_membership m ON m.person_id = l.person_id AND m.id = l.membership_id"
            " WHERE l.bill_id = %s"
        ),
        params=[f"{bill.period:%Y-%m}", employer.name, bill.pk],
        now=now,
    )


def _receipt(payment: Payment, *, repeated: bool) -> Receipt:
    return Receipt(
        payment.pk, payment.receipt_number, payment.bill_id, payment.amount_rupiah, payment.paid_at, repeated
    )
