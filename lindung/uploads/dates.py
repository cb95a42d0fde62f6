"""Reading columns of dates however they were typed: always day first where both are possible, and never a guess.

The plain forms are read as columns. What is left is read text by text, each different text once.
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import polars as pl

from lindung.uploads.cleaning import EXCEL_EPOCH, MONTH_NAMES
from lindung.uploads.findings import FoundFaults

_PLAIN: Final = r"^[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}$"
_PLAIN_YEAR_FIRST: Final = r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$"
_MIDNIGHT: Final = r"[ T]00:00(?::00(?:\.0+)?)?$"
_EMPTY: Final = r"^[-\s.]*$"
_YEARS: Final = range(1850, 2200)
# The years that Hijri and Buddhist calendars have in our time.
_OTHER_CALENDARS: Final = (range(1300, 1500), range(2400, 2700))
_PIVOT_YEARS: Final = 20

_TIME = re.compile(r"[ t]+\d{1,2}[:.]\d{2}.*$")
_WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)[ ,]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})[-/. ,]*([a-z]+)[-/. ,]*(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([a-z]+)[. ]+(\d{1,2})[ ,]+(\d{4})")
_SOLID = re.compile(r"\d{8}")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")

Fault = Literal["date_unreadable", "date_no_such_day", "date_other_calendar", "date_incomplete"]


@dataclass(frozen=True, slots=True)
class ReadDate:
    """One text read. ``doubtful``: it was taken for a date that another reader might take for another.

    ``day`` and ``first_on`` (of the month) are there when the month has no such day, ``year`` when only that is told.
    """

    on: date | None = None
    fault: Fault | None = None
    doubtful: bool = False
    day: int | None = None
    first_on: date | None = None
    year: int | None = None


_UNREADABLE = ReadDate(fault="date_unreadable")
_SCHEMA = {
    "on": pl.Date,
    "fault": pl.String,
    "doubtful": pl.Boolean,
    "day": pl.Int64,
    "first_on": pl.Date,
    "year": pl.Int64,
}


def read_dates(column: pl.Series, *, today: date, past: bool) -> pl.DataFrame:
    """The columns of ``ReadDate`` for a column of texts; an empty cell has no date and no fault.

    ``past``: two digits of a year mean one that has begun, as for a birth; otherwise one within 20 years to come.
    """
    text = pl.col("text")
    frame = pl.DataFrame({"text": column}).select(
        text.str.strip_chars(" '’`\u00a0\t").str.replace_all(r"[/.]", "-").str.replace(_MIDNIGHT, ""), given=text
    )
    quick = pl.coalesce(
        pl.when(text.str.contains(_PLAIN)).then(text.str.to_date("%d-%m-%Y", strict=False)),
        pl.when(text.str.contains(_PLAIN_YEAR_FIRST)).then(text.str.to_date("%Y-%m-%d", strict=False)),
    )
    quick = pl.when(quick.dt.year().is_between(_YEARS.start, _YEARS.stop - 1)).then(quick)
    frame = frame.with_columns(on=quick)
    rest = frame.filter(pl.col("on").is_null() & ~text.str.contains(_EMPTY))
    if rest.is_empty():
        return frame.select("on", *(pl.lit(None, kind).alias(name) for name, kind in _SCHEMA.items() if name != "on"))
    texts = rest["given"].unique()
    read = [read_date(given, today=today, past=past) for given in texts]
    table = pl.DataFrame({name: [getattr(one, name) for one in read] for name in _SCHEMA}, schema=_SCHEMA)
    joined = frame.join(table.with_columns(texts.alias("given")), on="given", how="left", maintain_order="left")
    return joined.select(pl.coalesce("on", "on_right").alias("on"), *(name for name in _SCHEMA if name != "on"))


def read_date(text: str, *, today: date, past: bool) -> ReadDate:
    """One text: ``02/03/90``, ``2 Maret 1990``, ``1990-3-2``, ``02031990``, a spreadsheet's day number, ..."""
    plain = unicodedata.normalize("NFKC", text).strip(" '’`\t").lower()
    plain = _WEEKDAY.sub("", _TIME.sub("", plain))
    if match := _SERIAL.fullmatch(plain):
        return ReadDate(EXCEL_EPOCH + timedelta(days=int(match[1])), doubtful=True)
    if _SOLID.fullmatch(plain):
        year_first = int(plain[:4]) in range(1900, 2100) and int(plain[4:6]) <= 12
        parts = (plain[6:], plain[4:6], plain[:4]) if year_first else (plain[:2], plain[2:4], plain[4:])
    elif match := _DAY_FIRST.fullmatch(plain):
        parts = (match[1], match[2], match[3])
    elif match := _YEAR_FIRST.fullmatch(plain):
        parts = (match[3], match[2], match[1])
    elif match := _NAMED.fullmatch(plain):
        parts = (match[1], str(MONTH_NAMES.get(match[2], 99)), match[3])
    elif match := _NAMED_FIRST.fullmatch(plain):
        parts = (match[2], str(MONTH_NAMES.get(match[1], 99)), match[3])
    else:
        return _UNREADABLE
    return _dated(*parts, today=today, past=past)


def _dated(day_text: str, month_text: str, year_text: str, *, today: date, past: bool) -> ReadDate:
    day, month, year = int(day_text), int(month_text), int(year_text)
    short = len(year_text) == 2
    if short:
        year += 2000 if year <= today.year % 100 + (0 if past else _PIVOT_YEARS) else 1900
    if any(year in years for years in _OTHER_CALENDARS):
        return ReadDate(fault="date_other_calendar")
    if year not in _YEARS:
        return _UNREADABLE
    if day == 0:
        return ReadDate(fault="date_incomplete", year=year)
    american = month > 12 >= day and month != 99
    if american:
        day, month = month, day
    if not (1 <= month <= 12 and day <= 31):
        return _UNREADABLE
    if day > calendar.monthrange(year, month)[1]:
        return ReadDate(fault="date_no_such_day", day=day, first_on=date(year, month, 1))
    return ReadDate(date(year, month, day), doubtful=short or american)


def bad_dates(found: FoundFaults, rows: pl.DataFrame, field: str, *, needed: bool) -> None:
    """Dates that are missing where they are needed, cannot be, or were read in a way that should be looked at.

    ``rows`` has ``row_no`` and the columns of ``ReadDate``.
    """
    fault = pl.col("fault")
    if needed:
        found.add(rows.filter(pl.col("on").is_null() & fault.is_null()), "date_missing", field)
    for code in ("date_unreadable", "date_other_calendar", "date_incomplete"):
        found.add(rows.filter(fault == code), code, field)
    month = pl.col("first_on").dt.to_string("%Y-%m-%d")
    found.add(rows.filter(fault == "date_no_such_day"), "date_no_such_day", field, month=month, day=pl.col("day"))
    read_on = pl.col("on").dt.to_string("%Y-%m-%d")
    found.add(rows.filter("doubtful"), "date_read_as", field, read_on=read_on)
