"""JHT development: what a year adds to a balance, simple by months inside the year, credited at its end.

UU 40/2004 Pasal 37 ayat 3 sets a floor only; the operator decides each year's rate, and no law says how it is
booked inside the year (``readings.WITHIN_THE_YEAR``). One formula, read as ints, columns, SQL and a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from lindung.law.columns import check_column, check_length
from lindung.law.errors import ImpossibleFact
from lindung.law.formula import Share
from lindung.law.lines import Line
from lindung.law.money import whole_number
from lindung.law.month import Month
from lindung.law.parameters import Value, least_confident, load
from lindung.law.programmes import Programme
from lindung.law.programmes.rules import law_row
from lindung.law.readings import ROUNDING, WITHIN_THE_YEAR
from lindung.law.wording import Language, Words, article_text, rate_text, rupiah_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lindung.law.bases import Column, Exact

MONTHS_OF_A_YEAR: Final = 12
MOST_BALANCE_RUPIAH: Final = 10**12
MOST_RUPIAH_MONTHS: Final = MONTHS_OF_A_YEAR * MOST_BALANCE_RUPIAH


@dataclass(frozen=True, slots=True)
class RupiahMonths:
    """Every rupiah times the months that it was there: the opening balance, and each contribution its own time.

    SQL columns ``opening_rupiah`` and ``contribution_rupiah_months``.
    """

    months: int
    denominator: int = 1
    most: int = 2 * MOST_RUPIAH_MONTHS

    def value(self, given: Exact) -> Exact:
        return given

    def shown(self, given: Exact) -> Exact:
        return given

    def column(self, given: Column, scratch: Column) -> Column:
        return given

    def sql(self) -> str:
        return f"(opening_rupiah::bigint * {self.months} + contribution_rupiah_months::bigint)"

    def words(self, given: Exact, language: Language) -> str:
        return f"{rupiah_text(given, language)} {'bulan' if language == 'id' else 'months'}"


def rate_of(year: int) -> Value:
    """The rate credited for a calendar year. Raises NotInForce before 2015, NotKnown where none was found."""
    return load("jht/development_rate", Month(year, MONTHS_OF_A_YEAR))


def crediting(annual_rate: Fraction, months: int = MONTHS_OF_A_YEAR) -> Share:
    """The development of ``months`` (1 to 12) of a year, as a share of rupiah-months.

    Raises ImpossibleFact for a rate outside 0 to 1, LawError for one too fine for 64 bits.
    """
    whole_number("months", months, least=1, most=MONTHS_OF_A_YEAR)
    if not 0 <= annual_rate <= 1:
        possible = Words(id="pecahan dari 0 sampai 1", en="a fraction from 0 to 1")
        raise ImpossibleFact("annual_rate", str(annual_rate), possible)
    return Share(annual_rate / MONTHS_OF_A_YEAR, RupiahMonths(months))


def contribution_rupiah_months(contributions: Sequence[int], months: int = MONTHS_OF_A_YEAR) -> int:
    """Contributions of the first months of the year, the first of which earns all ``months``, the next one less."""
    if len(contributions) > months:
        possible = Words(id=f"paling banyak {months} bulan", en=f"{months} months at most")
        raise ImpossibleFact("contributions", len(contributions), possible)
    return sum(rupiah * (months - place) for place, rupiah in enumerate(contributions))


def assess(
    *,
    openings: NDArray[np.int64],
    rupiah_months: NDArray[np.int64],
    annual_rate: Fraction,
    months: int = MONTHS_OF_A_YEAR,
) -> NDArray[np.int64]:
    """The development of every account: ``openings`` in rupiah, ``rupiah_months`` as above; whole rupiah."""
    import numpy as np

    rows = check_column("openings", openings, MOST_BALANCE_RUPIAH)
    check_length("rupiah_months", check_column("rupiah_months", rupiah_months, MOST_RUPIAH_MONTHS), rows)
    share = crediting(annual_rate, months)
    # A few steps in the room of the answer itself are faster than many small ones.
    credited: Column = np.multiply(openings, months)
    credited += rupiah_months
    share.column(credited, credited)
    return credited


def sql_expression(annual_rate: Fraction, months: int = MONTHS_OF_A_YEAR) -> str:
    """A PostgreSQL bigint expression over ``opening_rupiah`` and ``contribution_rupiah_months``."""
    return crediting(annual_rate, months).sql()


def explain(
    *,
    opening: Exact,
    contributions: Sequence[int] = (),
    annual_rate: Fraction | Value,
    months: int = MONTHS_OF_A_YEAR,
    language: Language = "id",
) -> Line:
    """The development of one account in one year, in words. ``annual_rate``: a fraction, or ``rate_of`` a year."""
    if not 0 <= opening <= MOST_BALANCE_RUPIAH:
        possible = Words(id=f"rupiah dari 0 sampai {MOST_BALANCE_RUPIAH}", en=f"rupiah, 0 to {MOST_BALANCE_RUPIAH}")
        raise ImpossibleFact("opening_balance", opening, possible)
    rate = annual_rate.rate if isinstance(annual_rate, Value) else annual_rate
    share = crediting(rate, months)
    earned = contribution_rupiah_months(contributions, months)
    base = opening * months + earned
    amount_rupiah, rounded = share.value(share.base.value(base))
    own = (annual_rate,) if isinstance(annual_rate, Value) else ()
    article = article_text(own[0].article if own else _FLOOR_ARTICLE, language)
    doubts = [doubt for value in own for doubt in value.doubts] + [WITHIN_THE_YEAR.doubt]
    doubts += [ROUNDING.doubt] if rounded else []
    return Line(
        key="development",
        programme=Programme.JHT,
        payer="operator",
        base_rupiah=base,
        rate=share.rate,
        rate_text=rate_text(rate, language),
        amount_rupiah=amount_rupiah,
        article=article,
        sentence=_SENTENCE.say(language).format(
            rate=rate_text(rate, language),
            opening=rupiah_text(opening, language),
            months=months,
            earned=rupiah_text(earned, language),
            amount=rupiah_text(amount_rupiah, language),
            article=article,
        ),
        confidence=least_confident(WITHIN_THE_YEAR.confidence, *(value.confidence for value in own)),
        doubts=tuple(doubt.say(language) for doubt in doubts),
        billed=False,
        law={value.name: law_row(value) for value in own},
    )


_FLOOR_ARTICLE: Final = "UU 40/2004 Pasal 37 ayat 3; PP 46/2015"
_SENTENCE: Final = Words(
    id="{rate} / 12 dari (saldo awal {opening} x {months} bulan + iuran x bulan masing-masing {earned}) = {amount} "
    "({article})",
    en="{rate} / 12 of (opening balance {opening} x {months} months + contributions x their months {earned}) = "
    "{amount} ({article})",
)
