"""Geometry of the two charts, in whole units of their view box. Pure: no markup and no language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

CELL = 22
PITCH = 24
YEAR_WIDTH = 40
HEAD_HEIGHT = 20

CHART_WIDTH = 328
CHART_HEIGHT = 190
PLOT_LEFT = 58
PLOT_TOP = 10
PLOT_BOTTOM = 164


@dataclass(frozen=True, slots=True)
class StripCell:
    x: int
    y: int
    state: str
    month_on: date


@dataclass(frozen=True, slots=True)
class StripYear:
    label: str
    y: int


@dataclass(frozen=True, slots=True)
class StripGeometry:
    width: int
    height: int
    month_places: tuple[int, ...]
    """Middle of each of the twelve columns."""
    years: tuple[StripYear, ...]
    cells: tuple[StripCell, ...]


def month_strip(months: Sequence[tuple[date, str]]) -> StripGeometry:
    """Place months (any day of each, and its state) on a grid: a row per year, newest on top."""
    year_rows = {year: row for row, year in enumerate(sorted({month.year for month, _ in months}, reverse=True))}
    cells = tuple(
        StripCell(
            x=YEAR_WIDTH + (month.month - 1) * PITCH,
            y=HEAD_HEIGHT + year_rows[month.year] * PITCH,
            state=state,
            month_on=month,
        )
        for month, state in months
    )
    return StripGeometry(
        width=YEAR_WIDTH + 12 * PITCH,
        height=HEAD_HEIGHT + len(year_rows) * PITCH,
        month_places=tuple(YEAR_WIDTH + column * PITCH + CELL // 2 for column in range(12)),
        years=tuple(StripYear(str(year), HEAD_HEIGHT + row * PITCH + 16) for year, row in year_rows.items()),
        cells=cells,
    )


@dataclass(frozen=True, slots=True)
class Tick:
    rupiah: int
    y: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Contributed stands on the ground, earned on top of it; a loss is drawn as no earned part."""

    x: int
    width: int
    contributed_y: int
    contributed_height: int
    earned_y: int
    earned_height: int
    label: str
    label_x: int


@dataclass(frozen=True, slots=True)
class GrowthGeometry:
    width: int
    height: int
    left: int
    bottom: int
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]


def nice_step(top: int, steps: int = 4) -> int:
    """Return the smallest 1, 2 or 5 times a power of ten of which `steps` reach `top` (at least 1)."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if factor * power * steps >= top:
                return factor * power
        power *= 10


def growth(points: Sequence[tuple[str, int, int]]) -> GrowthGeometry:
    """Place bars for (label, contributed, earned): cumulative whole rupiah, the axis starts at zero."""
    top = max((contributed + max(earned, 0) for _, contributed, earned in points), default=0)
    step = nice_step(top)
    tick_count = max(1, -(-top // step))
    full = step * tick_count
    plot_height = PLOT_BOTTOM - PLOT_TOP

    def height_of(rupiah: int) -> int:
        return max(rupiah, 0) * plot_height // full

    slot = (CHART_WIDTH - PLOT_LEFT) // max(1, len(points))
    width = max(2, min(40, slot * 7 // 10))
    every = max(1, -(-38 // max(1, slot)))
    bars = []
    for place, (label, contributed, earned) in enumerate(points):
        paid_in, on_top = height_of(contributed), height_of(earned)
        x = PLOT_LEFT + place * slot + (slot - width) // 2
        bars.append(
            Bar(
                x=x,
                width=width,
                contributed_y=PLOT_BOTTOM - paid_in,
                contributed_height=paid_in,
                earned_y=PLOT_BOTTOM - paid_in - on_top,
                earned_height=on_top,
                # Labels that would touch are thinned out, counted from the newest, which is always named.
                label=label if (len(points) - 1 - place) % every == 0 else "",
                label_x=x + width // 2,
            )
        )
    return GrowthGeometry(
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        left=PLOT_LEFT,
        bottom=PLOT_BOTTOM,
        ticks=tuple(
            Tick(step * place, PLOT_BOTTOM - plot_height * place // tick_count) for place in range(tick_count + 1)
        ),
        bars=tuple(bars),
    )
