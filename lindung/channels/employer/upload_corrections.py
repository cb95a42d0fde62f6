"""What the page of a file says when it corrects billed wages: what each month comes to, and whose wages change."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lindung.channels.employer.together import together_url
from lindung.channels.shared.components import Column, Status, SummaryRow, Table
from lindung.channels.shared.formats import count, month_name, rupiah
from lindung.contributions import joint_queries
from lindung.contributions.calendar import lateness
from lindung.lib.clock import wib_date
from lindung.registry.queries import EmployerFacts
from lindung.uploads import queries
from lindung.uploads.back_pay import open_report
from lindung.uploads.queries import PreviewView, UploadView

PREVIEWED = 10


@dataclass(frozen=True, slots=True)
class Effect:
    """What correcting one month comes to today. ``more_rupiah``: contributions of the bill that would be issued;
    ``difference_rupiah``: how much more or less the month costs than it did."""

    period: date
    workers: int
    difference_rupiah: int
    more_rupiah: int
    penalty_rupiah: int
    less_rupiah: int
    replaces: bool

    @property
    def to_pay_rupiah(self) -> int:
        return self.more_rupiah + self.penalty_rupiah


def context(firm: EmployerFacts, found: UploadView, now: datetime) -> dict[str, Any]:
    """The months with what they come to and the wages that change; once it is booked, how many did."""
    common: dict[str, Any] = {
        "nothing_done": _("Belum ada yang dikoreksi."),
        "workers_url": reverse("employer:workers", args=[firm.id]),
        **_report(firm, found),
    }
    if found.state == "booked":
        number = found.summary["corrected"]
        done = ngettext("%(number)s upah diperbaiki", "%(number)s upah diperbaiki", number) % {"number": count(number)}
        booked = effects(found, now)
        waiting = joint_queries.waiting_from_file(employer_id=firm.id, upload_id=found.id)
        return common | {
            "done": done,
            "months": _months_table(booked),
            "to_pay": bool(waiting),
            "together_url": together_url(firm, waiting) if len(waiting) > 1 else "",
        }
    if not (found.can_confirm or found.can_confirm_part):
        return common
    part = queries.preview(firm.id, found.id, size=PREVIEWED)
    months = effects(found, now)
    return common | {
        "facts": _facts(found),
        "months": _months_table(months),
        "to_pay_rupiah": sum(month.to_pay_rupiah for month in months),
        "credited_rupiah": sum(month.less_rupiah for month in months),
        "penalty_rupiah": sum(month.penalty_rupiah for month in months),
        "difference_rupiah": sum(month.difference_rupiah for month in months),
        "replaces": any(month.replaces for month in months),
        "preview": preview_table(found, part.items),
        "preview_total": part.total,
        "preview_more": part.total > len(part.items),
        "button": _button(months),
        "approve_button": _("Setujui: %(act)s") % {"act": _button(months)},
    }


def title(found: UploadView) -> str:
    """What a correction is called: back pay by the month it was paid with."""
    if found.back_pay_of is None:
        return _("Koreksi upah")
    return _("Rapel yang dibayar bersama upah %(month)s") % {"month": month_name(found.back_pay_of)}


def _report(firm: EmployerFacts, found: UploadView) -> dict[str, Any]:
    """The report with which back pay was told of, while it still waits for a yes."""
    if found.back_pay_of is None:
        return {}
    report_id = open_report(employer_id=firm.id, period=found.back_pay_of)
    return {"report_id": report_id, "report_month": month_name(found.back_pay_of)}


def effects(found: UploadView, now: datetime) -> list[Effect]:
    """The months of a checked file, the earliest first, with the penalty of paying today."""
    today = wib_date(now)
    shown = []
    for month in found.summary["months"]:
        period = date.fromisoformat(month["period"])
        late = lateness(period, month["more_rupiah"], today) if month["more_rupiah"] else None
        shown.append(
            Effect(
                period,
                month["workers"],
                month["more_rupiah"] - month["replaced_rupiah"] - month["less_rupiah"],
                month["more_rupiah"],
                late.penalty.amount_rupiah if late else 0,
                month["less_rupiah"],
                month["replaces"],
            )
        )
    return shown


def preview_table(found: UploadView, rows: "tuple[PreviewView, ...]") -> Table:
    """Whose wage of which month becomes what."""
    words = _kind_words()
    columns = [
        Column(_("Nama")),
        Column(_("Bulan"), "month"),
        Column(_("Perubahan")),
        Column(_("Upah yang ditagih"), "amount"),
        Column(_("Upah yang benar"), "amount"),
    ]
    cells: list[list[object]] = [
        [row.name, month_name(row.on) if row.on else "", words[row.kind], row.before_rupiah, row.wage_rupiah]
        for row in rows
    ]
    return Table(_("Upah yang berubah"), columns, cells)


def _kind_words() -> dict[str, Status]:
    return {
        "raised": Status(_("Naik"), "info"),
        "lowered": Status(_("Turun"), "info"),
        "added": Status(_("Ditambahkan"), "info"),
        "withdrawn": Status(_("Tidak bekerja"), "needs-you"),
    }


def _months_table(months: list[Effect]) -> Table:
    late, less = any(month.penalty_rupiah for month in months), any(month.less_rupiah for month in months)
    columns = [
        Column(_("Bulan"), "month"),
        Column(_("Jumlah pekerja"), "count"),
        Column(_("Selisih iuran"), "amount"),
        Column(pgettext("satu", "Tagihan"), "amount"),
        *([Column(_("Denda hari ini"), "amount")] if late else []),
        *([Column(_("Menjadi saldo"), "amount")] if less else []),
    ]
    cells: list[list[object]] = [
        [
            month_name(month.period),
            month.workers,
            month.difference_rupiah,
            month.more_rupiah or None,
            *([month.penalty_rupiah or None] if late else []),
            *([month.less_rupiah or None] if less else []),
        ]
        for month in months
    ]
    return Table(_("Menurut bulan"), columns, cells)


def _facts(found: UploadView) -> list[SummaryRow]:
    summary = found.summary
    rows = [
        SummaryRow(_("Asal"), found.title),
        SummaryRow(_("Baris dibaca"), summary["rows"], kind="count"),
        SummaryRow(_("Jumlah pekerja"), summary["people"], kind="count"),
    ]
    for name, status in _kind_words().items():
        if summary[name]:
            rows.append(SummaryRow(status.word, summary[name], kind="count"))
    return rows


def _button(months: list[Effect]) -> str:
    to_pay = sum(month.to_pay_rupiah for month in months)
    if to_pay:
        words = ngettext(
            "Terbitkan %(number)s tagihan, jumlahnya %(amount)s",
            "Terbitkan %(number)s tagihan, jumlahnya %(amount)s",
            number := sum(month.more_rupiah > 0 for month in months),
        )
        return words % {"number": count(number), "amount": rupiah(to_pay)}
    less = sum(month.less_rupiah for month in months)
    return _("Catat saldo %(amount)s") % {"amount": rupiah(less)} if less else _("Batalkan tagihan itu")
