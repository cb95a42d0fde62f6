"""The frozen values that component tags take. Amounts are whole rupiah; texts come already translated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["info", "good", "needs-you", "danger", "quiet"]
"""How a thing stands: shown as a shape beside a word."""

ValueKind = Literal["text", "amount", "number", "count", "percent", "date", "month"]
MonthState = Literal["paid", "late", "missing", "due", "none"]
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
    label: str
    kind: ValueKind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells in the order of the columns; the first cell names its row."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
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
    at: datetime
    what: str
    who: str = ""
    channel: str = ""


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
