"""Wages of months that are billed already: what each should have been, or what was paid for it later (RAPEL).

Every row names its month, so that one file puts right as many months as it needs. A worker's month that is not in the
file stays as it was billed. Nothing is written here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl

from lindung.contributions import money_queries
from lindung.contributions import queries as contributions
from lindung.contributions.services import (
    MonthPartlyPaid,
    NotBilled,
    NothingToCorrect,
    WageRows,
    correct_months,
)
from lindung.law import Month
from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts
from lindung.uploads.cleaning import month_of, wages
from lindung.uploads.findings import CORRECTED_SCHEMA, ROW_SCHEMA, FoundFaults, fault_counts, findings_of
from lindung.uploads.kinds import correction_faults as own_faults
from lindung.uploads.kinds import wage_faults
from lindung.uploads.kinds.aliases import columns
from lindung.uploads.kinds.correction_form import BESIDE, write_correction_form
from lindung.uploads.kinds.kind import AmountsDiffer, Booked, Checked, Order
from lindung.uploads.kinds.own_workers import refuse_future_month
from lindung.uploads.kinds.wage_report import jp_liable
from lindung.uploads.kinds.worker_rows import settled
from lindung.uploads.layouts import Layout
from lindung.uploads.limits import Refused
from lindung.uploads.matching import identities, match
from lindung.uploads.progress import Meter, Step
from lindung.uploads.sheet import Sheet, field_texts

LAYOUT: Final = Layout(
    kind="wage_correction",
    sheet="koreksi_upah",
    fields=columns("nik", "kpj", "employee_no", "worker_code", "name", "birth_on", "period", "wage", "back_pay", "npp"),
    needed={
        "identifier": ("kpj", "nik", "employee_no", "worker_code"),
        "period": ("period",),
        "right_wage": ("wage", "back_pay"),
    },
    content=("wage", "back_pay"),
    identifiers=("nik", "kpj", "employee_no", "worker_code"),
    totals=("nik", "kpj", "employee_no", "worker_code", "name"),
    numbers_as_text=("nik", "kpj"),
    beside=BESIDE,
)
CHECKING: Final[tuple[Step, ...]] = ("reading", "matching", "law", "saving")
BOOKING: Final[tuple[Step, ...]] = ("booking", "posting")
IN_PARTS: Final = True
ONE_A_MONTH: Final = False
refuse_month, template = refuse_future_month, write_correction_form

KINDS: Final = ("raised", "lowered", "added", "withdrawn")
"""What becomes of a worker's month. ``added``: it was not billed at all; ``withdrawn``: he did not work in it."""

_FIRST: Final = date(2015, 7, 1)


@dataclass(frozen=True, slots=True)
class FirmToCorrect:
    """Whose months they are. Which months, only the file says."""

    employer: EmployerFacts


@dataclass(frozen=True, slots=True, eq=False)
class CorrectedWages:
    """A sheet, its fields as text, whose row it is, and ``amounts``: month and wage or back pay, read."""

    sheet: Sheet
    fields: pl.DataFrame
    identities: pl.DataFrame
    amounts: pl.DataFrame


def month_facts(*, employer: EmployerFacts, period: date, today: date) -> FirmToCorrect:
    """The firm alone: the months of a file are known when it is read."""
    return FirmToCorrect(employer)


def file_rows(sheet: Sheet) -> CorrectedWages:
    """Clean a sheet's fields, index its NIK, and read months and amounts."""
    fields = field_texts(sheet, LAYOUT)
    months = {text: month_of(text) for text in fields["period"].drop_nulls().unique() if text.strip()}
    read = pl.DataFrame(
        {"period_text": list(months), "period": list(months.values())},
        schema={"period_text": pl.String, "period": pl.Date},
    )
    wage, back = wages(fields["wage"]), wages(fields["back_pay"].replace("-", None))
    amounts = pl.concat(
        [
            fields.select("row_no", "name", birth_text="birth_on", period_text="period"),
            wage.rename({"wage_rupiah": "told_rupiah", "code": "wage_fault"}),
            back.rename({"wage_rupiah": "back_rupiah", "code": "back_fault"}),
        ],
        how="horizontal",
    ).join(read, on="period_text", how="left", maintain_order="left")
    return CorrectedWages(sheet, fields, identities(fields), amounts)


def check(file: CorrectedWages, *, facts: FirmToCorrect, meter: Meter) -> Checked:
    """Check a file's rows against the workers and bills of their months. Raises ``Refused`` if nothing changes."""
    sheet, employer = file.sheet, facts.employer
    total = sheet.cells.height
    meter.move("matching", 0, total)
    found = FoundFaults(sheet)
    months = own_faults.wrong_month(found, file.amounts, employer.id)
    matched, rows = _beside_their_months(file, employer.id, months)
    wage_faults.wrong_worker(found, matched, own_faults.NOBODY_LEFT)
    wage_faults.wrong_firm(found, file.fields, employer)
    own_faults.worker_month_twice(found, rows)
    rows = own_faults.right_wages(found, rows)
    wage_faults.unlike_the_registry(found, rows)
    settled(found, sheet)
    wrong = pl.col("row_no").is_in(found.rows_with_errors().implode())
    told = rows.filter(pl.col("person_id").is_not_null() & pl.col("wage_rupiah").is_not_null() & ~wrong)
    changes = pl.col("wage_rupiah") != pl.col("before_rupiah")
    found.add(told.filter(~changes), "nothing_changed")

    meter.move("law", total, total)
    accepted = told.filter(changes).with_columns(kind=_kind()).sort("period", "person_id")
    all_faults = found.frame()
    counts = fault_counts(all_faults)
    if accepted.is_empty() and not counts["errors"]:
        raise Refused("nothing_to_change")
    kinds = dict(accepted.group_by("kind").len().iter_rows())
    effects = _effects(employer.id, accepted)
    summary: dict[str, Any] = {
        "rows": total,
        "empty_rows": sheet.notes.get("empty_rows", 0),
        "workers": accepted.height,
        "people": accepted["person_id"].n_unique(),
        **{kind: kinds.get(kind, 0) for kind in KINDS},
        "months": effects,
        **counts,
    }
    return Checked(summary, findings_of(sheet, all_faults, _preview(accepted)), accepted.select(*CORRECTED_SCHEMA))


def _beside_their_months(
    file: CorrectedWages, employer_id: int, months: Sequence[date]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of these months as ``match`` gives them, and beside what their months say of the worker.

    ``before_rupiah`` is what was billed, 0 where nothing was. A few statements for each month, none for a row.
    """
    who = file.identities.hstack([file.amounts["period"]])
    matched, rows = [], []
    # No month at all is asked about like one in which nobody works here.
    for period in months or [date.min]:
        workers = registry.employments_in(employer_id=employer_id, month_on=period).sort("from_on", maintain_order=True)
        billed = contributions.wages_in(employer_id=employer_id, period=period)
        of_month = match(who.filter(pl.col("period") == period).drop("period"), workers)
        own = workers.select(
            "person_id", "employment_id", "membership_id", "birth_on", "jkp_member", "kpj",
            registered="name", number="employee_no", jp_liable=jp_liable(workers, Month.of(max(period, _FIRST))),
        )  # fmt: skip
        told = file.amounts.join(of_month.select("row_no"), on="row_no", how="semi", maintain_order="left")
        beside = told.hstack(own.select(pl.all().gather(of_month["worker"])))
        before = billed.rename({"wage_rupiah": "before_rupiah"})
        beside = beside.join(before, on="person_id", how="left", maintain_order="left")
        matched.append(of_month)
        rows.append(beside.with_columns(pl.col("before_rupiah").fill_null(0)))
    return pl.concat(matched).sort("row_no"), pl.concat(rows).sort("row_no")


def _kind() -> pl.Expr:
    wage, before = pl.col("wage_rupiah"), pl.col("before_rupiah")
    return (
        pl.when(before == 0)
        .then(pl.lit("added"))
        .when(wage == 0)
        .then(pl.lit("withdrawn"))
        .when(wage > before)
        .then(pl.lit("raised"))
        .otherwise(pl.lit("lowered"))
    )


def _effects(employer_id: int, rows: pl.DataFrame) -> list[dict[str, Any]]:
    """What each month's correction comes to (``CORRECTED_SCHEMA``), the earliest first. Raises what it would raise."""
    effects = []
    for period, of_month in _by_month(rows).items():
        effect = money_queries.correction_of(employer_id=employer_id, period=period, rows=of_month)
        effects.append(
            {
                "period": period.isoformat(),
                "workers": len(of_month.person_id),
                "more_rupiah": effect.more_rupiah,
                "less_rupiah": effect.less_rupiah,
                "replaces": effect.replaces,
                "replaced_rupiah": effect.replaced_rupiah,
            }
        )
    return effects


def _by_month(rows: pl.DataFrame) -> dict[date, WageRows]:
    parts = rows.sort("period", "person_id").partition_by("period", as_dict=True, maintain_order=True)
    return {
        period: WageRows(**{name: np.ascontiguousarray(part[name].to_numpy()) for name in ROW_SCHEMA})
        for (period,), part in parts.items()
    }


def _preview(accepted: pl.DataFrame) -> pl.DataFrame:
    return accepted.select(
        pl.col("row_no").cast(pl.UInt32),
        kind="kind",
        name="registered",
        kpj="kpj",
        employee_no="number",
        on="period",
        wage_rupiah="wage_rupiah",
        detail=pl.lit(""),
        before_rupiah="before_rupiah",
    )


def facts_changed(order: Order, rows: pl.DataFrame) -> bool:
    """Whether a month would come to something else than was agreed to, or somebody's work in it is no longer so."""
    for (period,), part in rows.partition_by("period", as_dict=True).items():
        present = registry.employment_keys_in(employer_id=order.employer_id, month_on=period)
        if not part.join(present, on=present.columns, how="anti").is_empty():
            return True
    try:
        return bool(_effects(order.employer_id, rows) != order.summary["months"])
    except (NotBilled, MonthPartlyPaid, NothingToCorrect):
        return True


def book(order: Order, rows: pl.DataFrame, meter: Meter) -> Booked:
    """Correct the months, all of them or none. Raises ``AmountsDiffer`` if one came to something else meanwhile."""
    meter.move("posting", rows.height, rows.height)
    corrected = correct_months(
        actor=order.actor,
        employer_id=order.employer_id,
        upload_id=order.upload_id,
        months=_by_month(rows),
        now=order.now,
    )
    agreed = [(month["more_rupiah"], month["less_rupiah"]) for month in order.summary["months"]]
    if [(month.billed_rupiah, month.credited_rupiah) for month in corrected] != agreed:
        raise AmountsDiffer(f"upload {order.upload_id}")
    return Booked(told={"corrected": rows.height})
