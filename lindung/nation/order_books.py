"""Orders, their numbers and payments, and the projects of a nation, as rows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from lindung.contributions.ordering import LETTERS, ORDER_DAYS, PARTS
from lindung.contributions.virtual_accounts import ORDER_NUMBER
from lindung.lib.copy import copy_rows
from lindung.nation.books import customer_numbers, receipt_numbers
from lindung.nation.draws import Integers
from lindung.nation.history import INTERNET_BANKING
from lindung.nation.nation import Nation, Part
from lindung.nation.numbers import OrderNumbers
from lindung.nation.order_prices import PROLONGED
from lindung.nation.orders import KINDS, PROJECT, Orders
from lindung.nation.registering import Registered, moments, wib_month
from lindung.nation.reporting import DAY_SECONDS, NEVER


@dataclass(frozen=True, slots=True)
class OrderBooks:
    """Some orders as columns, whole rupiah by ``PARTS``; ``*_id`` are ``NEVER`` where there is nothing."""

    places: Integers
    orders: Orders
    numbers: OrderNumbers
    person_id: Integers
    membership_id: Integers
    employer_id: Integers
    project_id: Integers
    amounts: dict[str, Integers]
    order_numbers: pl.Series

    def __len__(self) -> int:
        return len(self.places)

    @property
    def amount(self) -> Integers:
        """What is asked for, and paid."""
        return np.asarray(np.sum([self.amounts[key] for key in PARTS], axis=0), dtype=np.int64)


class AllOrders:
    """What is known of all orders of a nation, whence some of them can be had with everything about them."""

    def __init__(self, nation: Nation, numbers: OrderNumbers, employer_id: Integers) -> None:
        self.nation, self.numbers = nation, numbers
        self.employer_id = employer_id[nation.built.projects["firm"].to_numpy()]
        self.person_id, self.membership_id = np.full((2, len(nation.orders)), NEVER, dtype=np.int64)
        self.places: Integers = np.argsort(numbers.order)
        """All of them, by id."""

    def add(self, part: Part, written: Registered) -> None:
        """Whose orders those of a part are."""
        self.person_id[part.order_places] = written.own_person_id[part.order_owner]
        self.membership_id[part.order_places] = written.own_membership_id[part.order_owner]

    def some(self, places: Integers) -> OrderBooks:
        """The orders at these places, in this order."""
        chosen, own = self.nation.orders.some(places), self.numbers
        project = np.where(chosen.kind == PROJECT, chosen.project, 0)
        of_project = chosen.kind == PROJECT
        return OrderBooks(
            places=places,
            orders=chosen,
            numbers=OrderNumbers(
                own.order[places], own.customer[places], own.payment[places], own.entry[places], own.project
            ),
            person_id=self.person_id[places],
            membership_id=self.membership_id[places],
            employer_id=_where(of_project, self.employer_id, project),
            project_id=_where(of_project, own.project, project),
            amounts=self.nation.prices.amounts(chosen),
            order_numbers=self._texts(places),
        )

    @cached_property
    def project_numbers(self) -> pl.Series:
        """``JK202600000012`` by place."""
        registered = pl.Series(self.nation.built.projects["registered_at"])
        year = wib_month(registered.to_numpy()).str.slice(0, 4)
        number = pl.Series(self.numbers.project).cast(pl.String).str.zfill(8)
        return pl.select(pl.concat_str(pl.lit("JK"), year, number)).to_series()

    def texts(self, made: OrderBooks) -> tuple[pl.Series, pl.Series]:
        """Facts and law of some orders, as JSON."""
        facts, law = self.nation.prices.texts(made.orders, self.project_numbers)
        before = self._texts(np.maximum(made.places - 1, 0))
        said = pl.DataFrame({"facts": facts, "before": before}).select(
            pl.col("facts").str.replace(PROLONGED, pl.col("before"), literal=True)
        )
        return said["facts"], law

    def _texts(self, places: Integers) -> pl.Series:
        """``B202610000000012`` and the like."""
        orders = self.nation.orders
        letters = pl.Series([LETTERS[kind] for kind in KINDS]).gather(orders.kind[places])
        number = pl.Series(self.numbers.order[places]).cast(pl.String).str.zfill(9)
        return pl.select(pl.concat_str(letters, wib_month(orders.ordered_at[places]), number)).to_series()


def _where(there: Any, values: Integers, places: Integers) -> Integers:
    return np.where(there, values[places] if len(values) else NEVER, NEVER)


def copy_orders(cursor: Any, all_orders: AllOrders, made: OrderBooks, *, partner_id: int) -> dict[str, int]:
    """Write some orders, their numbers and their payments; gives the rows by table."""
    orders, numbers = made.orders, made.numbers
    facts, law = all_orders.texts(made)
    customer_no = customer_numbers(ORDER_NUMBER, numbers.customer)
    paid = orders.paid_at != NEVER
    rows = pl.DataFrame(
        {
            "id": numbers.order,
            "number": made.order_numbers,
            "kind": pl.Series(KINDS).gather(orders.kind),
            "person_id": _ids(made.person_id),
            "membership_id": _ids(made.membership_id),
            "employer_id": _ids(made.employer_id),
            "project_id": _ids(made.project_id),
            "stage_no": _ids(orders.stage_no),
            "from_on": orders.from_day.astype("datetime64[D]"),
            "until_on": orders.until_day.astype("datetime64[D]"),
            "months": orders.months,
            **{key: made.amounts[key] for key in PARTS},
            "amount_rupiah": made.amount,
            "facts": facts,
            "law": law,
            "ordered_at": moments(orders.ordered_at),
            "paid_at": moments(orders.paid_at),
            "payment_id": _ids(np.where(paid, numbers.payment, NEVER)),
            "withdrawn_at": moments(orders.withdrawn_at),
        }
    )
    accounts = pl.DataFrame(
        {
            "customer_no": customer_no,
            "order_id": numbers.order,
            "contribution_rupiah": made.amount,
            "penalty_rupiah": np.zeros(len(made), dtype=np.int64),
            "months_late": np.zeros(len(made), dtype=np.int64),
            "opened_at": moments(orders.ordered_at),
            "expires_at": moments(orders.ordered_at + ORDER_DAYS * DAY_SECONDS),
            "closed_at": moments(np.where(paid, orders.paid_at, orders.withdrawn_at)),
        }
    )
    return {
        "contributions_order": copy_rows(cursor, "contributions_order", rows),
        "contributions_virtualaccount": copy_rows(cursor, "contributions_virtualaccount", accounts),
        "contributions_payment": copy_rows(
            cursor, "contributions_payment", _payments(made, customer_no, partner_id).filter(pl.Series(paid))
        ),
    }


def _payments(made: OrderBooks, customer_no: pl.Series, partner_id: int) -> pl.DataFrame:
    orders, numbers = made.orders, made.numbers
    return pl.DataFrame(
        {
            "id": numbers.payment,
            "customer_no": customer_no,
            "employer_id": _ids(made.employer_id),
            "order_id": numbers.order,
            "amount_rupiah": made.amount,
            "month": wib_month(orders.paid_at),
            "paid_at": moments(orders.paid_at),
        }
    ).select(
        "id",
        "customer_no",
        "employer_id",
        "order_id",
        "amount_rupiah",
        "paid_at",
        penalty_rupiah=pl.lit(0),
        partner_id=pl.lit(partner_id),
        meant_for="customer_no",
        reference=pl.concat_str(pl.lit("history-"), "customer_no"),
        channel=pl.lit(INTERNET_BANKING),
        bank_reference=pl.concat_str(pl.lit("H"), pl.col("order_id").cast(pl.String).str.zfill(11)),
        receipt_number=receipt_numbers(pl.col("month"), pl.col("id")),
    )


def copy_projects(cursor: Any, all_orders: AllOrders) -> dict[str, int]:
    """Write the construction projects with their stages."""
    nation, numbers = all_orders.nation, all_orders.numbers
    built = nation.built
    prices = [nation.prices.project(place) for place in range(built.projects.height)]
    stages = [stage for price in prices for stage in price.stages]
    jkk, jkm = (pl.Series([parts[which] for parts in stages], dtype=pl.Int64) for which in (0, 1))
    projects = built.projects.select(
        "name",
        "work_order_no",
        "contract_rupiah",
        "pattern",
        id=pl.Series(numbers.project),
        number=all_orders.project_numbers,
        employer_id=pl.Series(all_orders.employer_id),
        work_order_on=_day("work_order_day"),
        from_on=_day("from_day"),
        until_on=_day("until_day"),
        vat_rate=pl.when("with_vat").then(pl.lit("0.11")),
        net_rupiah="value_rupiah",
        jkk=pl.Series([price.jkk for price in prices], dtype=pl.Int64),
        jkm=pl.Series([price.jkm for price in prices], dtype=pl.Int64),
        amount_rupiah=pl.Series([price.jkk + price.jkm for price in prices], dtype=pl.Int64),
        law=pl.Series([price.law for price in prices], dtype=pl.String),
        registered_at=moments(built.projects["registered_at"].to_numpy()),
    )
    due = built.due.select(
        project_id=pl.Series(numbers.project).gather(built.due["project"]),
        stage_no="stage_no",
        due_on=_day("due_day"),
        jkk=jkk,
        jkm=jkm,
        amount_rupiah=jkk + jkm,
    )
    return {
        "contributions_project": copy_rows(cursor, "contributions_project", projects.sort("id")),
        "contributions_projectstage": copy_rows(
            cursor, "contributions_projectstage", due.sort("project_id", "stage_no")
        ),
    }


def _ids(column: Integers) -> pl.Series:
    """``NEVER`` becomes null."""
    ids = pl.Series(column)
    return pl.select(pl.when(ids != NEVER).then(ids)).to_series()


def _day(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Int32).cast(pl.Date)
