"""How a member's months stand: paid, late, in part, missing, due. Pure: facts and a day in, marks out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lindung.channels.shared.components import MonthMark, MonthState
from lindung.contributions.calendar import due_on
from lindung.contributions.queries import MonthPaid
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.registry.queries import Work

MONTHS_SHOWN = 24


def state_of(month: MonthPaid, today: date) -> MonthState:
    """How one month stands on ``today``. What a member pays himself is there or it is not: no law names a due day."""
    if month.own:
        return "paid"
    if month.paid_at is not None:
        return "late" if wib_date(month.paid_at) > month.due_on else "paid"
    if month.jht_paid_rupiah:
        return "part"
    return "due" if today <= month.due_on else "missing"


def still_owed(months: Sequence[MonthPaid], works: Sequence[Work]) -> list[MonthPaid]:
    """Without what a firm billed and never paid for months after it, or an officer, said that he had left."""
    ends: dict[int, list[date | None]] = {}
    for work in works:
        ends.setdefault(work.employer_id, []).append(work.until_on)

    def gone(month: MonthPaid) -> bool:
        known = ends.get(month.employer_id, [None])
        return all(until_on is not None and until_on <= month.period for until_on in known)

    return [month for month in months if month.own or month.paid_at or month.jht_paid_rupiah or not gone(month)]


def worked_in(works: Sequence[Work], month: Month) -> Work | None:
    """The newest work that covers any day of a month."""
    for work in works:
        if work.from_on <= month.last_on and (work.until_on is None or work.until_on > month.first_on):
            return work
    return None


def marks(months: Sequence[MonthPaid], works: Sequence[Work], today: date) -> list[MonthMark]:
    """The last two years, oldest first: what was paid, and what should have been.

    A month with several employers shows the worst of them, so that nothing missing hides behind a paid one.
    """
    last = Month.of(today)
    begun = Month.of(min([work.from_on for work in works] + [paid.period for paid in months], default=today))
    shown = [last.plus(-back) for back in range(min(MONTHS_SHOWN - 1, last.index - begun.index), -1, -1)]
    billed: dict[date, list[MonthPaid]] = {month.first_on: [] for month in shown}
    for paid in months:
        if paid.period in billed:
            billed[paid.period].append(paid)
    return [_mark(month, billed[month.first_on], works, today) for month in shown]


_WORST_FIRST: tuple[MonthState, ...] = ("missing", "part", "due", "late", "paid")


def _mark(month: Month, billed: Sequence[MonthPaid], works: Sequence[Work], today: date) -> MonthMark:
    if billed:
        state = min((state_of(paid, today) for paid in billed), key=_WORST_FIRST.index)
        payers = [_("Anda sendiri") if paid.own else paid.employer_name for paid in billed]
        return MonthMark(month.first_on, state, ", ".join(payers))
    work = worked_in(works, month)
    if work is None:
        return MonthMark(month.first_on, "none", _("tanpa iuran"))
    return MonthMark(month.first_on, "missing" if today > due_on(month) else "due", work.employer_name)


@dataclass(frozen=True, slots=True)
class MissingMonth:
    """A month of one firm that was due and is not paid, or not whole, or not even reported."""

    employer_id: int
    employer_name: str
    period: date


def missing_months(months: Sequence[MonthPaid], works: Sequence[Work], today: date) -> list[MissingMonth]:
    """Those of the last two years, newest first."""
    late = [month for month in months if today > month.due_on and month.paid_at is None]
    found = {(month.period, month.employer_id): month.employer_name for month in late}
    billed = {(month.period, month.employer_id) for month in months}
    last = Month.of(today)
    for work in works:
        month = max(Month.of(work.from_on), last.plus(1 - MONTHS_SHOWN))
        while month <= last and today > due_on(month) and (work.until_on is None or work.until_on > month.first_on):
            if (month.first_on, work.employer_id) not in billed:
                found[month.first_on, work.employer_id] = work.employer_name
            month = month.next()
    return [
        MissingMonth(employer_id, found[period, employer_id], period) for period, employer_id in sorted(found)[::-1]
    ]
