"""People who stop working here: who, since when, and by what cause. A later claim stands on it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lindung.contributions import queries as contributions
from lindung.law import Month
from lindung.registry import queries as registry
from lindung.registry.deadlines import report_exit_by
from lindung.registry.exit_causes import CAUSES, DEATH
from lindung.registry.queries import EmployerFacts
from lindung.registry.services import EXITS, report_exits
from lindung.uploads.choices import read_choices
from lindung.uploads.dates import bad_dates, read_dates
from lindung.uploads.findings import FoundFaults, fault_counts, findings_of
from lindung.uploads.kinds import wage_faults
from lindung.uploads.kinds.aliases import columns
from lindung.uploads.kinds.forms import BESIDE, FormColumn, write_form
from lindung.uploads.kinds.kind import Booked, Checked, Order
from lindung.uploads.kinds.own_workers import refuse_future_month, some_work_ended
from lindung.uploads.kinds.worker_rows import settled
from lindung.uploads.layouts import Layout
from lindung.uploads.matching import identities, match
from lindung.uploads.progress import Meter, Step
from lindung.uploads.sheet import Sheet, field_texts

LAYOUT: Final = Layout(
    kind="exits",
    sheet="data_tk_na",
    fields=columns("kpj", "nik", "employee_no", "worker_code", "name", "birth_on", "cause", "event_on"),
    needed={"identifier": ("kpj", "nik", "employee_no", "worker_code"), "cause": ("cause",), "event": ("event_on",)},
    content=("kpj", "nik", "employee_no", "worker_code", "name", "event_on"),
    identifiers=("kpj", "nik", "employee_no", "worker_code"),
    totals=("kpj", "nik", "employee_no", "worker_code", "name"),
    numbers_as_text=("nik", "kpj"),
    beside=BESIDE,
)
CHECKING: Final[tuple[Step, ...]] = ("reading", "matching", "judging", "saving")
BOOKING: Final[tuple[Step, ...]] = ("booking", "ending")
IN_PARTS: Final = False
ONE_A_MONTH: Final = False
refuse_month, facts_changed = refuse_future_month, some_work_ended

# How people call the causes; each may also be written by its code, or as the form's list has it.
_WORDS: Final = {
    "A1": "RESIGN RESIGNED MENGUNDURKAN_DIRI PENGUNDURAN_DIRI MUNDUR KELUAR",
    "A4": "PENSIUN USIA_PENSIUN RETIRED RETIREMENT",
    "L1": "PHK DIBERHENTIKAN DIPECAT LAYOFF TERMINATED PEMUTUSAN_HUBUNGAN_KERJA DIBERHENTIKAN_PERUSAHAAN"
    " DIBERHENTIKAN_PERUSAHAAN_PHK",
    "L2": "HABIS_KONTRAK KONTRAK_HABIS KONTRAK_BERAKHIR AKHIR_KONTRAK PKWT_BERAKHIR END_OF_CONTRACT"
    " KONTRAK_KERJA_PKWT_BERAKHIR",
    "L3": "CACAT_TOTAL_TETAP",
    "L4": "MENINGGALKAN_INDONESIA MENINGGALKAN_INDONESIA_SELAMANYA PINDAH_KE_LUAR_NEGERI",
    "L5": "MENINGGAL MENINGGAL_DUNIA WAFAT MATI DEATH DECEASED",
    "L6": "MUTASI PINDAH_GRUP PINDAH_KE_PERUSAHAAN_LAIN_DALAM_SATU_GRUP",
    "L7": "PKWT_DIAKHIRI KONTRAK_DIPUTUS PKWT_DIAKHIRI_PERUSAHAAN PKWT_DIAKHIRI_PERUSAHAAN_SEBELUM_WAKTUNYA",
}
_CAUSES: Final = {
    **{word.replace("_", " "): code for code, words in _WORDS.items() for word in words.split()},
    **{code: code for code in CAUSES},
}
_ONE_DAY: Final = timedelta(days=1)
_NOBODY: Final = pl.DataFrame(schema={"row_no": pl.UInt32, "left_on": pl.Date})

_FORM: Final = (
    FormColumn("KPJ", needed=True, how=_("Nomor di kartu pekerja."), example="90012345678"),
    FormColumn("NAMA_LENGKAP", needed=True, how=_("Seperti yang terdaftar."), example="Siti Contoh", width=32),
    FormColumn("TGL_LAHIR", needed=True, how=_("Seperti 02-03-1990."), example="02-03-1990", width=14),
    FormColumn(
        "SEBAB_NA", needed=True, how=_("Pilih dari daftar."), example="A1",
        choices=tuple(format_lazy("{} {}", cause.code, cause.text) for cause in CAUSES.values()), width=44,
    ),
    FormColumn("TGL_KEJADIAN", needed=True, how=_("Hari terakhir bekerja."), example="31-10-2026", width=14),
    FormColumn("KETERANGAN", how=_("Untuk catatan Anda sendiri. Tidak kami baca."), width=32),
)  # fmt: skip


@dataclass(frozen=True)
class ExitFacts:
    """The firm's workers of the month (``employments_in``, last ``from_on`` last), and who was billed last when.

    ``billed``: ``person_id`` and ``month_on``, the later of this month and the one before that has his wage.
    """

    workers: pl.DataFrame
    billed: pl.DataFrame
    today: date


@dataclass(frozen=True, eq=False)
class ExitFile:
    """A sheet, its fields as texts, and what each row says of its worker (``matching.identities``)."""

    sheet: Sheet
    fields: pl.DataFrame
    identities: pl.DataFrame


def month_facts(*, employer: EmployerFacts, period: date, today: date) -> ExitFacts:
    """Who works here, and up to when each was billed."""
    workers = registry.employments_in(employer_id=employer.id, month_on=period).sort("from_on", maintain_order=True)
    months = [period, Month.of(period).previous().first_on]
    billed = [
        contributions.wages_in(employer_id=employer.id, period=month).select("person_id", month_on=pl.lit(month))
        for month in months
    ]
    return ExitFacts(workers, pl.concat(billed).unique("person_id", keep="first", maintain_order=True), today)


def file_rows(sheet: Sheet) -> ExitFile:
    """Clean what tells the worker, and index the NIK."""
    fields = field_texts(sheet, LAYOUT)
    return ExitFile(sheet, fields, identities(fields))


def check(file: ExitFile, *, facts: ExitFacts, meter: Meter) -> Checked:
    """Check a file's rows against the firm's workers. Raises ``Refused``."""
    sheet, fields = file.sheet, file.fields
    total = sheet.cells.height
    meter.move("matching", 0, total)
    matched = match(file.identities, facts.workers)
    rows = _rows(fields, matched, facts)
    meter.move("judging", 0, total)
    found = FoundFaults(sheet)
    wage_faults.wrong_worker(found, matched, _NOBODY)
    wage_faults.same_worker_twice(found, rows)
    wage_faults.unlike_the_registry(found, rows)
    days = read_dates(fields["event_on"], today=facts.today, past=True).insert_column(0, fields["row_no"])
    bad_dates(found, days, "event_on", needed=True)
    rows = rows.with_columns(days["on"].alias("last_on"))
    _bad_days(found, rows, facts.today)
    _bad_causes(found, rows, facts.today)
    settled(found, sheet)
    _late(found, rows, facts.today)

    accepted = rows.filter(~pl.col("row_no").is_in(found.rows_with_errors().implode()))
    all_faults = found.frame()
    summary: dict[str, Any] = {
        "rows": total,
        "empty_rows": sheet.notes.get("empty_rows", 0),
        "workers": accepted.height,
        "exit": accepted.height,
        "causes": dict(accepted.group_by("cause").len().sort("cause").iter_rows()),
        **fault_counts(all_faults),
    }
    ends = accepted.with_columns(until_on=pl.col("last_on") + _ONE_DAY)
    exits = ends.select(pl.col(name).cast(kind) for name, kind in EXITS.items())
    return Checked(summary, findings_of(sheet, all_faults, _preview(accepted)), exits)


def _rows(fields: pl.DataFrame, matched: pl.DataFrame, facts: ExitFacts) -> pl.DataFrame:
    """One row per row of the file: the worker's facts (null: nobody), the cause as read, the month last billed."""
    own = facts.workers.select(
        "person_id", "employment_id", "kpj", "employee_no", "birth_on", "from_on", "until_on", registered="name"
    )
    code = fields["cause"].str.strip_chars().str.to_uppercase().str.extract(r"^([AL][0-9]{1,2})(?:[^0-9]|$)")
    told = pl.select(pl.coalesce(code, fields["cause"])).to_series()
    cause = read_choices(told, _CAUSES)
    rows = pl.concat(
        [
            fields.select("row_no", "name", birth_text="birth_on"),
            own.select(pl.all().gather(matched["worker"])),
            cause.rename({"choice": "cause", "unread": "cause_unread"}),
        ],
        how="horizontal",
    )
    return rows.join(facts.billed, on="person_id", how="left", maintain_order="left")


def _bad_days(found: FoundFaults, rows: pl.DataFrame, today: date) -> None:
    last, start = pl.col("last_on"), pl.col("from_on")
    left_on = pl.col("until_on") - _ONE_DAY
    gone = rows.filter(pl.col("until_on").is_not_null())
    found.add(gone, "already_left", last_on=_text(left_on))
    here = rows.filter(pl.col("until_on").is_null())
    found.add(rows.filter(last > today), "exit_future", last_on=_text(last))
    found.add(here.filter(last < start), "exit_before_start", last_on=_text(last), from_on=_text(start))
    month = pl.col("month_on")
    found.add(here.filter((last >= start) & (last < month)), "billed_after", month=_text(month))


def _bad_causes(found: FoundFaults, rows: pl.DataFrame, today: date) -> None:
    cause = pl.col("cause")
    found.add(rows.filter("cause_unread"), "cause_unread")
    found.add(rows.filter(cause.is_null() & ~pl.col("cause_unread")), "cause_missing")
    found.add(rows.filter((cause == DEATH) & (pl.col("last_on") >= today.replace(day=1))), "death_this_month")


def _late(found: FoundFaults, rows: pl.DataFrame, today: date) -> None:
    told = rows.filter(pl.col("employment_id").is_not_null() & (pl.col("last_on") <= today))
    by_day = told.group_by("last_on").len()
    late = sum(count for last_on, count in by_day.iter_rows() if report_exit_by(last_on + _ONE_DAY) < today)
    if late:
        found.add_cell(0, "reported_late", count=late)


def _text(day: pl.Expr) -> pl.Expr:
    return day.dt.to_string("%Y-%m-%d")


def _preview(accepted: pl.DataFrame) -> pl.DataFrame:
    return accepted.select(
        pl.col("row_no").cast(pl.UInt32),
        kind=pl.lit("exit"),
        name="registered",
        kpj="kpj",
        employee_no="employee_no",
        on="last_on",
        wage_rupiah=pl.lit(None, pl.Int64),
        detail="cause",
        before_rupiah=pl.lit(None, pl.Int64),
    )


def book(order: Order, rows: pl.DataFrame, meter: Meter) -> Booked:
    """End the employments, each on its day and by its cause."""
    meter.move("ending", 0, rows.height)
    ended = report_exits(actor=order.actor, employer_id=order.employer_id, exits=rows, now=order.now)
    return Booked(told={"ended": ended})


def template(*, employer: EmployerFacts, period: date) -> bytes:
    """The scheme's form for workers who leave, as .xlsx, empty, with the causes to choose from."""
    return write_form(sheet=LAYOUT.sheet, columns=_FORM, employer=employer)
