"""What the law asks for orders: amounts month by month, and the facts and parameters that each order is frozen with."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from lindung.contributions.offers import PACKAGE, WITH_JHT, offer_package, offer_prolonging
from lindung.contributions.ordering import PARTS
from lindung.contributions.project_queries import project_answer
from lindung.law import Answer, LawError, Month, bpu, share_out
from lindung.law.bases import BandedIncome
from lindung.law.parameters import load
from lindung.law.segments.pmi import AGENCY, INDIVIDUAL
from lindung.nation.building import VAT_PERCENT, Building
from lindung.nation.draws import Integers
from lindung.nation.independent import (
    INCOME_STEP_RUPIAH,
    contracts,
    in_transport,
    income,
    saves_for_old_age,
)
from lindung.nation.orders import MIGRANT, OWN_ACCOUNT, PROJECT, Orders, ordered_day
from lindung.nation.plan import Plan

_EPOCH = Month(1970, 1)
_SECTORS = ("other", "transport")
_PROGRAMMES = (PACKAGE, WITH_JHT)
_TERMS = [(sector, programmes) for sector in _SECTORS for programmes in _PROGRAMMES]
_VAT_RATE = Decimal(VAT_PERCENT) / 100
PROLONGED = "the order before it"
"""Stands in the facts of a prolonged package for the number of that order."""


@dataclass(frozen=True, slots=True)
class Lines:
    """One row for each month of an own-account order, and for each package: ``order`` is the row of the order that was
    asked about, ``period`` the first day of a month since 1970. ``amounts`` by ``PARTS``, whole rupiah."""

    order: Integers
    period: Integers
    base_rupiah: Integers
    amounts: dict[str, Integers]

    @property
    def rupiah(self) -> Integers:
        """All parts of each together."""
        return np.asarray(np.sum(list(self.amounts.values()), axis=0), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class ProjectPrice:
    """What a project costs, whole rupiah, with the law, and JKK and JKM of each stage."""

    jkk: int
    jkm: int
    law: str
    stages: list[tuple[int, int]]


class OrderPrices:
    """The law of one plan's orders; what was asked once is kept."""

    def __init__(self, plan: Plan, built: Building) -> None:
        self.plan, self.built = plan, built
        low, high = plan.rates.bpu_income
        self._least = low // INCOME_STEP_RUPIAH
        self._incomes = np.arange(self._least, high // INCOME_STEP_RUPIAH + 1, dtype=np.int64) * INCOME_STEP_RUPIAH
        self._tables: dict[int, Integers] = {}
        self._own_laws: dict[tuple[int, int, int], dict[str, Any]] = {}
        self._projects: dict[int, ProjectPrice] = {}

    def lines(self, orders: Orders) -> Lines:
        """The months of members' orders, in their order; a project's stage has none."""
        own = np.flatnonzero(orders.kind == OWN_ACCOUNT)
        many = orders.months[own]
        order = np.repeat(own, many)
        later = np.arange(len(order)) - np.repeat(np.cumsum(many) - many, many)
        first = self._month_place(orders.from_day[order])
        terms, earned = self._terms(orders.number[order])
        amounts = {key: np.zeros(len(order), dtype=np.int64) for key in PARTS}
        month = first + later
        for place in np.unique(month).tolist():
            here = np.flatnonzero(month == place)
            if place not in self._tables:
                self._tables[place] = self._own_table(place)
            table = self._tables[place]
            for part, key in enumerate(PARTS[:-1]):
                amounts[key][here] = table[terms[here], earned[here], part]
        base = self._bases(first, earned)
        period = self._first_days(month)
        packages = np.flatnonzero(orders.kind == MIGRANT)
        jht, together = self._package_amounts(orders.some(packages))
        zero = np.zeros(len(packages), dtype=np.int64)
        from_month = orders.from_day[packages].astype("datetime64[D]").astype("datetime64[M]")
        order = np.concatenate([order, packages])
        ranked = np.argsort(order, kind="stable")
        of_packages = {"jht": jht, "jkk": zero, "jkm": zero, "jkk_jkm": together}
        return Lines(
            order[ranked],
            np.concatenate([period, from_month.astype("datetime64[D]").astype(np.int64)])[ranked],
            np.concatenate([base, zero])[ranked],
            {key: np.concatenate([amounts[key], of_packages[key]])[ranked] for key in PARTS},
        )

    def amounts(self, orders: Orders) -> dict[str, Integers]:
        """The parts of each order, by ``PARTS``."""
        lines = self.lines(orders)
        totals = {key: np.zeros(len(orders), dtype=np.int64) for key in PARTS}
        for key, column in totals.items():
            np.add.at(column, lines.order, lines.amounts[key])
        for row in np.flatnonzero(orders.kind == PROJECT).tolist():
            jkk, jkm = self.project(int(orders.project[row])).stages[int(orders.stage_no[row]) - 1]
            totals["jkk"][row], totals["jkm"][row] = jkk, jkm
        return totals

    def texts(self, orders: Orders, project_numbers: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Facts (see ``PROLONGED``) and law of each order, as JSON; ``project_numbers`` by place."""
        places, facts, law = [], [], []
        for kind, texts in (
            (OWN_ACCOUNT, self._own_texts),
            (MIGRANT, self._package_texts),
            (PROJECT, lambda some: self._stage_texts(some, project_numbers)),
        ):
            here = np.flatnonzero(orders.kind == kind)
            said, rests_on = texts(orders.some(here))
            places.append(here)
            facts.append(said)
            law.append(rests_on)
        back = np.argsort(np.concatenate(places))
        return pl.concat(facts).gather(back), pl.concat(law).gather(back)

    # -- own account

    def _terms(self, number: Integers) -> tuple[Integers, Integers]:
        """By person the places of his terms in ``_TERMS``, and of what he earns among all incomes."""
        sector = in_transport(self.plan, number).astype(np.int64)
        with_jht = saves_for_old_age(self.plan, number).astype(np.int64)
        return sector * len(_PROGRAMMES) + with_jht, income(self.plan, number) // INCOME_STEP_RUPIAH - self._least

    def _own_table(self, month: int) -> Integers:
        """JHT, JKK and JKM of one month, by terms and income."""
        table = np.zeros((len(_TERMS), len(self._incomes), len(PARTS) - 1), dtype=np.int64)
        for place, (sector, programmes) in enumerate(_TERMS):
            found = bpu.assess(
                month=self.plan.month(month), incomes=self._incomes, programmes=programmes, sector=sector
            )
            for part, key in enumerate(PARTS[:-1]):
                if key in found:
                    table[place, :, part] = found[key]
        return table

    def _bases(self, first: Integers, earned: Integers) -> Integers:
        """What the rates are taken of: as the first month of each order says it."""
        base = np.empty(len(first), dtype=np.int64)
        for place in np.unique(first).tolist():
            here = np.flatnonzero(first == place)
            bands = BandedIncome(load("bpu/income_bands", self.plan.month(place)).amounts)
            base[here] = bands.column(self._incomes[earned[here]], np.empty(len(here), dtype=np.int64))
        return base

    def _own_texts(self, orders: Orders) -> tuple[pl.Series, pl.Series]:
        terms, earned = self._terms(orders.number)
        first = self._month_place(orders.from_day)
        running = np.searchsorted(self.plan.days, ordered_day(orders.ordered_at), side="right") - 1
        owed = np.clip(running - first, 0, orders.months)
        said = pl.Series(
            [f'"programmes": {json.dumps(sorted(chosen))}, "sector": "{sector}"' for sector, chosen in _TERMS]
        )
        facts = pl.select(
            pl.concat_str(
                pl.lit('{"income_rupiah": '),
                pl.Series(self._incomes[earned]),
                pl.lit(", "),
                said.gather(terms),
                pl.lit(', "owed_months": '),
                pl.Series(owed),
                pl.lit(', "skipped_months": 0}'),
            )
        ).to_series()
        # Within a band every income has the same law: one of them speaks for all.
        alike = [first, orders.months, terms, self._bases(first, earned)]
        _, spoken, which = np.unique(np.stack(alike), axis=1, return_index=True, return_inverse=True)
        texts = [
            self._law_of_months(*asked)
            for asked in zip(
                first[spoken].tolist(),
                orders.months[spoken].tolist(),
                terms[spoken].tolist(),
                self._incomes[earned[spoken]].tolist(),
                strict=True,
            )
        ]
        return facts, pl.Series(texts, dtype=pl.String).gather(which.ravel())

    def _law_of_months(self, first: int, months: int, terms: int, earned: int) -> str:
        """The parameters of all months; the newest where one changed meanwhile, as ``Offer.law`` has them."""
        rows: dict[str, Any] = {}
        for month in range(first, first + months):
            base = BandedIncome(load("bpu/income_bands", self.plan.month(month)).amounts).value(earned)
            known = (month, terms, base)
            if known not in self._own_laws:
                self._own_laws[known] = self._law_of_month(month, terms, earned)
            rows |= self._own_laws[known]
        return json.dumps(rows)

    def _law_of_month(self, month: int, terms: int, earned: int) -> dict[str, Any]:
        sector, programmes = _TERMS[terms]
        lines = bpu.explain(month=self.plan.month(month), income=earned, programmes=programmes, sector=sector)
        return {name: row for line in lines for name, row in line.law.items()}

    # -- packages

    def _package_amounts(self, orders: Orders) -> tuple[Integers, Integers]:
        """JHT of all months, and JKK and JKM together."""
        found = np.zeros((2, len(orders)), dtype=np.int64)
        for row, package in enumerate(self._packages_of(orders)):
            found[:, row] = package.jht, package.together
        return found[0], found[1]

    def _package_texts(self, orders: Orders) -> tuple[pl.Series, pl.Series]:
        packages = self._packages_of(orders)
        return (
            pl.Series([package.facts for package in packages], dtype=pl.String),
            pl.Series([package.law for package in packages], dtype=pl.String),
        )

    def _packages_of(self, orders: Orders) -> "list[_Package]":
        known = contracts(self.plan, orders.number)
        asked = zip(
            ordered_day(orders.ordered_at).tolist(),
            orders.months.tolist(),
            known["through_agency"].to_list(),
            known["with_jht"].to_list(),
            known["choice"].to_list(),
            orders.prolongs.tolist(),
            strict=True,
        )
        return [self._package(*words) for words in asked]

    def _package(self, day: int, months: int, agency: bool, with_jht: bool, choice: int, prolongs: bool) -> "_Package":
        on: date = np.datetime64(day, "D").item()
        amounts = _jht_choices(on) if with_jht else ()
        jht_rupiah = amounts[choice % len(amounts)] if amounts else None
        return _prolonged(on, months, jht_rupiah) if prolongs else _packaged(on, months, agency, jht_rupiah)

    # -- projects

    def project(self, place: int) -> ProjectPrice:
        """What a project costs, and each of its stages."""
        if place not in self._projects:
            self._projects[place] = _price(self.built.projects.row(place, named=True))
        return self._projects[place]

    def _stage_texts(self, orders: Orders, project_numbers: pl.Series) -> tuple[pl.Series, pl.Series]:
        due = {(project, stage): day for project, stage, day in self.built.due.iter_rows()} if len(orders) else {}
        facts, law = [], []
        for place, stage in zip(orders.project.tolist(), orders.stage_no.tolist(), strict=True):
            due_on: date = np.datetime64(due[place, stage], "D").item()
            facts.append(json.dumps({"project_no": project_numbers[place], "due_on": due_on.isoformat()}))
            law.append(self.project(place).law)
        return pl.Series(facts, dtype=pl.String), pl.Series(law, dtype=pl.String)

    def _month_place(self, day: Integers) -> Integers:
        """How many months after the plan's first, or before it."""
        months = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        place: Integers = months + _EPOCH.index - self.plan.first.index
        return place

    def _first_days(self, place: Integers) -> Integers:
        month = place + self.plan.first.index - _EPOCH.index
        first: Integers = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        return first


@dataclass(frozen=True, slots=True)
class _Package:
    jht: int
    together: int
    facts: str
    law: str


@cache
def _jht_choices(on: date) -> tuple[int, ...]:
    """What a migrant may choose to save a month; nothing before the law knew of it."""
    try:
        return tuple(load("pmi/jht_choices", on).choices)
    except LawError:
        return ()


@cache
def _packaged(on: date, months: int, agency: bool, jht_rupiah: int | None) -> _Package:
    route = AGENCY if agency else INDIVIDUAL
    answer = offer_package(route=route, contract_months=months, jht_rupiah=jht_rupiah, paid_on=on)
    facts = {
        "route": route,
        "contract_months": months,
        "jht_rupiah": jht_rupiah,
        "before_rupiah": answer.rupiah("before") if "before" in answer.result else 0,
        "priced_on": on.isoformat(),
    }
    jht = answer.rupiah(f"jht_{months}_months") if jht_rupiah else 0
    return _Package(jht, answer.rupiah("total"), json.dumps(facts), json.dumps(dict(answer.law)))


@cache
def _prolonged(on: date, months: int, jht_rupiah: int | None) -> _Package:
    answer = offer_prolonging(months=months, jht_rupiah=jht_rupiah, paid_on=on)
    facts = {
        "prolongs": PROLONGED,
        "extra_months": months,
        "jht_rupiah": jht_rupiah,
        "priced_on": on.isoformat(),
    }
    jht = answer.rupiah(f"jht_{months}_months") if jht_rupiah else 0
    return _Package(jht, answer.rupiah("total"), json.dumps(facts), json.dumps(dict(answer.law)))


def _price(project: dict[str, Any]) -> ProjectPrice:
    answer: Answer = project_answer(
        from_on=np.datetime64(project["from_day"], "D").item(),
        contract_rupiah=project["contract_rupiah"],
        vat_rate=_VAT_RATE if project["with_vat"] else None,
        pattern=project["pattern"],
    )
    amounts = [answer.rupiah(key) for key in answer.result if key.startswith("stage_")] or [answer.rupiah("total")]
    left = np.array([answer.rupiah("jkk"), answer.rupiah("jkm")], dtype=np.int64)
    stages = []
    for amount in amounts:
        jkk, jkm = share_out(amount, left).tolist()
        left -= (jkk, jkm)
        stages.append((jkk, jkm))
    return ProjectPrice(answer.rupiah("jkk"), answer.rupiah("jkm"), json.dumps(dict(answer.law)), stages)
