"""A month's wages: every fault of the file in one pass, what changed since last month, and what it will cost.

Columns all the way: no loop over workers. Nothing is written here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from lindung.contributions import queries as contributions
from lindung.law import Month, Programme
from lindung.law import contributions as law
from lindung.law.programmes import jp
from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts
from lindung.uploads.cleaning import wages
from lindung.uploads.findings import ROW_SCHEMA, Findings, FoundFaults
from lindung.uploads.kinds import wage_differences as compare
from lindung.uploads.kinds import wage_faults as faults
from lindung.uploads.layouts import OURS, WAGE_REPORT
from lindung.uploads.limits import MOST_MONTHS_BACK, Refused
from lindung.uploads.matching import identities, match
from lindung.uploads.progress import Meter
from lindung.uploads.sheet import Sheet


@dataclass(frozen=True, eq=False)
class Checked:
    """``summary`` holds counts and totals and nobody's data; ``rows`` (``ROW_SCHEMA``) is what would be billed."""

    summary: dict[str, Any]
    findings: Findings
    rows: pl.DataFrame


@dataclass(frozen=True, eq=False)
class MonthFacts:
    """What we know of a firm's month: ``workers`` as ``employments_in`` gives them, last ``from_on`` last.

    ``previous``: last month's wages, ``person_id`` and ``wage_rupiah``; empty if it was not billed.
    """

    employer: EmployerFacts
    period: date
    month_before: date
    workers: pl.DataFrame
    previous: pl.DataFrame


def month_facts(*, employer: EmployerFacts, period: date) -> MonthFacts:
    """Everything that a file of this month is compared with."""
    month_before = Month.of(period).previous().first_on
    workers = registry.employments_in(employer_id=employer.id, month_on=period).sort("from_on", maintain_order=True)
    previous = contributions.wages_in(employer_id=employer.id, period=month_before)
    return MonthFacts(employer, period, month_before, workers, previous)


def refuse_month(*, employer: EmployerFacts, period: date, today: date) -> None:
    """Raise ``Refused`` for a month that cannot be reported, whatever the file says."""
    month, this_month = Month.of(period), Month.of(today)
    if month > this_month:
        raise Refused("month_future", month=period.isoformat())
    if month < Month.of(employer.since_on):
        raise Refused("month_before_employer", since_on=employer.since_on.isoformat())
    if this_month.index - month.index > MOST_MONTHS_BACK:
        raise Refused("month_too_old", month=period.isoformat())
    bill = contributions.bill_of(employer_id=employer.id, period=period)
    if bill is not None:
        raise Refused("already_billed", month=period.isoformat(), number=bill.number)


@dataclass(frozen=True, slots=True, eq=False)
class FileRows:
    """A sheet with its fields as text and what each row says of its worker: all that needs no database."""

    sheet: Sheet
    fields: pl.DataFrame
    identities: pl.DataFrame


def file_rows(sheet: Sheet) -> FileRows:
    """Clean a sheet's fields and index its NIK."""
    fields = _fields(sheet)
    return FileRows(sheet, fields, identities(fields))


def check(file: FileRows, *, facts: MonthFacts, meter: Meter) -> Checked:
    """Check a file's rows against the month's workers and last month's wages. Raises ``Refused``."""
    sheet, fields = file.sheet, file.fields
    total = sheet.cells.height
    meter.move("matching", 0, total)
    employer, workers, previous = facts.employer, facts.workers, facts.previous
    matched = match(file.identities, workers)
    meter.move("matching", total // 2, total)
    rows = _rows(fields, matched, workers, previous)

    found = FoundFaults(sheet)
    leavers = compare.leavers(employer.id, facts.month_before, workers, matched)
    faults.about_the_file(found, sheet)
    faults.spoilt_cells(found, sheet)
    faults.wrong_worker(found, matched, leavers)
    faults.same_worker_twice(found, rows)
    faults.wrong_month_or_firm(found, fields, employer, facts.period)
    faults.wrong_wage(found, rows, sheet)
    faults.unlike_the_registry(found, rows)
    faults.surprising_wage(found, rows)

    meter.move("law", total, total)
    accepted = rows.filter(
        pl.col("person_id").is_not_null()
        & pl.col("wage_rupiah").is_not_null()
        & ~pl.col("row_no").is_in(found.rows_with_errors().implode())
    ).sort("person_id")
    all_faults = found.frame()
    if accepted.is_empty() and all_faults.filter(pl.col("severity") == "error").is_empty():
        raise Refused("nobody_to_bill")
    accepted, cost = _cost(accepted, employer, Month.of(facts.period))
    differences = compare.differences(rows, workers, previous, employer.id, facts.month_before)
    summary = {
        "rows": total,
        "empty_rows": sheet.notes.get("empty_rows", 0),
        "workers": accepted.height,
        "not_billed_left": leavers.height,
        **_counts(all_faults),
        **compare.counts(rows, differences, previous, facts.month_before),
        "wage_rupiah": int(accepted["wage_rupiah"].sum()),
        **cost,
    }
    findings = Findings(
        heading_row=sheet.heading_row,
        headings=sheet.headings,
        used=frozenset(sheet.letters.values()),
        faults=all_faults,
        differences=differences,
        cells=_own_cells(sheet, wanted=not all_faults.is_empty()),
    )
    return Checked(summary, findings, accepted.select(*ROW_SCHEMA))


def jp_liable(workers: pl.DataFrame, month: Month) -> pl.Series:
    """Who owes JP, from ``birth_on`` and ``citizen``: foreigners are in JKK, JKM and JHT alone (UU 24/2011 art 14)."""
    of_age = jp.jp_liable(workers["birth_on"].to_numpy(), month)
    return pl.Series(of_age, dtype=pl.Boolean) & workers["citizen"]


def _fields(sheet: Sheet) -> pl.DataFrame:
    """``row_no``, every field of the layout as text (null where the file has no such column), ``nik_is_number``."""
    texts = [
        pl.col(sheet.letters[name]).alias(name) if name in sheet.letters else pl.lit(None, pl.String).alias(name)
        for name in WAGE_REPORT.fields
    ]
    flag = pl.col("numeric nik") if "numeric nik" in sheet.cells.columns else pl.lit(False)
    return sheet.cells.select("row_no", *texts, flag.alias("nik_is_number"))


def _rows(fields: pl.DataFrame, matched: pl.DataFrame, workers: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """One row per row of the file: the worker's facts (null: nobody), the wage and its fault, last month's wage."""
    facts = workers.select(
        "person_id", "employment_id", "membership_id", "birth_on", "citizen", "jkp_member", registered="name"
    )
    wage = wages(fields["wage"])
    rows = pl.concat(
        [
            fields.select("row_no", "name", "back_pay", birth_text="birth_on"),
            facts.select(pl.all().gather(matched["worker"])),
            wage.rename({"code": "wage_fault"}),
        ],
        how="horizontal",
    )
    before = previous.rename({"wage_rupiah": "before_rupiah"})
    return rows.join(before, on="person_id", how="left", maintain_order="left")


def _cost(accepted: pl.DataFrame, employer: EmployerFacts, month: Month) -> tuple[pl.DataFrame, dict[str, Any]]:
    """The rows with ``jp_liable``, and the totals by programme and by who pays."""
    accepted = accepted.with_columns(jp_liable=jp_liable(accepted, month))
    assessment = law.assess(
        month=month,
        jkk_class=employer.jkk_class,
        programmes=frozenset(Programme(code) for code in employer.programmes),
        wages=accepted["wage_rupiah"].to_numpy(),
        jp_liable=accepted["jp_liable"].to_numpy(),
        jkp_member=accepted["jkp_member"].to_numpy(),
    )
    totals = assessment.totals()
    ceiling = assessment.law.get("jp/wage_ceiling")
    highest = int(ceiling[0]) if ceiling else None
    above = accepted.filter(pl.col("jp_liable") & (pl.col("wage_rupiah") > highest)) if highest else accepted.clear()
    worker_rupiah = totals["jht_worker"] + totals["jp_worker"]
    return accepted, {
        "by_programme": {
            "JHT": {"employer": totals["jht_employer"], "worker": totals["jht_worker"]},
            "JP": {"employer": totals["jp_employer"], "worker": totals["jp_worker"]},
            "JKK": {"employer": totals["jkk"], "worker": 0},
            "JKM": {"employer": totals["jkm"], "worker": 0},
        },
        "employer_rupiah": totals["amount"] - worker_rupiah,
        "worker_rupiah": worker_rupiah,
        "amount_rupiah": totals["amount"],
        "above_jp_ceiling": above.height,
        "jp_ceiling_rupiah": highest,
        "jkk_class": employer.jkk_class,
        "programmes": sorted(employer.programmes),
        "provisional": assessment.provisional,
        "law": {name: list(row) for name, row in assessment.law.items()},
    }


def _counts(all_faults: pl.DataFrame) -> dict[str, Any]:
    errors = all_faults.filter(pl.col("severity") == "error")
    return {
        "errors": errors.height,
        "rows_with_errors": errors["row_no"].n_unique(),
        "warnings": all_faults.filter(pl.col("severity") == "warning").height,
        "codes": dict(all_faults.group_by("code").len().sort("code").iter_rows()),
    }


def _own_cells(sheet: Sheet, *, wanted: bool) -> pl.DataFrame:
    """The user's cells as sent, for the file that goes back to him; nothing if there is nothing to mend."""
    letters = [letter for letter in sheet.headings if letter != sheet.letters.get(OURS)]
    cells = sheet.cells.select("row_no", *letters)
    return cells if wanted else cells.clear()
