"""From what people type into cells to values, column by column: digits, wages, months, names, dates.

Every function takes and gives columns; nothing here knows a person or the database.
"""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

import polars as pl

from lindung.law.money import MOST_WAGE_RUPIAH

_APOSTROPHES = "['’‘`´\"“”]"
_DIGITS_AND_BLANKS = r"^[0-9]*$"
_NOT_IN_NUMBERS = r"[\s.\-'’‘`´\"“”_/]"
_ARABIC_DIGITS = [chr(zero + number) for zero in (0x0660, 0x06F0) for number in range(10)]
_NOBODY = r"^(?:0+|(?i)n/?a|nihil|null|none|kosong|tidak ada|belum ada)$"
SCIENTIFIC: Final = r"^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+$"

EXCEL_EPOCH = date(1899, 12, 30)
MONTH_NAMES: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari february", "maret mar mrt march", "april apr", "mei may",
            "juni jun june", "juli jul july", "agustus agu ags agt aug august", "september sep sept",
            "oktober okt oct october", "november nov nopember nop", "desember des dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


def tidy(column: pl.Series) -> pl.Series:
    """Text with full-width and no-break forms made plain, outer blanks and apostrophes gone; null when empty."""
    return (
        column.str.normalize("NFKC")
        .str.replace_all(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", "")
        .str.replace_all(r"\s+", " ")
        .str.replace(f"^(?: |{_APOSTROPHES})+", "")
        .str.replace(f"(?: |{_APOSTROPHES})+$", "")
        .replace("", None)
    )


def digits(column: pl.Series) -> pl.Series:
    """A number that is a name (KPJ, NIK): ``'3273 0101-9000 0001`` as bare digits; what is no number stays as it is."""
    if column.str.contains(_DIGITS_AND_BLANKS).all():
        return column.replace("", None)
    plain = tidy(column)
    # 12345678901.0 is how a number that went through a calculation comes out: the point is no separator there.
    plain = plain.str.replace(r"^([0-9]{6,})\.0+$", "$1")
    scientific = plain.str.contains(SCIENTIFIC)
    bare = plain.str.replace_all(_NOT_IN_NUMBERS, "").str.replace_many(_ARABIC_DIGITS, list("01234567890123456789"))
    cleaned = pl.select(pl.when(scientific).then(plain).otherwise(bare)).to_series()
    nobody = cleaned.str.contains(_NOBODY) | plain.str.contains(_NOBODY)
    return pl.select(pl.when(~nobody & (cleaned != "")).then(cleaned)).to_series()


def plain_name(column: pl.Series) -> pl.Series:
    """A name by its letters alone, for comparing: upper case, no accents, no titles' dots, single blanks."""
    return (
        column.str.normalize("NFKD")
        .str.to_uppercase()
        .str.replace_all(r"\p{M}", "")
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
        .str.strip_chars()
    )


def wages(column: pl.Series) -> pl.DataFrame:
    """``wage_rupiah`` (i64, null where there is none) and ``code`` (the fault, null where there is none).

    Read the Indonesian way: ``4.500.000``, ``Rp 4.500.000,00``, ``4,5 jt``; also ``4,500,000``. A text that may mean
    two amounts (``4.500``, ``4,5``) is never guessed.
    """
    simple = column.str.contains(r"^[1-9][0-9]{0,11}$")
    if simple.all() and not column.null_count():
        return pl.select(wage_rupiah=column.cast(pl.Int64), code=pl.lit(None, pl.String))
    return _judged(_in_parts(pl.DataFrame({"text": _plain_amount(column)})))


_GROUPS_BY_BLANKS = r"^[0-9]{1,3}(?:[ '’][0-9]{3})+(?:[.,][0-9]{1,2})?$"
_INDONESIAN = r"^[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]{1,2})?$|^[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}$"
_ENGLISH = r"^[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]{1,2})?$|^[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}$"
# Four digits and more without a mark are no group, so that what follows a mark can only be a fraction; but three
# digits after it may be a group all the same.
_UNGROUPED = r"^[0-9]+$|^[0-9]{4,}[.,](?:[0-9]{1,2}|[0-9]{4,})$"
_TWO_MEANINGS = r"^[0-9]{1,3}[.,][0-9]+$|^[0-9]+[.,][0-9]{3}$"
_WITH_UNIT = r"^([0-9]{1,6})(?:[.,]([0-9]{1,6}))? ?(jt|juta|rb|ribu)\.?$"


def _plain_amount(column: pl.Series) -> pl.Series:
    """Without currency, ornaments and the blanks between groups; a minus of any kind as ``-`` in front."""
    text = column.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"[−–—]", "-")
    text = text.str.replace_all(r"[\s\u200b-\u200f\ufeff]+", " ").str.strip_chars(" '’‘`´\"“”")
    # Nothing but signs is an empty cell; "4.500.000,-" is how whole rupiah are written by hand.
    text = text.str.replace(r"^(?:rp\.? ?|idr ?)?[-. ]*$", "").str.replace(r"^(-?)(?:rp|idr)\.? ?", "$1")
    text = text.str.replace(r" ?(?:rp|idr|rupiah)$", "").str.replace(r"[,.]-+$", "")
    text = text.str.replace(r"^\((.*[0-9].*)\)$|^(.*[0-9]) ?-$", "-$1$2").str.replace(r"^0[0.,]*$", "0")
    ungrouped = pl.when(text.str.contains(_GROUPS_BY_BLANKS)).then(text.str.replace_all("[ '’]", ""))
    return pl.select(text=ungrouped.otherwise(text)).to_series()


def _in_parts(frame: pl.DataFrame) -> pl.DataFrame:
    """``text`` taken apart: ``whole`` and ``fraction`` as digits, ``unit`` in rupiah (1 without one)."""
    text = pl.col("text")
    parts = text.str.extract_groups(_WITH_UNIT)
    frame = frame.with_columns(
        unit_whole=parts.struct.field("1"), unit_fraction=parts.struct.field("2"), unit=parts.struct.field("3")
    )
    indonesian, english = text.str.contains(_INDONESIAN), text.str.contains(_ENGLISH)
    plain = (
        pl.when(indonesian)
        .then(text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True))
        .when(english)
        .then(text.str.replace_all(",", "", literal=True))
        .when(text.str.contains(_UNGROUPED))
        .then(text.str.replace(",", ".", literal=True))
    )
    frame = frame.with_columns(plain=plain)
    return frame.select(
        "text",
        unit=pl.when(pl.col("unit").is_in(["jt", "juta"]))
        .then(1_000_000)
        .when(pl.col("unit").is_not_null())
        .then(1_000)
        .otherwise(1),
        whole=pl.coalesce("unit_whole", pl.col("plain").str.extract(r"^0*([0-9]+)")),
        fraction=pl.coalesce("unit_fraction", pl.col("plain").str.extract(r"\.([0-9]+)$")).fill_null(""),
    )


def _judged(parts: pl.DataFrame) -> pl.DataFrame:
    """``wage_rupiah`` and ``code`` of amounts taken apart: exact, in whole numbers."""
    text, unit, fraction = pl.col("text"), pl.col("unit"), pl.col("fraction")
    whole = pl.col("whole").cast(pl.Int64, strict=False)
    millionths = fraction.str.pad_end(6, "0").cast(pl.Int64, strict=False) * unit
    is_plain = unit == 1
    judged = parts.with_columns(
        amount=pl.when(is_plain).then(whole).otherwise(whole * unit + millionths // 1_000_000),
        broken=pl.when(is_plain).then(fraction.str.contains("[1-9]")).otherwise(millionths % 1_000_000 != 0),
        two=text.str.contains(_TWO_MEANINGS) | (~is_plain & fraction.str.len_chars().eq(3)),
    ).with_columns(
        code=pl.when(text.is_null() | (text == ""))
        .then(pl.lit("wage_missing"))
        .when(text.str.contains("^-.*[0-9]"))
        .then(pl.lit("wage_negative"))
        .when("two")
        .then(pl.lit("wage_ambiguous"))
        .when(pl.col("whole").is_null())
        .then(pl.lit("wage_unreadable"))
        .when("broken")
        .then(pl.lit("wage_fraction"))
        .when(pl.col("amount").is_null() | (pl.col("amount") > MOST_WAGE_RUPIAH))
        .then(pl.lit("wage_too_large"))
        .when(pl.col("amount") == 0)
        .then(pl.lit("wage_zero"))
    )
    return judged.select(wage_rupiah=pl.when(pl.col("code").is_null()).then("amount"), code="code")


def month_of(text: str) -> date | None:
    """The first day of the month that a BLTH cell means, or None: ``10/2026``, ``2026-10``, ``202610``, ``Okt 2026``,
    a date of that month, or a spreadsheet's day number."""
    plain = unicodedata.normalize("NFKC", text).strip(" '’`\"").lower()
    if re.fullmatch(r"\d{5}(?:\.0)?", plain):
        day = EXCEL_EPOCH + timedelta(days=int(plain[:5]))
        year, month = day.year, day.month
    elif match := re.fullmatch(r"(\d{4})[-/. ]?(\d{1,2})(?:[-/.]\d{1,2})?(?:[ t]\d.*)?", plain):
        year, month = int(match[1]), int(match[2])
        if not 1 <= month <= 12 and len(plain) == 6:
            year, month = int(plain[2:]), int(plain[:2])
    elif match := re.fullmatch(r"(?:\d{1,2}[-/.])?(\d{1,2})[-/. ](\d{4})", plain):
        month, year = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"(?:\d{1,2}[-/. ])?([a-z]+)[-/., ]*(\d{2}|\d{4})", plain):
        month, year = MONTH_NAMES.get(match[1], 0), int(match[2])
        year += 2000 if year < 100 else 0
    else:
        return None
    return date(year, month, 1) if 1 <= month <= 12 and 1900 <= year <= 2999 else None


def birth_dates(column: pl.Series) -> pl.DataFrame:
    """``birth_on`` read day first, ``other_on`` read month first where that is a date too; both null if unreadable."""
    plain = column.str.strip_chars(" '’`\"").str.replace_all(r"[/. ]", "-")
    frame = pl.DataFrame({"text": plain})
    text = pl.col("text")
    day_first = text.str.replace(r"^([0-9]{1,2}-[0-9]{1,2}-[0-9]{4}).*$", "$1")
    serial = text.str.extract(r"^([0-9]{4,5})$").cast(pl.Int32, strict=False)
    return frame.select(
        birth_on=pl.coalesce(
            day_first.str.to_date("%d-%m-%Y", strict=False),
            text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
            text.str.to_date("%Y%m%d", strict=False),
            pl.lit(EXCEL_EPOCH) + pl.duration(days=serial),
        ).cast(pl.Date),
        other_on=day_first.str.to_date("%m-%d-%Y", strict=False),
    )
