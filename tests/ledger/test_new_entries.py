"""Many small entries at once: each balanced, every holder's balance moved by all of them, all or none."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from lindung.access.models import TrailEvent
from lindung.access.trail import SYSTEM
from lindung.ledger import queries
from lindung.ledger.chart import account, member_account
from lindung.ledger.checks import CHECKS
from lindung.ledger.models import Balance, Entry, Line
from lindung.ledger.new_entries import NewEntry, post_each
from lindung.ledger.services import AgencyLine, Unbalanced, post

_numbers = itertools.count(9_500_001)


def entry(key: str, rupiah: int, now: datetime) -> NewEntry:
    lines = [AgencyLine(account("assessed"), -rupiah), AgencyLine(account("penalty"), 0)]
    return NewEntry(SYSTEM, key, lines, f"test of {key}", now)


def post_amounts(entries: Sequence[NewEntry], amounts: Sequence[Mapping[int, int]], now: datetime) -> None:
    lines = [(place, holder, rupiah) for place, held in enumerate(amounts, 1) for holder, rupiah in held.items()]
    post_each(
        kind="payment",
        entries=entries,
        holders_sql="SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])",
        params=[
            [place for place, _, _ in lines],
            [holder for _, holder, _ in lines],
            [member_account(holder, "jht") for _, holder, _ in lines],
            [rupiah for _, _, rupiah in lines],
        ],
        now=now,
        few=True,
    )


def balance_of(holder: int) -> int:
    return sum(held.balance_rupiah for held in queries.balances(holder_id=holder))


def broken() -> list[str]:
    with connection.cursor() as cursor:
        return [name for name, statement in CHECKS.items() if cursor.execute(statement).fetchall()]


@pytest.mark.django_db
def test_a_holder_of_several_entries_has_a_line_in_each_and_one_balance(now: datetime) -> None:
    both, first, second = next(_numbers), next(_numbers), next(_numbers)
    earlier = now - timedelta(days=400)
    entries = [entry("new:1", 300, now), entry("new:2", 50, earlier), entry("new:3", 7, now)]
    post_amounts(entries[:1], [{both: 100, first: 200}], now)
    post_amounts(entries[1:], [{both: 20, second: 30}, {both: 7}], now)
    assert [balance_of(holder) for holder in (both, first, second)] == [127, 200, 30]
    assert Balance.objects.get(holder_id=both).version == Line.objects.filter(holder_id=both).count() == 3
    stored = Entry.objects.filter(key__startswith="new:").order_by("id")
    assert [(row.key, row.line_count, row.credit_rupiah) for row in stored] == [
        ("new:1", 3, 300),
        ("new:2", 3, 50),
        ("new:3", 2, 7),
    ]
    assert stored[1].happened_at == earlier
    assert Balance.objects.get(holder_id=both).entry_id == stored[2].pk
    told = TrailEvent.objects.filter(act="entry_posted", object_id__in=[row.pk for row in stored]).order_by("object_id")
    assert [event.detail for event in told] == [{"key": row.key, "lines": row.line_count} for row in stored]
    assert broken() == []


@pytest.mark.django_db
def test_what_it_wrote_is_known_to_the_verb_of_one_entry(now: datetime) -> None:
    fund = [AgencyLine(account("assessed"), -9), AgencyLine(account("penalty"), 9)]
    new = NewEntry(SYSTEM, "new:4", fund, "", now)
    nobody = "SELECT 1::bigint, 1::bigint, 1::bigint, 1::bigint WHERE false"
    post_each(kind="penalty", entries=[new], holders_sql=nobody, params=[], now=now, few=False)
    again = post(
        actor=SYSTEM, key="new:4", kind="penalty", agency_lines=fund, holder_lines=None, happened_at=now, now=now
    )
    assert (again.repeated, again.line_count) == (True, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("amounts", [(300, 49), (301, 49), (None, 50)])
def test_one_that_does_not_sum_to_zero_undoes_all(now: datetime, amounts: tuple[int | None, ...]) -> None:
    holder = next(_numbers)
    given = [{} if rupiah is None else {holder: rupiah} for rupiah in amounts]
    with pytest.raises(Unbalanced, match="new:"):
        post_amounts([entry("new:5", 300, now), entry("new:6", 50, now)], given, now)
    assert connection.needs_rollback


@pytest.mark.django_db
def test_a_key_that_somebody_has_undoes_all(now: datetime) -> None:
    holder = next(_numbers)
    post_amounts([entry("new:7", 5, now)], [{holder: 5}], now)
    with pytest.raises(IntegrityError, match="key"):
        post_amounts([entry("new:8", 5, now), entry("new:7", 5, now)], [{holder: 5}, {holder: 5}], now)
