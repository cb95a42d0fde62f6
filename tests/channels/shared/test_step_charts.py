"""Geometry of the step chart: everything lies inside, steps meet, names do not touch."""

import itertools
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lindung.channels.shared import charts, step_charts
from lindung.channels.shared.components import Step

TODAY = date(2026, 11, 21)
numbers = st.one_of(
    st.lists(st.integers(0, 10**14), min_size=1, max_size=12),
    st.lists(st.fractions(0, 1, max_denominator=10_000), min_size=1, max_size=12),
)


@st.composite
def stairs(draw: st.DrawFn) -> list[Step]:
    values: list[int | Fraction] = list(draw(numbers))
    days = sorted(
        draw(st.sets(st.dates(date(2009, 1, 1), date(2045, 1, 1)), min_size=len(values), max_size=len(values)))
    )
    known = [draw(st.booleans()) for _ in values]
    return [Step(day, value if has else None) for day, value, has in zip(days, values, known, strict=True)]


@given(st.lists(stairs(), min_size=1, max_size=6), st.booleans())
def test_everything_lies_inside_the_drawing(lines: list[list[Step]], named: bool) -> None:
    # One chart holds values of one sort.
    drawn = step_charts.steps([(str(place) if named else "", line) for place, line in enumerate(lines)], TODAY)
    for line in drawn.lines:
        for piece in line.pieces:
            assert drawn.left <= piece.x <= piece.end <= drawn.right
            assert drawn.top <= piece.y <= drawn.bottom
        assert charts.PLOT_TOP <= line.label_y <= charts.PLOT_BOTTOM
    assert drawn.left <= drawn.today_x <= drawn.right
    assert all(drawn.top <= tick.place <= drawn.bottom for tick in drawn.ticks)
    assert all(drawn.left <= year.place <= drawn.width - 12 for year in drawn.years)


@given(stairs())
def test_a_step_ends_where_the_next_begins_and_rises_to_it(line: list[Step]) -> None:
    pieces = step_charts.steps([("", line)], TODAY).lines[0].pieces
    known = [step for step in line if step.value is not None]
    assert len(pieces) == len(known)
    for piece, following in itertools.pairwise(pieces):
        assert piece.end <= following.x
        if piece.rise_to is not None:
            assert (piece.end, piece.rise_to) == (following.x, following.y)


@given(stairs())
def test_a_higher_value_is_never_drawn_lower(line: list[Step]) -> None:
    pieces = step_charts.steps([("", line)], TODAY).lines[0].pieces
    known = [step.value for step in line if step.value is not None]
    for value, piece in zip(known, pieces, strict=True):
        for other, another in zip(known, pieces, strict=True):
            if value > other:
                assert piece.y <= another.y


@given(stairs())
def test_the_axis_has_few_round_ticks_and_reaches_every_value(line: list[Step]) -> None:
    ticks = [tick.value for tick in step_charts.steps([("", line)], TODAY).ticks]
    known = [step.value for step in line if step.value is not None]
    assert 2 <= len(ticks) <= 7
    assert all(ticks[0] <= value <= ticks[-1] for value in known)


def test_values_that_lie_close_together_do_not_start_at_zero() -> None:
    ages = [Step(date(2015 + 3 * place, 1, 1), 56 + place) for place in range(10)]
    assert step_charts.steps([("", ages)], TODAY).ticks[0].value == 55
    ceilings = [Step(date(2016, 3, 1), 7_335_300), Step(date(2026, 3, 1), 11_086_300)]
    assert step_charts.steps([("", ceilings)], TODAY).ticks[0].value == 0


def test_names_of_lines_that_end_at_one_height_stand_under_each_other() -> None:
    lines = [(name, [Step(date(2020, 1, 1), 100)]) for name in "abcde"]
    places = sorted(line.label_y for line in step_charts.steps(lines, TODAY).lines)
    assert all(later - sooner >= 12 for sooner, later in itertools.pairwise(places))


def test_a_value_that_begins_today_can_be_seen() -> None:
    (piece,) = step_charts.steps([("", [Step(TODAY, 5)])], TODAY).lines[0].pieces
    assert piece.end > piece.x
    assert step_charts.steps([("", [Step(TODAY + timedelta(days=1), 5)])], TODAY).years
