"""What the server has planned stays planned: through repeats and refusals, and for all threads of a process at once."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from lindung.channels.bank.together import one_connection
from lindung.contributions import services
from lindung.contributions.models import Payment
from lindung.contributions.services import IssuedBill
from lindung.partners.bank.simulator import PAYMENT_PATH, BankSession, Exchange
from tests import builders
from tests.channels.bank.bank_door import Hand, open_bank


@pytest.fixture
def bank(committed_db: None, hand: Hand) -> BankSession:
    return open_bank(hand)[1]


@pytest.fixture
def months(committed_db: None, hand: Hand) -> list[IssuedBill]:
    firm = builders.firm(now=hand())
    return [builders.bill(firm, date(2026, month, 1), hand()) for month in range(1, 11)]


def pay(bank: BankSession, bill: IssuedBill, more: int = 0) -> Exchange:
    return bank.pay(bill.customer_no, bill.amount_rupiah + more)


def planned() -> set[str]:
    """The statements that the server keeps for this thread's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return {name for (name,) in cursor.fetchall()}


def backend() -> int:
    """Which of the server's processes speaks to this thread."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@pytest.fixture
def bookings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which of the server's processes booked, time after time."""
    receive, noted = services.receive_together, list[int]()

    def watched(**given: Any) -> Any:
        noted.append(backend())
        return receive(**given)

    monkeypatch.setattr(services, "receive_together", watched)
    return noted


def plan_mode() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return str(cursor.fetchone()[0])


def test_a_plan_is_for_all_values_while_payments_are_booked_and_for_nothing_else(
    bank: BankSession, months: list[IssuedBill], monkeypatch: pytest.MonkeyPatch
) -> None:
    receive, seen = services.receive_together, list[str]()

    def watched(**given: Any) -> Any:
        seen.append(plan_mode())
        return receive(**given)

    monkeypatch.setattr(services, "receive_together", watched)
    assert pay(bank, months[0]).status == 200
    # A cluster's coordinator has to see the values: they say where the rows lie.
    assert seen == ["auto" if "LINDUNG_CITUS" in os.environ else "force_generic_plan"]
    with one_connection.held():
        assert plan_mode() == "auto"
    assert plan_mode() == "auto"


def test_repeats_and_refusals_undo_nothing_and_keep_the_plans(bank: BankSession, months: list[IssuedBill]) -> None:
    request = bank.request(PAYMENT_PATH, bank.payment_fields(months[0].customer_no, months[0].amount_rupiah))
    answers = [bank.send(request), bank.send(request), pay(bank, months[1], 1), pay(bank, months[0])]
    kept = planned()
    assert kept
    answers += [bank.send(request), pay(bank, months[1], 1), pay(bank, months[0])]
    codes = ["2002500", "4042518", "4042513", "4042514"]
    assert [answer.code for answer in answers] == [*codes, *codes[1:]]
    assert kept <= planned()


def test_threads_that_book_do_it_over_one_connection(
    bank: BankSession, months: list[IssuedBill], bookings: list[int]
) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda bill: pay(bank, bill), months))
    assert {answer.status for answer in answers} == {200}
    assert len(bookings) > 1
    assert len(set(bookings)) == 1
    assert backend() not in bookings


def test_one_that_the_server_ended_is_left_for_another(
    bank: BankSession, months: list[IssuedBill], bookings: list[int]
) -> None:
    assert pay(bank, months[0]).status == 200
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 5000)", [bookings[0]]).fetchone() == (True,)
    assert [pay(bank, bill).status for bill in months[1:4]] == [200, 200, 200]
    assert len(set(bookings)) == 2


def test_who_is_in_a_transaction_stays_in_it(bank: BankSession, months: list[IssuedBill]) -> None:
    with transaction.atomic():
        assert pay(bank, months[0]).status == 200
        transaction.set_rollback(True)
    assert not Payment.objects.filter(customer_no=months[0].customer_no).exists()
