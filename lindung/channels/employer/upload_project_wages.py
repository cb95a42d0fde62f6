"""What the page of a list of a project's wages says: what the month comes to, who is new, whose wage changed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from lindung.channels.employer.project_pages import month_url
from lindung.channels.shared.components import Column, Status, SummaryRow, Table
from lindung.channels.shared.formats import long_date, month_name, rupiah
from lindung.lib.clock import wib_date
from lindung.registry.queries import EmployerFacts
from lindung.uploads import queries
from lindung.uploads.queries import PreviewView, UploadView

PREVIEWED = 10


@dataclass(frozen=True, slots=True)
class _Lead:
    """The figure on top: what it is called, how much, and what is still to be done."""

    label: str
    rupiah: int
    note: str


def context(firm: EmployerFacts, found: UploadView, now: datetime) -> dict[str, Any]:
    """What the month would cost and who is in it; once it is booked, where it is."""
    common: dict[str, Any] = {"nothing_done": _("Belum ada yang didaftar.")}
    told = found.summary
    if found.state == "booked":
        assert found.project_id is not None
        return common | {
            "done": _("Daftar upah %(month)s sudah dicatat") % {"month": month_name(found.period)},
            "month_page_url": month_url(firm.id, found.project_id, found.period),
            "due_on": date.fromisoformat(told["due_on"]),
        }
    if not found.can_confirm:
        return common
    part = queries.preview(firm.id, found.id, size=PREVIEWED)
    return common | {
        "lead": _lead(found),
        "facts": _facts(found),
        "meaning": _meaning(found, wib_date(now)),
        "preview": preview_table(found, part.items),
        "preview_total": part.total,
        "preview_more": part.total > len(part.items),
        "button": _button(found),
        "approve_button": _("Setujui: %(act)s") % {"act": _button(found)},
    }


def title(found: UploadView) -> str:
    return _("Upah proyek, %(month)s") % {"month": month_name(found.period)}


def preview_table(found: UploadView, rows: "tuple[PreviewView, ...]") -> Table:
    """Whoever is new or has another wage first."""
    words = _kind_words()
    columns = [
        Column(_("Nama")),
        Column(_("NIK")),
        Column(_("Dibanding daftar lalu")),
        Column(_("Upah lalu"), "amount"),
        Column(_("Upah"), "amount"),
    ]
    cells: list[list[object]] = [
        [
            row.name,
            _("berakhir %(end)s") % {"end": row.employee_no} if row.employee_no else _("belum diisi"),
            words[row.kind],
            row.before_rupiah,
            row.wage_rupiah,
        ]
        for row in rows
    ]
    return Table(_("Yang akan didaftar"), columns, cells)


def _kind_words() -> dict[str, Status]:
    return {
        "joined": Status(_("Baru"), "info"),
        "raised": Status(_("Naik"), "info"),
        "lowered": Status(_("Turun"), "info"),
        "unchanged": Status(_("Sama"), "quiet"),
    }


def _lead(found: UploadView) -> _Lead:
    told = found.summary
    note = _("Belum dicatat. Setujui dulu di bawah.")
    return _Lead(_("Iuran %(month)s") % {"month": month_name(found.period)}, told["amount_rupiah"], note)


def _facts(found: UploadView) -> list[SummaryRow]:
    told = found.summary
    rows = [
        SummaryRow(_("Asal"), found.title),
        SummaryRow(_("Jumlah pekerja"), told["workers"], kind="count"),
        SummaryRow(_("Jumlah upah"), told["wage_rupiah"], kind="amount"),
        SummaryRow("JKK", told["jkk"], kind="amount"),
        SummaryRow("JKM", told["jkm"], kind="amount"),
    ]
    if told["without_nik"]:
        rows.append(SummaryRow(_("NIK belum diisi"), told["without_nik"], kind="count"))
    if told["before"]:
        before = month_name(date.fromisoformat(told["before"]))
        rows.append(SummaryRow(_("Dibanding daftar"), before))
        rows += [SummaryRow(word.word, told[kind], kind="count") for kind, word in _kind_words().items() if told[kind]]
        if told["gone"]:
            rows.append(SummaryRow(_("Tidak ada lagi di daftar"), told["gone"], kind="count"))
    return rows


def _meaning(found: UploadView, today: date) -> list[str]:
    """What agreeing does, in sentences."""
    told = found.summary
    said = []
    if told["revision"] > 1:
        said.append(_("Daftar ini menggantikan daftar bulan itu yang sudah ada."))
    if told["to_pay_rupiah"]:
        due_on = date.fromisoformat(told["due_on"])
        words = (
            _("Yang perlu dibayar %(amount)s. Batasnya %(day)s sudah lewat, jadi bayar sekarang.")
            if today > due_on
            else _("Yang perlu dibayar %(amount)s, paling lambat %(day)s.")
        )
        said.append(words % {"amount": rupiah(told["to_pay_rupiah"]), "day": long_date(due_on)})
    if told["credit_rupiah"]:
        words = _("%(amount)s yang terlanjur lebih dibayar menjadi saldo perusahaan.")
        said.append(words % {"amount": rupiah(told["credit_rupiah"])})
    said.append(_("Upahnya bisa diperbaiki nanti dengan daftar yang baru."))
    return said


def _button(found: UploadView) -> str:
    told = found.summary
    if told["credit_rupiah"]:
        return _("Catat daftar ini, saldo %(amount)s") % {"amount": rupiah(told["credit_rupiah"])}
    return _("Catat daftar ini, iuran %(amount)s") % {"amount": rupiah(told["to_pay_rupiah"])}
