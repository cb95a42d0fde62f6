"""Geometry of the step chart, in whole units of its view box. Pure: no markup and no language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from lindung.channels.shared.charts import CHART_HEIGHT, CHART_WIDTH, PLOT_BOTTOM, PLOT_LEFT, PLOT_TOP, nice_step
from lindung.channels.shared.components import Step

LABEL_WIDTH: Final = 62
"""Room at the right for the names of the lines, where they have names."""
_FINE: Final = 10**6
"""Values are compared in millionths, so that a rate of 0.24% still has whole steps under it."""
_YEAR_WIDTH: Final = 38
_LABEL_HEIGHT: Final = 12
_PlaceOfDay = Callable[[date], int]
_PlaceOfValue = Callable[[int | Fraction], int]


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis; ``value`` is what stands there: an amount, a share, or a year."""

    value: int | Fraction
    place: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A horizontal part of a line, and the rise at its right end (``rise_to`` None: the line stops there)."""

    x: int
    end: int
    y: int
    rise_to: int | None
    sure: bool

    @property
    def path(self) -> str:
        return f"M{self.x} {self.y}H{self.end}" + (f"V{self.rise_to}" if self.rise_to is not None else "")


@dataclass(frozen=True, slots=True)
class Line:
    """``label_x`` is at the right of the plot, or where the line ends before that."""

    pieces: tuple[Piece, ...]
    label: str
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class StepGeometry:
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    ticks: tuple[Tick, ...]
    years: tuple[Tick, ...]
    lines: tuple[Line, ...]
    today_x: int


def steps(lines: Sequence[tuple[str, Sequence[Step]]], today_on: date) -> StepGeometry:
    """Place lines of (label, steps). The axis of values starts at 0 unless all of them lie close together."""
    known = [step.value for _, each in lines for step in each if step.value is not None]
    first_on = min([today_on, *(step.from_on for _, each in lines for step in each)])
    last_on = max([today_on, *(step.from_on for _, each in lines for step in each)])
    # A step that begins on the last day would have no width: some room is left behind it.
    until_on = last_on + timedelta(days=max(90, (last_on - first_on).days // 20))
    right = CHART_WIDTH - (LABEL_WIDTH if any(label for label, _ in lines) else 6)
    least, top, step = _range(known)

    def x_of(day: date) -> int:
        return PLOT_LEFT + (right - PLOT_LEFT) * (day - first_on).days // max(1, (until_on - first_on).days)

    def y_of(value: int | Fraction) -> int:
        return PLOT_BOTTOM - int((PLOT_BOTTOM - PLOT_TOP) * (value * _FINE - least) // (top - least))

    drawn = []
    for label, each in lines:
        pieces = tuple(_pieces(each, until_on, x_of, y_of))
        drawn.append(_named(pieces, label, right))
    return StepGeometry(
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        left=PLOT_LEFT,
        right=right,
        top=PLOT_TOP,
        bottom=PLOT_BOTTOM,
        ticks=tuple(Tick(_exact(at), y_of(_exact(at))) for at in range(least, top + 1, step)),
        years=tuple(_years(first_on, until_on, x_of)),
        lines=tuple(_apart(drawn)),
        today_x=x_of(today_on),
    )


def _named(pieces: tuple[Piece, ...], label: str, right: int) -> Line:
    """A line with its name at the right of the plot, or above its end where it ends before that."""
    end, y = (pieces[-1].end, pieces[-1].y) if pieces else (right, PLOT_BOTTOM)
    return Line(pieces, label, end + 4, y) if end >= right - 1 else Line(pieces, label, end - 8, max(y - 10, PLOT_TOP))


def _range(known: Sequence[int | Fraction]) -> tuple[int, int, int]:
    """(least, top, step) of the axis, in millionths."""
    highest = max((int(value * _FINE) for value in known), default=0)
    lowest = min((int(value * _FINE) for value in known), default=0)
    close = highest != lowest and lowest * 3 > highest * 2
    step = nice_step(highest - lowest if close else highest)
    if all(isinstance(value, int) for value in known):
        step = max(step, _FINE)
    least = lowest // step * step if close else 0
    return least, max(-(-highest // step) * step, least + step), step


def _exact(millionths: int) -> int | Fraction:
    value = Fraction(millionths, _FINE)
    return value.numerator if value.denominator == 1 else value


def _pieces(each: Sequence[Step], until_on: date, x_of: _PlaceOfDay, y_of: _PlaceOfValue) -> Iterator[Piece]:
    ends = [*(later.from_on for later in each[1:]), until_on]
    for place, (step, end_on) in enumerate(zip(each, ends, strict=True)):
        if step.value is None:
            continue
        following = each[place + 1].value if place + 1 < len(each) else None
        rise = y_of(following) if following is not None else None
        yield Piece(x_of(step.from_on), x_of(end_on), y_of(step.value), rise, step.sure)


def _years(first_on: date, until_on: date, x_of: _PlaceOfDay) -> Iterator[Tick]:
    """New Year's days that fit beside each other; a span without any is named by its first year."""
    days = [date(year, 1, 1) for year in range(first_on.year, until_on.year + 1)]
    inside = [day for day in days if first_on <= day and x_of(day) <= CHART_WIDTH - _YEAR_WIDTH // 2] or [first_on]
    room = max(1, (x_of(inside[-1]) - x_of(inside[0])) // _YEAR_WIDTH)
    every = max(1, -(-(len(inside) - 1) // room))
    for place, day in enumerate(inside):
        if (len(inside) - 1 - place) % every == 0:
            yield Tick(day.year, x_of(day))


def _apart(lines: Sequence[Line]) -> Iterator[Line]:
    """The names of lines that end close together, moved up or down so that none covers another."""
    last_x = max((line.label_x for line in lines), default=0)
    downwards = sorted(
        (at for at, line in enumerate(lines) if line.label_x == last_x), key=lambda at: lines[at].label_y
    )
    places = [line.label_y for line in lines]
    free = PLOT_TOP
    for place in downwards:
        places[place] = max(places[place], free)
        free = places[place] + _LABEL_HEIGHT
    free = PLOT_BOTTOM
    for place in reversed(downwards):
        places[place] = min(places[place], free)
        free = places[place] - _LABEL_HEIGHT
    for line, label_y in zip(lines, places, strict=True):
        yield replace(line, label_y=label_y)
