"""Reading and judging NIK columns: what can be told of a number by looking at it. Nothing here knows a person.

A NIK is province, regency, district (two digits each), day (a woman's plus 40), month and year of birth, and a serial
of four digits. It is for life, mistakes included: what merely contradicts the row is asked about, never refused.
"""

from datetime import date
from typing import Final

import polars as pl
from django.conf import settings

from lindung.registry.provinces import FICTITIOUS, province_codes
from lindung.uploads.cleaning import SCIENTIFIC, digits
from lindung.uploads.findings import FoundFaults

_KPJ_DIGITS: Final = 11
_PASSPORT: Final = r"^[A-Za-z]{1,2}[0-9]{5,8}$"
_EXAMPLES: Final = ["1234567890123456", "0123456789012345", "3201010101010001"]
_ALL_THE_SAME: Final = "^(?:" + "|".join(f"{digit}{{16}}" for digit in range(10)) + ")$"
# A spreadsheet keeps fifteen digits; other programs keep whole numbers up to here.
_MOST_EXACT: Final = "9007199254740992"
_WOMEN_DAYS: Final = 40
_A_CHILD_YEARS: Final = 15


def read_niks(column: pl.Series, is_number: pl.Series) -> pl.DataFrame:
    """``nik`` (16 digits, or null), ``nik_fault`` (why not), ``nik_written`` (cleaned), ``nik_meant`` (no letters).

    ``is_number`` marks the cells that a spreadsheet holds as numbers, whose last digits may be gone.
    """
    written = pl.col("nik_written")
    frame = pl.DataFrame({"nik_written": digits(column), "is_number": is_number})
    frame = frame.with_columns(nik_meant=written.str.replace_all("[Oo]", "0").str.replace_all("[lI|]", "1"))
    count = written.str.len_chars()
    lost = written.str.contains(SCIENTIFIC) | (
        pl.col("is_number")
        & (written.str.contains(r"^[0-9]{15}0$|^[0-9]{17,}$") | ((count == 16) & (written > _MOST_EXACT)))
    )
    day, month = _number(6), _number(8)
    codes = [*province_codes(), *([] if settings.PRODUCTION else [FICTITIOUS])]
    rules = [
        ("nik_missing", written.is_null()),
        ("nik_retype", lost),
        ("passport", written.str.contains(_PASSPORT)),
        ("nik_letters", ~written.str.contains("^[0-9]*$") & pl.col("nik_meant").str.contains("^[0-9]{16}$")),
        ("nik_not_number", ~written.str.contains("^[0-9]*$")),
        ("nik_is_kpj", count == _KPJ_DIGITS),
        ("nik_length", count != 16),
        ("nik_example", written.is_in(_EXAMPLES) | written.str.contains(_ALL_THE_SAME)),
        ("nik_unknown", written.str.ends_with("0000")),
        ("nik_province", ~written.str.slice(0, 2).is_in(codes)),
        ("nik_day", ~(day.is_between(1, 31) | day.is_between(1 + _WOMEN_DAYS, 31 + _WOMEN_DAYS))),
        ("nik_month", ~month.is_between(1, 12)),
    ]
    fault = pl.coalesce([pl.when(rule).then(pl.lit(code)) for code, rule in rules])
    return frame.with_columns(nik_fault=fault).select(
        "nik_written", "nik_meant", "nik_fault", nik=pl.when(pl.col("nik_fault").is_null()).then(written)
    )


def _number(start: int, column: str = "nik_written") -> pl.Expr:
    """Two digits of a NIK as a number; null where there are none."""
    return pl.col(column).str.slice(start, 2).cast(pl.Int32, strict=False)


def unusable_niks(found: FoundFaults, rows: pl.DataFrame) -> None:
    """Numbers that no NIK can be, each by its own reason. ``rows`` has the columns of ``read_niks``."""
    at_fault = rows.filter(pl.col("nik_fault").is_not_null())
    for code in at_fault["nik_fault"].unique(maintain_order=True):
        params = {}
        if code == "nik_letters":
            params = {"meant": pl.col("nik_meant")}
        elif code == "nik_length":
            params = {"count": pl.col("nik_written").str.len_chars()}
        found.add(at_fault.filter(pl.col("nik_fault") == code), code, **params)


def odd_niks(found: FoundFaults, rows: pl.DataFrame, *, today: date) -> None:
    """NIKs that may be right and look strange beside the row: ``nik``, ``sex`` and ``birth_on``, each may be null."""
    day, month, year = _number(6, "nik"), _number(8, "nik"), _number(10, "nik")
    told = rows.filter(pl.col("nik").is_not_null()).with_columns(
        day=pl.when(day > _WOMEN_DAYS).then(day - _WOMEN_DAYS).otherwise(day),
        month=month,
        year=year,
        nik_sex=pl.when(day > _WOMEN_DAYS).then(pl.lit("P")).otherwise(pl.lit("L")),
    )
    february = pl.when(pl.col("year") % 4 == 0).then(29).otherwise(28)
    last = (
        pl.when(pl.col("month") == 2).then(february).when(pl.col("month").is_in([4, 6, 9, 11])).then(30).otherwise(31)
    )
    found.add(told.filter(pl.col("day") > last), "nik_day_rare")
    found.add(told.filter(pl.col("nik").str.contains("^..(?:00|..00)")), "nik_district")
    found.add(told.filter(pl.col("nik_sex") != pl.col("sex")), "nik_sex_differs")
    birth = pl.col("birth_on")
    told = told.with_columns(
        same_day=pl.col("day") == birth.dt.day(),
        same_month=pl.col("month") == birth.dt.month(),
        same_year=pl.col("year") == birth.dt.year() % 100,
    )
    unlike = told.filter(~(pl.col("same_day") & pl.col("same_month") & pl.col("same_year")))
    # A family card's number has the same form, with the day on which the card was made.
    made = 2000 + pl.col("year")
    nothing_alike = ~(pl.col("same_day") | pl.col("same_month") | pl.col("same_year"))
    card = nothing_alike & (pl.col("nik_sex") == "L") & made.is_between(birth.dt.year() + _A_CHILD_YEARS, today.year)
    found.add(unlike.filter(card), "nik_is_family_card")
    found.add(unlike.filter(~card), "nik_birth_differs")


def birth_in_nik(year: pl.Expr) -> pl.Expr:
    """The birth date that ``nik`` says for a ``year`` known from elsewhere; null if it says another year or no date."""
    day = pl.when(_number(6, "nik") > _WOMEN_DAYS).then(_number(6, "nik") - _WOMEN_DAYS).otherwise(_number(6, "nik"))
    parts = [year, _number(8, "nik"), day]
    text = pl.concat_str([part.cast(pl.String) for part in parts], separator="-")
    return pl.when(_number(10, "nik") == year % 100).then(text.str.to_date("%Y-%m-%d", strict=False))
