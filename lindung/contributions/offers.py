"""What somebody may order, month by month, by the law and by how his card stands. Reckons; writes nothing.

Member and officer are shown what comes from here, and ``order_months`` orders exactly that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lindung.contributions.order_queries import OrderView
from lindung.contributions.queries import MonthPaid, months_of
from lindung.contributions.standing import Standing, own_account
from lindung.law import Answer, Month, Programme, answer, bpu
from lindung.law.lapse import cover_from
from lindung.law.lines import Line
from lindung.law.parameters import load
from lindung.law.wording import Language
from lindung.registry import queries as registry
from lindung.registry.queries import Card

PACKAGE: Final = frozenset({Programme.JKK, Programme.JKM})
WITH_JHT: Final = bpu.ALWAYS
SECTORS: Final = ("transport", "other")


@dataclass(frozen=True, slots=True)
class OwnAccountTerms:
    """What an own-account worker says: income a month in whole rupiah, programmes, and which sector he works in."""

    income_rupiah: int
    programmes: frozenset[Programme]
    sector: str


@dataclass(frozen=True, slots=True)
class MonthOffered:
    """One month with its explained lines."""

    month: Month
    lines: tuple[Line, ...]

    def part(self, key: str) -> int:
        return sum(line.amount_rupiah for line in self.lines if line.key == key)

    @property
    def rupiah(self) -> int:
        return sum(line.amount_rupiah for line in self.lines)


@dataclass(frozen=True, slots=True)
class Offer:
    """Months in a row from the one the rule says, what they cost, and from which day cover runs if paid today.

    ``owed``: how many of them are over already (paid back); the others are paid forward. ``skipped``: how many unpaid
    months are left out, because their member chose to start anew.
    """

    standing: Standing
    base_rupiah: int
    months: tuple[MonthOffered, ...]
    owed: int
    cover_from: date
    skipped: int = 0

    @property
    def can_skip(self) -> bool:
        """Whether there are unpaid months that could be left out. Once the cover lapsed they are, unasked."""
        return self.standing.state == "in_arrears"

    @property
    def rupiah(self) -> int:
        return sum(month.rupiah for month in self.months)

    def part(self, key: str) -> int:
        return sum(month.part(key) for month in self.months)

    @property
    def law(self) -> dict[str, list[object]]:
        """Parameter -> [value, article, in force from] of all months; the newest where one changed meanwhile."""
        rows = {name: row for month in self.months for line in month.lines for name, row in line.law.items()}
        return {name: list(row) for name, row in rows.items()}


class CardMissing(Exception):
    """The person has no such card of this segment."""


def choices_of_months(today: date) -> Sequence[int]:
    """How many months can be paid at once."""
    return load("bpu/months_at_once", Month.of(today)).choices


def offer_months(
    *,
    person_id: int,
    membership_id: int,
    terms: OwnAccountTerms,
    months: int,
    today: date,
    anew: bool = False,
    language: Language = "id",
) -> Offer:
    """``months`` months of an own-account card: from the first unpaid one, or, once it lapsed, from today's.

    ``anew``: from today's all the same, leaving unpaid months out (``readings.SKIPPED_MONTHS_UNCOVERED``).
    Raises ``CardMissing``, and the law's ``ImpossibleFact`` for an income or a programme that cannot be.
    """
    found = registry.card(person_id=person_id, membership_id=membership_id)
    if found is None or found.segment != "BPU":
        raise CardMissing
    card = Card(found.membership_id, found.kpj, found.segment, date.min, ())
    paid = [month for month in months_of(person_id=person_id) if month.membership_id == membership_id]
    return offer_by_standing(card, paid, terms=terms, months=months, today=today, anew=anew, language=language)


def offer_by_standing(
    card: Card,
    paid: Sequence[MonthPaid],
    *,
    terms: OwnAccountTerms,
    months: int,
    today: date,
    language: Language,
    anew: bool = False,
) -> Offer:
    """The same from the card's paid months; pure."""
    standing = own_account(card, paid, today)
    running = Month.of(today)
    first, skipped = running, 0
    if standing.last_paid is not None and standing.state != "lapsed":
        if anew and standing.state == "in_arrears":
            skipped = standing.unpaid_months
        else:
            first = standing.last_paid.next()
    offered = tuple(
        MonthOffered(
            first.plus(later),
            tuple(
                bpu.explain(
                    month=first.plus(later),
                    income=terms.income_rupiah,
                    programmes=terms.programmes,
                    sector=terms.sector or None,
                    language=language,
                )
            ),
        )
        for later in range(months)
    )
    base = next(line for line in offered[0].lines if line.key == "jkk").base_rupiah
    owed = sum(month.month < running for month in offered)
    return Offer(standing, int(base), offered, owed, cover_from(today, first), skipped)


def proposed_months(offer: Offer, choices: Sequence[int]) -> int:
    """As many months as clear the arrears; three for who starts (anew), so that the full death benefit is reached."""
    least = offer.owed + 1 if offer.standing.covered and not offer.skipped else 3
    return next((count for count in sorted(choices) if count >= least), max(choices))


def last_terms(orders: Sequence[OrderView]) -> OwnAccountTerms | None:
    """What the member said when he ordered months last, newest order first; None where he never did."""
    for order in orders:
        if order.kind == "own_account":
            programmes = frozenset(Programme(code) for code in order.facts["programmes"])
            return OwnAccountTerms(order.facts["income_rupiah"], programmes, order.facts["sector"])
    return None


def offer_package(
    *, route: str, contract_months: int, jht_rupiah: int | None, paid_on: date, language: Language = "id"
) -> Answer:
    """A migrant worker's package by the law of the day of payment. Raises the law's errors."""
    inputs = {"route": route, "contract_months": contract_months, "jht": jht_rupiah}
    return answer("PMI", paid_on, inputs, language)


def offer_prolonging(*, months: int, jht_rupiah: int | None, paid_on: date, language: Language = "id") -> Answer:
    """More months of a migrant worker's package, by the law of the day of payment
    (``readings.PROLONGED_BY_EXTRA_MONTHS``). Raises the law's errors."""
    inputs: dict[str, object] = {"extra_months": months}
    if jht_rupiah is not None:
        inputs |= {"jht": jht_rupiah, "months": months}
    return answer("PMI", paid_on, inputs, language)
