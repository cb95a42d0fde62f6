"""kill -9 at every exchange with the database of a payment for an order or for several bills, of opening their number,
of credit asked back and sent, and of the reminders' job: all of it is there or none, and done again it has happened
once."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection

from lindung.access import services as access
from lindung.access.trail import SYSTEM
from lindung.compliance.services import remind_firms
from lindung.contact.addressees import of_account
from lindung.contributions import services
from lindung.contributions.refund_queries import RefundView, refunds_of
from lindung.lib.clock import WIB
from tests import builders
from tests.contributions.money import bills, credit, deposit, jht, jht_of, join, owed_by, pay
from tests.contributions.refunds import SECOND, again, answer, ask, due, opened_at, paid_out
from tests.contributions.self_payers import SelfPayer
from tests.faults.forked import killed_everywhere
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.faults
AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (8, 9, 10))


def _rows(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def _one_of(*states: object) -> Callable[[object], object]:
    """Looks go forward through these states and never back."""
    reached = 0

    def seen(state: object) -> None:
        nonlocal reached
        assert state in states[reached:]
        reached = states.index(state)

    return seen


@pytest.mark.usefixtures("own_db")
def test_an_orders_payment_killed_anywhere_is_paid_once(now: datetime) -> None:
    siti = SelfPayer(now)
    order = siti.order(3, now)
    seen = _one_of((0, 0, 0, 0), (1, 3, 1, 1))

    def told() -> services.Receipt:
        return pay(order.customer_no, order.amount_rupiah, now, reference=f"order-{order.order_id}")

    def look() -> None:
        seen(
            (
                _rows("SELECT count(*) FROM contributions_payment WHERE order_id = %s", order.order_id)[0][0],
                _rows("SELECT count(*) FROM contributions_orderline WHERE order_id = %s AND paid", order.order_id)[0][
                    0
                ],
                int(jht(siti.person_id) > 0),
                _rows("SELECT count(*) FROM contact_message WHERE kind = 'own_payment_received'")[0][0],
            )
        )

    assert killed_everywhere(told, look) > 20
    assert told().repeated
    look()
    assert siti.orders()[0].receipt_number == told().receipt_number
    assert broken_invariants() == []


@pytest.mark.usefixtures("own_db")
def test_a_number_for_several_bills_killed_anywhere_is_opened_whole_or_not_and_paid_once(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    for month in (AUGUST, SEPTEMBER, OCTOBER):
        builders.bill(firm, month, now)
    opened, paid = _one_of([False] * 3, [True] * 3), _one_of((1, 0), (0, 3))
    assert killed_everywhere(lambda: join(firm, now), lambda: opened([bill.joint for bill in bills(firm)])) > 20
    number = join(firm, now)
    # The same bills again are the same number: no point left a second one.
    assert [found for (found,) in _rows("SELECT customer_no FROM contributions_joinedbill GROUP BY 1")] == [
        number.customer_no
    ]

    def told() -> services.Receipt:
        return pay(number.customer_no, number.amount_rupiah, now, reference=f"together-{firm.id}")

    def look() -> None:
        paid((int(owed_by(firm) == number.amount_rupiah), sum(bill.settled for bill in bills(firm))))

    assert killed_everywhere(told, look) > 20
    assert told().repeated
    assert jht_of(firm) == [3 * 570_000] * 2
    told_of = "SELECT kind, count(*), sum((params->>'months')::int) FROM contact_message GROUP BY 1"
    assert _rows(f"{told_of} HAVING kind LIKE 'contribution%%'") == [("contributions_received", 2, 6)]
    assert broken_invariants() == []


@pytest.mark.usefixtures("own_db")
def test_credit_asked_back_killed_anywhere_is_asked_once_and_sent_once(now: datetime) -> None:
    firm, over = builders.firm(now=now, workers=1), 3_000_000
    deposit(firm, over, now)
    asked, sent, before = _one_of(over, 0), _one_of((over, 0, 0), (0, over, 1)), paid_out()

    def asking() -> RefundView:
        return ask(firm, over, now, press="sekali")

    assert killed_everywhere(asking, lambda: asked(credit(firm))) > 10
    found = asking()
    answer(found, now)
    later = opened_at(found)
    services.take_transfer(actor=SECOND, refund_id=found.id, now=later)

    def recording() -> None:
        services.record_transfer(
            actor=SECOND, refund_id=found.id, transfer_no=f"T-{found.id}", sent_on=later.date(), now=later
        )

    def look() -> None:
        sent((due(found), paid_out() - before, int(again(found).state == "sent")))

    assert killed_everywhere(recording, look) > 10
    recording()
    assert [one.number for one in refunds_of(employer_id=firm.id)] == [found.number]
    assert broken_invariants() == []


@pytest.mark.usefixtures("own_db")
def test_reminders_killed_anywhere_reach_everybody_once(now: datetime) -> None:
    firms = [builders.firm(now=now, workers=1, from_on=OCTOBER) for _ in range(2)]
    accounts = [
        access.invite(
            actor=SYSTEM,
            display_name="Rina",
            names={"email": f"hr{firm.id}@contoh.example"},
            role="hr",
            scope_id=firm.id,
            now=now,
        ).account_id
        for firm in firms
    ]
    ids = [firm.id for firm in firms]
    day_after = datetime(2026, 11, 17, 9, 15, tzinfo=WIB)
    seen = _one_of((0, 0, 0), (2, 2, 1))

    def look() -> None:
        seen(
            (
                _rows("SELECT count(*) FROM compliance_reminder WHERE employer_id = ANY(%s)", ids)[0][0],
                _rows(
                    "SELECT count(*) FROM contact_message WHERE kind = 'month_due' AND person_id = ANY(%s)",
                    [of_account(account) for account in accounts],
                )[0][0],
                _rows("SELECT count(*) FROM access_trailevent WHERE act = 'firms_reminded'")[0][0],
            )
        )

    assert killed_everywhere(lambda: remind_firms(now=day_after), look) > 5
    assert remind_firms(now=day_after) == 0
    look()
