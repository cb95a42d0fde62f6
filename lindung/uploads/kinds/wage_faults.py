"""What can be wrong with the rows of a wage report. Each function looks at one thing, for all rows at once."""

import re
from datetime import date, timedelta
from typing import Final

import polars as pl

from lindung.registry.queries import EmployerFacts
from lindung.uploads.cleaning import birth_dates, month_of, plain_name, tidy, wages
from lindung.uploads.findings import FoundFaults
from lindung.uploads.kinds.file_faults import twins
from lindung.uploads.sheet import Sheet

SHARP_RISE: Final = 5
SHARP_FALL: Final = 2
"""A wage that is so many times last month's or more, or that part of it or less, is asked about by itself (B-089)."""

_TITLES = ["H", "HJ", "DR", "DRS", "DRA", "IR", "PROF", "SE", "SH", "ST", "MM", "SKOM", "SPD", "SSOS", "AMD"]


def wrong_worker(found: FoundFaults, matched: pl.DataFrame, leavers: pl.DataFrame) -> None:
    """Rows whose worker cannot be told, is nobody here, is told in two ways, or comes twice.

    ``leavers``: ``row_no`` and ``left_on`` (the first day no longer worked) of rows about people who left before.
    """
    nobody = pl.col("worker").is_null()
    silent = pl.all_horizontal(pl.col("kpj", "nik", "employee_no", "worker_code").is_null())
    left = pl.col("row_no").is_in(leavers["row_no"].implode())
    found.add(matched.filter(silent), "no_identifier")
    for code in ("nik_form", "nik_lost_digit"):
        at_fault = matched.filter(pl.col("nik_fault") == code)
        found.add(at_fault.filter(nobody & ~left), code)
        found.add(at_fault.filter(~nobody), f"{code}_passed")
    found.add(matched.filter(nobody & ~silent & ~left & pl.col("nik_fault").is_null()), "not_your_worker")
    found.add(
        leavers.select("row_no", last_on=(pl.col("left_on") - timedelta(days=1)).dt.to_string("%Y-%m-%d")),
        "left_before",
        left_on=pl.col("last_on"),
    )
    found.add(matched.filter("differ"), "kpj_nik_differ", kpj=pl.col("kpj").fill_null("–"), nik=pl.col("nik"))
    found.add(matched.filter(~nobody & pl.col("kpj").is_not_null() & (pl.col("by") != "kpj")), "kpj_not_used")


def same_worker_twice(found: FoundFaults, rows: pl.DataFrame) -> None:
    """Rows about one and the same person; each names another."""
    twice = rows.filter(pl.col("person_id").is_not_null())
    found.add(twins(twice, "person_id"), "same_worker", other_row=pl.col("other_row"))


def wrong_month(found: FoundFaults, fields: pl.DataFrame, period: date) -> None:
    """BLTH: it is the same in nearly all rows, so what is read is each distinct text."""
    months = {text: month_of(text) for text in _distinct(fields["period"])}
    for text, month in months.items():
        if month != period:
            rows = fields.filter(pl.col("period") == text)
            if month is None:
                found.add(rows, "month_unreadable")
            else:
                found.add(rows, "other_month", month=pl.lit(month.isoformat()))


def wrong_firm(found: FoundFaults, fields: pl.DataFrame, employer: EmployerFacts) -> None:
    """NPP, read like BLTH."""
    wrong = [text for text in _distinct(fields["npp"]) if not _same_number(text, employer.npp)]
    found.add(fields.filter(pl.col("npp").is_in(wrong)), "other_npp")


def back_pay(found: FoundFaults, fields: pl.DataFrame) -> pl.DataFrame:
    """RAPEL is no part of this month's wage: every amount is told, and none is billed. ``row_no``, ``back_rupiah``."""
    paid = fields.filter(~pl.col("back_pay").str.strip_chars().is_in(["", "0", "-"]))
    if paid.is_empty():
        return pl.DataFrame(schema={"row_no": pl.UInt32, "back_rupiah": pl.Int64})
    read = wages(paid["back_pay"]).rename({"wage_rupiah": "back_rupiah"})
    paid = (
        paid.select("row_no")
        .hstack(read)
        .filter(~pl.col("code").is_in(["wage_missing", "wage_zero"]).fill_null(value=False))
    )
    told = paid.filter(pl.col("code").is_null())
    found.add(told, "back_pay", amount_rupiah=pl.col("back_rupiah"))
    found.add(paid.filter(pl.col("code").is_not_null()), "back_pay_unreadable")
    return told.select(pl.col("row_no").cast(pl.UInt32), "back_rupiah")


def _distinct(texts: pl.Series) -> list[str]:
    return [text for text in texts.unique().drop_nulls() if text.strip()]


def _same_number(text: str, number: str) -> bool:
    def bare(value: str) -> str:
        return re.sub(r"[^0-9A-Z]", "", value.removesuffix(".0").upper()).lstrip("0")

    return bare(text) == bare(number)


def wrong_wage(found: FoundFaults, rows: pl.DataFrame, sheet: Sheet) -> None:
    """Wages that are missing, no number, not whole, or may mean two amounts; not where the cell itself was spoilt."""
    spoilt = [row for _, letter, row in sheet.spoilt if letter in ("", sheet.letters["wage"])]
    at_fault = rows.filter(pl.col("wage_fault").is_not_null() & ~pl.col("row_no").is_in(spoilt))
    for code in at_fault["wage_fault"].unique(maintain_order=True):
        found.add(at_fault.filter(pl.col("wage_fault") == code), code)


def unlike_the_registry(found: FoundFaults, rows: pl.DataFrame) -> None:
    """A name or birth date that is not the registered one: perhaps the row is about somebody else."""
    named = rows.filter(pl.col("registered").is_not_null() & (pl.col("name") != pl.col("registered")))
    if not named.is_empty():
        written, known = plain_name(tidy(named["name"]).fill_null("")), plain_name(named["registered"])
        named = named.with_columns(written=written, known=known)
        words = [pl.col(c).str.split(" ").list.set_difference(_TITLES).list.sort() for c in ("written", "known")]
        unlike = named.filter((pl.col("written") != "") & (words[0] != words[1]))
        found.add(unlike, "name_differs", registered=pl.col("registered"))
    day = pl.col("birth_on")
    born = rows.filter(
        day.is_not_null()
        & (pl.col("birth_text").str.strip_chars() != "")
        & (pl.col("birth_text") != day.dt.to_string("%d-%m-%Y"))
        & (pl.col("birth_text") != day.dt.to_string("%Y-%m-%d"))
    )
    if born.is_empty():
        return
    read = birth_dates(born["birth_text"]).rename({"birth_on": "read_on"})
    born = born.with_columns(read, registered_on=day.dt.to_string("%Y-%m-%d"))
    found.add(born.filter(pl.col("read_on").is_null() & pl.col("other_on").is_null()), "birth_unreadable")
    unlike = born.filter((pl.coalesce("read_on", "other_on") != day) & (pl.col("other_on").fill_null(date.min) != day))
    found.add(unlike, "birth_differs", registered_on=pl.col("registered_on"))


def sharp_wage(found: FoundFaults, rows: pl.DataFrame) -> None:
    """Wages that rose or fell as if a nought was put in or left out, or as if a whole shop went to half pay."""
    wage, before = pl.col("wage_rupiah"), pl.col("before_rupiah")
    amounts = {"before_rupiah": before, "after_rupiah": wage}
    found.add(rows.filter(wage >= SHARP_RISE * before), "wage_rose", **amounts)
    found.add(rows.filter(wage * SHARP_FALL <= before), "wage_fell", **amounts)
