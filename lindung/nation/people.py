"""Persons as columns. Person ``n`` has the same NIK, phone number and mail suffix wherever it is invented."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from lindung.nation.names import FEMALE, LAST, MAIL_DOMAINS, MALE

PROVINCE = "99"
_YOUNGEST, _OLDEST_USUAL, _OLDEST = 21, 57, 63
_PAST_PENSION_AGE = 2
_IN_A_HUNDRED = {"single name": 8, "three parts": 25, "mother single name": 40, "no mail": 5, "no phone": 3}
# Numbers are scattered over their range by a step that has no divisor in common with it, so that each occurs once.
_NIK_RANGE = 98 * 98 * 9_999  # regency and district 01 to 98, serial 0001 to 9999
_NIK_STEP = 30_402_467
_PHONE_RANGE = 10**8
_PHONE_STEP = 61_803_399


def invent(seed: int, *, first: int, count: int, today: date) -> pl.DataFrame:
    """Persons number ``first`` to ``first + count - 1``; at most 96 million have different NIK.

    Columns: ``nik``, ``name``, ``birth_on``, ``sex``, ``mother_name``, ``email`` and ``phone`` (either may be null,
    never both). Nobody is younger than 21 on ``today``; about one in fifty is past the pension age.
    """
    random = np.random.default_rng([seed, first])
    percents = {what: random.integers(0, 100, count) < part for what, part in _IN_A_HUNDRED.items()}
    people = pl.DataFrame(
        {
            "number": np.arange(first, first + count, dtype=np.int64),
            "birth_on": _births(random, count, today),
            "female": random.integers(0, 100, count) < 45,
            "male_name": _pick(random, MALE, count),
            "female_name": _pick(random, FEMALE, count),
            "male_second": _pick(random, MALE, count),
            "female_second": _pick(random, FEMALE, count),
            "family": _pick(random, LAST, count),
            "mother": _pick(random, FEMALE, count),
            "mother_family": _pick(random, LAST, count),
            "domain": _pick(random, MAIL_DOMAINS, count),
            **percents,
        }
    ).with_columns(
        given=pl.when("female").then("female_name").otherwise("male_name"),
        second=pl.when("female").then("female_second").otherwise("male_second"),
    )
    three_parts = pl.col("three parts") & ~pl.col("single name") & (pl.col("second") != pl.col("given"))
    return people.select(
        nik=_nik(),
        name=_joined("given", _where(three_parts, "second"), _where(~pl.col("single name"), "family")),
        birth_on="birth_on",
        sex=pl.when("female").then(pl.lit("P")).otherwise(pl.lit("L")),
        mother_name=_joined("mother", _where(~pl.col("mother single name"), "mother_family")),
        email=pl.when(~pl.col("no mail")).then(
            pl.format("{}.{}@{}", pl.col("given").str.to_lowercase(), "number", "domain")
        ),
        phone=pl.when(~pl.col("no phone") | pl.col("no mail")).then(_phone()),
    )


def _where(condition: pl.Expr, column: str) -> pl.Expr:
    return pl.when(condition).then(column)


def _joined(*parts: str | pl.Expr) -> pl.Expr:
    return pl.concat_str(*parts, separator=" ", ignore_nulls=True)


def _pick(random: np.random.Generator, pool: Sequence[str], count: int) -> pl.Series:
    return pl.Series(pool).gather(random.integers(0, len(pool), count))


def _births(random: np.random.Generator, count: int, today: date) -> npt.NDArray[np.datetime64]:
    years = random.integers(_YOUNGEST, _OLDEST_USUAL, count)
    old = random.integers(0, 100, count) < _PAST_PENSION_AGE
    years = np.where(old, random.integers(60, _OLDEST + 1, count), years)
    days = years * 365 + years // 4 + random.integers(1, 366, count)
    births: npt.NDArray[np.datetime64] = np.datetime64(today, "D") - days
    return births


def _nik() -> pl.Expr:
    """Province 99, regency, district, day of birth (40 more for women), month, year, serial."""
    place = pl.col("number") * _NIK_STEP % _NIK_RANGE
    day = pl.col("birth_on").dt.day().cast(pl.Int64) + pl.when("female").then(40).otherwise(0)
    return pl.concat_str(
        pl.lit(PROVINCE),
        _digits(place // 9_999 // 98 + 1, 2),
        _digits(place // 9_999 % 98 + 1, 2),
        _digits(day, 2),
        pl.col("birth_on").dt.strftime("%m%y"),
        _digits(place % 9_999 + 1, 4),
    )


def _phone() -> pl.Expr:
    return pl.concat_str(pl.lit("+62800"), _digits(pl.col("number") * _PHONE_STEP % _PHONE_RANGE, 8))


def _digits(value: pl.Expr, width: int) -> pl.Expr:
    return value.cast(pl.String).str.zfill(width)
