"""Development in the demonstration: its past years credited, and this year's growth shown.

No rate is known since 2021, so the rates here are invented, and the decision that they stand in says so.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from lindung.access.services import invite
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions.crediting_queries import crediting_view, creditings
from lindung.contributions.services import (
    credit_next_range,
    plan_crediting,
    rehearse_crediting,
    set_provisional_rate,
    start_crediting,
)
from lindung.nation.history import moment

OFFICERS = (("petugas@lindung.example", "Petugas Contoh"), ("petugas-dua@lindung.example", "Petugas Kedua Contoh"))
INVENTED_RATE = Decimal("0.0525")
_CREDITED_IN_MARCH = 3


def invented_decision(year: int) -> str:
    """What the demonstration names as its source."""
    return f"Keputusan percobaan {year} (contoh, bukan keputusan sungguhan)"


def officers(*, now: datetime) -> list[Actor]:
    """The two officers whom a crediting takes; they have their passwords from ``accounts``."""
    invited = [
        invite(actor=SYSTEM, display_name=name, names={"email": mail}, role="officer", scope_id=0, now=now)
        for mail, name in OFFICERS
    ]
    return [Actor("account", link.account_id) for link in invited]


def years_over(months: Sequence[date], now: datetime) -> Iterator[tuple[int, datetime]]:
    """The years that these months reach into and that are over, each with the moment at which it was credited."""
    for year in range(months[0].year, months[-1].year + 1):
        at = moment(date(year + 1, _CREDITED_IN_MARCH, 1), "09:00", at_most=now)
        if at < now:
            yield year, at


def credit_year(year: int, *, by: Sequence[Actor], now: datetime) -> None:
    """Plan, rehearse, start and credit a year, unless it has a crediting already."""
    if any(view.year == year and view.state != "withdrawn" for view in creditings()):
        return
    planner, starter = by
    crediting_id = plan_crediting(
        actor=planner, year=year, annual_rate=INVENTED_RATE, citation=invented_decision(year), now=now
    )
    rehearse_crediting(crediting_id=crediting_id, now=now)
    view = crediting_view(crediting_id)
    if view is None or view.rehearsal is None:
        raise RuntimeError(f"the crediting of {year} was not rehearsed")
    start_crediting(actor=starter, crediting_id=crediting_id, rehearsal_id=view.rehearsal.id, now=now)
    while credit_next_range(crediting_id=crediting_id, now=now):
        pass


def show_growth(year: int, *, by: Actor, now: datetime) -> None:
    """Set the invented rate at which this year's growth is shown."""
    set_provisional_rate(actor=by, year=year, annual_rate=INVENTED_RATE, citation=invented_decision(year), now=now)
