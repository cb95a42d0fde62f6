"""Why a year gave what it gave, and what the year under way has grown to: the law's own sentence over the facts."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from lindung.contributions.development_queries import YearOfAccount
from lindung.contributions.explained import Unexplained
from lindung.law.development import MONTHS_OF_A_YEAR, explain, rate_of
from lindung.law.lines import Line

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Growth:
    """What an account has grown by in a year that is not credited; ``months`` are those that are over."""

    year: int
    months: int
    citation: str
    line: Line


def explained_year(year: YearOfAccount, *, language: Language) -> Line:
    """A credited year in words. Raises ``Unexplained`` where the law gives another amount than was credited."""
    line = explain(
        opening=year.opening_rupiah,
        contributions=year.contributions,
        annual_rate=rate_of(year.year) if year.rate_source == "law" else year.rate,
        language=language,
    )
    if line.amount_rupiah != year.credited_rupiah:
        raise Unexplained(f"development of {year.year}")
    return line


def explained_growth(growing: list[YearOfAccount], *, today: date, language: Language) -> list[Growth]:
    """The provisional development of each account and year, for the months that are over.

    Nothing in January of a year, nor where the year so far was less than nothing.
    """
    grown = []
    for year in growing:
        months = MONTHS_OF_A_YEAR if year.year < today.year else today.month - 1
        if months == 0 or year.opening_rupiah < 0:
            continue
        line = explain(
            opening=year.opening_rupiah,
            contributions=year.contributions[:months],
            annual_rate=year.rate,
            months=months,
            language=language,
        )
        if line.amount_rupiah > 0:
            grown.append(Growth(year.year, months, year.citation, line))
    return grown
