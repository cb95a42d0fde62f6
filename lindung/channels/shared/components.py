"""The frozen values that component tags take. Amounts are whole rupiah; texts come already translated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

Kind = Literal["info", "good", "needs-you", "danger", "quiet"]
"""How a thing stands: shown as a shape beside a word."""

ValueKind = Literal["text", "amount", "number", "count", "percent", "date", "month", "figure"]
MonthState = Literal["paid", "late", "part", "missing", "due", "none"]
Value = object
"""A str, int, Fraction, date, `Link` or `Status`; None is shown as a dash."""


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    word: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One fact; `source` says who told us, `change_url` where it is mended."""

    label: str
    value: Value
    source: str = ""
    change_url: str = ""
    kind: ValueKind = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `wide`: an explained table leaves it out on a phone, where the note under the row says it."""

    label: str
    kind: ValueKind = "text"
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells in the order of the columns; the first cell names its row."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] | None = None


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """Cells in the order of the columns, and under them what they mean, a line each."""

    cells: Sequence[Value]
    notes: Sequence[Value]


@dataclass(frozen=True, slots=True)
class ExplainedTable:
    """A table that says of every row why it is so; `figure` as a kind is a number already written out."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[ExplainedRow]
    total: Sequence[Value] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One step of longer work. Without a `url` it cannot be started yet."""

    title: str
    url: str
    status: str
    kind: Kind
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a list, with how many it leaves; None where that is not counted."""

    text: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, at a moment or on a day; `links` lead to what it touched."""

    at: datetime | date
    what: str
    who: str = ""
    channel: str = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class MonthMark:
    """How one month of contributions stands; `month_on` is any day of it."""

    month_on: date
    state: MonthState
    note: str = ""


@dataclass(frozen=True, slots=True)
class MonthStrip:
    title: str
    months: Sequence[MonthMark]


@dataclass(frozen=True, slots=True)
class GrowthPoint:
    """Standing at the end of a period: both sums count from the beginning."""

    label: str
    contributed_rupiah: int
    earned_rupiah: int


@dataclass(frozen=True, slots=True)
class Growth:
    title: str
    points: Sequence[GrowthPoint]


@dataclass(frozen=True, slots=True)
class Step:
    """A value from one day on, until the next step of its line. None: there is none, or unsure, nobody knows it."""

    from_on: date
    value: int | Fraction | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of a step chart, oldest step first; without a `label` where it is the only one."""

    steps: Sequence[Step]
    label: str = ""


@dataclass(frozen=True, slots=True)
class StepChart:
    """How values changed over time. `today_on` is marked, and the lines reach at least that far."""

    title: str
    lines: Sequence[StepLine]
    kind: Literal["amount", "percent", "count"]
    today_on: date


@dataclass(frozen=True, slots=True)
class StackBar:
    """One bar: its parts in the order of the chart's series, whole and not below zero."""

    label: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class StackChart:
    """Bars in up to three parts: what is done, what has begun or waits, what lacks. The same stands in a table."""

    title: str
    series: Sequence[str]
    bars: Sequence[StackBar]
    kind: Literal["amount", "count"]


@dataclass(frozen=True, slots=True)
class RankRow:
    """Cells in the order of the columns; ``weight`` is how long the bar under the first one is."""

    cells: Sequence[Value]
    weight: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """A table whose rows carry a bar each, so that it is the picture as well."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[RankRow]


@dataclass(frozen=True, slots=True)
class MembershipCard:
    name: str
    kpj: str
    programmes: Sequence[str]
    status: str
    kind: Kind
    since_on: date | None = None
    until_on: date | None = None
    qr_image: str = ""
    """Address or `data:image/...` of the signed code on the back."""


@dataclass(frozen=True, slots=True)
class BillCard:
    title: str
    amount_rupiah: int
    due_on: date
    status: str
    kind: Kind
    virtual_account: str = ""
    bank: str = ""
    url: str = ""
