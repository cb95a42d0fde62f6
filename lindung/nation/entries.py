"""The ledger's entries for the bills and orders of a nation, with the agency's own lines.

Accounts and amounts come from the contributions' own postings, given columns in place of one bill's numbers.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import polars as pl

from lindung.contributions import postings
from lindung.contributions.models import Bill, Order
from lindung.ledger.chart import AGENCY, account
from lindung.ledger.services import AgencyLine
from lindung.lib.copy import copy_columns, copy_rows
from lindung.nation.books import Books
from lindung.nation.draws import Integers
from lindung.nation.months import AMOUNTS
from lindung.nation.order_books import OrderBooks
from lindung.nation.registering import moments
from lindung.nation.reporting import NEVER


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of one kind: their ids, keys, moments, lines of the agency by account, and what a digest adds."""

    kind: str
    entry_id: Integers
    key: pl.Series
    happened_at: Integers
    lines: list[tuple[Integers, Integers]]
    held_lines: Integers
    held_rupiah: Integers
    facts: pl.Series | None

    @property
    def line_count(self) -> Integers:
        """How many lines each has: those of nothing are not written."""
        count: Integers = self.held_lines + np.sum([amount != 0 for _, amount in self.lines], axis=0)
        return count


def entries(made: Books, partner_id: int) -> list[Entries]:
    """All entries of some bills, kind by kind, in the order in which a bill has them."""
    number = made.numbers
    found = [_bill_entries(made)]
    renewed_more = made.renewed_penalty - made.penalty
    for entry_id, more, moment, customer_no in (
        (number.entry_of_penalty, made.penalty, made.issued_at, made.first_no),
        (number.entry_of_renewed_penalty, renewed_more, made.renewed_at, made.renewed_no),
    ):
        rows = np.flatnonzero((moment != NEVER) & (entry_id != NEVER) & (more != 0))
        found.append(_penalty_entries(made, rows, entry_id, more, moment, customer_no))
    found.append(_payment_entries(made, np.flatnonzero(made.paid_at != NEVER), partner_id))
    return found


def _bill_entries(made: Books) -> Entries:
    lines = postings.bill_issued(_as_bill(amount_rupiah=made.amount))
    nothing = np.zeros(len(made), dtype=np.int64)
    return Entries(
        "bill",
        made.numbers.entry_of_bill,
        _keys("bill:", made.numbers.bill),
        made.issued_at,
        _columns(lines, made.employer_id),
        nothing,
        nothing,
        None,
    )


def _penalty_entries(
    made: Books, rows: Integers, entry_id: Integers, more: Integers, moment: Integers, customer_no: pl.Series
) -> Entries:
    lines = postings.penalty_added(_as_bill(), cast(int, more[rows]))
    nothing = np.zeros(len(rows), dtype=np.int64)
    keys = pl.select(pl.concat_str(pl.lit("penalty:"), customer_no.gather(rows))).to_series()
    return Entries(
        "penalty",
        entry_id[rows],
        keys,
        moment[rows],
        _columns(lines, made.employer_id[rows]),
        nothing,
        nothing,
        None,
    )


def _payment_entries(made: Books, rows: Integers, partner_id: int) -> Entries:
    sums = {name: values[rows] for name, values in made.sums.items()}
    penalty = made.penalty_paid[rows]
    bill = _as_bill(amount_rupiah=made.amount[rows], **{key: sums[key] for key in AMOUNTS})
    lines = postings.bill_paid(bill, partner_id=partner_id, penalty_rupiah=cast(int, penalty))
    held = sums["jht_employer"] + sums["jht_worker"]
    numbers = made.bill_numbers.gather(rows)
    facts = pl.select(
        pl.format("JHT of bill {}: {} workers, {}", numbers, pl.Series(sums["workers"]), pl.Series(held))
    ).to_series()
    return Entries(
        "payment",
        made.numbers.entry_of_payment[rows],
        _keys("payment:", made.numbers.payment[rows]),
        made.paid_at[rows],
        _columns(lines, made.employer_id[rows]),
        sums["jht_workers"],
        held,
        facts,
    )


def order_entries(made: OrderBooks, partner_id: int) -> list[Entries]:
    """The entries of what was paid of some orders: those that a member has JHT of, and the others."""
    paid = made.orders.paid_at != NEVER
    jht = made.amounts["jht"]
    return [
        _order_entries(made, np.flatnonzero(paid & (jht > 0)), partner_id, held=True),
        _order_entries(made, np.flatnonzero(paid & (jht == 0)), partner_id, held=False),
    ]


def _order_entries(made: OrderBooks, rows: Integers, partner_id: int, *, held: bool) -> Entries:
    amounts = {key: column[rows] for key, column in made.amounts.items()}
    order = cast(Order, SimpleNamespace(amount_rupiah=made.amount[rows], **amounts))
    lines = postings.order_paid(order, partner_id=partner_id)
    numbers = made.order_numbers.gather(rows)
    facts = pl.select(pl.format("JHT of order {}: {}", numbers, pl.Series(amounts["jht"]))).to_series()
    return Entries(
        "payment",
        made.numbers.entry[rows],
        _keys("payment:", made.numbers.payment[rows]),
        made.orders.paid_at[rows],
        _columns(lines, np.full(len(rows), _ANY_EMPLOYER, dtype=np.int64)),
        np.full(len(rows), int(held), dtype=np.int64),
        amounts["jht"],
        facts if held else None,
    )


_ANY_EMPLOYER = 1


def _as_bill(**columns: Integers) -> Bill:
    """Columns in the place of a bill's numbers: the postings add and subtract, and that columns can do too."""
    return cast(Bill, SimpleNamespace(employer_id=_ANY_EMPLOYER, **columns))


def _columns(lines: list[AgencyLine], employer_id: Integers) -> list[tuple[Integers, Integers]]:
    """Account numbers and amounts by line; a firm's own account is that firm's."""
    owed = account("receivable", _ANY_EMPLOYER)
    columns = []
    for line in lines:
        numbers = np.full(len(employer_id), line.account_no, dtype=np.int64)
        if line.account_no == owed:
            numbers += employer_id - _ANY_EMPLOYER
        columns.append((numbers, np.asarray(line.amount_rupiah, dtype=np.int64)))
    return columns


def _keys(what: str, ids: Integers) -> pl.Series:
    return pl.select(pl.concat_str(pl.lit(what), pl.Series(ids).cast(pl.String))).to_series()


def copy_entries(cursor: Any, found: Sequence[Entries]) -> dict[str, int]:
    """Write entries with the agency's own lines; gives the rows by table."""
    frames, line_rows = [], 0
    for some in found:
        credit = np.sum([np.maximum(amount, 0) for _, amount in some.lines], axis=0) + some.held_rupiah
        frames.append(
            pl.DataFrame(
                {
                    "id": some.entry_id,
                    "key": some.key,
                    "body_sha256": pl.Series(_digests(some), dtype=pl.Binary),
                    "kind": pl.Series([some.kind] * len(some.entry_id), dtype=pl.String),
                    "happened_at": moments(some.happened_at),
                    "line_count": some.line_count,
                    "credit_rupiah": credit,
                }
            )
        )
        line_rows += _copy_agency_lines(cursor, some)
    return {"ledger_entry": copy_rows(cursor, "ledger_entry", pl.concat(frames).sort("id")), "ledger_line": line_rows}


def _copy_agency_lines(cursor: Any, some: Entries) -> int:
    """One account after the other, so that lines come in the order of their key."""
    rows = 0
    for line_no, (number, amount) in enumerate(some.lines, 1):
        there = np.flatnonzero(amount != 0)
        there = there[np.lexsort((some.entry_id[there], number[there]))]
        rows += copy_columns(
            cursor,
            "ledger_line",
            {
                "holder_id": np.full(len(there), AGENCY, dtype=np.int64),
                "account_no": number[there],
                "entry_id": some.entry_id[there],
                "line_no": np.full(len(there), line_no, dtype=np.int32),
                "amount_rupiah": amount[there],
            },
        )
    return rows


def _digests(some: Entries) -> list[bytes]:
    """By which the ledger knows a repeat: over kind, lines and facts, as ``ledger/services.py`` writes them."""
    parts = [pl.format("{}:{}", pl.Series(number), pl.Series(amount)) for number, amount in some.lines]
    body = [pl.lit(some.kind), *parts, *([pl.lit(some.facts)] if some.facts is not None else [])]
    if not len(some.entry_id):
        return []
    texts = pl.select(pl.concat_str(*body, separator="\n")).to_series()
    return [hashlib.sha256(text.encode()).digest() for text in texts.to_list()]
