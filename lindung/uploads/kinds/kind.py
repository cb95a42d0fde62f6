"""What every kind of file must answer. Each is a module of this folder, and ``kinds.KINDS`` lists them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

import polars as pl

from lindung.access.trail import Actor
from lindung.registry.queries import EmployerFacts
from lindung.uploads.findings import Findings
from lindung.uploads.layouts import Layout
from lindung.uploads.progress import Meter, Step
from lindung.uploads.sheet import Sheet


@dataclass(frozen=True, eq=False)
class Checked:
    """``summary`` holds counts and totals and nobody's data; ``rows`` are the columns that would be booked.

    Every summary has ``rows``, ``errors``, ``rows_with_errors``, ``warnings``, ``codes`` and ``workers``: how many rows
    would be booked.
    """

    summary: dict[str, Any]
    findings: Findings
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Order:
    """A confirmed file: who sent it for whom, and the summary of its check."""

    actor: Actor
    employer_id: int
    period: date
    upload_id: int
    summary: Mapping[str, Any]
    now: datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """What a booking made; ``told`` goes into the summary."""

    bill_id: int | None = None
    told: Mapping[str, int] = field(default_factory=dict)


class AmountsDiffer(Exception):
    """What was booked came to another sum than was confirmed, though its facts were the same: nothing is booked."""


class Kind(Protocol):
    """One kind of file: its columns, its checks, and the service it calls."""

    @property
    def LAYOUT(self) -> Layout:
        """The columns; ``LAYOUT.kind`` is the code that is stored."""

    @property
    def CHECKING(self) -> tuple[Step, ...]:
        """The steps of a check, as the page that waits shows them."""

    @property
    def BOOKING(self) -> tuple[Step, ...]: ...

    @property
    def IN_PARTS(self) -> bool:
        """Whether the rows without errors may be booked while the others are mended, or left out of the month."""

    @property
    def ONE_A_MONTH(self) -> bool:
        """Whether one such file is booked for a month: then the last one that was checked takes the others' place."""

    def refuse_month(self, *, employer: EmployerFacts, period: date, today: date) -> None:
        """Raise ``Refused`` for a month in which such a file cannot be sent, whatever it says."""

    def month_facts(self, *, employer: EmployerFacts, period: date, today: date) -> Any:
        """What such a file is compared with: asked of the database while the child reads the file."""

    def file_rows(self, sheet: Sheet) -> Any:
        """The sheet's fields cleaned: all that needs no database, done in a thread without one."""

    def check(self, file: Any, *, facts: Any, meter: Meter) -> Checked:
        """Every fault of the file at once. Writes nothing. Raises ``Refused``."""

    def facts_changed(self, order: Order, rows: pl.DataFrame) -> bool:
        """Whether what the check looked at is no longer so: then the file is checked again."""

    def book(self, order: Order, rows: pl.DataFrame, meter: Meter) -> Booked:
        """Hand the rows over, inside the caller's transaction. Raises ``Refused``, and then nothing was done."""

    def template(self, *, employer: EmployerFacts, period: date) -> bytes:
        """The form to fill in, as .xlsx."""
