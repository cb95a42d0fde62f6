"""How complaints stand, as officers read them."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.channels.shared import complaint_story
from lindung.channels.shared.components import Column, Event, Kind, Link, Status, SummaryRow, Table
from lindung.channels.shared.exit_claims import cause_words, how_it_stands, last_day
from lindung.channels.shared.formats import long_date, month_name
from lindung.channels.shared.paper_words import described
from lindung.compliance.queries import ComplaintRow, ComplaintView, StepView, days_open
from lindung.compliance.wording import KINDS, OWNERS, SHORT_KINDS, STATES


def status_of(row: ComplaintRow, today: date) -> Status:
    """In a word; a day that passed shows before anything else."""
    if row.overdue(today):
        return Status(_("Lewat batas waktu"), "danger")
    kinds: dict[str, Kind] = {"with_agency": "needs-you", "settled": "good", "withdrawn": "quiet", "closed": "quiet"}
    return Status(str(STATES[row.state]), kinds.get(row.state, "info"))


def complaints_table(caption: str, rows: list[ComplaintRow], today: date, *, names_firm: bool = True) -> Table:
    """One line a complaint, without any name of a worker."""
    columns = [
        Column(_("Aduan"), "number"),
        *([Column(_("Perusahaan"))] if names_firm else []),
        Column(_("Bulan"), "month"),
        Column(_("Tentang")),
        Column(_("Umur (hari)"), "count"),
        Column(_("Menunggu")),
        Column(_("Paling lambat"), "date"),
        Column(_("Petugas")),
        Column(_("Keadaan")),
    ]
    cells: list[list[object]] = [
        [
            Link(row.number, reverse("staff:complaint", args=[row.id])),
            *([row.employer_name] if names_firm else []),
            row.period,
            str(SHORT_KINDS[row.kind]),
            days_open(row, today),
            str(OWNERS[row.owner]) if row.owner else None,
            row.due_on,
            row.officer_name,
            status_of(row, today),
        ]
        for row in rows
    ]
    return Table(caption, columns, cells)


def title_of(row: ComplaintRow) -> str:
    """What it is about."""
    if row.about_exit:
        return _("Berhenti bekerja di %(employer)s") % {"employer": row.employer_name}
    return _("Aduan tentang %(month)s") % {"month": month_name(row.period)}


def facts_of(view: ComplaintView) -> list[SummaryRow]:
    """Who says what of whom, and what stands there now."""
    row = view.row
    rows = [SummaryRow(_("Pekerja"), row.name), SummaryRow(_("Perusahaan"), row.employer_name)]
    rows += _about_exit(view) if row.about_exit else _about_month(view)
    rows.append(SummaryRow(_("Petugas"), row.officer_name or _("Belum ada")))
    if row.due_on:
        rows.append(SummaryRow(_("Menunggu"), f"{OWNERS[row.owner]}, {long_date(row.due_on)}"))
    return rows


def _about_exit(view: ComplaintView) -> list[SummaryRow]:
    said_on = last_day(view.said_until_on) if view.said_until_on else None
    return [
        SummaryRow(_("Kata pekerja"), str(KINDS[view.row.kind])),
        SummaryRow(_("Hari kerja terakhir menurut pekerja"), said_on, kind="date"),
        SummaryRow(_("Sebabnya menurut pekerja"), cause_words(view.said_cause)),
        SummaryRow(_("Bukti dari pekerja"), described(view.paper) if view.paper else _("Tidak ada")),
        *how_it_stands(view),
    ]


def _about_month(view: ComplaintView) -> list[SummaryRow]:
    row = view.row
    rows = [
        SummaryRow(_("Bulan"), row.period, kind="month"),
        SummaryRow(_("Kata pekerja"), str(KINDS[row.kind])),
    ]
    if view.said_wage_rupiah:
        rows.append(SummaryRow(_("Upah menurut pekerja"), view.said_wage_rupiah, kind="amount"))
    for label, amount in (
        (_("Upah di tagihan waktu itu"), view.billed_wage_rupiah),
        (_("Upah di tagihan sekarang"), view.month.wage_rupiah if view.month else 0),
    ):
        rows.append(SummaryRow(label, amount or _("Tidak ada"), kind="amount" if amount else "text"))
    paid = view.month is not None and view.month.paid
    rows.append(SummaryRow(_("Iurannya"), _("Sudah dibayar") if paid else _("Belum dibayar")))
    return rows


def events_of(view: ComplaintView) -> list[Event]:
    """All that happened, newest first."""

    def parties(step: StepView) -> dict[str, str]:
        return {
            "member": view.row.name,
            "firm": view.row.employer_name,
            "agency": step.actor_name,
            "clock": _("Otomatis"),
        }

    return complaint_story.events_of(view, parties)
