"""A year's development: decided by two officers, credited once to everybody, put right when money comes late."""

import itertools
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import services
from lindung.contributions.crediting_queries import crediting_view
from lindung.contributions.models import CorrectedDevelopment, CreditedRange, Crediting
from lindung.law.development import assess, contribution_rupiah_months, explain
from lindung.law.errors import ImpossibleFact, LawError, NotInForce
from lindung.ledger.chart import account
from lindung.ledger.queries import agency_balance
from lindung.lib.clock import WIB
from tests import builders
from tests.contributions.crediting_money import (
    DECISION,
    PLANNER,
    RATE,
    STARTER,
    at,
    balance,
    broken,
    credited,
    got,
    jht,
    planned,
    rows,
)
from tests.often import often

pytestmark = pytest.mark.django_db
_holders = itertools.count(7_000_000, 10)


def somebody(beside: int = 0) -> int:
    """A holder in a range of his own."""
    return next(_holders) + beside


def law(opening: int, months: dict[int, int], rate: Decimal = RATE) -> int:
    contributions = [months.get(month, 0) for month in range(1, 13)]
    return explain(opening=opening, contributions=contributions, annual_rate=Fraction(rate)).amount_rupiah


def test_a_year_is_credited_on_its_opening_balance_and_on_each_contribution_from_its_own_month(now: datetime) -> None:
    one, other = somebody(), somebody()
    got({one: 10_000_000, other: 777}, at(date(2024, 6, 3)))
    got({one: 500_000}, at(date(2025, 1, 15)))
    got({one: 600_000}, at(date(2025, 12, 31)))
    got({one: 900_000}, at(date(2026, 1, 2)))
    crediting = credited(2025, now)
    given_one, given_other = law(10_000_000, {1: 500_000, 12: 600_000}), law(777, {})
    assert (balance(one), balance(other)) == (12_000_000 + given_one, 777 + given_other)
    assert given_one == round(Fraction(RATE) * (10_000_000 * 12 + 500_000 * 12 + 600_000) / 12)
    view = crediting_view(crediting.id)
    assert view
    assert (view.state, view.credited_rupiah) == ("finished", view.confirmed_rupiah)
    assert agency_balance(account_no=account("development")) == -view.credited_rupiah
    assert broken() == []


def test_the_year_begins_and_ends_at_midnight_in_western_indonesia(now: datetime) -> None:
    before, first, last, after = (somebody() for _ in range(4))
    instant = timedelta(microseconds=1)
    begins, ends = datetime(2025, 1, 1, tzinfo=WIB), datetime(2026, 1, 1, tzinfo=WIB)
    for holder, moment in ((before, begins - instant), (first, begins), (last, ends - instant), (after, ends)):
        got({holder: 1_200_000}, moment)
    credited(2025, now)
    given = [balance(holder) - 1_200_000 for holder in (before, first, last, after)]
    assert given == [law(1_200_000, {}), law(0, {1: 1_200_000}), law(0, {12: 1_200_000}), 0]
    assert given[:3] == [69_000, 69_000, 5_750]
    assert broken() == []


def test_development_earns_development_in_the_next_year(now: datetime) -> None:
    holder = somebody()
    got({holder: 1_000_000}, at(date(2023, 5, 5)))
    for year in (2024, 2025):
        credited(year, now)
    first = law(1_000_000, {})
    assert balance(holder) == 1_000_000 + first + law(1_000_000 + first, {})
    assert broken() == []


def test_each_card_of_a_person_has_its_own_development(now: datetime) -> None:
    holder = somebody()
    got({holder: 1_000}, at(date(2024, 1, 1)))
    got({holder: 1_000}, at(date(2024, 1, 1)), card=5)
    credited(2025, now)
    given = rows("SELECT account_no, balance_rupiah FROM ledger_balance WHERE holder_id = %s ORDER BY 1", holder)
    # Each is rounded on its own: 57.5 rupiah is 58.
    assert given == [(jht(holder), 1_058), (jht(holder, 5), 1_058)]


def test_a_year_that_the_law_knows_is_credited_at_its_rate_and_at_no_other(now: datetime) -> None:
    holder = somebody()
    got({holder: 10_000}, at(date(2018, 3, 3)))
    with pytest.raises(services.RateIsTheLaws) as refused:
        planned(2019, now, rate=Decimal("0.0608"))
    assert refused.value.rate == Fraction(606, 10_000)
    crediting = credited(2019, now, rate=None)
    assert balance(holder) == 10_606
    view = crediting_view(crediting.id)
    assert view
    assert (view.rate_source, view.citation) == ("law", "UU 40/2004 Pasal 37 ayat 3; PP 46/2015")


@pytest.mark.parametrize(("rate", "citation"), [(None, ""), (None, DECISION), (RATE, ""), (RATE, "  ")])
@pytest.mark.parametrize("year", [2015, 2021, 2025])
def test_a_rate_that_nobody_knows_is_never_invented(
    now: datetime, year: int, rate: Decimal | None, citation: str
) -> None:
    with pytest.raises(services.DecisionMissing):
        services.plan_crediting(actor=PLANNER, year=year, annual_rate=rate, citation=citation, now=now)


@pytest.mark.parametrize(
    ("year", "rate", "refusal"),
    [
        (2026, RATE, services.YearNotOver),
        (2014, RATE, NotInForce),
        (2025, Decimal("1.01"), ImpossibleFact),
        (2025, Decimal("-0.01"), ImpossibleFact),
        (2025, Decimal("0.98765431"), LawError),
        (2025, Decimal("0.000000001"), ImpossibleFact),
    ],
)
def test_a_year_or_rate_that_cannot_be_is_refused(
    now: datetime, year: int, rate: Decimal, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        planned(year, now, rate=rate)
    assert not Crediting.objects.filter(year=year).exists()


def test_a_year_is_over_when_it_is_in_western_indonesia() -> None:
    midnight = datetime(2026, 1, 1, tzinfo=WIB)
    with pytest.raises(services.YearNotOver):
        planned(2025, midnight - timedelta(seconds=1))
    planned(2025, midnight)


def test_one_year_has_one_crediting_until_it_is_withdrawn(now: datetime) -> None:
    first = planned(2025, now)
    with pytest.raises(services.YearTaken):
        planned(2025, now)
    services.withdraw_crediting(actor=PLANNER, crediting_id=first.id, now=now)
    second = planned(2025, now)
    with pytest.raises(services.CreditingGone, match="withdrawn"):
        services.start_crediting(actor=STARTER, crediting_id=first.id, rehearsal_id=1, now=now)
    second.start()
    with pytest.raises(services.CreditingGone, match="started"):
        services.withdraw_crediting(actor=PLANNER, crediting_id=second.id, now=now)


def test_whoever_planned_it_cannot_start_it_and_the_database_says_so_too(now: datetime) -> None:
    crediting = planned(2025, now)
    with pytest.raises(services.SameOfficer):
        crediting.start(by=PLANNER)
    with pytest.raises(IntegrityError, match="crediting_started_by_another"), transaction.atomic():
        Crediting.objects.filter(pk=crediting.id).update(
            rehearsal_id=1, started_by_kind=PLANNER.kind, started_by_id=PLANNER.id, started_at=now
        )
    crediting.start(by=Actor("account", 3))


def test_nothing_starts_without_the_totals_of_the_newest_rehearsal(now: datetime) -> None:
    crediting = planned(2025, now)
    with pytest.raises(services.NotRehearsed):
        services.start_crediting(actor=STARTER, crediting_id=crediting.id, rehearsal_id=1, now=now)
    services.rehearse_crediting(crediting_id=crediting.id, now=now)
    old = crediting_view(crediting.id)
    services.rehearse_crediting(crediting_id=crediting.id, now=now)
    assert old
    assert old.rehearsal
    with pytest.raises(services.NotRehearsed):
        services.start_crediting(actor=STARTER, crediting_id=crediting.id, rehearsal_id=old.rehearsal.id, now=now)
    with pytest.raises(services.CreditingGone, match="planned"):
        services.credit_next_range(crediting_id=crediting.id, now=now)


def test_years_are_credited_one_after_the_other(now: datetime) -> None:
    earlier, later = planned(2024, now), planned(2025, now)
    with pytest.raises(services.EarlierYearOpen) as refused:
        later.start()
    assert refused.value.year == 2024
    earlier.start()
    earlier.credit()
    later.start()


def test_a_rehearsal_moves_nothing_and_says_what_the_crediting_then_does(now: datetime) -> None:
    people = [somebody() for _ in range(4)]
    got({people[0]: 400_000, people[1]: 3_000_000, people[2]: 1, people[3]: 700_000_000}, at(date(2024, 1, 9)))
    crediting = planned(2025, now)
    before = rows("SELECT count(*), sum(amount_rupiah) FROM ledger_line")
    totals = services.rehearse_crediting(crediting_id=crediting.id, now=now)
    assert rows("SELECT count(*), sum(amount_rupiah) FROM ledger_line") == before
    assert totals
    by_band = {band.from_rupiah: (band.accounts, band.amount_rupiah) for band in totals.bands}
    assert by_band[500_000_000] == (1, law(700_000_000, {}))
    assert sum(band.accounts for band in totals.bands) == totals.accounts
    assert sum(band.amount_rupiah for band in totals.bands) == totals.amount_rupiah
    mine = {total.range_no: (total.accounts, total.amount_rupiah) for total in totals.ranges}
    assert mine[people[2] // 10] == (0, 0), "a rupiah earns less than half of one"
    crediting.start()
    crediting.credit()
    done = CreditedRange.objects.filter(crediting_id=crediting.id)
    assert {row.range_no: (row.accounts, row.amount_rupiah) for row in done} == mine
    assert services.rehearse_crediting(crediting_id=crediting.id, now=now) is None
    view = crediting_view(crediting.id)
    assert view
    assert view.rehearsal
    assert view.rehearsal.totals == totals


def test_a_range_is_credited_once_however_often_it_is_asked_for(now: datetime) -> None:
    holder = somebody()
    got({holder: 1_000_000}, at(date(2024, 1, 9)))
    crediting = credited(2025, now)
    once = balance(holder)
    assert crediting.credit() == 0
    assert crediting.correct() == []
    assert balance(holder) == once
    assert rows("SELECT count(*) FROM ledger_entry WHERE key = %s", f"crediting:2025:{holder // 10}") == [(1,)]


def test_a_range_in_which_nobody_earns_anything_is_done_without_an_entry(now: datetime) -> None:
    holder = somebody()
    got({holder: 5_000_000}, at(date(2026, 2, 2)))
    crediting = credited(2025, now)
    assert CreditedRange.objects.get(crediting_id=crediting.id, range_no=holder // 10).entry_id is None
    assert balance(holder) == 5_000_000
    assert broken() == []


def test_money_learned_of_late_is_credited_by_taking_back_and_giving_anew(now: datetime) -> None:
    late, unchanged, more, newcomer = somebody(), somebody(), somebody(), somebody()
    got({late: 1_000_000, unchanged: 1_000_000, more: 1_000_000}, at(date(2024, 1, 9)))
    crediting = credited(2025, now)
    got({late: -400_000}, at(date(2025, 3, 9)))
    got({more: 700_000, newcomer: 50_000}, at(date(2025, 11, 9)))
    got({unchanged: 1}, at(date(2025, 12, 9)))
    assert broken() == [], "until it is put right it stands as it was known"
    done = {part.range_no: part for part in crediting.correct()}
    assert set(done) == {holder // 10 for holder in (late, unchanged, more, newcomer)}
    assert done[unchanged // 10].accounts == 0
    assert balance(late) == 600_000 + law(1_000_000, {3: -400_000})
    assert balance(more) == 1_700_000 + law(1_000_000, {11: 700_000})
    assert balance(newcomer) == 50_000 + law(0, {11: 50_000})
    assert balance(unchanged) == 1_000_001 + law(1_000_000, {})
    named = CorrectedDevelopment.objects.get(person_id=late)
    original = CreditedRange.objects.get(crediting_id=crediting.id, range_no=late // 10, revision=0)
    assert (named.original_entry_id, named.before_rupiah) == (original.entry_id, law(1_000_000, {}))
    keys = rows("SELECT key FROM ledger_entry WHERE key LIKE %s ORDER BY key", f"crediting:2025:{late // 10}%")
    start = f"crediting:2025:{late // 10}"
    assert keys == [(start,), (f"{start}:1",), (f"{start}:1:reversal",)]
    assert broken() == []
    assert crediting.correct() == []


def test_a_second_correction_names_the_first(now: datetime) -> None:
    holder = somebody()
    got({holder: 1_000_000}, at(date(2024, 1, 9)))
    crediting = credited(2025, now)
    for amount in (100_000, 200_000):
        got({holder: amount}, at(date(2025, 7, 7)))
        assert len(crediting.correct()) == 1
    first, second = CorrectedDevelopment.objects.filter(person_id=holder).order_by("revision")
    assert second.before_rupiah == first.after_rupiah
    assert rows("SELECT key FROM ledger_entry WHERE id = %s", second.original_entry_id) == [
        (f"crediting:2025:{holder // 10}:1",)
    ]
    assert balance(holder) == 1_300_000 + law(1_000_000, {7: 300_000})
    assert broken() == []


def test_a_correction_of_one_year_reaches_the_next(now: datetime) -> None:
    holder = somebody()
    got({holder: 1_000_000}, at(date(2023, 1, 9)))
    first, second = credited(2024, now), credited(2025, now)
    got({holder: 2_000_000}, at(date(2024, 2, 2)))
    first.correct()
    second.correct()
    given = law(1_000_000, {2: 2_000_000})
    assert balance(holder) == 3_000_000 + given + law(3_000_000 + given, {})
    assert broken() == []


def test_who_is_left_without_money_of_the_year_gives_all_of_its_development_back(now: datetime) -> None:
    holder = somebody()
    got({holder: 1_000_000}, at(date(2024, 1, 9)))
    got({holder: 500_000}, at(date(2026, 1, 9)))
    crediting = credited(2025, now)
    assert balance(holder) == 1_557_500
    got({holder: -1_000_000}, at(date(2024, 1, 9)))
    (done,) = crediting.correct()
    assert (done.accounts, done.amount_rupiah) == (1, -57_500)
    assert balance(holder) == 500_000
    assert broken() == []


def test_who_had_less_than_nothing_over_the_year_gets_nothing(now: datetime) -> None:
    holder = somebody()
    got({holder: 100_000}, at(date(2026, 1, 9)))
    got({holder: -40_000}, at(date(2025, 1, 9)))
    credited(2025, now)
    assert balance(holder) == 60_000
    assert broken() == []


amounts = st.integers(0, 10**9)


@settings(max_examples=often(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(amounts, st.lists(amounts, min_size=12, max_size=12)), min_size=1, max_size=25),
    st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 10_000),
)
def test_the_database_credits_what_columns_and_single_persons_are_credited(
    now: datetime, people: list[tuple[int, list[int]]], rate: Decimal
) -> None:
    with transaction.atomic():
        base = somebody()
        holders = [base + number for number in range(len(people))]
        got({holder: opening for holder, (opening, _) in zip(holders, people, strict=True) if opening} or {base: 1},
            at(date(2024, 4, 4)))  # fmt: skip
        for month in range(1, 13):
            paid = {holder: months[month - 1] for holder, (_, months) in zip(holders, people, strict=True)}
            if paid := {holder: amount for holder, amount in paid.items() if amount}:
                got(paid, at(date(2025, month, 28), time(23, 59)))
        before = [balance(holder) for holder in holders]
        openings = np.array([opening for opening, _ in people], np.int64)
        if not openings.any():
            openings[0] = 1
        earned = np.array([contribution_rupiah_months(months) for _, months in people], np.int64)
        credited(2025, now, rate=rate)
        given = [balance(holder) - was for holder, was in zip(holders, before, strict=True)]
        columns = assess(openings=openings, rupiah_months=earned, annual_rate=Fraction(rate))
        assert given == columns.tolist()
        assert given == [
            explain(opening=int(opening), contributions=months, annual_rate=Fraction(rate)).amount_rupiah
            for opening, (_, months) in zip(openings, people, strict=True)
        ]
        assert broken() == []
        transaction.set_rollback(True)


def test_a_members_jht_is_his_paid_months_and_their_development(now: datetime) -> None:
    from lindung.contributions.checks import CHECKS
    from lindung.nation.history import pay

    firm = builders.firm(now=now, workers=2)
    reported = datetime(2025, 3, 5, 9, 0, tzinfo=WIB)
    pay(bill_id=builders.bill(firm, date(2025, 2, 1), reported).bill_id, partner_id=1, paid_at=reported)
    credited(2025, now)
    person = int(firm.people["person_id"][0])
    assert balance(person) == 570_000 + law(0, {3: 570_000})
    assert [name for name, query in CHECKS.items() if rows(query)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE contributions_crediting SET annual_rate = 0.5",
        "UPDATE contributions_creditedrange SET amount_rupiah = 0",
        "DELETE FROM contributions_creditedrange",
        "UPDATE contributions_provisionalrate SET annual_rate = 0.5",
        "DELETE FROM contributions_correcteddevelopment",
        "UPDATE contributions_creditingrehearsal SET accounts = 0",
    ],
)
def test_the_application_cannot_change_what_was_decided_or_done(wrong: str) -> None:
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        rows(wrong)


def test_the_checks_see_a_rupiah_too_much(now: datetime) -> None:
    holder = somebody()
    got({holder: 1_000_000}, at(date(2024, 1, 9)))
    credited(2025, now)
    from lindung.contributions import postings
    from lindung.ledger.services import HolderLines, post

    post(
        actor=SYSTEM,
        key="crediting:by-hand",
        kind="development",
        agency_lines=postings.development_paid(1),
        holder_lines=HolderLines(
            sql="SELECT %s::bigint AS holder_id, %s::bigint AS account_no, 1::bigint AS amount_rupiah",
            params=[holder, jht(holder)],
            facts="one rupiah",
        ),
        happened_at=datetime(2025, 12, 31, 23, tzinfo=WIB),
        now=now,
    )
    assert [name[:40] for name in broken()] == [
        "INV-22 every account's development recom",
        "INV-22 development is credited once for ",
        "every range that was credited is its own",
    ]
