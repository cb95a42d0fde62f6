"""Payments told at the same moment: what is booked together ends as if they had been told one after another."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.access.models import TrailEvent
from lindung.access.trail import Actor
from lindung.contact.models import Message
from lindung.contributions.models import Bill, Payment, VirtualAccount
from lindung.contributions.services import (
    BillNotFound,
    BillPaid,
    IssuedBill,
    ReferenceClash,
    Told,
    VirtualAccountExpired,
    WrongAmount,
    receive_payment,
    receive_together,
)
from lindung.ledger.models import Balance, Entry, Line
from tests import builders
from tests.contributions.money import deposit, join
from tests.nation.checks import broken_invariants
from tests.often import often

REFUSALS = (BillNotFound, BillPaid, ReferenceClash, VirtualAccountExpired, WrongAmount)
MONTHS = [date(2026, month, 1) for month in (8, 9, 10)]
BILLS = 2 * len(MONTHS)
chosen = st.lists(
    st.tuples(
        st.integers(0, BILLS - 1),  # whose number
        st.sampled_from([0, 0, 0, 0, 1, -1]),  # so much too much
        st.sampled_from([1, 1, 2]),  # which bank
        st.integers(0, 7),  # its name for the payment
        st.sampled_from([0, 0, 400]),  # days since the money was taken
    ),
    min_size=1,
    max_size=8,
)


def told(bills: Sequence[IssuedBill], picks: Sequence[tuple[int, ...]], now: datetime) -> list[Told]:
    return [
        Told(bank, f"T{name}", bill.customer_no, bill.amount_rupiah + more, "6011", "B1", now - timedelta(days), None)
        for number, more, bank, name, days in picks
        for bill in [bills[number]]
    ]


def alone(one: Told, now: datetime) -> str:
    try:
        receive_payment(actor=Actor("partner", one.partner_id), **asdict(one), now=now)
    except REFUSALS as error:
        return type(error).__name__
    return "booked"


def together(all_told: Sequence[Told], now: datetime) -> tuple[list[str], list[int]]:
    """What each is answered, and in which order they were booked, or refused."""
    receipts = receive_together(told=all_told, now=now)
    order = sorted(range(len(all_told)), key=lambda place: receipts[place] is None)
    answers = dict.fromkeys(order, "booked")
    answers |= {place: alone(all_told[place], now) for place in order if receipts[place] is None}
    return [answers[place] for place in range(len(all_told))], order


def one_by_one(all_told: Sequence[Told], order: Sequence[int], now: datetime) -> list[str]:
    answers = {place: alone(all_told[place], now) for place in order}
    return [answers[place] for place in range(len(all_told))]


def picture() -> list[list[str]]:
    """All that payments change, without the numbers that are only drawn."""
    number_of = {f"payment:{row.pk}": row.customer_no for row in Payment.objects.all()}
    entries = {entry.pk: entry for entry in Entry.objects.filter(kind="payment")}
    pictures: list[Iterable[tuple[Any, ...]]] = [
        Payment.objects.values_list("partner_id", "reference", "customer_no", "amount_rupiah", "paid_at"),
        Bill.objects.values_list("id", "paid_at", "contribution_paid_rupiah", "penalty_paid_rupiah"),
        VirtualAccount.objects.values_list("customer_no", "closed_at"),
        Balance.objects.values_list("holder_id", "account_no", "balance_rupiah", "version"),
        [
            (number_of[entries[entry].key], *line)
            for entry, *line in Line.objects.filter(entry_id__in=entries).values_list(
                "entry_id", "holder_id", "account_no", "line_no", "amount_rupiah"
            )
        ],
        [
            (number_of[entry.key], bytes(entry.body_sha256), entry.happened_at, entry.line_count, entry.credit_rupiah)
            for entry in entries.values()
        ],
        [
            (number_of[batch], person, params)
            for batch, person, params in Message.objects.filter(batch__in=number_of).values_list(
                "batch", "person_id", "params"
            )
        ],
        TrailEvent.objects.values_list("act", "actor_kind", "actor_id", "object_kind"),
    ]
    return [sorted(map(repr, rows)) for rows in pictures]


@pytest.mark.hypothesis
@pytest.mark.django_db
@settings(max_examples=often(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen)
def test_together_or_one_after_another_ends_the_same(now: datetime, picks: list[tuple[int, ...]]) -> None:
    """Two firms; of the first a month is paid in part, of the second two months wait under one number."""
    with transaction.atomic():
        firms = [builders.firm(now=now), builders.firm(now=now)]
        bills = [builders.bill(firm, month, now) for firm in firms for month in MONTHS]
        deposit(firms[0], bills[0].amount_rupiah // 2, now)
        join(firms[1], now, *[bill.bill_id for bill in bills[3:5]])
        with transaction.atomic():
            answers, order = together(told(bills, picks, now), now)
            broken, seen = broken_invariants(), picture()
            transaction.set_rollback(True)
        alike = one_by_one(told(bills, picks, now), order, now)
        assert (answers, broken, seen) == (alike, [], picture())
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_ten_cost_as_many_statements_as_one(now: datetime) -> None:
    firm = builders.firm(now=now)
    bills = [builders.bill(firm, date(2025, month, 1), now) for month in range(1, 13)]
    first = told(bills[:1], [(0, 0, 1, 1, 0)], now)
    others = told(bills, [(number, 0, 1, number + 1, 0) for number in range(2, 12)], now)
    with CaptureQueriesContext(connection) as one:
        assert all(receive_together(told=first, now=now))
    with CaptureQueriesContext(connection) as ten:
        assert all(receive_together(told=others, now=now))
    assert len(ten) <= len(one) <= 12
