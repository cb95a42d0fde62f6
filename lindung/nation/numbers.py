"""Ids for everything that happened in a nation, drawn beforehand and given out in the order of time.

So they grow as they would have grown, and a worker's month can name its bill before the bill is written.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lindung.lib import ids
from lindung.nation.draws import Integers
from lindung.nation.orders import Orders
from lindung.nation.plan import Plan
from lindung.nation.reporting import NEVER, Reports, midnight

_REGISTERED_SECONDS, _ENDED_SECONDS, _FOUNDED_SECONDS = 9 * 3_600, 8 * 3_600, 7 * 3_600


@dataclass(frozen=True, slots=True)
class Numbers:
    """By bill (firm x months + month), ``NEVER`` where there is nothing: ids of bills, of payments, of entries for the
    bill, for its penalty when it was issued and when its number was renewed, and for the payment; customer numbers
    (without kind and check digit) of the first and the renewed number.

    A month in which a firm has nobody uses up its ids for nothing, as a sequence may.
    """

    bill: Integers
    payment: Integers
    entry_of_bill: Integers
    entry_of_penalty: Integers
    entry_of_renewed_penalty: Integers
    entry_of_payment: Integers
    customer: Integers
    renewed_customer: Integers


@dataclass(frozen=True, slots=True)
class OrderNumbers:
    """By order, ``NEVER`` where there is nothing: ids of the order, its payment and that one's entry, and the customer
    number (without kind and check digit); by project the id of it."""

    order: Integers
    customer: Integers
    payment: Integers
    entry: Integers
    project: Integers


def draw_numbers(
    cursor: Any, reports: Reports, orders: Orders, registered_at: Integers
) -> tuple[Numbers, OrderNumbers]:
    """Draw all ids of a nation's bills and orders from the platform's own sequences; ``registered_at`` by project."""
    at_issue, at_renewal, at_payment = (
        column.ravel() for column in (reports.reported_at, reports.reissued_at, reports.paid_at)
    )
    late = np.where(reports.late_at_report.ravel() > 0, at_issue, NEVER)
    ordered_at, paid_at = orders.ordered_at, orders.paid_at
    entries, (order_entry,) = _in_time(
        cursor, "ledger_entry_id_seq", [at_issue, late, at_renewal, at_payment], [paid_at]
    )
    customers, (order_customer,) = _in_time(
        cursor, "contributions_virtual_account_seq", [at_issue, at_renewal], [ordered_at]
    )
    (payment,), (order_payment,) = _in_time(cursor, "contributions_payment_id_seq", [at_payment], [paid_at])
    ((bill,),) = _in_time(cursor, "contributions_bill_id_seq", [at_issue])
    ((order,),) = _in_time(cursor, "contributions_order_id_seq", [ordered_at])
    ((project,),) = _in_time(cursor, "contributions_project_id_seq", [registered_at])
    bills = Numbers(
        bill=bill,
        payment=payment,
        entry_of_bill=entries[0],
        entry_of_penalty=entries[1],
        entry_of_renewed_penalty=entries[2],
        entry_of_payment=entries[3],
        customer=customers[0],
        renewed_customer=customers[1],
    )
    return bills, OrderNumbers(order, order_customer, order_payment, order_entry, project)


def _in_time(cursor: Any, sequence: str, *groups: list[Integers]) -> list[list[Integers]]:
    """An id for each moment that is not ``NEVER``, ascending by moment, then group by group, thing by thing and list by
    list; the lists of a group are as long as one another."""
    every = np.concatenate([np.stack(moments, axis=1).ravel() for moments in groups])
    happened = np.flatnonzero(every != NEVER)
    order = happened[np.argsort(every[happened], kind="stable")]
    given = np.full(len(every), NEVER, dtype=np.int64)
    given[order] = ids.draw(cursor, sequence, len(order))
    ends = np.cumsum([len(moments) * len(moments[0]) for moments in groups])[:-1]
    return [
        list(part.reshape(-1, len(moments)).T.copy())
        for part, moments in zip(np.split(given, ends), groups, strict=True)
    ]


def act_at(plan: Plan, act: Integers) -> Integers:
    """The second of an act of registration (odd: people told of; even: ends told of), before the plan's present."""
    hour = np.where(act % 2 == 1, _REGISTERED_SECONDS, _ENDED_SECONDS)
    return _not_later(plan, midnight(plan.days[act // 2]) + hour)


def founded_at(plan: Plan, founded: Integers) -> Integers:
    """The second at which firms that begin in these months are registered."""
    return _not_later(plan, midnight(plan.days[founded]) + _FOUNDED_SECONDS)


def day_at(plan: Plan, day: Integers) -> Integers:
    """The second of something on a day since 1970 that has no other hour."""
    return _not_later(plan, midnight(day) + _REGISTERED_SECONDS)


def _not_later(plan: Plan, second: Integers) -> Integers:
    present = np.array([plan.until_on], dtype="datetime64[D]").astype(np.int64)
    return np.minimum(second, midnight(present) - 1)
