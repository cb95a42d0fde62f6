"""Payments that are told of at the same moment, in one process of the door: one transaction, each its own answer."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import httpx
import pytest
from django.db import connection, transaction

from lindung.access.models import PartnerRequest
from lindung.channels.bank import together
from lindung.contact.models import Message
from lindung.contributions import services
from lindung.contributions.models import Bill, Payment
from lindung.contributions.services import IssuedBill, whole_bills
from lindung.ledger import queries as ledger
from lindung.ledger.checks import CHECKS
from lindung.lib.damm import check_digit
from lindung.partners.bank.simulator import PAYMENT_PATH, BankSession, Exchange
from tests import builders
from tests.builders import Firm
from tests.channels.bank.bank_door import Hand, open_bank
from tests.channels.bank.test_bank_repeats import all_wait, verdict

OTHERS_WAIT = threading.Event()
GOOD, PAID, WRONG, UNKNOWN = ("2002500", "00"), ("4042514", "01"), ("4042513", "01"), ("4042512", "01")


@pytest.fixture
def bank(committed_db: None, hand: Hand) -> BankSession:
    return open_bank(hand)[1]


@pytest.fixture
def firm(committed_db: None, hand: Hand) -> Firm:
    return builders.firm(now=hand())


@pytest.fixture
def months(firm: Firm, hand: Hand) -> list[IssuedBill]:
    """Months of one firm: every worker stands in each of them."""
    return [builders.bill(firm, date(2026, month, 1), hand()) for month in (6, 7, 8, 9, 10)]


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many payments were booked together, time after time. The first time it waits until others wait for it."""
    done: list[int] = []
    receive = services.receive_together

    def noted(**given: Any) -> Any:
        done.append(len(given["told"]))
        if len(done) == 1:
            assert OTHERS_WAIT.wait(20)
        return receive(**given)

    OTHERS_WAIT.clear()

    monkeypatch.setattr(services, "receive_together", noted)
    return done


def request(bank: BankSession, bill: IssuedBill, *, more: int = 0, **options: Any) -> httpx.Request:
    return bank.request(PAYMENT_PATH, bank.payment_fields(bill.customer_no, bill.amount_rupiah + more), **options)


def told_at_once(bank: BankSession, sizes: list[int], requests: list[httpx.Request]) -> list[Exchange]:
    """Send all: the first is held, and the others wait for the first; then let go."""
    gathering = together.gathering
    with ThreadPoolExecutor(len(requests)) as threads:
        answers = []
        for number, request in enumerate(requests):
            answers.append(threads.submit(bank.send, request))
            deadline = time.monotonic() + 10
            while (len(sizes), len(gathering._waiting)) != (1, number) and time.monotonic() < deadline:
                time.sleep(0.002)
        OTHERS_WAIT.set()
        return [answer.result(timeout=30) for answer in answers]


def jht(firm: Firm) -> set[int]:
    people = firm.people["person_id"].to_list()
    return {sum(account.balance_rupiah for account in ledger.balances(holder_id=person)) for person in people}


def broken_entries() -> list[str]:
    """The ledger's own audit. What other tests committed beside it is theirs."""
    with connection.cursor() as cursor:
        return [name for name, statement in CHECKS.items() if cursor.execute(statement).fetchall()]


def test_what_is_told_meanwhile_is_booked_together_and_each_hears_of_its_own(
    bank: BankSession, firm: Firm, months: list[IssuedBill], sizes: list[int]
) -> None:
    answers = told_at_once(bank, sizes, [request(bank, bill) for bill in months])
    assert sizes == [1, 4]
    assert list(map(verdict, answers)) == [GOOD] * 5
    for bill, answer in zip(months, answers, strict=True):
        payment = Payment.objects.get(bill_id=bill.bill_id)
        assert answer.receipt_number == payment.receipt_number
        assert answer.bill["billDetails"][0]["billNo"] == bill.number[:18]
        assert Message.objects.filter(batch=f"payment:{payment.pk}").count() == 3
    assert jht(firm) == {5 * 570_000}
    assert broken_entries() == []


def test_what_cannot_be_booked_spoils_nothing_for_the_others(
    bank: BankSession, firm: Firm, months: list[IssuedBill], sizes: list[int]
) -> None:
    """Another amount, the same payment twice, a number of nobody, and one bill told by two payments."""
    first, second, third, fourth, fifth = months
    nobody = IssuedBill(0, "", f"1{'9' * 11}{check_digit('1' + '9' * 11)}", 1)
    twice = request(bank, third)
    sent = [
        request(bank, first),
        request(bank, second, more=1),
        twice,
        request(bank, nobody),
        request(bank, fourth),
        twice,
        request(bank, fourth),
        request(bank, fifth),
    ]
    answers = told_at_once(bank, sizes, sent)
    assert sizes == [1, 7]
    codes = list(map(verdict, answers))
    assert codes == [GOOD, WRONG, GOOD, UNKNOWN, GOOD, ("4042518", "00"), PAID, GOOD]
    assert answers[5].bill == answers[2].bill
    assert not Payment.objects.filter(bill_id=second.bill_id).exists()
    assert jht(firm) == {4 * 570_000}
    assert broken_entries() == []


def test_an_external_id_that_is_taken_undoes_all_and_each_is_booked_alone(
    bank: BankSession, firm: Firm, months: list[IssuedBill], sizes: list[int]
) -> None:
    sent = [request(bank, bill, external_id="4711" if number in (1, 3) else "") for number, bill in enumerate(months)]
    answers = told_at_once(bank, sizes, sent)
    assert sizes == [1, 4]
    assert sorted(map(verdict, answers)) == [GOOD] * 4 + [("4092500", "01")]
    paid = Payment.objects.filter(bill_id__in=[bill.bill_id for bill in months])
    assert len(PartnerRequest.objects.filter(external_id="4711", partner_id__in=paid.values("partner_id"))) == 1
    assert jht(firm) == {4 * 570_000}
    assert broken_entries() == []


def test_a_fault_in_one_is_its_own_and_the_others_are_booked(
    bank: BankSession, firm: Firm, months: list[IssuedBill], sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = whole_bills.tell_each
    bad = months[2].bill_id

    def fails_for_one(**given: Any) -> None:
        if bad in given["params"][0]:
            raise RuntimeError("a fault of ours")
        tell(**given)

    monkeypatch.setattr(whole_bills, "tell_each", fails_for_one)
    answers = told_at_once(bank, sizes, [request(bank, bill) for bill in months])
    assert [answer.code for answer in answers] == ["2002500", "2002500", "5002500", "2002500", "2002500"]
    assert jht(firm) == {4 * 570_000}
    assert broken_entries() == []


def test_who_wants_a_bill_that_somebody_holds_waits_alone(
    bank: BankSession, firm: Firm, months: list[IssuedBill], sizes: list[int]
) -> None:
    other, wanted = request(bank, months[0]), request(bank, months[1])
    OTHERS_WAIT.set()
    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            Bill.objects.select_for_update().get(pk=months[1].bill_id)
            held = threads.submit(bank.send, wanted)
            assert all_wait(1)
            assert verdict(threads.submit(bank.send, other).result(timeout=30)) == GOOD
        assert verdict(held.result(timeout=30)) == GOOD
    assert jht(firm) == {2 * 570_000}
    assert broken_entries() == []
