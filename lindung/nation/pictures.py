"""Bars drawn as SVG: enough to look at a nation, without any library."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from lindung.nation.draws import Integers

_WIDTH, _HEIGHT = 760, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 76, 16, 64, 52
_COLOURS = ("#0f766e", "#d97706", "#64748b")
_TICKS = 5
_FEW = 8  # so many bars bear their numbers


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one colour."""

    name: str
    values: Integers


@dataclass(frozen=True, slots=True)
class Chart:
    """A title, what the labels count, a label for each place (empty: none), and the bars above them."""

    title: str
    unit: str
    labels: Sequence[str]
    series: Sequence[Series]
    stacked: bool = False


def draw(chart: Chart) -> str:
    """The chart as one SVG document; whole pixels only, so that it is the same everywhere."""
    places = len(chart.labels)
    heights = [sum(int(one.values[place]) for one in chart.series) for place in range(places)]
    if not chart.stacked:
        heights = [max(int(one.values[place]) for one in chart.series) for place in range(places)]
    step = _nice_step(max(heights, default=0))
    top = step * max(1, -(-max(heights, default=0) // step))
    room, ground = _HEIGHT - _TOP - _BOTTOM, _HEIGHT - _BOTTOM
    parts = [_opening(chart)]
    for tick in range(0, top + 1, step):
        y = ground - tick * room // top
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}" stroke="#e2e8f0"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{_number(tick)}</text>')
    for place, label in enumerate(chart.labels):
        left, right = (_LEFT + edge * (_WIDTH - _LEFT - _RIGHT) // places for edge in (place, place + 1))
        gap = max(1, (right - left) // 8)
        parts += _bars(chart, place, left + gap, max(1, right - left - 2 * gap), room, ground, top)
        if label:
            parts.append(
                f'<text x="{(left + right) // 2}" y="{ground + 18}" text-anchor="middle">{escape(label)}</text>'
            )
    parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{ground}" y2="{ground}" stroke="#334155"/>')
    parts.append(f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 10}" text-anchor="end">{escape(chart.unit)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def write_pictures(folder: Path, charts: Sequence[tuple[str, Chart]]) -> list[Path]:
    """One file for each chart, in ``folder``, which is made; an older picture of the same name goes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, chart in charts:
        paths.append(folder / f"{name}.svg")
        paths[-1].write_text(draw(chart))
    return paths


def _opening(chart: Chart) -> str:
    words = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
        ' font-family="system-ui, sans-serif" font-size="12" fill="#334155" role="img">',
        f"<title>{escape(chart.title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="24" font-size="16" font-weight="600" fill="#0f172a">{escape(chart.title)}</text>',
    ]
    x = _LEFT
    for one, colour in zip(chart.series, _COLOURS, strict=False):
        words.append(f'<rect x="{x}" y="38" width="12" height="12" fill="{colour}"/>')
        words.append(f'<text x="{x + 18}" y="48">{escape(one.name)}</text>')
        x += 40 + 7 * len(one.name)
    return "\n".join(words)


def _bars(chart: Chart, place: int, x: int, width: int, room: int, ground: int, top: int) -> list[str]:
    bars, base = [], 0
    many = 1 if chart.stacked else len(chart.series)
    for number, (one, colour) in enumerate(zip(chart.series, _COLOURS, strict=False)):
        value = int(one.values[place])
        lower, upper = ground - base * room // top, ground - (base + value) * room // top
        left, right = (x + edge * width // many for edge in ((0, 1) if chart.stacked else (number, number + 1)))
        if lower > upper:
            bars.append(
                f'<rect x="{left}" y="{upper}" width="{max(1, right - left)}" height="{lower - upper}" fill="{colour}">'
                f"<title>{escape(one.name)}: {_number(value)}</title></rect>"
            )
        base += value if chart.stacked else 0
        if len(chart.series) == 1 and len(chart.labels) <= _FEW:
            bars.append(f'<text x="{x + width // 2}" y="{upper - 6}" text-anchor="middle">{_number(value)}</text>')
    return bars


def _nice_step(top: int) -> int:
    """1, 2 or 5 times a power of ten, so that about five of them reach the top."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if factor * power * _TICKS >= top:
                return factor * power
        power *= 10


def _number(value: int) -> str:
    return f"{value:,}"
