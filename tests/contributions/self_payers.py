"""Members who pay themselves, and what they order, for tests."""

from datetime import date, datetime
from decimal import Decimal

import polars as pl

from lindung.access.trail import SYSTEM
from lindung.contributions import services
from lindung.contributions.offers import PACKAGE, WITH_JHT
from lindung.contributions.order_queries import OrderView, orders_of
from lindung.law import Month
from lindung.registry import services as registry
from tests import builders


class SelfPayer:
    """Somebody with a card of his own: a member through his first firm, which he has left behind."""

    def __init__(self, now: datetime, segment: str = "BPU", since_on: date = date(2026, 1, 1)) -> None:
        self.firm = builders.firm(now=now, workers=1)
        self.person_id = int(self.firm.people["person_id"][0])
        card = registry.open_card(actor=SYSTEM, person_id=self.person_id, segment=segment, since_on=since_on, now=now)
        self.membership_id, self.kpj = card.membership_id, card.kpj

    def leave(self, until_on: date, now: datetime) -> None:
        """His work at the firm ends."""
        exits = pl.DataFrame(
            {"employment_id": self.firm.people["employment_id"], "until_on": [until_on], "cause": ["A1"]},
            schema=registry.EXITS,
        )
        registry.report_exits(actor=SYSTEM, employer_id=self.firm.id, exits=exits, now=now)

    def order(
        self,
        months: int,
        now: datetime,
        *,
        income: int = 3_000_000,
        jht: bool = True,
        sector: str = "other",
        anew: bool = False,
    ) -> services.IssuedOrder:
        return services.order_months(
            actor=SYSTEM,
            person_id=self.person_id,
            membership_id=self.membership_id,
            terms=services.OwnAccountTerms(income, WITH_JHT if jht else PACKAGE, sector),
            months=months,
            anew=anew,
            now=now,
        )

    def package(
        self, months: int, starts_on: date, now: datetime, *, route: str = "placement agency", jht: int | None = None
    ) -> services.IssuedOrder:
        return services.order_package(
            actor=SYSTEM,
            person_id=self.person_id,
            membership_id=self.membership_id,
            route=route,
            contract_months=months,
            starts_on=starts_on,
            jht_rupiah=jht,
            now=now,
        )

    def prolong(self, months: int, now: datetime, *, jht: int | None = None) -> services.IssuedOrder:
        return services.prolong_package(
            actor=SYSTEM,
            person_id=self.person_id,
            membership_id=self.membership_id,
            months=months,
            jht_rupiah=jht,
            now=now,
        )

    def orders(self) -> list[OrderView]:
        return orders_of(person_id=self.person_id, membership_id=self.membership_id)


def project(employer_id: int, now: datetime, *, pattern: str = "50/25/25", contract: int = 850_000_000) -> int:
    """A project of nine months with stages every third month."""
    later = {"": [], "50/25/25": [date(2026, 12, 1), date(2027, 3, 1)]}[pattern]
    return services.register_project(
        actor=SYSTEM,
        employer_id=employer_id,
        name="Gedung Contoh",
        work_order_no=f"SPK-{now:%H%M%S%f}-{contract}",
        work_order_on=date(2026, 9, 1),
        from_on=date(2026, 9, 15),
        until_on=date(2027, 6, 15),
        contract_rupiah=contract,
        vat_rate=None if not pattern else Decimal("0.11"),
        pattern=pattern,
        later_due_on=later,
        now=now,
    )


def project_of_a_year(employer_id: int, this: Month, now: datetime) -> int:
    """A project that began three months before ``this``, with one stage due long ago and two to come."""
    return services.register_project(
        actor=SYSTEM,
        employer_id=employer_id,
        name="Gedung Serbaguna Contoh, tahap pembangunan",
        work_order_no=f"SPK/{now:%Y}/014",
        work_order_on=this.plus(-4).first_on,
        from_on=this.plus(-3).first_on,
        until_on=this.plus(9).first_on,
        contract_rupiah=8_250_000_000,
        vat_rate=Decimal("0.11"),
        pattern="50/25/25",
        later_due_on=[this.plus(1).first_on, this.plus(5).first_on],
        now=now,
    )
