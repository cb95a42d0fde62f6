"""What the forms for new workers have in common: their columns cleaned, their days of work, and the rows proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from lindung.registry.queries import EmployerFacts
from lindung.registry.services import propose_workers
from lindung.uploads.choices import CONTRACT, read_choices
from lindung.uploads.cleaning import tidy, wages
from lindung.uploads.dates import bad_dates, read_dates
from lindung.uploads.findings import FoundFaults
from lindung.uploads.kinds import file_faults
from lindung.uploads.kinds.file_faults import twins
from lindung.uploads.kinds.kind import Booked, Order
from lindung.uploads.progress import Meter
from lindung.uploads.sheet import Sheet

LEAST_AGE_YEARS: Final = 15
_GREAT_AGE_YEARS: Final = 100
_MOST_DAYS_AHEAD: Final = 31
_SMALL_WAGE_RUPIAH: Final = 500_000
_LARGE_WAGE_RUPIAH: Final = 500_000_000
_ONE_DAY: Final = timedelta(days=1)
_LONGEST: Final[Mapping[str, int]] = {"employee_no": 40, "location": 80}


@dataclass(frozen=True)
class FirmFacts:
    """Whose file it is, its month, and the day on which it is looked at."""

    employer: EmployerFacts
    period: date
    today: date


@dataclass(frozen=True, eq=False)
class WorkerFile:
    """A sheet, its fields as texts, and what was read in them; ``rows`` has one row per row of the file."""

    sheet: Sheet
    fields: pl.DataFrame
    rows: pl.DataFrame


def shared_columns(fields: pl.DataFrame) -> pl.DataFrame:
    """What both forms tell of the work: ``employee_no``, ``location``, ``contract``, ``wage_rupiah``, and faults."""
    contract = read_choices(fields["contract"], CONTRACT)
    wage = wages(fields["wage"])
    return fields.select(
        "row_no",
        employee_no=tidy(fields["employee_no"]),
        location=tidy(fields["location"]),
        contract=contract["choice"],
        contract_unread=contract["unread"],
        wage_rupiah=wage["wage_rupiah"],
        wage_fault=wage["code"],
    )


def with_work_days(found: FoundFaults, file: WorkerFile, *, today: date, birth_on: pl.DataFrame) -> pl.DataFrame:
    """The rows with ``birth_on``, ``from_on`` and ``last_on`` (of the contract, null without one), and their faults.

    ``birth_on`` is the birth dates as they were read.
    """
    row_no = file.fields["row_no"]
    starts = read_dates(file.fields["from_on"], today=today, past=False).insert_column(0, row_no)
    ends = read_dates(file.fields["contract_until_on"], today=today, past=False).insert_column(0, row_no)
    bad_dates(found, birth_on, "birth_on", needed=True)
    bad_dates(found, starts, "from_on", needed=True)
    bad_dates(found, ends, "contract_until_on", needed=False)
    rows = file.rows.with_columns(
        birth_on["on"].alias("birth_on"), starts["on"].alias("from_on"), ends["on"].alias("last_on")
    )
    _ages(found, rows, today)
    _starts(found, rows, today)
    _contracts(found, rows, today)
    return rows


def _ages(found: FoundFaults, rows: pl.DataFrame, today: date) -> None:
    born, start = pl.col("birth_on"), pl.col("from_on")
    found.add(rows.filter(born > today), "birth_future")
    past = rows.filter(born <= today)
    old_enough = born.dt.offset_by(f"{LEAST_AGE_YEARS}y")
    first = pl.coalesce(start, pl.lit(today))
    found.add(past.filter(old_enough > first), "child", from_on=_text(first))
    found.add(past.filter(born.dt.offset_by(f"{_GREAT_AGE_YEARS}y") < today), "birth_long_ago")


def _starts(found: FoundFaults, rows: pl.DataFrame, today: date) -> None:
    start = pl.col("from_on")
    far = today + timedelta(days=_MOST_DAYS_AHEAD)
    found.add(rows.filter(start > far), "starts_far_ahead", from_on=_text(start))
    found.add(rows.filter(start.is_between(today, far, closed="right")), "starts_later", from_on=_text(start))


def _contracts(found: FoundFaults, rows: pl.DataFrame, today: date) -> None:
    start, last = pl.col("from_on"), pl.col("last_on")
    fixed = pl.col("contract") == "PKWT"
    found.add(rows.filter(last < start), "contract_before_start", last_on=_text(last), from_on=_text(start))
    found.add(rows.filter(fixed & last.is_null()), "contract_end_missing")
    found.add(rows.filter((pl.col("contract") == "PKWTT") & last.is_not_null()), "contract_end_unneeded")
    found.add(rows.filter(fixed & (last >= start) & (last < today)), "contract_over", last_on=_text(last))


def _text(day: pl.Expr) -> pl.Expr:
    return day.dt.to_string("%Y-%m-%d")


def bad_work(found: FoundFaults, rows: pl.DataFrame, sheet: Sheet, *, needed: tuple[str, ...]) -> None:
    """Wages, kinds of contract and texts that cannot be. A choice in ``needed`` may not be empty if it has a column."""
    for code in rows["wage_fault"].drop_nulls().unique(maintain_order=True):
        found.add(rows.filter(pl.col("wage_fault") == code), code)
    wage = pl.col("wage_rupiah")
    found.add(rows.filter(wage < _SMALL_WAGE_RUPIAH), "wage_small", wage_rupiah=wage)
    found.add(rows.filter(wage > _LARGE_WAGE_RUPIAH), "wage_large", wage_rupiah=wage)
    bad_choices(found, rows, sheet, needed)
    too_long(found, rows, _LONGEST)
    numbered = rows.filter(pl.col("employee_no").is_not_null())
    found.add(twins(numbered, "employee_no"), "same_employee_no", other_row=pl.col("other_row"))


def bad_choices(found: FoundFaults, rows: pl.DataFrame, sheet: Sheet, needed: tuple[str, ...]) -> None:
    """Choices (a column and its ``..._unread``) that were not understood, or are missing where they are needed."""
    for name in needed:
        found.add(rows.filter(f"{name}_unread"), f"{name}_unread")
        if name in sheet.letters:
            found.add(rows.filter(pl.col(name).is_null() & ~pl.col(f"{name}_unread")), f"{name}_missing")


def too_long(found: FoundFaults, rows: pl.DataFrame, longest: Mapping[str, int]) -> None:
    for name, most in longest.items():
        found.add(rows.filter(pl.col(name).str.len_chars() > most), "too_long", name, most=pl.lit(most))


def missing_columns(found: FoundFaults, sheet: Sheet, headings: Mapping[str, str]) -> None:
    """Say once of the file which of these fields (each with its heading in our form) it has no column for."""
    missing = [heading for name, heading in headings.items() if name not in sheet.letters]
    if missing:
        found.add_cell(0, "columns_missing", headings=", ".join(missing))


def settled(found: FoundFaults, sheet: Sheet) -> None:
    """Add what the reader says of the file and its cells; a cell that it calls spoilt has no other fault."""
    found.silence_at(sheet.spoilt)
    found.add_places(sheet.spoilt)
    file_faults.about_the_file(found, sheet)


def contract_end() -> pl.Expr:
    """The day after a fixed term's last one; null for everybody else."""
    return pl.when(pl.col("contract") == "PKWT").then(pl.col("last_on") + _ONE_DAY)


def book(order: Order, rows: pl.DataFrame, meter: Meter) -> Booked:
    """Propose the rows to the registry: members work here at once, the others wait for the civil registry."""
    meter.move("enrolling", 0, rows.height)
    proposed = propose_workers(
        actor=order.actor, employer_id=order.employer_id, rows=rows, upload_id=order.upload_id, now=order.now
    )
    return Booked(told={"batch_id": proposed.batch_id, "waiting": proposed.waiting, "employed": proposed.employed})
