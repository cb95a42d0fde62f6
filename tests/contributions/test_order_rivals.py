"""Ordering, paying and sweeping at the same moment: no month is paid twice, and nobody gets an error of the machine."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections, transaction

from lindung.contributions import services
from lindung.contributions.queries import months_of
from lindung.law import Month
from tests.conftest import NOW
from tests.contributions.money import jht, pay
from tests.contributions.self_payers import SelfPayer
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.usefixtures("own_db")
_PATIENCE = 20
_REFUSALS = (services.BillPaid, services.VirtualAccountExpired)


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """All at the same moment; gives what went wrong in them."""
    wrong: list[BaseException] = []
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            ready.wait(_PATIENCE)
            act()
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_PATIENCE)
        assert not thread.is_alive()
    return wrong


def test_one_number_paid_at_two_banksat_once_is_paid_once() -> None:
    for _ in range(5):
        siti = SelfPayer(NOW)
        order = siti.order(3, NOW)
        number = order.customer_no
        wrong = at_once(
            *(partial(pay, number, order.amount_rupiah, NOW, reference=f"{number}-{bank}") for bank in range(4))
        )
        assert [type(error) for error in wrong] == [services.BillPaid] * 3
        assert jht(siti.person_id) == 3 * 59_000
    assert broken_invariants() == []


def test_a_payment_and_a_new_orderat_once_end_in_one_order_of_all() -> None:
    for _ in range(8):
        siti = SelfPayer(NOW)
        order = siti.order(3, NOW)
        wrong = at_once(
            partial(siti.order, 1, NOW),
            partial(pay, order.customer_no, order.amount_rupiah, NOW, reference=f"rival-{order.number}"),
        )
        assert all(isinstance(error, _REFUSALS) for error in wrong), wrong
        paid = [Month.of(month.period) for month in months_of(person_id=siti.person_id) if month.own]
        newest = siti.orders()[0]
        assert newest.state(NOW) == "open"
        # Paid first: the new order goes on after its months. Ordered first: the old one was withdrawn, nothing is paid.
        assert newest.from_on == (Month(2027, 2) if paid else Month(2026, 11)).first_on
        assert len(paid) == (0 if wrong else 3)
    assert broken_invariants() == []


def test_an_order_waits_for_the_payment_that_has_begun() -> None:
    siti = SelfPayer(NOW)
    order = siti.order(3, NOW)
    ordered: list[services.IssuedOrder] = []

    def go_on_ordering() -> None:
        ordered.append(siti.order(1, NOW))
        connections.close_all()

    with transaction.atomic():
        pay(order.customer_no, order.amount_rupiah, NOW, reference=f"slow-{order.number}")
        rival = threading.Thread(target=go_on_ordering)
        rival.start()
        rival.join(0.3)
        assert rival.is_alive(), "it waits for the payment"
    rival.join(_PATIENCE)
    assert ordered
    assert siti.orders()[0].from_on == Month(2027, 2).first_on
    assert broken_invariants() == []


def test_sweeping_and_orderingat_once_leave_one_open_order() -> None:
    siti = SelfPayer(NOW)
    siti.order(3, NOW)
    later = NOW + timedelta(days=9)
    wrong = at_once(
        lambda: siti.order(2, later), lambda: services.expire_orders(now=later), lambda: siti.order(2, later)
    )
    assert wrong == []
    assert [order.state(later) for order in siti.orders()] == ["open", "lapsed"]
    assert broken_invariants() == []
