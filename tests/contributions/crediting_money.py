"""Money of a member on some day, straight into the ledger; and a year credited from plan to end."""

import itertools
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import connection

from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import services
from lindung.contributions.crediting_checks import CHECKS
from lindung.contributions.crediting_queries import crediting_view
from lindung.ledger import checks as ledger_checks
from lindung.ledger import queries as ledger
from lindung.ledger.chart import account, member_account
from lindung.ledger.services import AgencyLine, HolderLines, post
from lindung.lib.clock import WIB

PLANNER, STARTER = Actor("account", 1), Actor("account", 2)
RATE, DECISION = Decimal("0.0575"), "Keputusan percobaan 1/2026"
_keys = itertools.count()


def at(day: date, clock: time = time(10)) -> datetime:
    return datetime.combine(day, clock, WIB)


def got(amounts: dict[int, int], happened_at: datetime, *, card: int = 0) -> None:
    """Each holder gets (or gives back) so much under a card of his own."""
    post(
        actor=SYSTEM,
        key=f"money:{next(_keys)}",
        kind="payment",
        agency_lines=[AgencyLine(account("assessed"), -sum(amounts.values()))],
        holder_lines=HolderLines(
            sql="SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[])"
            " AS given(holder_id, account_no, amount_rupiah)",
            params=[list(amounts), [jht(holder, card) for holder in amounts], list(amounts.values())],
            facts="money of a test",
        ),
        happened_at=happened_at,
        now=happened_at,
    )


def jht(holder: int, card: int = 0) -> int:
    return member_account(holder + card, "jht")


def balance(holder: int) -> int:
    return sum(held.balance_rupiah for held in ledger.balances(holder_id=holder))


@dataclass(frozen=True)
class Year:
    """A crediting on its way."""

    id: int
    now: datetime

    def start(self, by: Actor = STARTER) -> None:
        services.rehearse_crediting(crediting_id=self.id, now=self.now)
        view = crediting_view(self.id)
        assert view
        assert view.rehearsal
        services.start_crediting(actor=by, crediting_id=self.id, rehearsal_id=view.rehearsal.id, now=self.now)

    def credit(self) -> int:
        """All ranges; gives how many there were."""
        return sum(1 for _ in iter(lambda: services.credit_next_range(crediting_id=self.id, now=self.now), None))

    def correct(self) -> list[services.RangeDone]:
        done: list[services.RangeDone] = []
        while found := services.correct_next_range(
            crediting_id=self.id, from_range=done[-1].range_no + 1 if done else 0, now=self.now
        ):
            done.append(found)
        return done


def planned(year: int, now: datetime, *, rate: Decimal | None = RATE, holders_a_range: int = 10) -> Year:
    stated = {"annual_rate": rate, "citation": DECISION if rate is not None else ""}
    planned_id = services.plan_crediting(actor=PLANNER, year=year, now=now, holders_a_range=holders_a_range, **stated)
    return Year(planned_id, now)


def credited(year: int, now: datetime, *, rate: Decimal | None = RATE, holders_a_range: int = 10) -> Year:
    crediting = planned(year, now, rate=rate, holders_a_range=holders_a_range)
    crediting.start()
    crediting.credit()
    return crediting


def rows(statement: str, *params: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def broken() -> list[str]:
    """What the standing queries over the ledger and over development find."""
    return [name for name, query in {**ledger_checks.CHECKS, **CHECKS}.items() if rows(query)]
