"""What can be wrong with a list of a project's wages, and who is who beside the list before. For all rows at once."""

from datetime import date
from typing import Final

import polars as pl

from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.uploads.cleaning import digits, plain_name
from lindung.uploads.findings import FoundFaults
from lindung.uploads.kinds.file_faults import twins
from lindung.uploads.kinds.wage_faults import SHARP_FALL, SHARP_RISE

KINDS: Final = ("joined", "raised", "lowered", "unchanged")
"""A worker beside the list before. ``joined``: not in it."""
_NOT_TOLD: Final = "wage_missing"
_SHOWN_FIRST: Final = {kind: place for place, kind in enumerate(KINDS)}


def wrong_project(found: FoundFaults, fields: pl.DataFrame, number: str) -> None:
    """A number of a project that is not this one's."""
    told = fields.select("row_no", told=digits(fields["project"]))
    found.add(told.filter(pl.col("told").str.to_uppercase() != number), "other_project")


def with_remembered_niks(found: FoundFaults, rows: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """The rows with ``plain`` (the name for comparing) and the NIK of whoever has that name in the list before.

    Only where nothing is written as NIK, the name is there once in either list, and no other row has that NIK.
    """
    rows = rows.with_columns(plain=plain_name(rows["name"]))
    known = before.with_columns(plain=plain_name(before["name"])).filter(pl.col("plain").is_unique())
    known = known.filter(pl.col("nik").is_not_null() & ~pl.col("nik").is_in(rows["nik"].drop_nulls().implode()))
    silent = (pl.col("nik_fault") == "nik_missing") & pl.col("plain").is_unique() & pl.col("plain").is_not_null()
    rows = rows.join(known.select("plain", remembered="nik"), on="plain", how="left", maintain_order="left")
    rows = rows.with_columns(remembered=pl.when(silent).then("remembered"))
    found.add(rows.filter(pl.col("remembered").is_not_null()), "nik_remembered")
    rows = rows.with_columns(nik=pl.coalesce("nik", "remembered"))
    found.add(rows.filter(pl.col("nik").is_null() & (pl.col("nik_fault") == "nik_missing")), "no_nik")
    return rows


def same_people(found: FoundFaults, rows: pl.DataFrame) -> None:
    """One NIK twice, or one name twice where a NIK is missing that would tell them apart."""
    told = rows.filter(pl.col("nik").is_not_null())
    found.add(twins(told, "nik"), "same_nik", other_row=pl.col("other_row"))
    named = twins(rows.filter(pl.col("plain").is_not_null()), "plain")
    found.add(named.filter(pl.col("nik").is_null()), "same_name_no_nik", other_row=pl.col("other_row"))


def with_wages(found: FoundFaults, rows: pl.DataFrame, days: int) -> pl.DataFrame:
    """The rows with ``wage_rupiah``: the wage of the month as told, or ``days`` times that of a day; null: neither."""
    has_month, has_day = (~pl.col(f"{name}_fault").eq(_NOT_TOLD).fill_null(value=False) for name in ("month", "day"))
    found.add(rows.filter(has_month & has_day), "wage_and_day_wage")
    found.add(rows.filter(~has_month & ~has_day), _NOT_TOLD)
    for name, field, there in (("month", "wage", has_month), ("day", "day_wage", has_day)):
        wrong = rows.filter(there & pl.col(f"{name}_fault").is_not_null())
        for code in wrong[f"{name}_fault"].unique(maintain_order=True):
            found.add(wrong.filter(pl.col(f"{name}_fault") == code), code, field)
    by_day = pl.col("day_rupiah") * days
    found.add(rows.filter(by_day > MOST_WAGE_RUPIAH), "wage_too_large", "day_wage")
    both = has_month & has_day
    return rows.with_columns(wage_rupiah=pl.when(~both).then(pl.coalesce("month_rupiah", by_day)))


def beside_before(rows: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """The rows with ``before_rupiah`` (null: not in the list before) and ``kind``: told by NIK, else by name."""
    told = before.with_columns(plain=plain_name(before["name"]))
    by_nik = told.filter(pl.col("nik").is_not_null()).select("nik", by_nik="wage_rupiah")
    by_name = told.filter(pl.col("nik").is_null() & pl.col("plain").is_unique()).select("plain", by_name="wage_rupiah")
    rows = rows.join(by_nik, on="nik", how="left", maintain_order="left")
    rows = rows.join(by_name, on="plain", how="left", maintain_order="left")
    rows = rows.with_columns(before_rupiah=pl.coalesce("by_nik", "by_name"))
    wage, was = pl.col("wage_rupiah"), pl.col("before_rupiah")
    kind = pl.when(was.is_null()).then(pl.lit("joined")).when(wage > was).then(pl.lit("raised"))
    return rows.with_columns(kind=kind.when(wage < was).then(pl.lit("lowered")).otherwise(pl.lit("unchanged")))


def gone(accepted: pl.DataFrame, before: pl.DataFrame) -> int:
    """How many of the list before are not in this one."""
    return max(0, before.height - accepted["before_rupiah"].count())


def sharp_wages(found: FoundFaults, rows: pl.DataFrame, period: date) -> None:
    """Wages that rose or fell as if a nought was put in or left out."""
    wage, before = pl.col("wage_rupiah"), pl.col("before_rupiah")
    told = {"month": pl.lit(period.isoformat()), "before_rupiah": before, "after_rupiah": wage}
    found.add(rows.filter(wage >= SHARP_RISE * before), "right_wage_rises", **told)
    found.add(rows.filter(wage * SHARP_FALL <= before), "right_wage_falls", **told)


def preview(accepted: pl.DataFrame) -> pl.DataFrame:
    """The rows for showing, whoever is new or has another wage first; of a NIK its end alone."""
    place = pl.col("kind").replace_strict(_SHOWN_FIRST, return_dtype=pl.Int8)
    return accepted.sort(place, "row_no").select(
        pl.col("row_no").cast(pl.UInt32),
        kind="kind",
        name="name",
        kpj=pl.lit(None, pl.String),
        employee_no=pl.col("nik").str.slice(-4),
        on=pl.lit(None, pl.Date),
        wage_rupiah="wage_rupiah",
        detail=pl.lit(None, pl.String),
        before_rupiah="before_rupiah",
    )
