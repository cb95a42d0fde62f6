"""A payment of the past is written as the service writes one, but for the messages."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from lindung.access.trail import Actor
from lindung.contributions.services import receive_payment
from lindung.nation.history import pay
from tests import builders

pytestmark = pytest.mark.django_db
PERIOD = date(2026, 10, 1)
BANK = 7


def facts(bill_id: int) -> list[Any]:
    """What a payment leaves behind, without ids and references."""
    statements = (
        "SELECT p.amount_rupiah, p.penalty_rupiah, partner_id, paid_at, months_late, length(receipt_number)"
        " FROM contributions_payment p JOIN contributions_virtualaccount v USING (customer_no) WHERE p.bill_id = %s",
        "SELECT v.closed_at IS NULL, b.paid_at, b.payment_id IS NULL FROM contributions_bill b"
        " JOIN contributions_virtualaccount v ON v.bill_id = b.id WHERE b.id = %s",
        "SELECT e.kind, e.happened_at, e.line_count, e.credit_rupiah FROM ledger_entry e"
        " JOIN contributions_payment p ON e.key = 'payment:' || p.id WHERE p.bill_id = %s",
        "SELECT l.account_no %% 10, l.holder_id = 0, l.line_no, l.amount_rupiah FROM ledger_line l"
        " JOIN ledger_entry e ON e.id = l.entry_id JOIN contributions_payment p ON e.key = 'payment:' || p.id"
        " WHERE p.bill_id = %s AND l.holder_id <> 0 ORDER BY l.amount_rupiah",
        "SELECT b.balance_rupiah, b.version FROM ledger_balance b JOIN contributions_billline l"
        " ON l.person_id = b.holder_id WHERE l.bill_id = %s ORDER BY 1",
        "SELECT actor_kind, actor_id, act FROM access_trailevent WHERE object_kind = 'bill' AND object_id = %s"
        " ORDER BY id",
    )
    with connection.cursor() as cursor:
        found = []
        for statement in statements:
            cursor.execute(statement, [bill_id])
            found.append(cursor.fetchall())
        return found


def messages(bill_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM contact_message m JOIN contributions_payment p ON m.batch = 'payment:' || p.id"
            " WHERE p.bill_id = %s",
            [bill_id],
        )
        return int(cursor.fetchone()[0])


def test_a_payment_of_the_past_leaves_what_the_service_leaves_and_tells_nobody(now: datetime) -> None:
    reported_at, paid_at = now - timedelta(hours=2), now - timedelta(hours=1)
    told = builders.bill(builders.firm(now=reported_at), PERIOD, reported_at)
    silent = builders.bill(builders.firm(now=reported_at), PERIOD, reported_at)
    receive_payment(
        actor=Actor("partner", BANK),
        partner_id=BANK,
        reference="a",
        customer_no=told.customer_no,
        amount_rupiah=told.amount_rupiah,
        channel="6011",
        bank_reference="b",
        paid_at=paid_at,
        inquired_at=None,
        now=paid_at,
    )
    pay(bill_id=silent.bill_id, partner_id=BANK, paid_at=paid_at)
    assert facts(silent.bill_id) == facts(told.bill_id)
    assert messages(told.bill_id) == 3
    assert messages(silent.bill_id) == 0
