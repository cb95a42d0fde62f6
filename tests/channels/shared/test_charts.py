"""Geometry of the month strip and the growth chart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.channels.shared import charts

sums = st.integers(min_value=0, max_value=10**13)
points = st.lists(st.tuples(st.just("2026"), sums, sums), max_size=40)


def test_each_month_has_its_own_place_newest_year_on_top() -> None:
    drawing = charts.month_strip(
        [(date(2025, 12, 9), "paid"), (date(2026, 1, 1), "late"), (date(2026, 2, 1), "missing")]
    )
    december, january, february = drawing.cells
    assert [year.label for year in drawing.years] == ["2026", "2025"]
    assert january.y < december.y
    assert january.x < february.x < december.x


@given(st.sets(st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(lambda day: day.replace(day=1)), max_size=60))
def test_no_two_months_overlap_and_all_lie_inside(months: set[date]) -> None:
    drawing = charts.month_strip([(month, "paid") for month in sorted(months)])
    assert len({(cell.x, cell.y) for cell in drawing.cells}) == len(months)
    for cell in drawing.cells:
        assert 0 <= cell.x <= drawing.width - charts.CELL
        assert 0 <= cell.y <= drawing.height - charts.CELL


@given(points)
def test_bars_stay_inside_the_chart_and_earned_stands_on_contributed(given_points: list[tuple[str, int, int]]) -> None:
    drawing = charts.growth(given_points)
    for bar in drawing.bars:
        assert bar.contributed_y + bar.contributed_height == drawing.bottom
        assert bar.earned_y + bar.earned_height == bar.contributed_y
        assert bar.earned_y >= charts.PLOT_TOP
        assert drawing.left <= bar.x
        assert bar.x + bar.width <= drawing.width


@given(points)
def test_the_axis_reaches_the_highest_bar_with_few_round_ticks(given_points: list[tuple[str, int, int]]) -> None:
    ticks = charts.growth(given_points).ticks
    assert ticks[0].rupiah == 0
    assert ticks[-1].rupiah >= max((one + other for _, one, other in given_points), default=0)
    assert 2 <= len(ticks) <= 5


def test_a_loss_is_not_drawn_below_the_ground() -> None:
    (bar,) = charts.growth([("2026", 1_000_000, -50_000)]).bars
    assert bar.earned_height == 0


def test_labels_are_thinned_before_they_touch_and_the_newest_stays() -> None:
    labels = [bar.label for bar in charts.growth([(str(year), year, 0) for year in range(2000, 2027)]).bars]
    assert labels[-1] == "2026"
    assert 2 < len([label for label in labels if label]) < 10


@pytest.mark.parametrize(("top", "step"), [(0, 1), (4, 1), (48_213_750, 20_000_000), (100, 50), (1, 1)])
def test_steps_of_the_axis_are_one_two_or_five(top: int, step: int) -> None:
    assert charts.nice_step(top) == step
