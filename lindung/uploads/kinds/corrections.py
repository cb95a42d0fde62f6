"""What changes in the data of people who work here: number, place of work, where they live and can be reached."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl
from django.utils.translation import gettext_lazy as _

from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts
from lindung.registry.services import CORRECTIONS, correct_workers
from lindung.uploads.cleaning import tidy
from lindung.uploads.contacts import bad_contacts, read_emails, read_phones
from lindung.uploads.findings import FoundFaults, fault_counts, findings_of
from lindung.uploads.kinds import wage_faults
from lindung.uploads.kinds.aliases import ALIASES, columns
from lindung.uploads.kinds.forms import BESIDE, PLACES, FormColumn, write_form
from lindung.uploads.kinds.kind import Booked, Checked, Order
from lindung.uploads.kinds.own_workers import refuse_future_month, some_work_ended
from lindung.uploads.kinds.worker_rows import settled, too_long
from lindung.uploads.layouts import Layout
from lindung.uploads.limits import Refused
from lindung.uploads.matching import identities, match
from lindung.uploads.progress import Meter, Step
from lindung.uploads.sheet import Sheet, field_texts

_CHANGES: Final = ("employee_no", "address", "phone", "location", "email")
_BANK: Final = ("bank_name", "bank_code", "bank_account", "account_name")
LAYOUT: Final = Layout(
    kind="corrections",
    sheet="update_data_tk",
    fields={**columns("kpj", "nik", "name", *_CHANGES, *_BANK), "worker_code": ("KODE", *ALIASES["worker_code"])},
    needed={"identifier": ("worker_code", "kpj", "nik"), "change": _CHANGES},
    content=("worker_code", "kpj", "nik", *_CHANGES, *_BANK),
    identifiers=("worker_code", "kpj", "nik"),
    totals=("worker_code", "kpj", "nik", "name"),
    numbers_as_text=("nik", "kpj"),
    beside=BESIDE,
)
CHECKING: Final[tuple[Step, ...]] = ("reading", "matching", "judging", "saving")
BOOKING: Final[tuple[Step, ...]] = ("booking", "changing")
IN_PARTS: Final = False
ONE_A_MONTH: Final = False
refuse_month, facts_changed = refuse_future_month, some_work_ended

_LONGEST: Final = {"employee_no": 40, "location": 80, "address": 300}
_LIKE_A_CARD: Final = r"^[\s'.\-]*(?:[0-9][\s'.\-]*){8,13}$"
_NOBODY: Final = pl.DataFrame(schema={"row_no": pl.UInt32, "left_on": pl.Date})
_KEEP: Final = _("Kosongkan bila tidak berubah.")
_FORM: Final = (
    FormColumn("KODE", needed=True, how=_("Nomor KPJ pekerja. Jangan diubah."), example="90012345678"),
    FormColumn("NOMOR_PEGAWAI", how=_KEEP, example="K-0001", width=14),
    FormColumn("ALAMAT_LENGKAP_DOMISILI", how=_KEEP, example="Jalan Contoh 1", width=40),
    FormColumn("HANDPHONE", how=_("Nomor HP pekerja sendiri. Kosongkan bila tidak berubah."), example="080012345678"),
    FormColumn("LOKASI_PEKERJAAN", how=_KEEP, example="PUSAT", choices=PLACES),
    FormColumn("EMAIL", how=_KEEP, example="siti@contoh.example", width=28),
    FormColumn("NAMA_BANK", how=_("Tidak kami ambil. Rekening hanya bisa diisi pekerja sendiri.")),
    FormColumn("KODE_BANK", how=_("Tidak kami ambil.")),
    FormColumn("NOMOR_REKENING", how=_("Tidak kami ambil.")),
    FormColumn("NAMA_REKENING", how=_("Tidak kami ambil.")),
    FormColumn("NAMA_LENGKAP", how=_("Hanya untuk Anda baca. Jangan diubah."), example="Siti Contoh", width=32),
)


@dataclass(frozen=True)
class OwnWorkers:
    """Who works here and has no end yet: ``employments_in``, last ``from_on`` last."""

    workers: pl.DataFrame


@dataclass(frozen=True, eq=False)
class CorrectionFile:
    """A sheet, what each row says of its worker (``matching.identities``), and what it changes."""

    sheet: Sheet
    identities: pl.DataFrame
    rows: pl.DataFrame


def month_facts(*, employer: EmployerFacts, period: date, today: date) -> OwnWorkers:
    """Who works here."""
    workers = registry.employments_in(employer_id=employer.id, month_on=period).filter(pl.col("until_on").is_null())
    return OwnWorkers(workers.sort("from_on", maintain_order=True))


def file_rows(sheet: Sheet) -> CorrectionFile:
    """Clean what tells the worker, index the NIK, and read what changes.

    ``KODE`` holds a KPJ in our form and a number of the firm's own in others. A number of the firm's in its own column
    is a change, so it tells nobody.
    """
    fields = field_texts(sheet, LAYOUT)
    told = fields.with_columns(
        kpj=pl.when(pl.col("kpj").str.strip_chars() != "")
        .then(pl.col("kpj"))
        .when(pl.col("worker_code").str.contains(_LIKE_A_CARD))
        .then(pl.col("worker_code")),
        employee_no=pl.lit(None, pl.String),
    )
    rows = pl.concat(
        [
            fields.select("row_no", "name"),
            read_phones(fields["phone"]),
            read_emails(fields["email"]),
            pl.DataFrame([tidy(fields[name]).alias(name) for name in ("employee_no", "address", "location")]),
            fields.select(bank=pl.any_horizontal(pl.col(_BANK).str.strip_chars() != "").fill_null(value=False)),
        ],
        how="horizontal",
    )
    return CorrectionFile(sheet, identities(told), rows)


def check(file: CorrectionFile, *, facts: OwnWorkers, meter: Meter) -> Checked:
    """Check a file's rows against the firm's workers. Raises ``Refused`` if nothing changes in it."""
    sheet = file.sheet
    total = sheet.cells.height
    meter.move("matching", 0, total)
    matched = match(file.identities, facts.workers)
    own = facts.workers.select("person_id", "employment_id", "kpj", registered="name", present_no="employee_no").select(
        pl.all().gather(matched["worker"])
    )
    rows = pl.concat([file.rows, own], how="horizontal")
    meter.move("judging", 0, total)
    found = FoundFaults(sheet)
    wage_faults.wrong_worker(found, matched, _NOBODY)
    wage_faults.same_worker_twice(found, rows)
    bad_contacts(found, rows)
    too_long(found, rows, _LONGEST)
    rows = rows.with_columns(pl.when(pl.col("employee_no") != pl.col("present_no")).then(pl.col("employee_no")))
    changes = pl.any_horizontal(pl.col(_CHANGES).is_not_null())
    settled(found, sheet)
    wrong = found.rows_with_errors().implode()
    found.add(rows.filter(~changes & ~pl.col("row_no").is_in(wrong)), "nothing_changed")
    if banks := rows.filter("bank").height:
        found.add_cell(0, "bank_not_taken", count=banks)

    accepted = rows.filter(changes & ~pl.col("row_no").is_in(wrong))
    all_faults = found.frame()
    counts = fault_counts(all_faults)
    if accepted.is_empty() and not counts["errors"]:
        raise Refused("nothing_to_change")
    summary: dict[str, Any] = {
        "rows": total,
        "empty_rows": sheet.notes.get("empty_rows", 0),
        "workers": accepted.height,
        "changed": accepted.height,
        **{f"changes_{name}": accepted[name].count() for name in _CHANGES},
        **counts,
    }
    corrections = accepted.select(pl.col(name).cast(kind) for name, kind in CORRECTIONS.items())
    return Checked(summary, findings_of(sheet, all_faults, _preview(accepted)), corrections)


def _preview(accepted: pl.DataFrame) -> pl.DataFrame:
    named = [pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in _CHANGES]
    return accepted.select(
        pl.col("row_no").cast(pl.UInt32),
        kind=pl.lit("changed"),
        name="registered",
        kpj="kpj",
        employee_no="present_no",
        on=pl.lit(None, pl.Date),
        wage_rupiah=pl.lit(None, pl.Int64),
        detail=pl.concat_str(named, separator=" ", ignore_nulls=True),
        before_rupiah=pl.lit(None, pl.Int64),
    )


def book(order: Order, rows: pl.DataFrame, meter: Meter) -> Booked:
    """Change what the firm may change; where only the worker himself may, he is told."""
    meter.move("changing", 0, rows.height)
    corrected = correct_workers(actor=order.actor, employer_id=order.employer_id, corrections=rows, now=order.now)
    return Booked(told={"changed": corrected.changed, "left_to_worker": corrected.left_to_worker})


def template(*, employer: EmployerFacts, period: date) -> bytes:
    """The scheme's form for corrections as .xlsx: a row for every worker with his KPJ and number, the rest empty."""
    workers = month_facts(employer=employer, period=period, today=period).workers
    headings = [column.heading for column in _FORM]
    filled = {
        "KODE": pl.col("kpj"),
        "NOMOR_PEGAWAI": pl.col("employee_no").replace("", None),
        "NAMA_LENGKAP": pl.col("name"),
    }
    rows = (
        workers.unique("person_id", keep="last")
        .sort("name", "person_id")
        .with_row_index("row_no", offset=2)
        .select("row_no", *(pl.lit(None, pl.String).alias(name) for name in headings if name not in filled), **filled)
    )
    return write_form(sheet=LAYOUT.sheet, columns=_FORM, employer=employer, rows=rows.select("row_no", *headings))
