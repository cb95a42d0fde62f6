"""A month that was billed and turns out to be another: corrected by a bill of its own, or by credit."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import polars as pl
from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions import postings
from lindung.contributions.issuing import PARTS, BillOf, Rupiah, issue_bill, parts_of
from lindung.contributions.models import Bill
from lindung.contributions.owing import lock_employers_money, lock_month
from lindung.contributions.services.refusals import MonthPartlyPaid, NotBilled, NothingToCorrect
from lindung.contributions.settling import close_number, offer_number
from lindung.contributions.shapes import IssuedBill, WageRows
from lindung.contributions.virtual_accounts import issued
from lindung.law import Month, Programme
from lindung.law import contributions as law
from lindung.law.contributions import BILLED_KEYS
from lindung.ledger.services import post
from lindung.lib.copy import fetch_columns

_KEYS = ["person_id", "employment_id", "membership_id", "jp_liable", "jkp_member"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """``bill``: what is to be paid now, if anything. ``credited_rupiah``: what became the employer's credit.

    ``replaced``: numbers of bills that are void, because nothing was paid of them.
    """

    bill: IssuedBill | None
    credited_rupiah: int
    replaced: tuple[str, ...]


@transaction.atomic
def correct_month(
    *, actor: Actor, employer_id: int, period: date, upload_id: int | None, rows: WageRows, now: datetime
) -> Corrected:
    """Make a billed month what ``rows`` say of the workers in them; everybody else stays. Wage 0: did not work.

    Bills of the month of which nothing was paid are replaced by one that holds everything. Of what is paid, workers
    whose wage was too low are on a bill of the difference, due when the month was; workers whose wage was too high are
    on a bill below zero: their JHT goes down and the employer's credit up. Assessed by the facts of the first bill.

    One transaction with entries and trail. Raises ``NotBilled``, ``MonthPartlyPaid``, ``NothingToCorrect``.
    """
    lock_month(employer_id, period)
    lock_employers_money(employer_id)
    standing = list(
        Bill.objects.select_for_update().filter(employer_id=employer_id, period=period, voided_at=None).order_by("id")
    )
    if not standing:
        raise NotBilled
    if any(bill.paid_at is None and (bill.contribution_paid_rupiah or bill.penalty_paid_rupiah) for bill in standing):
        raise MonthPartlyPaid
    unpaid = [bill for bill in standing if bill.paid_at is None]
    paid = [bill for bill in standing if bill.paid_at is not None]
    month = _as_corrected(_lines_of(standing), rows)
    if _same_wages(month, _lines_of(standing)):
        raise NothingToCorrect
    assessment = law.assess(
        month=Month.of(period),
        jkk_class=standing[0].jkk_class,
        programmes=frozenset(Programme(code) for code in standing[0].programmes),
        wages=month["wage_rupiah"].to_numpy(),
        jp_liable=month["jp_liable"].to_numpy(),
        jkp_member=month["jkp_member"].to_numpy(),
    )
    for bill in unpaid:
        _void(bill, actor=actor, now=now)
    differences = _less_paid(
        month.with_columns(**{key: pl.Series(part) for key, part in parts_of(assessment).items()}), paid
    )
    newest = max(bill.revision for bill in Bill.objects.filter(employer_id=employer_id, period=period))
    more, less = _more_and_less(differences)
    bills = []
    for place, part in enumerate(part for part in (more, less) if part.height):
        facts = BillOf(
            employer_id=employer_id,
            period=period,
            revision=newest + 1 + place,
            upload_id=upload_id if place == 0 else None,
            jkk_class=standing[0].jkk_class,
            programmes=list(standing[0].programmes),
            law=assessment.law,
        )
        bills.append(issue_bill(facts, _wage_rows(part), _parts(part), actor=actor, now=now))
    given_back = sum(-bill.amount_rupiah for bill in bills if bill.amount_rupiah < 0)
    to_pay = next((bill for bill in bills if bill.amount_rupiah > 0), None)
    # The number comes last: credit given back just now pays the bill of the same correction.
    offered = issued(to_pay, offer_number(to_pay, actor=actor, now=now)) if to_pay else None
    trail.record(
        actor=actor,
        act="month_corrected",
        object_kind="bill",
        object_id=standing[0].pk,
        now=now,
        detail={
            "bills": ", ".join(bill.number for bill in bills),
            "replaced": ", ".join(bill.number for bill in unpaid),
            "credited_rupiah": given_back,
        },
    )
    return Corrected(offered, given_back, tuple(bill.number for bill in unpaid))


def _lines_of(bills: list[Bill]) -> pl.DataFrame:
    """What these bills say of every worker together: keys, ``wage_rupiah`` and the parts, persons ascending."""
    parts = ", ".join(f"sum({key})::bigint AS {key}" for key in PARTS)
    return fetch_columns(
        "SELECT person_id, max(employment_id) AS employment_id, max(membership_id) AS membership_id,"
        f" bool_or(jp_liable) AS jp_liable, bool_or(jkp_member) AS jkp_member,"
        f" sum(wage_rupiah)::bigint AS wage_rupiah, {parts}"
        " FROM contributions_billline WHERE bill_id = ANY(%s::bigint[]) GROUP BY person_id ORDER BY person_id",
        [[bill.pk for bill in bills]],
        {
            **dict.fromkeys((*_KEYS[:3], "wage_rupiah", *PARTS), pl.Int64),
            "jp_liable": pl.Boolean,
            "jkp_member": pl.Boolean,
        },
    )


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


def _wage_rows(frame: pl.DataFrame) -> WageRows:
    return WageRows(**{name: np.ascontiguousarray(frame[name].to_numpy()) for name in (*_KEYS, "wage_rupiah")})


def _parts(frame: pl.DataFrame) -> dict[str, Rupiah]:
    return {key: np.ascontiguousarray(frame[key].to_numpy()) for key in PARTS}


def _void(bill: Bill, *, actor: Actor, now: datetime) -> None:
    close_number(bill, now)
    Bill.objects.filter(pk=bill.pk).update(voided_at=now)
    post(
        actor=actor,
        key=f"bill-voided:{bill.pk}",
        kind="bill_voided",
        agency_lines=postings.bill_voided(bill),
        holder_lines=None,
        happened_at=now,
        now=now,
    )
