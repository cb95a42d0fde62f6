"""How each card of a person stands on a day, by the rule of its own segment. Pure: facts and a day in, values out."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from lindung.contributions.calendar import due_on
from lindung.contributions.queries import MonthPaid
from lindung.law import Month, NotInForce, Programme
from lindung.law.lapse import (
    ClaimInArrears,
    claim_in_arrears,
    employed_standing,
    own_account_standing,
    package_standing,
    unpaid_months,
)
from lindung.law.parameters import Confidence, least_confident
from lindung.law.readings import EMPLOYED_STAYS_ACTIVE, NO_FINE_FOR_OWN_ACCOUNT, OWN_ACCOUNT_MONTH_OVER
from lindung.law.wording import Words
from lindung.registry.queries import Card, Work

State = Literal["active", "in_arrears", "lapsed", "ended", "not_begun"]
_MONTHS_LOOKED_BACK: Final = 24
_CLAIMS: Final = (Programme.JKK, Programme.JKM, Programme.JKP)


@dataclass(frozen=True, slots=True)
class Standing:
    """One card, or one employment of it, on a day.

    ``words`` say why, ``article`` is ``-`` where none was found. ``unpaid_months``: in a row; of an employed worker
    they are his employer's. ``claims``: who pays a claim first while the employer is in arrears.
    """

    segment: str
    kpj: str
    membership_id: int
    state: State
    words: Words
    article: str
    confidence: Confidence
    doubts: tuple[Words, ...]
    unpaid_months: int = 0
    last_paid: Month | None = None
    employer_name: str = ""
    claims: tuple[tuple[Programme, ClaimInArrears], ...] = ()

    @property
    def covered(self) -> bool:
        return self.state in ("active", "in_arrears")


def standings(cards: Sequence[Card], months: Sequence[MonthPaid], today: date) -> list[Standing]:
    """Every card by its own rule, cards as given; an employed worker's card once for each employer he works for.

    ``months`` as ``months_of`` gives them, at least of the last two years.
    """
    found: list[Standing] = []
    for card in cards:
        own = [month for month in months if month.membership_id == card.membership_id]
        if card.segment == "BPU":
            found.append(own_account(card, own, today))
        elif card.segment == "PMI":
            found.append(_migrant(card, own, today))
        elif card.segment == "PU":
            found += _employed(card, months, today)
    return found


def own_account(card: Card, months: Iterable[MonthPaid], today: date) -> Standing:
    """Three unpaid months in a row end the cover; it starts anew without the old arrears."""
    paid = [Month.of(month.period) for month in months]
    if not paid:
        words = Words(id="Belum ada bulan yang dibayar", en="No month is paid yet")
        return Standing("BPU", card.kpj, card.membership_id, "not_begun", words, "-", "high", ())
    unpaid = unpaid_months(max(paid), today)
    law = own_account_standing(unpaid, Month.of(today))
    state: State = "active"
    words = law.words
    if not law.active:
        state = "lapsed"
    elif unpaid:
        state = "in_arrears"
    else:
        last = max(paid).words
        words = Words(id=f"Dibayar sampai {last.id}", en=f"Paid until {last.en}")
    readings = (OWN_ACCOUNT_MONTH_OVER, NO_FINE_FOR_OWN_ACCOUNT)
    return Standing(
        "BPU",
        card.kpj,
        card.membership_id,
        state,
        words,
        law.limit.article,
        least_confident(law.limit.confidence, *(reading.confidence for reading in readings)),
        (*law.limit.doubts, *(reading.doubt for reading in readings)),
        unpaid_months=unpaid,
        last_paid=max(paid),
    )


def _migrant(card: Card, months: Sequence[MonthPaid], today: date) -> Standing:
    """The package that runs, or the next, or the last."""
    if not months:
        words = Words(id="Belum ada paket yang dibayar", en="No package is paid yet")
        return Standing("PMI", card.kpj, card.membership_id, "not_begun", words, "-", "high", ())
    ordered = sorted(months, key=lambda month: month.from_on)
    package = next((month for month in ordered if today < month.until_on), ordered[-1])
    # What was prolonged is one cover, whatever the orders.
    until_on = package.until_on
    for later in ordered:
        if later.from_on == until_on:
            until_on = later.until_on
    law = package_standing(package.from_on, until_on, today, paid_before_work=package.before_work)
    state: State = "active" if law.active else "not_begun" if today < package.from_on else "ended"
    reading = law.reading
    return Standing(
        "PMI",
        card.kpj,
        card.membership_id,
        state,
        law.words,
        reading.article,
        reading.confidence,
        (reading.doubt,),
        last_paid=Month.of(package.period),
    )


def _employed(card: Card, months: Sequence[MonthPaid], today: date) -> list[Standing]:
    """Each work that runs; where none does, the last one that ended."""
    running = [work for work in card.works if work.until_on is None or work.until_on > today]
    if not running:
        return [_left(card, work) for work in card.works[:1]]
    return [_working(card, work, months, today) for work in running]


def _left(card: Card, work: Work) -> Standing:
    until = Month.of(work.until_on or work.from_on).words
    words = Words(id=f"Tidak bekerja lagi sejak {until.id}", en=f"No longer at work since {until.en}")
    name = work.employer_name
    return Standing("PU", card.kpj, card.membership_id, "ended", words, "-", "high", (), employer_name=name)


def _working(card: Card, work: Work, months: Sequence[MonthPaid], today: date) -> Standing:
    paid = {Month.of(month.period) for month in months if month.employer_id == work.employer_id and month.paid_at}
    unpaid = _owed_in_a_row(paid, work, today)
    law = employed_standing(unpaid)
    return Standing(
        "PU",
        card.kpj,
        card.membership_id,
        "in_arrears" if unpaid else "active",
        law.words,
        EMPLOYED_STAYS_ACTIVE.article,
        law.reading.confidence,
        (law.reading.doubt,),
        unpaid_months=unpaid,
        last_paid=max(paid, default=None),
        employer_name=work.employer_name,
        claims=tuple(_claims(unpaid, Month.of(today))),
    )


def _claims(unpaid: int, month: Month) -> Iterable[tuple[Programme, ClaimInArrears]]:
    for programme in _CLAIMS if unpaid else ():
        # JKP's rule was read from February 2025 on; before that nothing is said.
        with suppress(NotInForce):
            yield programme, claim_in_arrears(programme, unpaid, month)


def _owed_in_a_row(paid: set[Month], work: Work, today: date) -> int:
    """Months in a row up to the last one due that the employer owes for this work."""
    month = Month.of(today).previous()
    if due_on(month) >= today:
        month = month.previous()
    owed = 0
    while owed < _MONTHS_LOOKED_BACK and month.last_on >= work.from_on and month not in paid:
        owed, month = owed + 1, month.previous()
    return owed
