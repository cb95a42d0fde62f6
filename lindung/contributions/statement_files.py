"""A bank's statement file read, whole or not at all. The format is described in ``partners/bank/README.md``.

Three kinds of records, fields parted by commas, no quotes: ``H`` (whose, which days, when made), ``D`` for every time
money was taken, ``T`` (how many, how much). What is cut, changed or made up does not fit its own last line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

import polars as pl

from lindung.law.money import MOST_DEBT_RUPIAH
from lindung.lib.clock import WIB
from lindung.lib.snap import parse_amount, parse_timestamp

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_LINES: Final = 100_000
MOST_DAYS: Final = 31
_MOST_FAULTS: Final = 20
_AHEAD: Final = timedelta(minutes=10)
_COLUMNS: Final = ("kind", "booked_at", "number", "amount", "currency", "reference", "journal_no", "channel")
_MOMENT: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$"
_AMOUNT: Final = r"^[0-9]{1,15}\.00$"

Code = Literal[
    "too_large",
    "not_text",
    "empty",
    "no_head",
    "other_bank",
    "bad_days",
    "too_many_days",
    "made_in_future",
    "cut",
    "wrong_count",
    "wrong_total",
    "too_many_lines",
    "quotes",
    "fields",
    "record",
    "moment",
    "other_day",
    "after_made",
    "number",
    "amount",
    "currency",
    "reference",
]


@dataclass(frozen=True, slots=True)
class StatementFault:
    """What is wrong in which line (counted from 1; 0: the whole file); ``found`` is what stands there, cut short."""

    line: int
    code: Code
    found: str = ""


class StatementRefused(Exception):
    """The file cannot be taken; ``faults`` say why, at most twenty. Nothing of it was kept."""

    def __init__(self, faults: Sequence[StatementFault]) -> None:
        super().__init__(", ".join(f"line {fault.line}: {fault.code}" for fault in faults))
        self.faults = list(faults)[:_MOST_FAULTS]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose file it has to be: the bank's code and our company codes at it."""

    code: str
    service_codes: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A good file. ``lines``: ``booked_at`` (moment, UTC), ``number``, ``customer_no``, ``reference``, ``journal_no``,
    ``channel`` (texts), ``amount_rupiah`` (int64), ``place`` (int64: which of the lines that are equal in all, from 1).
    """

    from_on: date
    until_on: date
    made_at: datetime
    total_rupiah: int
    lines: pl.DataFrame


def read_statement(content: bytes, *, issuer: Issuer, now: datetime) -> Statement:
    """Read a file that came at ``now``. Raises ``StatementRefused``."""
    rows = _rows(content)
    from_on, until_on, made_at = _head(rows[0], issuer, now)
    count, total_rupiah = _foot(rows)
    body = rows[1:-1]
    if count != len(body):
        raise StatementRefused([StatementFault(len(rows), "wrong_count", f"{count} / {len(body)}")])
    lines = _lines(body, issuer, from_on, until_on, made_at)
    found_rupiah = int(lines["amount_rupiah"].sum())
    if found_rupiah != total_rupiah:
        raise StatementRefused([StatementFault(len(rows), "wrong_total", f"{total_rupiah} / {found_rupiah}")])
    return Statement(from_on, until_on, made_at, total_rupiah, lines)


def _rows(content: bytes) -> list[str]:
    if len(content) > MOST_BYTES:
        raise StatementRefused([StatementFault(0, "too_large")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StatementRefused([StatementFault(content[: error.start].count(b"\n") + 1, "not_text")]) from error
    if "\0" in text:
        raise StatementRefused([StatementFault(text[: text.index("\0")].count("\n") + 1, "not_text")])
    if '"' in text:
        raise StatementRefused([StatementFault(text[: text.index('"')].count("\n") + 1, "quotes")])
    rows = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if rows == [""]:
        raise StatementRefused([StatementFault(0, "empty")])
    if len(rows) > MOST_LINES + 2:
        raise StatementRefused([StatementFault(MOST_LINES + 2, "too_many_lines")])
    return rows


def _head(row: str, issuer: Issuer, now: datetime) -> tuple[date, date, datetime]:
    """The first day, the day after the last, and when it was made."""
    fields = row.split(",")
    if len(fields) != 6 or fields[0] != "H":
        raise StatementRefused([StatementFault(1, "no_head", _short(row))])
    _kind, code, service_code, first, last, made = fields
    if code != issuer.code or service_code not in issuer.service_codes:
        raise StatementRefused([StatementFault(1, "other_bank", _short(f"{code} {service_code}"))])
    try:
        from_on, last_on, made_at = date.fromisoformat(first), date.fromisoformat(last), parse_timestamp(made)
    except ValueError as error:
        raise StatementRefused([StatementFault(1, "bad_days", _short(f"{first} {last} {made}"))]) from error
    if made_at > now + _AHEAD:
        raise StatementRefused([StatementFault(1, "made_in_future", made)])
    if not from_on <= last_on <= made_at.astimezone(WIB).date():
        raise StatementRefused([StatementFault(1, "bad_days", _short(f"{first} {last} {made}"))])
    if (last_on - from_on).days >= MOST_DAYS:
        raise StatementRefused([StatementFault(1, "too_many_days", f"{first} {last}")])
    return from_on, last_on + timedelta(days=1), made_at


def _foot(rows: list[str]) -> tuple[int, int]:
    """How many lines and rupiah the file says it has. A file that was cut has no such line at its end."""
    found = re.fullmatch(r"T,(\d{1,7}),(\d{1,16}\.\d{2})", rows[-1], re.ASCII)
    if len(rows) < 2 or found is None:
        raise StatementRefused([StatementFault(len(rows), "cut", _short(rows[-1]))])
    try:
        return int(found[1]), parse_amount(found[2])
    except ValueError as error:
        raise StatementRefused([StatementFault(len(rows), "wrong_total", found[2])]) from error


def _lines(body: list[str], issuer: Issuer, from_on: date, until_on: date, made_at: datetime) -> pl.DataFrame:
    commas = pl.Series("row", body, dtype=pl.String).str.count_matches(",", literal=True)
    _refuse_where(commas != len(_COLUMNS) - 1, pl.Series(body, dtype=pl.String), "fields")
    cells = (
        pl.DataFrame({"row": pl.Series(body, dtype=pl.String)})
        .with_columns(pl.col("row").str.split_exact(",", len(_COLUMNS) - 1).struct.rename_fields(list(_COLUMNS)))
        .unnest("row")
        .with_columns(pl.col(name).fill_null("") for name in _COLUMNS)
    )
    _refuse_where(cells["kind"] != "D", cells["kind"], "record")
    moments = cells["booked_at"]
    booked_at = moments.str.to_datetime("%Y-%m-%dT%H:%M:%S%:z", strict=False, time_zone="UTC", time_unit="us")
    _refuse_where(~moments.str.contains(_MOMENT) | booked_at.is_null(), moments, "moment")
    start, end = (datetime.combine(day, time(0), WIB).astimezone(UTC) for day in (from_on, until_on))
    _refuse_where((booked_at < start) | (booked_at >= end), moments, "other_day")
    _refuse_where(booked_at > made_at.astimezone(UTC), moments, "after_made")
    codes = "|".join(map(re.escape, issuer.service_codes))
    _refuse_where(~cells["number"].str.contains(r"^[0-9]{0,28}$"), cells["number"], "number")
    _refuse_where(~cells["amount"].str.contains(_AMOUNT), cells["amount"], "amount")
    amount = cells["amount"].str.strip_suffix(".00").cast(pl.Int64)
    _refuse_where((amount < 1) | (amount > MOST_DEBT_RUPIAH), cells["amount"], "amount")
    _refuse_where(cells["currency"] != "IDR", cells["currency"], "currency")
    for name, most in (("reference", 128), ("journal_no", 64), ("channel", 8)):
        _refuse_where(~cells[name].str.contains(rf"^[!-~]{{0,{most}}}$"), cells[name], "reference")
    lines = cells.select(
        pl.lit(booked_at).alias("booked_at"),
        "number",
        pl.col("number").str.extract(rf"^(?:{codes})([0-9]{{13}})$").fill_null("").alias("customer_no"),
        pl.lit(amount).alias("amount_rupiah"),
        "reference",
        "journal_no",
        "channel",
    )
    return lines.with_columns((pl.int_range(pl.len(), dtype=pl.Int64).over(lines.columns) + 1).alias("place"))


def _refuse_where(wrong: pl.Series, found: pl.Series, code: Code) -> None:
    """Refuse the file when anything is wrong: the first of it by line; the head is line 1, so the body begins at 2."""
    places = wrong.fill_null(True).arg_true()
    if len(places):
        raise StatementRefused(
            [StatementFault(place + 2, code, _short(found[place])) for place in places.head(_MOST_FAULTS).to_list()]
        )


def _short(text: str) -> str:
    most = 40
    return text if len(text) <= most else f"{text[: most - 1]}…"
