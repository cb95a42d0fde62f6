"""Posting: balanced, once per key, balances moved in the same transaction, history frozen."""

import itertools
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.access.trail import SYSTEM
from lindung.ledger import queries
from lindung.ledger.chart import account, member_account
from lindung.ledger.checks import CHECKS
from lindung.ledger.services import AgencyLine, HolderLines, KeyClash, PostedEntry, Unbalanced, entry_sql, post
from lindung.ledger.years import draw_entry_id
from tests.often import often

_holders = itertools.count(9_000_001)


def holder_lines(amounts: dict[int, int], facts: str = "test") -> HolderLines:
    return HolderLines(
        sql="SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[])"
        " AS given(holder_id, account_no, amount_rupiah)",
        params=[list(amounts), [member_account(holder, "jht") for holder in amounts], list(amounts.values())],
        facts=facts,
    )


def credit(key: str, amounts: dict[int, int], now: datetime, *, short: int = 0, facts: str = "test") -> PostedEntry:
    total = sum(amounts.values())
    return post(
        actor=SYSTEM,
        key=key,
        kind="payment",
        agency_lines=[AgencyLine(account("assessed"), short - total)],
        holder_lines=holder_lines(amounts, facts),
        happened_at=now,
        now=now,
    )


def balance_of(holder: int) -> int:
    return sum(held.balance_rupiah for held in queries.balances(holder_id=holder))


@pytest.mark.django_db
def test_an_entry_moves_the_balance_of_every_holder_it_names(now: datetime) -> None:
    first, second = next(_holders), next(_holders)
    posted = credit("test:moves", {first: 570_000, second: 285_000}, now)
    assert posted.line_count == 3
    assert (balance_of(first), balance_of(second)) == (570_000, 285_000)


@pytest.mark.django_db
def test_lines_that_do_not_sum_to_zero_are_refused_and_nothing_stays(now: datetime) -> None:
    holder = next(_holders)
    with pytest.raises(Unbalanced, match="sum to 1 rupiah"):
        credit("test:unbalanced", {holder: 100}, now, short=1)
    assert balance_of(holder) == 0


@pytest.mark.django_db
def test_the_same_key_and_body_gives_the_first_entry_and_moves_nothing(now: datetime) -> None:
    holder = next(_holders)
    first = credit("test:twice", {holder: 100}, now)
    again = credit("test:twice", {holder: 100}, now)
    assert (again.id, again.repeated) == (first.id, True)
    assert balance_of(holder) == 100


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_an_error(now: datetime) -> None:
    holder = next(_holders)
    credit("test:clash", {holder: 100}, now)
    with pytest.raises(KeyClash):
        credit("test:clash", {holder: 200}, now, facts="other")
    assert balance_of(holder) == 100


@pytest.mark.django_db
def test_a_holder_cannot_be_drawn_below_zero(now: datetime) -> None:
    holder = next(_holders)
    credit("test:some", {holder: 100}, now)
    with pytest.raises(Exception, match="holder_balance_never_negative"), transaction.atomic():
        credit("test:too-much", {holder: -101}, now)


@pytest.mark.django_db
def test_an_entry_may_take_from_some_and_give_to_others_at_once(now: datetime) -> None:
    taken, given, new = next(_holders), next(_holders), next(_holders)
    credit("test:before", {taken: 100, given: 10}, now)
    credit("test:both", {taken: -100, given: 5, new: 7}, now)
    assert [balance_of(holder) for holder in (taken, given, new)] == [0, 15, 7]
    with connection.cursor() as cursor:
        for statement in CHECKS.values():
            cursor.execute(statement)
            assert cursor.fetchall() == []


def somebody_waits_for_me() -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            # Within a transaction the server would show its first picture again and again.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.01)
    return False


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> None:
    """The second does its work while the first is not committed, and has to wait for it."""

    def other() -> None:
        try:
            second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            first()
            waiting = threads.submit(other)
            assert somebody_waits_for_me()
        waiting.result(timeout=30)


@pytest.mark.usefixtures("committed_db")
def test_two_entries_at_once_over_the_same_people_both_count(now: datetime) -> None:
    moved, taken, opened = next(_holders), next(_holders), next(_holders)
    credit("rivals:before", {moved: 100, taken: 100}, now)
    meanwhile(
        lambda: credit("rivals:first", {moved: 10, taken: -30, opened: 7}, now),
        lambda: credit("rivals:second", {moved: 1, taken: -70, opened: 8}, now),
    )
    assert [balance_of(holder) for holder in (moved, taken, opened)] == [111, 0, 15]


@pytest.mark.usefixtures("committed_db")
def test_an_account_that_two_open_at_once_is_opened_once_and_has_both(now: datetime) -> None:
    opened = next(_holders)
    meanwhile(
        lambda: credit("rivals:opens", {opened: 7}, now),
        lambda: credit("rivals:opens too", {opened: 8}, now),
    )
    assert balance_of(opened) == 15


@pytest.mark.usefixtures("committed_db")
def test_who_waited_finds_what_is_left_and_takes_no_more(now: datetime) -> None:
    holder = next(_holders)
    credit("rivals:has", {holder: 100}, now)
    with pytest.raises(Exception, match="holder_balance_never_negative"):
        meanwhile(
            lambda: credit("rivals:takes", {holder: -60}, now),
            lambda: credit("rivals:takes too", {holder: -60}, now),
        )
    assert balance_of(holder) == 40


@pytest.mark.skipif("LINDUNG_CITUS" in os.environ, reason="the nodes of a cluster plan for themselves (0024)")
@pytest.mark.django_db
def test_balances_are_taken_in_the_order_of_the_lines_and_nothing_else_is_planned_so(now: datetime) -> None:
    """What would lock them in no order is forbidden for the one statement of an entry, however many they are."""
    lines = "SELECT n AS holder_id, n AS account_no, 1::bigint AS amount_rupiah FROM generate_series(1, 100000) AS n"
    entry: list[Any] = [[], [], "test:plan", 0, *[1] * 5, "test:plan", b"", "payment", now]
    with connection.cursor() as cursor:
        draw_entry_id(now, key="test:plan")
        cursor.execute(f"EXPLAIN {entry_sql(lines_sql=lines)}", entry)
        plan = " / ".join(step for (step,) in cursor.fetchall())
    assert "Hash Join" not in plan
    credit("test:plan", {next(_holders): 1}, now)
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_hashjoin")
        assert cursor.fetchone() == ("on",)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE ledger_line SET amount_rupiah = 0",
        "DELETE FROM ledger_line",
        "TRUNCATE ledger_line",
        "UPDATE ledger_entry SET key = 'x'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "DELETE FROM ledger_balance",
        "DELETE FROM access_partner",
        "UPDATE access_trailevent SET act = 'x'",
        "DELETE FROM access_trailevent",
        "UPDATE contributions_bill SET amount_rupiah = 0",
        "DELETE FROM contributions_bill",
        "UPDATE contributions_billline SET wage_rupiah = 0",
        "UPDATE contributions_payment SET amount_rupiah = 0",
        "ALTER TABLE ledger_line DISABLE TRIGGER ALL",
        "DROP TABLE ledger_line",
        "SET ROLE lindung_owner",
    ],
)
def test_the_application_cannot_change_history(attempt: str) -> None:
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.django_db
def test_the_tests_run_as_the_application_and_not_as_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("lindung_app", False)


amounts = st.dictionaries(st.integers(9_100_000, 9_100_020), st.integers(1, 10**10), min_size=1, max_size=10)


@pytest.mark.django_db(transaction=False)
@settings(max_examples=often(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), amounts), max_size=8))
def test_any_order_and_repetition_leaves_balances_that_equal_their_lines(
    now: datetime, moves: list[tuple[int, dict[int, int]]]
) -> None:
    with transaction.atomic():
        expected: dict[int, int] = {}
        seen: dict[int, dict[int, int]] = {}
        for number, wanted in moves:
            body = seen.setdefault(number, wanted)
            if body is wanted:
                for holder, amount in wanted.items():
                    expected[holder] = expected.get(holder, 0) + amount
            credit(f"test:any:{number}", body, now)
        assert {holder: balance_of(holder) for holder in expected} == expected
        with connection.cursor() as cursor:
            for statement in CHECKS.values():
                cursor.execute(statement)
                assert cursor.fetchall() == []
        transaction.set_rollback(True)
