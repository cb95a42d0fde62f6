"""Creditings in any order, broken off and repeated, beside a model that a child could write."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from lindung.access.trail import record
from lindung.contributions import services
from lindung.contributions.crediting_queries import crediting_view
from lindung.contributions.services import credited_ranges
from tests.conftest import NOW
from tests.contributions.crediting_money import PLANNER, STARTER, at, balance, broken, got, planned
from tests.often import often

FIRST, WIDTH = 7_900_000, 4
HOLDERS = [FIRST + number for number in range(12)]
RATES = {2024: Decimal("0.0431"), 2025: Decimal("0.0575")}


class Killed(BaseException):
    """The process ends here."""


@dataclass(frozen=True)
class Fact:
    """So much for somebody in a month; ``development`` if it is the agency's own of that year."""

    holder: int
    year: int
    month: int
    rupiah: int
    development: bool = False


class Creditings(RuleBasedStateMachine):
    """Two years, twelve members in three ranges, one model: a list of facts."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.facts: list[Fact] = []
        self.states: dict[int, str] = {}
        self.ids: dict[int, int] = {}
        self.done: dict[int, set[int]] = {2024: set(), 2025: set()}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(
        holder=st.sampled_from(HOLDERS),
        year=st.sampled_from([2023, 2024, 2025, 2026]),
        month=st.integers(1, 12),
        rupiah=st.integers(1, 10**8),
    )
    def money_comes(self, holder: int, year: int, month: int, rupiah: int) -> None:
        got({holder: rupiah}, at(date(year, month, 28)))
        self.facts.append(Fact(holder, year, month, rupiah))

    @rule(
        holder=st.sampled_from(HOLDERS),
        year=st.sampled_from([2023, 2024, 2025]),
        month=st.integers(1, 12),
        part=st.integers(1, 4),
    )
    def money_is_taken_back(self, holder: int, year: int, month: int, part: int) -> None:
        # Never so much that development to be taken back later would be gone already.
        development = sum(fact.rupiah for fact in self.facts if fact.holder == holder and fact.development)
        taken = (self.held(holder) - development) // part
        if taken > 0:
            got({holder: -taken}, at(date(year, month, 28)))
            self.facts.append(Fact(holder, year, month, -taken))

    @rule(year=st.sampled_from([2024, 2025]))
    def somebody_plans(self, year: int) -> None:
        if year in self.states:
            with pytest.raises(services.YearTaken):
                planned(year, NOW, rate=RATES[year], holders_a_range=WIDTH)
        else:
            self.ids[year] = planned(year, NOW, rate=RATES[year], holders_a_range=WIDTH).id
            self.states[year] = "planned"

    @rule(year=st.sampled_from([2024, 2025]))
    def it_is_rehearsed(self, year: int) -> None:
        if year in self.ids:
            before = [balance(holder) for holder in HOLDERS]
            totals = services.rehearse_crediting(crediting_id=self.ids[year], now=NOW)
            assert [balance(holder) for holder in HOLDERS] == before
            assert (totals is not None) == (self.states[year] == "planned")
            if totals:
                mine = sum(part.amount_rupiah for part in totals.ranges if part.range_no >= FIRST // WIDTH)
                assert mine >= sum(self.due(holder, year) for holder in HOLDERS)

    @rule(year=st.sampled_from([2024, 2025]), by=st.sampled_from([PLANNER, STARTER]))
    def somebody_starts_it(self, year: int, by: Any) -> None:
        view = crediting_view(self.ids[year]) if year in self.ids else None
        if view is None:
            return
        refusal: type[Exception] | None = None
        if self.states[year] != "planned":
            refusal = services.CreditingGone
        elif by == PLANNER:
            refusal = services.SameOfficer
        elif view.rehearsal is None:
            refusal = services.NotRehearsed
        elif year == 2025 and self.states.get(2024, "finished") != "finished":
            refusal = services.EarlierYearOpen
        rehearsal_id = view.rehearsal.id if view.rehearsal else 0

        def start() -> None:
            services.start_crediting(actor=by, crediting_id=view.id, rehearsal_id=rehearsal_id, now=NOW)

        if refusal:
            with pytest.raises(refusal):
                start()
        else:
            start()
            self.states[year] = "started"

    @precondition(lambda self: "started" in self.states.values())
    @rule(killed_at=st.sampled_from(["", "entry_posted", "range_credited", "crediting_finished"]))
    def a_range_is_credited(self, killed_at: str) -> None:
        year = next(year for year, state in self.states.items() if state == "started")
        done = self.unless_killed(killed_at, lambda: self.step(services.credit_next_range, crediting_id=self.ids[year]))
        if isinstance(done, services.RangeDone):
            assert done.range_no not in self.done[year]
            self.done[year].add(done.range_no)
            self.model_credits(year, done)
        elif done == "nothing":
            self.states[year] = "finished"

    @precondition(lambda self: "finished" in self.states.values())
    @rule(data=st.data(), killed_at=st.sampled_from(["", "entry_posted", "range_corrected"]))
    def late_money_is_put_right(self, data: st.DataObject, killed_at: str) -> None:
        years = sorted(year for year, state in self.states.items() if state == "finished")
        year = data.draw(st.sampled_from(years))
        done = self.unless_killed(
            killed_at,
            lambda: self.step(services.correct_next_range, crediting_id=self.ids[year], from_range=FIRST // WIDTH),
        )
        if isinstance(done, services.RangeDone):
            self.model_credits(year, done)

    def step(self, service: Any, **words: Any) -> Any:
        return service(**words, now=NOW) or "nothing"

    def unless_killed(self, act: str, work: Any) -> Any:
        """What the work gives; None if it died at the moment it would have written this act."""

        def killing(**words: Any) -> None:
            if words["act"] == act:
                raise Killed
            record(**words)

        with mock.patch.object(credited_ranges.trail, "record", killing):
            try:
                with transaction.atomic():
                    return work()
            except Killed:
                return None

    def model_credits(self, year: int, done: services.RangeDone) -> None:
        moved = 0
        for holder in HOLDERS:
            if holder // WIDTH == done.range_no:
                before = sum(f.rupiah for f in self.facts if f.holder == holder and f.development and f.year == year)
                more = self.due(holder, year) - before
                moved += more
                self.facts.append(Fact(holder, year, 12, more, development=True))
        assert done.amount_rupiah == moved or not FIRST // WIDTH <= done.range_no <= HOLDERS[-1] // WIDTH

    def due(self, holder: int, year: int) -> int:
        months = 0
        for fact in self.facts:
            if fact.holder == holder and fact.year < year:
                months += 12 * fact.rupiah
            elif fact.holder == holder and fact.year == year and not fact.development:
                months += (13 - fact.month) * fact.rupiah
        return int((max(months, 0) * RATES[year] / 12).quantize(Decimal(1), ROUND_HALF_UP))

    def held(self, holder: int) -> int:
        return sum(fact.rupiah for fact in self.facts if fact.holder == holder)

    @invariant()
    def every_member_has_what_the_model_says(self) -> None:
        assert {holder: balance(holder) for holder in HOLDERS} == {holder: self.held(holder) for holder in HOLDERS}

    @invariant()
    def the_platforms_own_checks_find_nothing(self) -> None:
        assert broken() == []


@pytest.mark.django_db
def test_any_order_of_creditings_money_corrections_and_kills_ends_as_the_model_says() -> None:
    run_state_machine_as_test(
        Creditings,
        settings=settings(
            max_examples=often(12),
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
