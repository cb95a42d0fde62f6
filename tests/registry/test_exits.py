"""Exits: each on its day and by its cause, all faults at once, and nothing of another firm."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from lindung.access.trail import SYSTEM
from lindung.registry import queries
from lindung.registry.exit_causes import CAUSES, DEATH
from lindung.registry.services import EXITS, ExitsRefused, report_exits
from tests.registry.makers import START, assert_clean, employer, one, register, worker

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def report(firm: int, rows: list[tuple[Any, Any, Any]], now: datetime) -> int:
    exits = pl.DataFrame(rows, schema=EXITS, orient="row")
    return report_exits(actor=SYSTEM, employer_id=firm, exits=exits, now=now)


def refused(firm: int, rows: list[tuple[Any, Any, Any]], now: datetime) -> list[tuple[int, str, str]]:
    with pytest.raises(ExitsRefused) as found:
        report(firm, rows, now)
    return [(fault.row, fault.column, fault.code) for fault in found.value.faults]


def test_who_left_worked_until_the_day_before_and_the_cause_is_kept(now: datetime) -> None:
    firm = employer(now)
    first, second = register(firm, [worker(1), worker(2)], now)["employment_id"]
    assert report(firm, [(first, MARCH, "A1"), (second, date(2026, 3, 2), "L2")], now) == 2
    assert one("SELECT until_on, ended_by, exit_reported_at FROM registry_employment WHERE id = %s", first) == (
        MARCH,
        "A1",
        now,
    )
    february, march = (queries.employments_in(employer_id=firm, month_on=date(2026, month, 1)) for month in (2, 3))
    assert set(february["employment_id"]) == {first, second}
    assert set(march["employment_id"]) == {second}
    assert_clean()


def test_the_same_report_again_ends_nobody_a_second_time(now: datetime) -> None:
    firm = employer(now)
    (work,) = register(firm, [worker(1)], now)["employment_id"]
    assert report(firm, [(work, MARCH, "A1")], now) == 1
    assert report(firm, [(work, MARCH, "A1")], now) == 0
    assert refused(firm, [(work, date(2026, 3, 2), "A1")], now) == [(0, "employment_id", "ended_already")]
    assert refused(firm, [(work, MARCH, "A4")], now) == [(0, "employment_id", "ended_already")]


def test_every_fault_is_named_at_once_and_nobody_leaves(now: datetime) -> None:
    firm = employer(now)
    works = register(firm, [worker(number) for number in range(1, 6)], now)["employment_id"].to_list()
    rows = [
        (works[0], MARCH, "A1"),
        (works[1], START, "A1"),
        (works[2], date(2026, 11, 23), "A1"),
        (works[3], MARCH, "ZZ"),
        (works[4], MARCH, None),
        (works[4], MARCH, "A1"),
    ]
    assert refused(firm, rows, now) == [
        (1, "until_on", "before_start"),
        (2, "until_on", "in_future"),
        (3, "cause", "unknown"),
        (4, "cause", "missing"),
        (4, "employment_id", "repeated"),
        (5, "employment_id", "repeated"),
    ]
    assert one("SELECT count(*) FROM registry_employment WHERE until_on IS NULL AND employer_id = %s", firm) == (5,)


def test_who_works_today_may_be_reported_to_leave_tomorrow_and_no_later(now: datetime) -> None:
    firm = employer(now)
    (work,) = register(firm, [worker(1)], now)["employment_id"]
    assert report(firm, [(work, date(2026, 11, 22), "A1")], now) == 1


def test_another_firms_employment_and_none_at_all_get_the_same_answer(now: datetime) -> None:
    (theirs,) = register(employer(now), [worker(1)], now)["employment_id"]
    mine = employer(now, "ZZ2")
    rows = [(theirs, MARCH, "A1"), (10**15, MARCH, "A1")]
    assert refused(mine, rows, now) == [(0, "employment_id", "not_here"), (1, "employment_id", "not_here")]


def test_a_death_in_this_month_is_for_the_heirs_claim_and_an_earlier_one_can_be_reported(now: datetime) -> None:
    firm = employer(now)
    first, second = register(firm, [worker(1), worker(2)], now)["employment_id"]
    rows = [(first, date(2026, 11, 2), DEATH), (second, date(2026, 11, 1), DEATH)]
    assert refused(firm, rows, now) == [(0, "cause", "death_this_month")]
    assert report(firm, rows[1:], now) == 1


def test_only_two_codes_are_the_schemes_own() -> None:
    assert {code for code, cause in CAUSES.items() if not cause.ours} == {"A1", "A4"}
    assert all(code == cause.code for code, cause in CAUSES.items())
