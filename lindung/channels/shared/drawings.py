"""What the chart templates are given: geometry, words of the reader's language, rows of the table beside."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_noop

from lindung.channels.shared import bar_charts, charts, formats, pieces, step_charts
from lindung.channels.shared.components import (
    Growth,
    Kind,
    MonthMark,
    MonthState,
    MonthStrip,
    StackChart,
    Status,
    StepChart,
)

MONTH_KINDS: dict[MonthState, Kind] = {
    "paid": "good",
    "late": "needs-you",
    "part": "needs-you",
    "missing": "danger",
    "due": "info",
    "none": "quiet",
}
"""Each state of a month with the kind, and so the shape, that shows it."""


_MONTH_WORDS: dict[MonthState, str] = {
    "paid": gettext_noop("lunas"),
    "late": gettext_noop("lunas, terlambat"),
    "part": gettext_noop("dibayar sebagian"),
    "missing": gettext_noop("belum dibayar"),
    "due": gettext_noop("belum jatuh tempo"),
    "none": gettext_noop("tanpa iuran"),
}


def month_word(state: MonthState) -> str:
    return gettext(_MONTH_WORDS[state])


def month_strip(strip: MonthStrip) -> dict[str, Any]:
    """Return the context of a calendar strip: drawing, legend with counts, and the months as rows."""
    counted = Counter(mark.state for mark in strip.months)
    legend = [(state, month_word(state), counted[state]) for state in MONTH_KINDS if state in counted]
    drawing = charts.month_strip([(mark.month_on, mark.state) for mark in strip.months])
    letters = [formats.month_only(date(2000, month, 1))[0] for month in range(1, 13)]
    newest_first = sorted(strip.months, key=_month_on, reverse=True)
    has_notes = any(mark.note for mark in strip.months)
    words = {state: Status(month_word(state), kind) for state, kind in MONTH_KINDS.items()}
    rows = [
        (mark.month_on, words[mark.state], mark.note) if has_notes else (mark.month_on, words[mark.state])
        for mark in newest_first
    ]
    return {
        "title": strip.title,
        "title_id": f"strip-{slugify(str(strip.title))}",
        "drawing": drawing,
        "heads": mark_safe(
            "".join(
                pieces.axis_text(place, 12, letter, centred=True)
                for place, letter in zip(drawing.month_places, letters, strict=True)
            )
        ),
        "years": mark_safe("".join(pieces.axis_text(0, year.y, year.label) for year in drawing.years)),
        "cells": mark_safe("".join(pieces.month_cell(cell.x, cell.y, cell.state) for cell in drawing.cells)),
        "legend": [(pieces.month_cell(0, 0, state), word, total) for state, word, total in legend],
        "in_words": ", ".join(f"{total} {word}" for _, word, total in legend),
        "rows": pieces.table_rows(rows, ("month", "text", "text")[: 3 if has_notes else 2]),
        "has_notes": has_notes,
    }


def growth_chart(growth: Growth) -> dict[str, Any]:
    """Return the context of a growth chart: drawing, last standing, and rows with their sums in rupiah."""
    points = list(growth.points)
    return {
        "title": growth.title,
        "title_id": f"growth-{slugify(str(growth.title))}",
        "drawing": charts.growth([(p.label, p.contributed_rupiah, p.earned_rupiah) for p in points]),
        "last": points[-1] if points else None,
        "rows": [(p, p.contributed_rupiah + p.earned_rupiah) for p in points],
    }


# How the axis and the description write a number of each kind: amounts and counts are whole, shares exact.
_NUMBER_WRITERS: dict[str, tuple[Callable[[Any], str], Callable[[Any], str]]] = {
    "amount": (formats.short_rupiah, formats.rupiah),
    "percent": (formats.percent, formats.percent),
    "count": (formats.count, formats.count),
}


def step_chart(chart: StepChart) -> dict[str, Any]:
    """Return the context of a step chart: drawing, axis in words, and what a listener is told instead of it."""
    drawing = step_charts.steps([(line.label, line.steps) for line in chart.lines], chart.today_on)
    written, in_full = _NUMBER_WRITERS[chart.kind]
    steps = [step for line in chart.lines for step in line.steps]
    told = []
    for line in chart.lines:
        known = [
            f"{in_full(step.value)} ({formats.long_date(step.from_on)})"
            for step in line.steps
            if step.value is not None
        ]
        told.append(f"{line.label}: {', '.join(known)}" if line.label else ", ".join(known))
    return {
        "title": chart.title,
        "title_id": f"steps-{slugify(str(chart.title))}",
        "drawing": drawing,
        "ticks": [(tick.place, written(tick.value)) for tick in drawing.ticks],
        "in_words": "; ".join(told),
        "has_unsure": any(not step.sure and step.value is not None for step in steps),
        "has_unknown": any(not step.sure and step.value is None for step in steps),
    }


def stack_chart(chart: StackChart) -> dict[str, Any]:
    """Return the context of a chart of bars in parts: drawing, legend with totals, and the same as a table."""
    written, in_full = _NUMBER_WRITERS[chart.kind]
    drawing = bar_charts.stacks([(bar.label, bar.values) for bar in chart.bars])
    totals = [sum(bar.values[place] for bar in chart.bars) for place in range(len(chart.series))]
    legend = list(zip(bar_charts.PARTS, chart.series, strict=False))
    return {
        "title": chart.title,
        "title_id": f"stack-{slugify(str(chart.title))}",
        "drawing": drawing,
        "ticks": [(tick.rupiah, tick.y, written(tick.rupiah)) for tick in drawing.ticks],
        "legend": legend,
        "in_words": ", ".join(
            f"{name}: {in_full(total)}" for (_style, name), total in zip(legend, totals, strict=True)
        ),
        "series": chart.series,
        "kind": chart.kind,
        "rows": [
            (bar.label, [(in_full(value), name) for value, name in zip(bar.values, chart.series, strict=True)])
            for bar in chart.bars
        ],
    }


def _month_on(mark: MonthMark) -> date:
    return mark.month_on
