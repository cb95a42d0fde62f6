"""A month's wages: every fault of the file in one pass, what changed since last month, and what it will cost.

Columns all the way: no loop over workers. Nothing is written here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from lindung.contributions import queries as contributions
from lindung.contributions.services import AlreadyBilled, WageRows, report_wages
from lindung.law import Month, Programme
from lindung.law import contributions as law
from lindung.law.programmes import jp
from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts
from lindung.uploads.cleaning import wages
from lindung.uploads.findings import ROW_SCHEMA, FoundFaults, fault_counts, findings_of
from lindung.uploads.kinds import file_faults
from lindung.uploads.kinds import wage_differences as compare
from lindung.uploads.kinds import wage_faults as faults
from lindung.uploads.kinds.aliases import columns
from lindung.uploads.kinds.kind import AmountsDiffer, Booked, Checked, Order
from lindung.uploads.layouts import Layout
from lindung.uploads.limits import MOST_MONTHS_BACK, Refused
from lindung.uploads.matching import identities, match
from lindung.uploads.progress import Meter, Step
from lindung.uploads.sheet import Sheet, field_texts
from lindung.uploads.text_workbook import write_text_sheet

LAYOUT: Final = Layout(
    kind="wage_report",
    sheet="data_upah",
    fields=columns("nik", "kpj", "employee_no", "worker_code", "name", "birth_on", "wage", "back_pay", "period", "npp"),
    needed={"wage": ("wage",), "identifier": ("kpj", "nik", "employee_no", "worker_code")},
    content=("nik", "kpj", "employee_no", "worker_code", "name", "wage", "back_pay"),
    identifiers=("nik", "kpj", "employee_no", "worker_code"),
    totals=("nik", "kpj", "employee_no", "worker_code", "name"),
    numbers_as_text=("nik", "kpj"),
)
CHECKING: Final[tuple[Step, ...]] = ("reading", "matching", "law", "saving")
BOOKING: Final[tuple[Step, ...]] = ("booking", "posting")
IN_PARTS: Final = True
ONE_A_MONTH: Final = True
_TEMPLATE_WIDTHS: Final = (20, 14, 14, 10, 32, 14, 16, 12, 10, 14)


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


def month_facts(*, employer: EmployerFacts, period: date, today: date) -> MonthFacts:
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
    fields = field_texts(sheet, LAYOUT)
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
    file_faults.about_the_file(found, sheet)
    found.add_places(sheet.spoilt)
    faults.wrong_worker(found, matched, leavers)
    faults.same_worker_twice(found, rows)
    faults.wrong_month(found, fields, facts.period)
    faults.wrong_firm(found, fields, employer)
    back_pay = faults.back_pay(found, fields)
    faults.wrong_wage(found, rows, sheet)
    faults.unlike_the_registry(found, rows)
    faults.sharp_wage(found, rows)

    meter.move("law", total, total)
    wrong = pl.col("row_no").is_in(found.rows_with_errors().implode())
    accepted = rows.filter(pl.col("person_id").is_not_null() & pl.col("wage_rupiah").is_not_null() & ~wrong).sort(
        "person_id"
    )
    all_faults = found.frame()
    if accepted.is_empty() and all_faults.filter(pl.col("severity") == "error").is_empty():
        raise Refused("nobody_to_bill")
    accepted, cost = _cost(accepted, employer, Month.of(facts.period))
    differences = compare.differences(rows, accepted, workers, previous, employer.id, facts.month_before)
    summary = {
        "rows": total,
        "empty_rows": sheet.notes.get("empty_rows", 0),
        "workers": accepted.height,
        "not_billed_left": leavers.height,
        "rows_of_nobody": rows.filter(wrong & pl.col("person_id").is_null()).height,
        "back_pay_rows": back_pay.height,
        "back_pay_rupiah": int(back_pay["back_rupiah"].sum()),
        **fault_counts(all_faults),
        **compare.counts(accepted, differences, previous, facts.month_before),
        "wage_rupiah": int(accepted["wage_rupiah"].sum()),
        **cost,
    }
    paid_later = accepted.select("row_no").join(back_pay, on="row_no", how="left", maintain_order="left")["back_rupiah"]
    booked = accepted.select(*ROW_SCHEMA, paid_later.fill_null(0).alias("back_pay_rupiah"))
    return Checked(summary, findings_of(sheet, all_faults, differences), booked)


def jp_liable(workers: pl.DataFrame, month: Month) -> pl.Series:
    """Who owes JP, from ``birth_on`` and ``citizen``: foreigners are in JKK, JKM and JHT alone (UU 24/2011 art 14)."""
    of_age = jp.jp_liable(workers["birth_on"].to_numpy(), month)
    return pl.Series(of_age, dtype=pl.Boolean) & workers["citizen"]


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


def facts_changed(order: Order, rows: pl.DataFrame) -> bool:
    """Whether somebody's employment, card or JKP, or the firm itself, are no longer what was confirmed."""
    employer = registry.employer(order.employer_id, month_on=order.period)
    firm = {"jkk_class": employer.jkk_class, "programmes": sorted(employer.programmes)}
    if any(order.summary[name] != value for name, value in firm.items()):
        return True
    present = registry.employment_keys_in(employer_id=order.employer_id, month_on=order.period)
    # Birth date and citizenship, on which JP depends, are a person's for life: no service changes them.
    return not rows.join(present, on=present.columns, how="anti").is_empty()


def book(order: Order, rows: pl.DataFrame, meter: Meter) -> Booked:
    """Turn the rows into the month's bill. Raises ``Refused`` if the month was billed meanwhile, ``AmountsDiffer``."""
    meter.move("posting", rows.height, rows.height)
    try:
        issued = report_wages(
            actor=order.actor,
            employer_id=order.employer_id,
            period=order.period,
            upload_id=order.upload_id,
            rows=WageRows(**{name: rows[name].to_numpy() for name in ROW_SCHEMA}),
            now=order.now,
        )
    except AlreadyBilled as billed:
        raise Refused("already_billed", month=order.period.isoformat(), number=billed.number) from billed
    # The contributions alone: what the new number takes may hold a penalty, when the month is reported late.
    bill = contributions.bill_of(employer_id=order.employer_id, period=order.period)
    if bill is None or bill.amount_rupiah != order.summary["amount_rupiah"]:
        raise AmountsDiffer(f"upload {order.upload_id}")
    return Booked(bill_id=issued.bill_id)


def template(*, employer: EmployerFacts, period: date) -> bytes:
    """The scheme's monthly wage template as .xlsx: one row for every worker of the month, with last month's wage.

    The NIK column stays empty: the KPJ tells who it is, and a NIK need not travel.
    """
    workers = registry.employments_in(employer_id=employer.id, month_on=period)
    wages = contributions.wages_in(employer_id=employer.id, period=Month.of(period).previous().first_on)
    rows = (
        workers.sort("from_on")
        .unique("person_id", keep="last")
        .join(wages, on="person_id", how="left")
        .sort("name", "person_id")
        .with_row_index("row_no", offset=2)
        .select(
            "row_no",
            NIK=pl.lit(None, pl.String),
            NO_PEGAWAI=pl.col("employee_no").replace("", None),
            KPJ="kpj",
            KODE_TK=pl.lit(None, pl.String),
            NAMA_LENGKAP="name",
            TGL_LAHIR=pl.col("birth_on").dt.to_string("%d-%m-%Y"),
            UPAH=pl.col("wage_rupiah").cast(pl.String),
            RAPEL=pl.lit(None, pl.String),
            BLTH=pl.lit(f"{period:%m/%Y}"),
            NPP=pl.lit(employer.npp),
        )
    )
    return write_text_sheet(rows, name=LAYOUT.sheet, headings=rows.columns[1:], widths=_TEMPLATE_WIDTHS, heading_row=1)
