"""What a correction of a billed month comes to, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from lindung.contributions.issuing import PARTS, Rupiah, parts_of
from lindung.contributions.models import Bill
from lindung.contributions.shapes import WageRows
from lindung.law import Month, Programme
from lindung.law import contributions as law
from lindung.law.contributions import BILLED_KEYS
from lindung.lib.copy import fetch_columns

_KEYS = ["person_id", "employment_id", "membership_id", "jp_liable", "jkp_member"]


class NotBilled(Exception):
    """This employer's month has no bill yet: it is reported, not corrected."""


class MonthPartlyPaid(Exception):
    """A bill of the month is paid in part: it is to be paid whole before the month can be corrected."""


class NothingToCorrect(Exception):
    """The month is already what it is asked to become."""


@dataclass(frozen=True, eq=False)
class Plan:
    """``replaced``: bills of which nothing was paid. ``more``, ``less``: what is billed and given back, by worker.

    Frames with the keys, ``wage_rupiah`` and the parts, as differences to what is paid; ``law`` by which they came.
    """

    replaced: list[Bill]
    first: Bill
    more: pl.DataFrame
    less: pl.DataFrame
    law: Mapping[str, Any]

    @property
    def more_rupiah(self) -> int:
        return _amount(self.more)

    @property
    def less_rupiah(self) -> int:
        return -_amount(self.less)


def plan(standing: Sequence[Bill], rows: WageRows, *, period: date) -> Plan:
    """Reckon a correction of a month from the bills that stand for it, in order, and what is told of some workers.

    Writes nothing. Raises ``NotBilled``, ``MonthPartlyPaid``, ``NothingToCorrect``.
    """
    if not standing:
        raise NotBilled
    if any(bill.paid_at is None and (bill.contribution_paid_rupiah or bill.penalty_paid_rupiah) for bill in standing):
        raise MonthPartlyPaid
    known = _lines_of(standing)
    month = _as_corrected(known, rows)
    if _same_wages(month, known):
        raise NothingToCorrect
    first = standing[0]
    assessment = law.assess(
        month=Month.of(period),
        jkk_class=first.jkk_class,
        programmes=frozenset(Programme(code) for code in first.programmes),
        wages=month["wage_rupiah"].to_numpy(),
        jp_liable=month["jp_liable"].to_numpy(),
        jkp_member=month["jkp_member"].to_numpy(),
    )
    assessed = month.with_columns(**{key: pl.Series(part) for key, part in parts_of(assessment).items()})
    more, less = _more_and_less(_less_paid(assessed, [bill for bill in standing if bill.paid_at is not None]))
    return Plan([bill for bill in standing if bill.paid_at is None], first, more, less, assessment.law)


def rows_and_parts(frame: pl.DataFrame) -> tuple[WageRows, dict[str, Rupiah]]:
    """A side of a plan as a bill is written from it."""
    columns = {name: np.ascontiguousarray(frame[name].to_numpy()) for name in (*_KEYS, "wage_rupiah", *PARTS)}
    return WageRows(**{name: columns[name] for name in (*_KEYS, "wage_rupiah")}), {key: columns[key] for key in PARTS}


def _amount(frame: pl.DataFrame) -> int:
    return sum(int(frame[key].sum()) for key in BILLED_KEYS)


def _lines_of(bills: Sequence[Bill]) -> pl.DataFrame:
    """What these bills say of every worker together: keys, ``wage_rupiah`` and the parts, persons ascending."""
    parts = ", ".join(f"sum({key})::bigint AS {key}" for key in PARTS)
    return fetch_columns(
        "SELECT person_id, max(employment_id) AS employment_id, max(membership_id) AS membership_id,"
        f" bool_or(jp_liable) AS jp_liable, bool_or(jkp_member) AS jkp_member,"
        f" sum(wage_rupiah)::bigint AS wage_rupiah, {parts}"
        " FROM contributions_billline WHERE bill_id = ANY(%s::bigint[]) GROUP BY person_id",
        [[bill.pk for bill in bills]],
        {
            **dict.fromkeys((*_KEYS[:3], "wage_rupiah", *PARTS), pl.Int64),
            "jp_liable": pl.Boolean,
            "jkp_member": pl.Boolean,
        },
    ).sort("person_id")


def _as_corrected(known: pl.DataFrame, rows: WageRows) -> pl.DataFrame:
    """Keys and wage of every worker, as they should be. What is known of a worker's month beyond the wage stays."""
    told = pl.DataFrame({name: getattr(rows, name) for name in (*_KEYS, "wage_rupiah")})
    kept = known.select(*_KEYS, "wage_rupiah").join(told.select("person_id"), on="person_id", how="anti")
    changed = known.select(_KEYS).join(told.select("person_id", "wage_rupiah"), on="person_id", how="inner")
    added = told.join(known.select("person_id"), on="person_id", how="anti")
    return pl.concat([part.select(*_KEYS, "wage_rupiah") for part in (kept, changed, added)]).sort("person_id")


def _same_wages(month: pl.DataFrame, known: pl.DataFrame) -> bool:
    wages = [frame.select("person_id", "wage_rupiah").filter(pl.col("wage_rupiah") > 0) for frame in (month, known)]
    return wages[0].equals(wages[1])


def _less_paid(month: pl.DataFrame, paid: list[Bill]) -> pl.DataFrame:
    """What the month should be less what its paid bills are, worker by worker."""
    if not paid:
        return month
    before = _lines_of(paid).select("person_id", pl.col("wage_rupiah", *PARTS).name.suffix("_before"))
    joined = month.join(before, on="person_id", how="left", maintain_order="left")
    return joined.with_columns(pl.col(name) - pl.col(f"{name}_before").fill_null(0) for name in ("wage_rupiah", *PARTS))


def _more_and_less(differences: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Workers who were billed too little, and too much: more wage never means less of any part."""
    amount = pl.sum_horizontal(BILLED_KEYS)
    moved = differences.filter((pl.col("wage_rupiah") != 0) | (amount != 0))
    more = moved.filter(amount >= 0).filter((pl.col("wage_rupiah") > 0) | (amount > 0))
    less = moved.filter(amount < 0)
    for frame, sign in ((more, 1), (less, -1)):
        if any((sign * frame[key] < 0).any() for key in PARTS):
            raise RuntimeError("a part of a correction moves against its wage")
    return more, less
