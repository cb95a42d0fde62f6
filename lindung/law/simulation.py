"""JHT simulated: the two conventions with which official results were published, each to the rupiah.

The member app credits simply inside a year and compounds yearly; the ministry's infographic of 2022 compounds
every contribution for its own months at the effective yearly rate. Monthly compounding at a twelfth of the
rate, which most public calculators do, is neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from typing import Final

from lindung.law.errors import ImpossibleFact
from lindung.law.money import MOST_WAGE_RUPIAH, round_half_up, whole_number
from lindung.law.wording import Words

MOST_MONTHS: Final = 1200
_YEAR: Final = 12
_DIGITS: Final = 60
"""Decimal digits of a twelfth power: the rupiah of any balance stand far before the last of them."""


class Convention(StrEnum):
    """How development is booked in a simulation."""

    YEARLY = "member app"
    """Simple inside the year, weights 12 to 1 months, credited at year end."""
    EFFECTIVE = "ministry"
    """Effective yearly rate; a contribution at the start of a month grows by (1 + rate) ^ (months left / 12)."""

    @property
    def words(self) -> Words:
        if self is Convention.YEARLY:
            return Words(
                id="cara aplikasi peserta: sederhana dalam setahun, dikreditkan tiap akhir tahun",
                en="the member app's convention: simple inside the year, credited at year end",
            )
        return Words(
            id="cara infografik Kementerian Ketenagakerjaan 2022: tarif efektif setahun menurut sisa bulan",
            en="the convention of the ministry's infographic of 2022: effective yearly rate by months left",
        )


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a simulation (the last may be shorter): sums since the start, rounded to the rupiah."""

    number: int
    months: int
    contributions_rupiah: int
    development_rupiah: int
    balance_rupiah: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a simulation gives: whole rupiah, the balance before rounding, and every year on the way."""

    convention: Convention
    contributions_rupiah: int
    development_rupiah: int
    balance_rupiah: int
    exact: Fraction
    years: tuple[Year, ...]


def convention_named(text: str) -> Convention:
    """The convention by its name or by its description in words. Raises ImpossibleFact for any other."""
    lowered = text.lower()
    if lowered in set(Convention):
        return Convention(lowered)
    if "simple inside the year" in lowered:
        return Convention.YEARLY
    if "effective annual rate" in lowered:
        return Convention.EFFECTIVE
    known = ", ".join(Convention)
    raise ImpossibleFact("convention", text, Words(id=known, en=known))


def simulate(
    *,
    monthly_contribution: int,
    months: int,
    annual_rates: Sequence[Fraction],
    opening: int | Fraction = 0,
    convention: Convention = Convention.YEARLY,
) -> Simulation:
    """A balance after ``months`` of a constant contribution paid at the start of each month.

    ``annual_rates``: one for each year from the start, 0 to 1; the last one stays. Rounded once, at the end.
    Raises ImpossibleFact naming the fact.
    """
    whole_number("monthly_contribution", monthly_contribution, most=MOST_WAGE_RUPIAH, rupiah=True)
    whole_number("months", months, least=1, most=MOST_MONTHS)
    if not annual_rates or any(not 0 <= rate <= 1 for rate in annual_rates):
        possible = Words(id="desimal dari 0 sampai 1, seperti 0.057", en="a decimal from 0 to 1, like 0.057")
        raise ImpossibleFact("annual_rate", ", ".join(map(str, annual_rates)) or None, possible)
    balance, years = Fraction(opening), []
    step = _yearly if convention is Convention.YEARLY else _effective
    for number in range(-(-months // _YEAR)):
        span = min(_YEAR, months - number * _YEAR)
        balance = step(balance, monthly_contribution, annual_rates[min(number, len(annual_rates) - 1)], span)
        paid = monthly_contribution * (number * _YEAR + span)
        years.append(Year(number + 1, span, paid, _rounded(balance - opening - paid), _rounded(balance)))
    last = years[-1]
    return Simulation(
        convention, last.contributions_rupiah, last.development_rupiah, last.balance_rupiah, balance, tuple(years)
    )


def in_todays_money(amount_rupiah: int, inflation: Fraction, months: int) -> int:
    """What an amount after ``months`` buys today, with constant yearly inflation; rounded half up."""
    with localcontext() as context:
        context.prec = _DIGITS
        prices = (1 + _decimal(inflation)) ** (Decimal(months) / _YEAR)
        return _rounded(Fraction(Decimal(amount_rupiah) / prices))


def _yearly(balance: Fraction, contribution: int, rate: Fraction, months: int) -> Fraction:
    """The balance earns ``months`` twelfths of the rate, the contributions months, months - 1 ... 1 of them."""
    rupiah_months = balance * months + contribution * Fraction(months * (months + 1), 2)
    return balance + contribution * months + rupiah_months * rate / _YEAR


def _effective(balance: Fraction, contribution: int, rate: Fraction, months: int) -> Fraction:
    with localcontext() as context:
        context.prec = _DIGITS
        month = (1 + _decimal(rate)) ** (Decimal(1) / _YEAR)
        grown = _decimal(balance) * month**months
        grown += contribution * sum(month**left for left in range(1, months + 1))
        return Fraction(grown)


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _rounded(exact: Fraction) -> int:
    return round_half_up(exact.numerator, exact.denominator)
