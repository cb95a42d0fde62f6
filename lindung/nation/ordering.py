"""What is ordered in the demonstration: two who work for themselves, a migrant's package, two projects' stages.

The persons worked at a firm of the demonstration and left it; everything comes from the services, but for the messages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import cast

import polars as pl

from lindung.access.trail import SYSTEM
from lindung.contributions.offers import WITH_JHT
from lindung.contributions.project_queries import ProjectView, project_view
from lindung.contributions.services import (
    IssuedOrder,
    OwnAccountTerms,
    bill_stage,
    list_wages,
    order_months,
    order_package,
    register_listed_project,
    register_project,
)
from lindung.contributions.wage_lists import WAGE_ROWS, wage_list_effect
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.nation.history import moment, pay_order
from lindung.registry.services import open_card

Act = tuple[datetime, Callable[[], None]]
MONTHS_AT_ONCE = 3
_EARNS_RUPIAH = 3_500_000
_PACKAGE_MONTHS = 24
_ORDERED, _PAID = "08:15", "12:40"
_PROJECT_RUPIAH = 8_250_000_000
_STAGES = "50/25/25"
_CREW = {"Tukang Batu Contoh": 4_900_000, "Tukang Kayu Contoh": 5_150_000, "Pembantu Tukang Contoh": 3_600_000}


@dataclass
class SelfPayer:
    """Somebody who left a firm and got a card of his own; ``person_id`` and ``kpj`` are known once he has it."""

    number: int
    left_on: date
    person_of: Callable[[int], int]
    partner_id: int
    now: datetime
    person_id: int = 0
    membership_id: int = 0
    kpj: str = ""

    def own_account(self, orders: int | None) -> Iterator[Act]:
        """Three months at a time from the month after the firm; ``orders`` of them, or up to now."""
        first = Month.of(self.left_on).next()
        yield self._at(first.first_on, "08:00"), partial(self._open, "BPU", first.first_on)
        number = 0
        while first.first_on <= wib_date(self.now) and (orders is None or number < orders):
            yield self._at(first.first_on, _ORDERED), partial(self._order_months, first)
            first, number = first.plus(MONTHS_AT_ONCE), number + 1

    def abroad(self) -> Iterator[Act]:
        """A package for one contract, paid a fortnight before it begins."""
        first = Month.of(self.left_on).next()
        yield self._at(first.first_on, "08:00"), partial(self._open, "PMI", first.first_on)
        yield self._at(first.first_on, _ORDERED), partial(self._order_package, first.first_on)

    def _at(self, day: date, clock: str) -> datetime:
        return moment(day, clock, at_most=self.now - timedelta(hours=1))

    def _open(self, segment: str, since_on: date) -> None:
        self.person_id = self.person_of(self.number)
        at = self._at(since_on, "08:00")
        card = open_card(actor=SYSTEM, person_id=self.person_id, segment=segment, since_on=since_on, now=at)
        self.membership_id, self.kpj = card.membership_id, card.kpj

    def _order_months(self, first: Month) -> None:
        order = order_months(
            actor=SYSTEM,
            person_id=self.person_id,
            membership_id=self.membership_id,
            terms=OwnAccountTerms(_EARNS_RUPIAH, WITH_JHT, "other"),
            months=MONTHS_AT_ONCE,
            now=self._at(first.first_on, _ORDERED),
        )
        self._pay(order, first.first_on)

    def _order_package(self, first_on: date) -> None:
        order = order_package(
            actor=SYSTEM,
            person_id=self.person_id,
            membership_id=self.membership_id,
            route="placement agency",
            contract_months=_PACKAGE_MONTHS,
            starts_on=first_on + timedelta(days=14),
            jht_rupiah=None,
            now=self._at(first_on, _ORDERED),
        )
        self._pay(order, first_on)

    def _pay(self, order: IssuedOrder, on: date) -> None:
        pay_order(issued=order, partner_id=self.partner_id, paid_at=self._at(on, _PAID))


def build(employer_id: int, last: Month, *, partner_id: int, now: datetime) -> Iterator[Act]:
    """A project of a year that began two months before ``last``: its first stage paid, two to come."""
    first = last.plus(-2)
    began_at = moment(first.first_on, "09:00", at_most=now)

    def begin() -> None:
        project_id = register_project(
            actor=SYSTEM,
            employer_id=employer_id,
            name="Gudang Contoh, pembangunan",
            work_order_no=f"SPK/{first.year}/014",
            work_order_on=first.previous().first_on,
            from_on=first.first_on,
            until_on=first.plus(12).first_on,
            contract_rupiah=_PROJECT_RUPIAH,
            vat_rate=Decimal("0.11"),
            pattern=_STAGES,
            later_due_on=[first.plus(4).first_on, first.plus(8).first_on],
            now=began_at,
        )
        order = bill_stage(actor=SYSTEM, employer_id=employer_id, project_id=project_id, stage_no=1, now=began_at)
        pay_order(issued=order, partner_id=partner_id, paid_at=began_at + timedelta(hours=3))

    yield began_at, begin


def build_by_wages(employer_id: int, last: Month, *, partner_id: int, now: datetime) -> Iterator[Act]:
    """A small site whose workers are listed: the month before ``last`` is paid, ``last`` listed and waits."""
    first = last.previous()
    began_at = moment(first.first_on, "10:00", at_most=now)
    site: list[int] = []

    def seen() -> ProjectView:
        return cast(ProjectView, project_view(employer_id=employer_id, project_id=site[0]))

    def begin() -> None:
        site.append(
            register_listed_project(
                actor=SYSTEM,
                employer_id=employer_id,
                name="Pos jaga Contoh, perbaikan",
                work_order_no=f"SPK/{first.year}/021",
                work_order_on=first.previous().first_on,
                from_on=first.first_on,
                until_on=first.plus(6).first_on,
                now=began_at,
            )
        )

    def list_month(month: Month, at: datetime) -> None:
        rows = pl.DataFrame(
            {"name": list(_CREW), "nik": [None] * len(_CREW), "wage_rupiah": list(_CREW.values())}, schema=WAGE_ROWS
        )
        effect = wage_list_effect(seen().month(month.first_on), rows["wage_rupiah"].to_numpy(), today=wib_date(at))
        list_wages(
            actor=SYSTEM,
            employer_id=employer_id,
            project_id=site[0],
            period=month.first_on,
            rows=rows,
            agreed=effect.agreed,
            now=at,
        )

    def list_and_pay(at: datetime) -> None:
        list_month(first, at)
        (stage,) = seen().month(first.first_on).stages
        order = bill_stage(actor=SYSTEM, employer_id=employer_id, project_id=site[0], stage_no=stage.stage_no, now=at)
        pay_order(issued=order, partner_id=partner_id, paid_at=at + timedelta(hours=1))

    yield began_at, begin
    for month, act in ((first, list_and_pay), (last, partial(list_month, last))):
        at = moment(month.next().first_on, "10:30", at_most=now - timedelta(hours=2))
        yield at, partial(act, at)
