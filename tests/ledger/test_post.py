"""Posting: balanced, once per key, balances moved in the same transaction, history frozen."""

import itertools
from datetime import datetime

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.access.trail import SYSTEM
from lindung.ledger import queries
from lindung.ledger.chart import account, member_account
from lindung.ledger.checks import CHECKS
from lindung.ledger.services import AgencyLine, HolderLines, KeyClash, PostedEntry, Unbalanced, post
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
