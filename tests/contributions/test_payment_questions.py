"""What became of a payment that we failed to answer: asked, and booked once where the bank has the money."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from lindung.access.trail import Actor
from lindung.contributions import services
from lindung.contributions.models import Payment, PaymentQuestion
from lindung.contributions.services import IssuedBill, ask_banks, note_unanswered, note_unpaid
from lindung.contributions.services.questions import next_evening
from lindung.partners.bank.client import NotTaken, Status, Taken
from lindung.partners.outcome import Unknown
from tests import builders
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db
BANK = 1
_references = itertools.count(1)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def bill(now: datetime) -> IssuedBill:
    firm = builders.firm(now=now, workers=2)
    return builders.bill(firm, now.date().replace(day=1), now)


@pytest.fixture
def question(bill: IssuedBill, now: datetime) -> PaymentQuestion:
    reference = f"unanswered-{next(_references)}"
    for _time in range(2):  # the bank told us twice, and was failed twice
        note_unanswered(partner_id=BANK, reference=reference, customer_no=bill.customer_no, now=now)
    return PaymentQuestion.objects.get(reference=reference)


def says(status: Status) -> Callable[[PaymentQuestion], Status]:
    return lambda question: status


def taken(bill: IssuedBill, now: datetime, *, more: int = 0) -> Status:
    return Taken(bill.amount_rupiah + more, now, "journal-1")


def nobody_asks(question: PaymentQuestion) -> Status:
    raise AssertionError(f"asked about {question.reference}")


def test_before_its_moment_nobody_is_asked(question: PaymentQuestion, now: datetime) -> None:
    assert ask_banks(ask=nobody_asks, now=now + QUARTER - timedelta(seconds=1)) == 0


def test_what_the_bank_took_is_booked_once(question: PaymentQuestion, bill: IssuedBill, now: datetime) -> None:
    later = now + QUARTER
    assert ask_banks(ask=says(taken(bill, now)), now=later) == 1
    assert ask_banks(ask=nobody_asks, now=later + timedelta(days=2)) == 0
    payment = Payment.objects.get(reference=question.reference)
    assert (payment.amount_rupiah, payment.paid_at, payment.channel) == (bill.amount_rupiah, now, "STATUS")
    question.refresh_from_db()
    assert (question.outcome, question.next_ask_at) == ("booked", None)
    assert broken_invariants() == []


def test_a_number_that_ended_meanwhile_still_takes_it(
    question: PaymentQuestion, bill: IssuedBill, now: datetime
) -> None:
    ask_banks(ask=says(taken(bill, now)), now=now + timedelta(days=60))
    assert Payment.objects.filter(reference=question.reference).exists()


def test_what_the_bank_told_again_meanwhile_is_not_asked(
    question: PaymentQuestion, bill: IssuedBill, now: datetime
) -> None:
    services.receive_payment(
        actor=Actor("partner", BANK),
        partner_id=BANK,
        reference=question.reference,
        customer_no=bill.customer_no,
        amount_rupiah=bill.amount_rupiah,
        channel="6011",
        bank_reference="",
        paid_at=now,
        inquired_at=None,
        now=now,
    )
    assert ask_banks(ask=nobody_asks, now=now + QUARTER) == 1
    question.refresh_from_db()
    assert question.outcome == "booked"


def test_what_the_bank_does_not_have_changes_nothing(question: PaymentQuestion, now: datetime) -> None:
    assert ask_banks(ask=says(NotTaken()), now=now + QUARTER) == 1
    question.refresh_from_db()
    assert question.outcome == "not_taken"
    assert not Payment.objects.filter(reference=question.reference).exists()


def test_money_of_another_amount_is_left_to_the_statement(
    question: PaymentQuestion, bill: IssuedBill, now: datetime
) -> None:
    ask_banks(ask=says(taken(bill, now, more=1)), now=now + QUARTER)
    question.refresh_from_db()
    assert question.outcome == "to_statement"
    assert not Payment.objects.filter(reference=question.reference).exists()


def test_without_an_answer_it_is_asked_on_two_evenings_and_then_left_to_the_statement(
    question: PaymentQuestion, now: datetime
) -> None:
    moment, asked = now + QUARTER, []
    while True:
        ask_banks(ask=says(Unknown("silence")), now=moment)
        question.refresh_from_db()
        if question.next_ask_at is None:
            break
        moment = question.next_ask_at
        asked.append(f"{moment.astimezone(now.tzinfo):%d %H:%M}")
    assert asked == ["21 23:30", "22 23:30"]
    assert (question.outcome, question.asked_count) == ("to_statement", 3)


def test_in_the_evening_numbers_that_were_asked_for_and_not_paid_are_questions(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    open_bill = builders.bill(firm, now.date().replace(day=1), now)
    asked = [(BANK, "evening-1", open_bill.customer_no), (BANK, "evening-2", "1999999999999")]
    assert note_unpaid(asked=asked, now=now) == 1
    assert ask_banks(ask=says(taken(open_bill, now)), now=now) == 1
    assert Payment.objects.get(customer_no=open_bill.customer_no).reference == "evening-1"


def test_the_evening_is_at_half_past_eleven_in_jakarta(now: datetime) -> None:
    evening = next_evening(now=now)
    assert (evening.hour, evening.minute, evening.date()) == (23, 30, now.date())
    assert next_evening(now=evening).date() == now.date() + timedelta(days=1)
