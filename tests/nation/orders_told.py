"""What the people of a nation order who owe no monthly bill, told to the platform's services."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from lindung.access.trail import SYSTEM
from lindung.contact.addresses import address_rows
from lindung.contact.models import Address
from lindung.contributions.offers import PACKAGE, WITH_JHT, OwnAccountTerms
from lindung.contributions.services import (
    IssuedOrder,
    bill_stage,
    order_months,
    order_package,
    prolong_package,
    register_project,
)
from lindung.contributions.services.orders import expire_orders
from lindung.law.parameters import load
from lindung.lib.clock import wib_date
from lindung.lib.crypto import blind_index, encrypt
from lindung.lib.ids import next_of
from lindung.nation.building import VAT_PERCENT
from lindung.nation.cards import kpj
from lindung.nation.history import pay_order
from lindung.nation.independent import contracts
from lindung.nation.nation import Nation, Part
from lindung.nation.numbers import day_at
from lindung.nation.orders import OWN_ACCOUNT, PROJECT
from lindung.nation.reporting import NEVER
from lindung.registry.models import KpjIndex, Membership, NikIndex, Person
from lindung.registry.services import open_card

Act = tuple[int, int, int, Callable[[], None]]
_HOUR_SECONDS = 3_600


class OwnPayers:
    """Cards, orders and projects of a nation that is one part; ``employer_id`` by firm, filled meanwhile."""

    def __init__(self, nation: Nation, part: Part, employer_id: dict[int, int], *, partner_id: int) -> None:
        self.nation, self.part, self.employer_id, self.partner_id = nation, part, employer_id, partner_id
        self.person: dict[int, int] = {}
        self.card: dict[int, int] = {}
        self.project: dict[int, int] = {}
        self.order: dict[int, IssuedOrder] = {}

    def acts(self) -> list[Act]:
        plan, orders = self.nation.plan, self.nation.orders
        acts: list[Act] = []
        for row in self.part.independents.iter_rows(named=True):
            since = np.array([row["since_on"]], dtype="datetime64[D]").astype(np.int64)
            second = int(day_at(plan, since)[0])
            acts.append((second, 6, row["number"], partial(self._come, row, moment(second))))
        for place, project in enumerate(self.nation.built.projects.iter_rows(named=True)):
            second = project["registered_at"]
            acts.append((second, 7, place, partial(self._begin, place, project, moment(second))))
        for place in range(len(orders)):
            second, paid = int(orders.ordered_at[place]), int(orders.paid_at[place])
            acts.append((second, 8, place, partial(self._order, place, moment(second))))
            if paid != NEVER:
                acts.append((paid, 9, place, partial(self._pay, place, moment(paid))))
        for second in sorted({int(run) for run in orders.withdrawn_at if run != NEVER}):
            # The run an hour before finds none that this one does not.
            for run in (second - _HOUR_SECONDS, second):
                acts.append((run, 10, 0, partial(expire_orders, now=moment(run))))  # type: ignore[arg-type] # gives how many
        return acts

    def _come(self, row: dict[str, Any], now: datetime) -> None:
        """No service takes in who has no firm: his row is there before his card."""
        told = self.part.records.filter(pl.col("number") == row["number"]).row(0, named=True)
        person_id = next_of("registry_person_id_seq")

        def sealed(column: str) -> bytes:
            return encrypt(told[column].encode(), f"registry_person.{place[column]}:{person_id}")

        place = {"nik": "nik_encrypted", "mother_name": "mother_name_encrypted"}
        index = blind_index("nik", told["nik"])
        Person.objects.create(
            id=person_id,
            name=told["name"],
            birth_on=told["birth_on"],
            sex=told["sex"],
            citizen=True,
            nik_encrypted=sealed("nik"),
            nik_index=index,
            mother_name_encrypted=sealed("mother_name"),
            identity="matched",
            created_at=now,
        )
        NikIndex.objects.create(nik_index=index, person_id=person_id)
        for kind in ("email", "phone"):
            if told[kind]:
                closed = address_rows(person_ids=[person_id], kind=kind, values=[told[kind]])
                Address.objects.create(
                    person_id=person_id,
                    kind=kind,
                    value_encrypted=closed.value_encrypted[0],
                    value_index=closed.value_index[0],
                )
        self.person[row["number"]] = person_id
        if row["segment"] == "JAKON":
            number = kpj(self.nation.plan.draws, np.array([row["number"]]), np.zeros(1, dtype=np.int64))[0]
            facts = {"kpj": number, "segment": "JAKON", "since_on": row["since_on"]}
            card = Membership.objects.create(person_id=person_id, **facts)
            KpjIndex.objects.create(kpj=number, person_id=person_id, membership_id=card.id)
        else:
            opened = open_card(
                actor=SYSTEM, person_id=person_id, segment=row["segment"], since_on=row["since_on"], now=now
            )
            self.card[row["number"]] = opened.membership_id

    def _begin(self, place: int, project: dict[str, Any], now: datetime) -> None:
        later = self.nation.built.due.filter((pl.col("project") == place) & (pl.col("stage_no") > 1))["due_day"]
        self.project[place] = register_project(
            actor=SYSTEM,
            employer_id=self.employer_id[project["firm"]],
            name=project["name"],
            work_order_no=project["work_order_no"],
            work_order_on=day(project["work_order_day"]),
            from_on=day(project["from_day"]),
            until_on=day(project["until_day"]),
            contract_rupiah=project["contract_rupiah"],
            vat_rate=Decimal(VAT_PERCENT) / 100 if project["with_vat"] else None,
            pattern=project["pattern"],
            later_due_on=[day(due) for due in later],
            now=now,
        )

    def _order(self, place: int, now: datetime) -> None:
        orders = self.nation.orders
        number, months = int(orders.number[place]), int(orders.months[place])
        if orders.kind[place] == PROJECT:
            project = int(orders.project[place])
            self.order[place] = bill_stage(
                actor=SYSTEM,
                employer_id=self.employer_id[self.nation.built.projects["firm"][project]],
                project_id=self.project[project],
                stage_no=int(orders.stage_no[place]),
                now=now,
            )
            return
        whose: dict[str, Any] = {"person_id": self.person[number], "membership_id": self.card[number], "now": now}
        told = self.part.independents.filter(pl.col("number") == number).row(0, named=True)
        if orders.kind[place] == OWN_ACCOUNT:
            sector = "transport" if told["work"] in ("driver", "courier") else "other"
            terms = OwnAccountTerms(told["income_rupiah"], WITH_JHT if told["with_jht"] else PACKAGE, sector)
            self.order[place] = order_months(actor=SYSTEM, terms=terms, months=months, **whose)
            return
        choices = load("pmi/jht_choices", wib_date(now)).choices if told["with_jht"] else ()
        choice = contracts(self.nation.plan, np.array([number]))["choice"][0]
        jht_rupiah = choices[choice % len(choices)] if choices else None
        if orders.prolongs[place]:
            self.order[place] = prolong_package(actor=SYSTEM, months=months, jht_rupiah=jht_rupiah, **whose)
            return
        self.order[place] = order_package(
            actor=SYSTEM,
            route="placement agency" if told["through_agency"] else "individual",
            contract_months=months,
            starts_on=told["from_on"],
            jht_rupiah=jht_rupiah,
            **whose,
        )

    def _pay(self, place: int, now: datetime) -> None:
        pay_order(issued=self.order[place], partner_id=self.partner_id, paid_at=now)


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def day(since_1970: int) -> date:
    found: date = np.datetime64(since_1970, "D").item()
    return found
