"""What can be wrong with a row that corrects a billed wage. Each function looks at one thing, for all rows at once."""

from datetime import date
from typing import Final

import polars as pl

from lindung.contributions import money_queries
from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.uploads.findings import FoundFaults
from lindung.uploads.kinds.file_faults import twins
from lindung.uploads.kinds.wage_faults import SHARP_FALL, SHARP_RISE

NOBODY_LEFT: Final = pl.DataFrame(schema={"row_no": pl.UInt32, "left_on": pl.Date})
_NOT_TOLD: Final = ["wage_missing"]
_NO_BACK_PAY: Final = ["wage_missing", "wage_zero"]


def wrong_month(found: FoundFaults, amounts: pl.DataFrame, employer_id: int) -> list[date]:
    """Rows whose month is not told, no month, not billed yet, or not to be corrected now. Gives the others' months."""
    period, text = pl.col("period"), pl.col("period_text").str.strip_chars()
    silent = text.is_null() | (text == "")
    found.add(amounts.filter(silent), "month_missing")
    found.add(amounts.filter(~silent & period.is_null()), "month_unreadable")
    named = amounts["period"].drop_nulls().unique().sort().to_list()
    waits = money_queries.months_to_correct(employer_id=employer_id, periods=named)
    month = period.dt.to_string("%Y-%m-%d")
    found.add(amounts.filter(period.is_in([m for m in named if m not in waits])), "month_not_billed", month=month)
    found.add(amounts.filter(period.is_in([m for m in named if waits.get(m)])), "month_partly_paid", month=month)
    return [month for month in named if waits.get(month) is False]


def worker_month_twice(found: FoundFaults, rows: pl.DataFrame) -> None:
    """Rows about one person's one month; each names another."""
    known = rows.filter(pl.col("person_id").is_not_null())
    found.add(twins(known, "person_id", "period"), "same_worker_month", other_row=pl.col("other_row"))


def right_wages(found: FoundFaults, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with ``wage_rupiah``: the month's wage as it should be, 0 for no work, null where none can be told.

    Either the wage is told, or what was paid for the month later. A rise or fall like a slip is asked about.
    """
    wage, back, before = pl.col("told_rupiah"), pl.col("back_rupiah"), pl.col("before_rupiah")
    has_wage = ~pl.col("wage_fault").is_in(_NOT_TOLD).fill_null(value=False)
    has_back = ~pl.col("back_fault").is_in(_NO_BACK_PAY).fill_null(value=False)
    known = pl.col("person_id").is_not_null()
    found.add(rows.filter(has_wage & has_back), "wage_and_back_pay")
    bad_wage = rows.filter(has_wage & pl.col("wage_fault").is_not_null() & (pl.col("wage_fault") != "wage_zero"))
    for code in bad_wage["wage_fault"].unique(maintain_order=True):
        found.add(bad_wage.filter(pl.col("wage_fault") == code), code)
    found.add(rows.filter(has_back & pl.col("back_fault").is_not_null()), "back_pay_unreadable")
    found.add(rows.filter(known & back.is_not_null() & ~has_wage & (before == 0)), "back_pay_without_wage")
    rows = rows.with_columns(
        wage_rupiah=pl.when(has_wage & has_back)
        .then(None)
        .when(has_wage)
        .then(pl.when(pl.col("wage_fault") == "wage_zero").then(0).otherwise(wage))
        .otherwise(before + back)
    )
    right = pl.col("wage_rupiah")
    found.add(rows.filter(right > MOST_WAGE_RUPIAH), "wage_too_large", "back_pay")
    _ask_about_slips(found, rows.filter(known & right.is_not_null() & (before > 0)))
    return rows


def _ask_about_slips(found: FoundFaults, rows: pl.DataFrame) -> None:
    right, before = pl.col("wage_rupiah"), pl.col("before_rupiah")
    told = {"month": pl.col("period").dt.to_string("%Y-%m-%d"), "before_rupiah": before, "after_rupiah": right}
    found.add(rows.filter(right >= SHARP_RISE * before), "right_wage_rises", **told)
    found.add(rows.filter((right > 0) & (right * SHARP_FALL <= before)), "right_wage_falls", **told)
    found.add(rows.filter(right == 0), "wage_withdrawn", month=told["month"])
