"""Reading uploads: as their employer sees them, and what was found in them."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lindung.uploads.faults import FAULTS, REFUSALS, Severity, describe
from lindung.uploads.findings import DIFFERENCE_SCHEMA, PREVIEW_SCHEMA, Findings, unseal
from lindung.uploads.kinds import KINDS
from lindung.uploads.kinds.wage_differences import is_sharp
from lindung.uploads.models import Progress, Upload

_STATES: Final = {
    Upload.State.RECEIVED: _("sedang diperiksa"),
    Upload.State.CHECKED: _("sudah diperiksa"),
    Upload.State.PROPOSED: _("menunggu persetujuan"),
    Upload.State.CONFIRMED: _("sedang dibukukan"),
    Upload.State.BOOKED: _("selesai"),
    Upload.State.REFUSED: _("ditolak"),
    Upload.State.CANCELLED: _("dibatalkan"),
    Upload.State.REPLACED: _("diganti kiriman yang lebih baru"),
}
_OPEN: Final = (Upload.State.CHECKED, Upload.State.PROPOSED)  # a yes is wanted: the first one, or a second person's
_STEPS: Final = {
    "reading": _("Membaca berkas"),
    "matching": _("Mencocokkan pekerja"),
    "law": _("Menghitung iuran"),
    "judging": _("Memeriksa isi"),
    "saving": _("Menyimpan hasil"),
    "booking": _("Memeriksa lagi"),
    "posting": _("Menerbitkan tagihan"),
    "enrolling": _("Mendaftarkan pekerja"),
    "ending": _("Mencatat pekerja keluar"),
    "changing": _("Mengubah data pekerja"),
    "done": _("Selesai"),
}
_DIFFERENCES: Final = {
    "joined": _("baru di berkas"),
    "left": _("sudah keluar"),
    "missing": _("tidak ada di berkas"),
    "left_out": _("barisnya belum benar"),
    "up": _("upah naik"),
    "down": _("upah turun"),
}


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Where the work is; ``text`` follows the active language when it is shown."""

    step: str
    text: str | Promise
    rows_done: int
    rows_total: int
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class StageView:
    """One step of the work on an upload, and whether it is behind us, running, or to come."""

    step: str
    text: str | Promise
    state: Literal["done", "running", "waiting"]


@dataclass(frozen=True, slots=True)
class UploadView:
    """One upload without its contents. ``summary`` is that of its kind's check; {} until checked.

    ``back_pay_of``: the month with whose report the back pay was told of that this correction lays on its months.
    ``reason`` and ``cure`` are there when it was refused, in the language active at the time of the query.
    """

    id: int
    reference: str
    employer_id: int
    kind: str
    period: date
    typed: bool
    file_name: str
    size_bytes: int
    state: str
    state_text: str | Promise
    sent_by: int
    sent_at: datetime
    settled_at: datetime | None
    refusal: str
    reason: str
    cure: str
    summary: Mapping[str, Any]
    bill_id: int | None
    progress: ProgressView | None
    project_id: int | None = None
    back_pay_of: date | None = None

    @property
    def title(self) -> str:
        """What its list calls it: the file's own name, or that there was none."""
        return self.file_name or gettext("Diisi di layar")

    @property
    def is_working(self) -> bool:
        """Whether a job is on it, so that a page has something to wait for."""
        return self.state in (Upload.State.RECEIVED, Upload.State.CONFIRMED)

    @property
    def can_confirm(self) -> bool:
        return self.state in _OPEN and not self.summary["errors"]

    @property
    def can_confirm_part(self) -> bool:
        """Whether the rows without errors may be booked alone; ``summary["workers"]`` counts them."""
        offered = self.state in _OPEN and KINDS[self.kind].IN_PARTS
        return offered and bool(self.summary["errors"]) and bool(self.summary["workers"])

    @property
    def stages(self) -> list[StageView]:
        """The steps of the work that is on it now, in their order; those of the check unless it is confirmed."""
        kind = KINDS[self.kind]
        steps = kind.BOOKING if self.state == Upload.State.CONFIRMED else kind.CHECKING
        step = self.progress.step if self.progress else ""
        running = next((place for place, name in enumerate(steps) if name == step), -1)
        return [
            StageView(name, _STEPS[name], "done" if place < running else "running" if place == running else "waiting")
            for place, name in enumerate(steps)
        ]

    @property
    def can_cancel(self) -> bool:
        return self.state in (Upload.State.RECEIVED, Upload.State.CHECKED, Upload.State.PROPOSED)


@dataclass(frozen=True, slots=True)
class FaultView:
    """One fault with its texts in the active language. ``row_no`` 0 and ``cell`` "" mean the whole file."""

    row_no: int
    cell: str
    heading: str
    value: str
    severity: Severity
    code: str
    reason: str
    cure: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One worker whose month differs from the last one; None where there is no wage."""

    person_id: int
    kpj: str
    name: str
    kind: str
    text: str | Promise
    before_rupiah: int | None
    after_rupiah: int | None


@dataclass(frozen=True, slots=True)
class PreviewView:
    """One row as it would be booked. ``kind``: new, known, again, continuing, exit, changed, or one of a wage's KINDS.

    ``again`` takes the place of a row that was sent before and is not settled. ``on``: the first day of work, the last,
    or the month of a corrected wage, of which ``before_rupiah`` was billed. ``kpj``: of the firm's own workers, and of
    a card that it named. ``detail``: the code of the cause of an exit; the fields that are changed, blanks between.
    """

    row_no: int
    kind: str
    name: str
    kpj: str
    employee_no: str
    on: date | None
    wage_rupiah: int | None
    detail: str
    before_rupiah: int | None


@dataclass(frozen=True, slots=True)
class FaultPage:
    """A page of faults, counted from 1; ``total`` counts the faults of all pages."""

    items: tuple[FaultView, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """A page of differences, counted from 1; ``total`` counts those of all pages."""

    items: tuple[DifferenceView, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A page of rows, counted from 1; ``total`` counts those of all pages."""

    items: tuple[PreviewView, ...]
    page: int
    pages: int
    total: int


def reference(upload_id: int) -> str:
    """``UP-000123``: what people call an upload."""
    return f"UP-{upload_id:06d}"


def upload(employer_id: int, upload_id: int) -> UploadView | None:
    """One upload of this employer; another firm's upload is not there."""
    found = _light().filter(employer_id=employer_id, pk=upload_id).first()
    if found is None:
        return None
    return _view(found, Progress.objects.filter(pk=upload_id).first())


def uploads_of(employer_id: int, *, kinds: Collection[str] | None = None, most: int = 50) -> list[UploadView]:
    """An employer's uploads, newest first; only those of some ``kinds``, if any are named."""
    chosen = _light().filter(employer_id=employer_id)
    found = list((chosen if kinds is None else chosen.filter(kind__in=kinds)).order_by("-id")[:most])
    progress = Progress.objects.in_bulk([row.pk for row in found])
    return [_view(row, progress.get(row.pk)) for row in found]


def _light() -> Any:
    return Upload.objects.defer("content_encrypted", "findings_encrypted", "rows_encrypted", "sha256")


def _view(row: Upload, progress: Progress | None) -> UploadView:
    params = row.summary.get("refusal_params", {})
    reason, cure = describe(REFUSALS[row.refusal], params) if row.refusal else ("", "")
    state = Upload.State(row.state)
    return UploadView(
        id=row.pk,
        reference=reference(row.pk),
        employer_id=row.employer_id,
        kind=row.kind,
        period=row.period,
        project_id=row.project_id,
        back_pay_of=row.back_pay_of,
        typed=row.typed,
        file_name=row.file_name,
        size_bytes=row.size_bytes,
        state=state.value,
        state_text=_STATES[state],
        sent_by=row.sent_by,
        sent_at=row.sent_at,
        settled_at=row.settled_at,
        refusal=row.refusal,
        reason=reason,
        cure=cure,
        summary=row.summary,
        bill_id=row.bill_id,
        progress=_progress(progress) if progress else None,
    )


def _progress(row: Progress) -> ProgressView:
    return ProgressView(row.step, _STEPS[row.step], row.rows_done, row.rows_total, row.moved_at)


def findings(
    employer_id: int,
    upload_id: int,
    *,
    severity: Severity | None = None,
    code: str | None = None,
    but: Collection[str] = (),
    page: int = 1,
    size: int = 50,
) -> FaultPage:
    """The faults of an upload by row, those of the whole file first; none if it is another firm's or not checked.

    ``severity`` and ``code`` choose among them; codes in ``but`` are left out.
    """
    found = findings_in(employer_id, upload_id)
    if found is None:
        return FaultPage((), 1, 1, 0)
    faults = found.faults
    for column, wanted in (("severity", severity), ("code", code)):
        faults = faults if wanted is None else faults.filter(pl.col(column) == wanted)
    if but:
        faults = faults.filter(~pl.col("code").is_in(list(but)))
    part, page, pages = _page(faults, page, size)
    items = tuple(_fault(found, *row) for row in part.iter_rows())
    return FaultPage(items, page, pages, faults.height)


def _fault(
    found: Findings, row_no: int, letter: str, code: str, severity: Severity, value: str | None, params: str
) -> FaultView:
    reason, cure = describe(FAULTS[code], json.loads(params))
    return FaultView(
        row_no=row_no,
        cell=f"{letter}{row_no}" if letter and row_no else "",
        heading=found.headings.get(letter, ""),
        value=value or "",
        severity=severity,
        code=code,
        reason=reason,
        cure=cure,
    )


def differences(
    employer_id: int, upload_id: int, *, kind: str | None = None, page: int = 1, size: int = 50
) -> DifferencePage:
    """What changed since last month, people before wages; ``kind`` is one of ``KINDS`` of the comparison, or sharp."""
    found = findings_in(employer_id, upload_id)
    if found is None or set(found.differences.columns) != set(DIFFERENCE_SCHEMA):
        return DifferencePage((), 1, 1, 0)
    rows = found.differences
    if kind is not None:
        rows = rows.filter(is_sharp() if kind == "sharp" else pl.col("kind") == kind)
    part, page, pages = _page(rows, page, size)
    return DifferencePage(difference_views(part), page, pages, rows.height)


def difference_views(rows: pl.DataFrame) -> tuple[DifferenceView, ...]:
    """Rows of ``DIFFERENCE_SCHEMA`` for showing, also of a month that nobody has sent yet."""
    return tuple(
        DifferenceView(person_id, kpj, name, which, _DIFFERENCES[which], before, after)
        for person_id, kpj, name, which, before, after in rows.iter_rows()
    )


def preview(employer_id: int, upload_id: int, *, kind: str | None = None, page: int = 1, size: int = 50) -> PreviewPage:
    """What would be booked of a file about workers, in its own order; ``kind`` chooses among the rows.

    A month's wages have ``differences`` instead.
    """
    found = findings_in(employer_id, upload_id)
    if found is None or set(found.differences.columns) != set(PREVIEW_SCHEMA):
        return PreviewPage((), 1, 1, 0)
    rows = found.differences if kind is None else found.differences.filter(pl.col("kind") == kind)
    part, page, pages = _page(rows, page, size)
    texts = part.with_columns(pl.col("kpj", "employee_no", "detail").fill_null(""))
    items = tuple(PreviewView(*row) for row in texts.select(*PREVIEW_SCHEMA).iter_rows())
    return PreviewPage(items, page, pages, rows.height)


def ignored_headings(employer_id: int, upload_id: int) -> list[str]:
    """The user's columns that were not read."""
    found = findings_in(employer_id, upload_id)
    return [text for letter, text in found.headings.items() if letter not in found.used] if found else []


def findings_in(employer_id: int, upload_id: int) -> Findings | None:
    """Everything that the check of an upload of this employer found, opened."""
    sealed = (
        Upload.objects.filter(employer_id=employer_id, pk=upload_id)
        .values_list("findings_encrypted", flat=True)
        .first()
    )
    return unseal(upload_id, sealed) if sealed else None


def _page(rows: pl.DataFrame, page: int, size: int) -> tuple[pl.DataFrame, int, int]:
    pages = max(1, -(-rows.height // size))
    page = min(max(page, 1), pages)
    return rows.slice((page - 1) * size, size), page, pages
