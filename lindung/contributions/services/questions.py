"""Asking banks what became of payments they told us of and got no usable answer to, and booking what they took."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions.models import Payment, PaymentQuestion, VirtualAccount
from lindung.contributions.services.payments import receive_payment
from lindung.contributions.services.refusals import (
    BillNotFound,
    BillPaid,
    ReferenceClash,
    VirtualAccountExpired,
    WrongAmount,
)
from lindung.lib.clock import WIB, wib_date
from lindung.partners.bank.client import NotTaken, Status, Taken
from lindung.partners.outcome import Unknown

FIRST_AFTER = timedelta(minutes=15)
EVENING = time(23, 30)
MOST_ASKED = 3
"""A bank answers for today and yesterday: once soon, and on two evenings."""
_CHANNEL = "STATUS"
_REFUSALS = (BillNotFound, BillPaid, ReferenceClash, VirtualAccountExpired, WrongAmount)

Ask = Callable[[PaymentQuestion], Status]
"""How a bank is asked; called outside of any transaction."""


@transaction.atomic
def note_unanswered(*, partner_id: int, reference: str, customer_no: str, now: datetime) -> None:
    """A bank was told that we failed: ask it in a quarter of an hour what it did. Told again, it stays one question."""
    _note([(partner_id, reference, customer_no)], told_at=now, next_ask_at=now + FIRST_AFTER)


@transaction.atomic
def note_unpaid(*, asked: list[tuple[int, str, str]], now: datetime) -> int:
    """Of numbers that banks asked for today (partner, reference, number), question those that are still open."""
    numbers = {customer_no for *_, customer_no in asked}
    still_open = VirtualAccount.objects.filter(pk__in=numbers, closed_at=None).values_list("pk", flat=True)
    open_numbers = set(still_open)
    wanted = [one for one in asked if one[2] in open_numbers]
    _note(wanted, told_at=now, next_ask_at=now)
    return len(wanted)


def ask_banks(*, ask: Ask, now: datetime) -> int:
    """Ask about everything whose moment has come; gives how many were settled. May be killed and called again."""
    due = PaymentQuestion.objects.filter(next_ask_at__lte=now).order_by("next_ask_at", "id")
    return sum(_ask_and_settle(question, ask, now) for question in due)


def _note(matters: list[tuple[int, str, str]], *, told_at: datetime, next_ask_at: datetime) -> None:
    PaymentQuestion.objects.bulk_create(
        [
            PaymentQuestion(
                partner_id=partner_id,
                reference=reference,
                customer_no=customer_no,
                told_at=told_at,
                next_ask_at=next_ask_at,
            )
            for partner_id, reference, customer_no in matters
        ],
        ignore_conflicts=True,
    )


def _ask_and_settle(question: PaymentQuestion, ask: Ask, now: datetime) -> bool:
    if _is_booked(question):
        _settle(question, PaymentQuestion.Outcome.BOOKED, now)
        return True
    status = ask(question)
    question.asked_count += 1
    match status:
        case Taken():
            _settle(question, _booked(question, status, now), now)
        case NotTaken():
            _settle(question, PaymentQuestion.Outcome.NOT_TAKEN, now)
        case Unknown() if question.asked_count < MOST_ASKED:
            question.next_ask_at = next_evening(now=now)
            question.save(update_fields=["asked_count", "next_ask_at"])
            return False
        case Unknown():
            _settle(question, PaymentQuestion.Outcome.TO_STATEMENT, now)
        case _:
            raise TypeError(f"a bank's status cannot be {type(status).__name__}")
    return True


def _is_booked(question: PaymentQuestion) -> bool:
    return Payment.objects.filter(partner_id=question.partner_id, reference=question.reference).exists()


def _booked(question: PaymentQuestion, taken: Taken, now: datetime) -> PaymentQuestion.Outcome:
    """Book what the bank holds, as if its call had reached us; it did, when the number was still good."""
    try:
        receive_payment(
            actor=Actor("partner", question.partner_id),
            partner_id=question.partner_id,
            reference=question.reference,
            customer_no=question.customer_no,
            amount_rupiah=taken.amount_rupiah,
            channel=_CHANNEL,
            bank_reference=taken.bank_reference,
            paid_at=min(taken.paid_at, now),
            inquired_at=question.told_at,
            now=now,
        )
    except _REFUSALS:
        # Money that fits no number: with the bank's statement it comes into suspense and has an owner.
        return PaymentQuestion.Outcome.TO_STATEMENT
    return PaymentQuestion.Outcome.BOOKED


@transaction.atomic
def _settle(question: PaymentQuestion, outcome: PaymentQuestion.Outcome, now: datetime) -> None:
    question.next_ask_at, question.outcome = None, outcome
    question.save(update_fields=["asked_count", "next_ask_at", "outcome"])
    trail.record(
        actor=Actor("partner", question.partner_id),
        act="payment_question_settled",
        object_kind="payment_question",
        object_id=question.pk,
        now=now,
        detail={"outcome": str(outcome), "asked": question.asked_count},
    )


def next_evening(*, now: datetime) -> datetime:
    """The next 23.30 in western Indonesia."""
    today = datetime.combine(wib_date(now), EVENING, WIB)
    return today if now < today else today + timedelta(days=1)
