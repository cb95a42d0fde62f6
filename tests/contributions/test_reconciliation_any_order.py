"""Any order, repetition and overlap of statement files, with calls that come early or late, ends in one state."""

import random
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.contributions import services
from lindung.lib.clock import WIB
from tests import builders
from tests.contributions.money import deposit
from tests.contributions.statements import FIRST_OFFICER, Bank, bank, file, line, noon, picture, receive
from tests.nation.checks import broken_invariants
from tests.often import often

FROM = date(2026, 11, 10)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=WIB)
DAYS, REFERENCES, AMOUNTS = 4, ["A", "B", "C", ""], [1_000, 1_001, 250_000]

days = st.integers(0, DAYS - 1)
told = st.tuples(days, st.sampled_from(REFERENCES), st.sampled_from(AMOUNTS))
lines = st.lists(told, max_size=9)
payments = st.lists(told.filter(lambda one: one[1] != ""), max_size=3, unique_by=lambda one: one[1])


@pytest.mark.django_db
@pytest.mark.hypothesis
@settings(max_examples=often(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=lines, payments=payments, seed=st.integers(0, 10**6))
def test_every_way_of_hearing_the_same_ends_the_same(
    lines: list[tuple[int, str, int]], payments: list[tuple[int, str, int]], seed: int
) -> None:
    chance = random.Random(seed)
    pictures = []
    for turn in range(2):
        with transaction.atomic():
            there, firm = bank(NOW), builders.firm(now=NOW, workers=1)
            books = [partial(book, there, firm, *one) for one in payments]
            files = [whole_file(there, lines, first, last) for first in range(DAYS) for last in range(first, DAYS)]
            needed = [partial(receive, there, content, NOW) for content in files[:: DAYS + 1] + files[-1:]]
            more = [partial(receive, there, content, NOW) for content in chance.choices(files, k=4 * turn)]
            acts = books + needed + more
            if turn:
                chance.shuffle(acts)
            for act in acts:
                act()
                assert broken_invariants() == []
            services.reconcile(actor=FIRST_OFFICER, partner_id=there.id, now=NOW)
            assert broken_invariants() == []
            pictures.append(picture(there))
            transaction.set_rollback(True)
    assert pictures[0] == pictures[1]


def book(there: Bank, firm: builders.Firm, place: int, ref: str, rupiah: int) -> None:
    """Money of that day is told to us."""
    deposit(firm, rupiah, NOW, paid_at=noon(on(place)), reference=ref, partner_id=there.id)


def on(place: int) -> date:
    return FROM + timedelta(days=place)


def whole_file(there: Bank, told: list[tuple[int, str, int]], first: int, last: int) -> bytes:
    """The statement of some days; its lines in no order of their own."""
    rows = [line(noon(on(place)), rupiah, ref=ref) for place, ref, rupiah in told if first <= place <= last]
    return file(there, on(first), rows, last_on=on(last))
