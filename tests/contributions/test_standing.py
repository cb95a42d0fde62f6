"""How cards stand on a day: each by the rule of its own segment."""

from datetime import date, datetime, timedelta

import pytest

from lindung.contributions.queries import MonthPaid
from lindung.contributions.standing import Standing, standings
from lindung.law import Programme
from lindung.lib.clock import WIB
from lindung.registry.queries import Card, Work

TODAY = date(2026, 11, 21)
WORK = Work(7, "PT Contoh", ("JHT",), date(2026, 2, 10), None)


def _billed(month: date, paid: bool, employer_id: int = 7) -> MonthPaid:
    paid_at = datetime(2026, 11, 1, tzinfo=WIB) if paid else None
    return MonthPaid(month, employer_id, "PT Contoh", 5_000_000, 285_000, 0, month, paid_at, 285_000 if paid else 0)


def _own(first: date, until: date, segment: str = "BPU", *, before_work: bool = False) -> MonthPaid:
    paid_at = datetime(2026, 7, 1, tzinfo=WIB)
    period = first.replace(day=1)
    return MonthPaid(
        period, 0, "", 1_000_000, 20_000, 0, period, paid_at, 20_000, segment, 3, first, until, before_work
    )


def _one(card: Card, months: list[MonthPaid], today: date = TODAY) -> Standing:
    (found,) = standings([card], months, today)
    return found


def _employed(*works: Work) -> Card:
    return Card(2, "24018800041", "PU", date(2026, 2, 10), works or (WORK,))


@pytest.mark.parametrize(
    ("paid_until", "today", "unpaid"),
    [
        (10, date(2026, 11, 21), 0),
        # October is due on Monday 16 November, because the 15th is a Sunday.
        (9, date(2026, 11, 16), 0),
        (9, date(2026, 11, 17), 1),
        (7, date(2026, 11, 21), 3),
        (6, date(2026, 11, 21), 4),
        (1, date(2026, 11, 21), 9),
    ],
)
def test_an_employed_worker_stays_active_and_reads_what_his_employer_owes(
    paid_until: int, today: date, unpaid: int
) -> None:
    months = [_billed(date(2026, month, 1), month <= paid_until) for month in range(2, 11)]
    found = _one(_employed(), months, today)
    assert found.covered
    assert (found.state, found.unpaid_months) == ("in_arrears" if unpaid else "active", unpaid)
    payers = {programme: claim.paid_first_by for programme, claim in found.claims}
    if unpaid:
        first = "operator" if unpaid <= 3 else "employer"
        assert payers == {Programme.JKK: first, Programme.JKM: first, Programme.JKP: first}
    else:
        assert payers == {}


def test_a_month_that_nobody_reported_counts_like_one_that_nobody_paid() -> None:
    assert _one(_employed(), []).unpaid_months == 9


def test_two_employers_stand_apart_and_work_that_is_over_is_no_arrears() -> None:
    other = Work(8, "PT Lain", ("JHT",), date(2026, 9, 1), None)
    over = Work(9, "PT Dulu", ("JHT",), date(2020, 1, 1), date(2024, 1, 1))
    months = [_billed(date(2026, month, 1), True) for month in range(2, 11)]
    found = standings([_employed(WORK, other, over)], months, TODAY)
    assert [(one.employer_name, one.unpaid_months) for one in found] == [("PT Contoh", 0), ("PT Lain", 2)]
    left = _one(_employed(over), months)
    assert (left.state, left.covered, left.employer_name) == ("ended", False, "PT Dulu")


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 8, 31), "active"),
        (date(2026, 9, 1), "in_arrears"),
        (date(2026, 10, 31), "in_arrears"),
        (date(2026, 11, 1), "lapsed"),
    ],
)
def test_own_account_cover_ends_with_the_third_unpaid_month(today: date, state: str) -> None:
    card = Card(3, "24018800058", "BPU", date(2026, 1, 1), ())
    found = _one(card, [_own(date(2026, 7, 1), date(2026, 8, 1))], today)
    assert found.state == state
    assert found.article == "-"
    assert found.confidence == "low"
    assert found.doubts
    assert _one(card, []).state == "not_begun"


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 6, 30), "not_begun"),
        (date(2026, 7, 1), "active"),
        (date(2026, 12, 31), "active"),
        (date(2027, 1, 1), "active"),
        (date(2028, 1, 1), "ended"),
    ],
)
def test_a_migrant_stands_by_the_dates_of_his_packages(today: date, state: str) -> None:
    card = Card(3, "24018800058", "PMI", date(2026, 1, 1), ())
    months = [
        _own(date(2027, 1, 1), date(2028, 1, 1), "PMI"),
        _own(date(2026, 7, 1), date(2027, 1, 1), "PMI"),
    ]
    assert _one(card, months, today).state == state
    early = _own(date(2026, 7, 1), date(2027, 1, 1), "PMI", before_work=True)
    assert _one(card, [early], date(2026, 6, 30)).covered
    assert _one(card, [], today + timedelta(days=1)).state == "not_begun"


def test_a_package_that_was_prolonged_is_one_cover() -> None:
    card = Card(3, "24018800058", "PMI", date(2026, 1, 1), ())
    months = [
        _own(date(2026, 7, 1), date(2027, 1, 1), "PMI"),
        _own(date(2027, 1, 1), date(2027, 3, 1), "PMI"),
        _own(date(2027, 6, 1), date(2027, 12, 1), "PMI"),
    ]
    assert "1 Maret 2027" in _one(card, months, date(2026, 8, 1)).words.say("id")
    assert "1 Desember 2027" in _one(card, months, date(2027, 7, 1)).words.say("id")
