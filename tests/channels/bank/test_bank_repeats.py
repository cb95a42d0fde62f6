"""The same payment told again: later, changed, at the same moment, after a lost answer. One effect, one receipt."""

import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from lindung.access.models import PartnerRequest
from lindung.channels.bank import together
from lindung.contributions.models import Bill, Payment
from lindung.contributions.services import IssuedBill, payments
from lindung.partners.bank.simulator import PAYMENT_PATH, BankSession, Exchange, Fields
from tests.channels.bank.bank_door import Hand, booked, new_bill, open_bank


@pytest.fixture
def bill(bank: BankSession, hand: Hand) -> IssuedBill:
    return new_bill(hand())


@pytest.fixture
def fields(bank: BankSession, bill: IssuedBill) -> Fields:
    return bank.payment_fields(bill.customer_no, bill.amount_rupiah)


def verdict(exchange: Exchange) -> tuple[str, str]:
    return exchange.code, exchange.bill["paymentFlagStatus"]


def test_the_same_request_again_is_inconsistent_with_the_first_result(bank: BankSession, fields: Fields) -> None:
    request = bank.request(PAYMENT_PATH, fields)
    first = bank.send(request)
    before = booked()
    for _time in range(3):
        again = bank.send(request)
        assert (again.status, *verdict(again)) == (404, "4042518", "00")
        assert again.json["responseMessage"] == "Inconsistent Request"
        assert again.bill == first.bill
    assert booked() == before


def test_a_refused_request_again_is_inconsistent_with_the_refusal(bank: BankSession, bill: IssuedBill) -> None:
    request = bank.request(PAYMENT_PATH, bank.payment_fields(bill.customer_no, bill.amount_rupiah + 1))
    assert verdict(bank.send(request)) == ("4042513", "01")
    again = bank.send(request)
    assert verdict(again) == ("4042518", "01")
    assert again.bill["paymentFlagReason"]["english"] == "Amount is not the bill's"


def test_a_bank_that_wants_it_gets_the_first_answer_byte_for_byte(db: None, hand: Hand) -> None:
    _id, bank = open_bank(hand, repeats_are_replayed=True)
    bill = new_bill(hand())
    request = bank.request(PAYMENT_PATH, bank.payment_fields(bill.customer_no, bill.amount_rupiah))
    first = bank.send(request)
    before = booked()
    hand.move(seconds=90)
    again = bank.send(request)
    assert (again.status, again.answer) == (200, first.answer)
    assert booked() == before


def test_an_advice_gets_the_first_answer_byte_for_byte(bank: BankSession, fields: Fields) -> None:
    first = bank.call(PAYMENT_PATH, fields, external_id="99")
    before = booked()
    advice = bank.call(PAYMENT_PATH, {**fields, "flagAdvise": "Y"}, external_id="99")
    assert (advice.status, advice.answer) == (200, first.answer)
    assert booked() == before


def test_another_spelling_of_the_same_content_is_the_same_request(bank: BankSession, fields: Fields) -> None:
    bank.call(PAYMENT_PATH, fields, external_id="99")
    turned = dict(reversed(fields.items()))
    assert verdict(bank.call(PAYMENT_PATH, turned, external_id="99")) == ("4042518", "00")


@pytest.mark.parametrize(
    "changed", [{"paymentRequestId": "another"}, {"paidAmount": {"value": "1.00", "currency": "IDR"}}, {"trxId": "1"}]
)
def test_the_same_external_id_for_something_else_is_a_conflict(
    bank: BankSession, fields: Fields, changed: dict[str, Any]
) -> None:
    bank.call(PAYMENT_PATH, fields, external_id="99")
    before = booked()
    exchange = bank.call(PAYMENT_PATH, {**fields, **changed}, external_id="99")
    assert (exchange.status, *verdict(exchange)) == (409, "4092500", "01")
    assert booked() == before


def test_an_external_id_belongs_to_its_service(bank: BankSession, bill: IssuedBill, fields: Fields) -> None:
    inquiry = bank.inquiry_fields(bill.customer_no)
    assert bank.call("/snap/v1.0/transfer-va/inquiry", inquiry, external_id="99").code == "2002400"
    assert bank.call(PAYMENT_PATH, fields, external_id="99").code == "2002500"


def test_a_new_external_id_with_the_same_reference_gets_the_first_receipt(
    bank: BankSession, fields: Fields, hand: Hand
) -> None:
    first = bank.call(PAYMENT_PATH, fields)
    before = booked()
    for days in (0, 1, 40):
        hand.move(days=days)
        again = bank.call(PAYMENT_PATH, {**fields, "flagAdvise": "Y"})
        assert verdict(again) == ("2002500", "00")
        assert again.receipt_number == first.receipt_number
    assert booked() == before


def test_a_reference_used_for_another_amount_or_number_is_inconsistent(
    bank: BankSession, bill: IssuedBill, fields: Fields, hand: Hand
) -> None:
    other = new_bill(hand())
    bank.call(PAYMENT_PATH, fields)
    before = booked()
    reference = fields["paymentRequestId"]
    for number, amount in ((bill.customer_no, 1), (other.customer_no, other.amount_rupiah)):
        assert verdict(bank.pay(number, amount, reference=reference)) == ("4042518", "01")
    assert booked() == before


def test_two_banks_may_use_the_same_reference_and_external_id(
    bank: BankSession, bill: IssuedBill, fields: Fields, hand: Hand
) -> None:
    other_bill, other_bank = new_bill(hand()), open_bank(hand)[1]
    bank.call(PAYMENT_PATH, fields, external_id="99")
    theirs = other_bank.payment_fields(
        other_bill.customer_no, other_bill.amount_rupiah, reference=fields["paymentRequestId"]
    )
    assert other_bank.call(PAYMENT_PATH, theirs, external_id="99").code == "2002500"


# At the same moment: real commits, real threads, and the bill held until all of them wait for it. Each thread stands
# for a process of the door: within one, payments would be done together (``test_bank_together``).


def all_wait(count: int) -> bool:
    """Whether ``count`` of this database's sessions wait for a lock."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            # Within a transaction the server would show its first picture again and again.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] == count:
                return True
        time.sleep(0.01)
    return False


def race(bank: BankSession, bill: IssuedBill, requests: list[httpx.Request]) -> list[Exchange]:
    """Send all requests while the bill is locked, let go when every one of them waits, and gather the answers."""
    with ThreadPoolExecutor(len(requests)) as threads:
        with transaction.atomic():
            Bill.objects.select_for_update().get(pk=bill.bill_id)
            answers = [threads.submit(bank.send, request) for request in requests]
            assert all_wait(len(requests))
        return [answer.result(timeout=30) for answer in answers]


@pytest.fixture
def real_bank(committed_db: None, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> BankSession:
    monkeypatch.setattr(together, "gathering", SimpleNamespace(do=lambda payment: together.answer_all([payment])[0]))
    return open_bank(hand)[1]


@pytest.fixture
def real_bill(committed_db: None, hand: Hand) -> IssuedBill:
    return new_bill(hand())


def test_the_same_request_twice_at_once_books_once_and_both_learn_the_first_result(
    real_bank: BankSession, real_bill: IssuedBill
) -> None:
    fields = real_bank.payment_fields(real_bill.customer_no, real_bill.amount_rupiah)
    request = real_bank.request(PAYMENT_PATH, fields)
    answers = race(real_bank, real_bill, [request, request])
    assert sorted(map(verdict, answers)) == [("2002500", "00"), ("4042518", "00")]
    assert answers[0].bill == answers[1].bill
    assert Payment.objects.filter(bill_id=real_bill.bill_id).count() == 1
    assert PartnerRequest.objects.filter(reference=fields["paymentRequestId"]).count() == 1


def test_ten_times_at_once_under_new_external_ids_is_one_payment_and_one_receipt(
    real_bank: BankSession, real_bill: IssuedBill
) -> None:
    fields = real_bank.payment_fields(real_bill.customer_no, real_bill.amount_rupiah)
    answers = race(real_bank, real_bill, [real_bank.request(PAYMENT_PATH, fields) for _number in range(10)])
    assert {answer.code for answer in answers} == {"2002500"}
    assert len({answer.receipt_number for answer in answers}) == 1
    assert Payment.objects.filter(bill_id=real_bill.bill_id).count() == 1
    assert PartnerRequest.objects.filter(reference=fields["paymentRequestId"]).count() == 10


def test_two_debits_at_once_are_one_payment_and_one_refusal(real_bank: BankSession, real_bill: IssuedBill) -> None:
    both = [real_bank.payment_fields(real_bill.customer_no, real_bill.amount_rupiah) for _number in range(2)]
    answers = race(real_bank, real_bill, [real_bank.request(PAYMENT_PATH, fields) for fields in both])
    assert sorted(map(verdict, answers)) == [("2002500", "00"), ("4042514", "01")]
    assert Payment.objects.filter(bill_id=real_bill.bill_id).count() == 1


def test_one_external_id_for_two_bills_at_once_books_one_and_undoes_the_other(
    real_bank: BankSession, hand: Hand
) -> None:
    """The slower one has booked already when it learns that the external id is taken."""
    bills = [new_bill(hand()), new_bill(hand())]
    requests = [
        real_bank.request(PAYMENT_PATH, real_bank.payment_fields(b.customer_no, b.amount_rupiah), external_id="424242")
        for b in bills
    ]
    with ThreadPoolExecutor(2) as threads, transaction.atomic():
        list(Bill.objects.select_for_update().filter(pk__in=[b.bill_id for b in bills]).order_by("pk"))
        waiting = [threads.submit(real_bank.send, request) for request in requests]
        assert all_wait(2)
        transaction.set_rollback(True)
    answers = [future.result(timeout=30) for future in waiting]
    assert sorted(map(verdict, answers)) == [("2002500", "00"), ("4092500", "01")]
    assert Payment.objects.filter(bill_id__in=[b.bill_id for b in bills]).count() == 1


def test_an_answer_that_is_lost_after_the_commit_is_found_again(
    real_bank: BankSession, real_bill: IssuedBill, on_the_network: Callable[[BankSession], BankSession]
) -> None:
    bank = on_the_network(real_bank)
    fields = bank.payment_fields(real_bill.customer_no, real_bill.amount_rupiah)
    lost = bank.send_and_hang_up(bank.request(PAYMENT_PATH, fields, external_id="313131"))
    assert lost.status is None
    payment = Payment.objects.get(bill_id=real_bill.bill_id)
    before = booked()
    for external_id in ("313131", "313132"):
        advice = bank.call(PAYMENT_PATH, {**fields, "flagAdvise": "Y"}, external_id=external_id)
        assert verdict(advice) == ("2002500", "00")
        assert advice.receipt_number == payment.receipt_number
    assert booked() == before


def test_a_call_that_the_server_ends_for_another_is_made_again_by_us(
    bank: BankSession, fields: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two payments that wait for each other: one is ended after it wrote, and the bank hears of one good payment.

    First where it is told with others, then alone.
    """
    post, times = payments.post_whole, itertools.count()

    def ended_twice(**given: Any) -> None:
        post(**given)
        if next(times) < 2:
            raise OperationalError from DeadlockDetected()

    monkeypatch.setattr(payments, "post_whole", ended_twice)
    before = booked()
    answer = bank.call(PAYMENT_PATH, fields)
    assert (answer.status, answer.code) == (200, "2002500")
    assert booked() != before
    assert Payment.objects.filter(reference=fields["paymentRequestId"]).count() == 1
    assert next(times) == 3
