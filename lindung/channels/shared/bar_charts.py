"""Geometry of bars in parts, in whole units of their view box. Pure: no markup and no language."""

from collections.abc import Sequence
from dataclasses import dataclass

from lindung.channels.shared.charts import CHART_HEIGHT, CHART_WIDTH, PLOT_BOTTOM, PLOT_LEFT, PLOT_TOP, Tick, nice_step

PARTS = ("done", "begun", "lacking")
"""How the parts of a bar are drawn, from the ground up."""
_LABEL_WIDTH = 42
_LABEL_GAP = 14


@dataclass(frozen=True, slots=True)
class Part:
    """One part of one bar."""

    style: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class StackedBar:
    """One bar with its parts that are not zero; ``label`` is empty where it would touch the next."""

    x: int
    width: int
    parts: tuple[Part, ...]
    label: str
    label_x: int


@dataclass(frozen=True, slots=True)
class StackGeometry:
    """``ticks`` carry whole numbers of what is drawn, rupiah or not."""

    width: int
    height: int
    left: int
    bottom: int
    ticks: tuple[Tick, ...]
    bars: tuple[StackedBar, ...]


def stacks(bars: Sequence[tuple[str, Sequence[int]]]) -> StackGeometry:
    """Place bars of (label, parts from the ground up, none below zero) beside each other; the axis starts at zero."""
    top = max((sum(values) for _, values in bars), default=0)
    step = nice_step(top)
    tick_count = max(1, -(-top // step))
    full = step * tick_count
    plot_height = PLOT_BOTTOM - PLOT_TOP
    slot = (CHART_WIDTH - PLOT_LEFT) // max(1, len(bars))
    width = max(3, min(40, slot * 7 // 10))
    every = max(1, -(-(_LABEL_WIDTH + _LABEL_GAP) // max(1, slot)))
    placed = []
    for place, (label, values) in enumerate(bars):
        x = PLOT_LEFT + place * slot + (slot - width) // 2
        parts, below = [], 0
        for style, value in zip(PARTS, values, strict=False):
            if value > 0:
                # Both ends are rounded from the ground, so that parts touch and never overlap.
                low, high = below * plot_height // full, (below + value) * plot_height // full
                parts.append(Part(style, PLOT_BOTTOM - high, max(1, high - low)))
                below += value
        named = (len(bars) - 1 - place) % every == 0
        # The last one's name stays inside the picture.
        label_x = min(x + width // 2, CHART_WIDTH - _LABEL_WIDTH // 2)
        placed.append(StackedBar(x, width, tuple(parts), label if named else "", label_x))
    return StackGeometry(
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        left=PLOT_LEFT,
        bottom=PLOT_BOTTOM,
        ticks=tuple(
            Tick(step * place, PLOT_BOTTOM - plot_height * place // tick_count) for place in range(tick_count + 1)
        ),
        bars=tuple(placed),
    )


def shares(weights: Sequence[int], most: int = 100) -> list[int]:
    """Each weight as its part of the greatest, 0 to ``most``; what is not zero is never drawn as nothing."""
    top = max(weights, default=0)
    return [max(1, weight * most // top) if weight > 0 else 0 for weight in weights]
