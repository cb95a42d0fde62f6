"""What the page of a file says when it is about workers: who is new or known, who leaves, what is put right."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lindung.channels.employer.file_kinds import ENROLLING
from lindung.channels.employer.worker_words import cause_words
from lindung.channels.shared.components import Column, Status, SummaryRow, Table
from lindung.channels.shared.formats import count
from lindung.registry.queries import EmployerFacts
from lindung.uploads import queries
from lindung.uploads.queries import PreviewView, UploadView

PREVIEWED = 10


def context(firm: EmployerFacts, found: UploadView, now: datetime) -> dict[str, Any]:
    """What would be booked, by kind and row by row; once it is booked, what was."""
    common: dict[str, Any] = {
        "nothing_done": _("Belum ada yang dicatat."),
        "workers_url": reverse("employer:workers", args=[firm.id]),
    }
    if found.state == "booked":
        told = found.summary
        return common | {"done": _done(found), "left_to_worker": told.get("left_to_worker", 0)}
    if not (found.can_confirm or found.can_confirm_part):
        return common
    part = queries.preview(firm.id, found.id, size=PREVIEWED)
    return common | {
        "facts": _facts(found),
        "preview": preview_table(found, part.items),
        "preview_total": part.total,
        "preview_more": part.total > len(part.items),
        "enrolling": found.kind in ENROLLING,
        "button": _button(found),
        "approve_button": _("Setujui: %(act)s") % {"act": _button(found)},
    }


def preview_table(found: UploadView, rows: "tuple[PreviewView, ...]") -> Table:
    """Rows of the file as they would be booked."""
    kinds = _kind_words()
    columns = [Column(_("Nama")), Column(_("Baris"), "count"), Column(_("Akan dicatat"))]
    if found.kind in ENROLLING:
        columns += [Column(_("Mulai bekerja"), "date"), Column(_("Upah"), "amount")]
    elif found.kind == "exits":
        columns += [Column(_("KPJ"), "number"), Column(_("Hari kerja terakhir"), "date"), Column(_("Sebab"))]
    else:
        columns += [Column(_("KPJ"), "number"), Column(_("Yang diubah"))]
    cells: list[list[object]] = []
    for row in rows:
        told: list[object] = [row.name, row.row_no, kinds[row.kind]]
        if found.kind in ENROLLING:
            told += [row.on, row.wage_rupiah]
        elif found.kind == "exits":
            told += [row.kpj, row.on, cause_words(row.detail)]
        else:
            told += [row.kpj, _changed_words(row.detail)]
        cells.append(told)
    return Table(_("Yang akan dicatat"), columns, cells)


def _kind_words() -> dict[str, Status]:
    return {
        "new": Status(_("Pekerja baru"), "info"),
        "known": Status(_("Sudah punya kartu"), "good"),
        "again": Status(_("Menggantikan kiriman lama"), "info"),
        "continuing": Status(_("Kartunya dilanjutkan"), "good"),
        "exit": Status(_("Berhenti bekerja"), "info"),
        "changed": Status(_("Diubah"), "info"),
    }


def _changed_words(detail: str) -> str:
    words = {
        "phone": _("nomor HP"),
        "email": _("e-mail"),
        "address": _("alamat"),
        "location": _("lokasi kerja"),
        "employee_no": _("nomor pegawai"),
    }
    return ", ".join(words.get(name, name) for name in detail.split())


def _facts(found: UploadView) -> list[SummaryRow]:
    summary = found.summary
    rows = [
        SummaryRow(_("Berkas"), found.file_name),
        SummaryRow(_("Baris dibaca"), summary["rows"], kind="count"),
        SummaryRow(_("Bisa dicatat"), summary["workers"], kind="count"),
    ]
    for name, status in _kind_words().items():
        if summary.get(name):
            rows.append(SummaryRow(status.word, summary[name], kind="count"))
    return rows


def _button(found: UploadView) -> str:
    number = found.summary["workers"]
    words = {
        "exits": ngettext("Laporkan %(number)s pekerja keluar", "Laporkan %(number)s pekerja keluar", number),
        "corrections": ngettext("Ubah data %(number)s pekerja", "Ubah data %(number)s pekerja", number),
    }
    enrol = ngettext("Daftarkan %(number)s pekerja", "Daftarkan %(number)s pekerja", number)
    return words.get(found.kind, enrol) % {"number": count(number)}


def _done(found: UploadView) -> str:
    if found.kind == "exits":
        number = found.summary.get("ended", 0)
        words = ngettext("%(number)s pekerja dicatat keluar", "%(number)s pekerja dicatat keluar", number)
    else:
        number = found.summary.get("changed", 0)
        words = ngettext("Data %(number)s pekerja diubah", "Data %(number)s pekerja diubah", number)
    return words % {"number": count(number)}
