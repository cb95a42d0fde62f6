"""How a worker's complaint stands, as his firm reads it."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lindung.channels.employer.standing import days_left
from lindung.channels.shared import complaint_story
from lindung.channels.shared.components import Column as Col
from lindung.channels.shared.components import Event, Kind, Link, Status, SummaryRow, Table, Task
from lindung.channels.shared.exit_claims import cause_words, how_it_stands, last_day
from lindung.channels.shared.formats import count, long_date, month_name
from lindung.compliance.queries import ComplaintRow, ComplaintView, StepView, Waiting
from lindung.compliance.wording import KINDS, SHORT_KINDS, STATES
from lindung.registry.queries import EmployerFacts

_SHAPES: dict[str, Kind] = {
    "with_firm": "needs-you",
    "answered": "info",
    "with_agency": "info",
    "ordered": "danger",
    "settled": "good",
    "withdrawn": "quiet",
    "closed": "quiet",
}


def status_of(row: ComplaintRow) -> Status:
    """In a word; what waits for the firm says so."""
    words = {"with_firm": _("Menunggu jawaban Anda"), "ordered": _("Anda harus membetulkan")}
    return Status(words.get(row.state, str(STATES[row.state])), _SHAPES[row.state])


def complaint_tasks(employer_id: int, waiting: Waiting, today: date) -> list[Task]:
    """What of all complaints waits for the firm, as a line of its first page; none where nothing does."""
    if waiting.first_due_on is None:
        return []
    title = ngettext("Jawab %(number)s aduan", "Jawab %(number)s aduan", waiting.count)
    told = {"day": long_date(waiting.first_due_on), "left": days_left(waiting.first_due_on, today)}
    kind: Kind = "danger" if today >= waiting.first_due_on else "needs-you"
    return [
        Task(
            title % {"number": count(waiting.count)},
            reverse("employer:complaints", args=[employer_id]),
            told["left"],
            kind,
            hint=_("Paling lambat %(day)s") % told,
        )
    ]


def complaints_table(caption: str, firm: EmployerFacts, rows: list[ComplaintRow], today: date) -> Table:
    """One line a complaint, with the clock."""
    columns = [
        Col(_("Aduan"), "number"),
        Col(_("Pekerja")),
        Col(_("Bulan"), "month"),
        Col(_("Tentang")),
        Col(_("Keadaan")),
        Col(_("Paling lambat")),
    ]
    cells: list[list[object]] = [
        [
            Link(row.number, reverse("employer:complaint", args=[firm.id, row.id])),
            row.name,
            row.period,
            str(SHORT_KINDS[row.kind]),
            status_of(row),
            _clock(row, today),
        ]
        for row in rows
    ]
    return Table(caption, columns, cells)


def _clock(row: ComplaintRow, today: date) -> str | None:
    if row.due_on is None or row.owner != "firm":
        return None
    return f"{long_date(row.due_on)} ({days_left(row.due_on, today)})"


def facts_of(view: ComplaintView) -> list[SummaryRow]:
    """Who says what of which month, and what stands there now."""
    row = view.row
    if row.about_exit:
        said_on = last_day(view.said_until_on) if view.said_until_on else None
        return [
            SummaryRow(_("Kata pekerja"), str(KINDS[row.kind])),
            SummaryRow(_("Hari kerja terakhir menurut pekerja"), said_on, kind="date"),
            SummaryRow(_("Sebabnya menurut pekerja"), cause_words(view.said_cause)),
            SummaryRow(_("Bukti dari pekerja"), _("Ada, dibuka petugas saja") if view.paper else _("Tidak ada")),
            *how_it_stands(view),
        ]
    rows = [
        SummaryRow(_("Bulan"), row.period, kind="month"),
        SummaryRow(_("Kata pekerja"), str(KINDS[row.kind])),
    ]
    if view.said_wage_rupiah:
        rows.append(SummaryRow(_("Upah menurut pekerja"), view.said_wage_rupiah, kind="amount"))
    before = view.billed_wage_rupiah
    rows.append(
        SummaryRow(_("Upah di tagihan waktu itu"), before or _("Tidak ada"), kind="amount" if before else "text")
    )
    now = view.month.wage_rupiah if view.month else 0
    if now != before:
        rows.append(SummaryRow(_("Upah di tagihan sekarang"), now or _("Tidak ada"), kind="amount" if now else "text"))
    if row.kind == "month_missing":
        paid = view.month is not None and view.month.paid
        rows.append(SummaryRow(_("Iurannya"), _("Sudah dibayar") if paid else _("Belum dibayar")))
    return rows


def ways_to_mend(firm: EmployerFacts, view: ComplaintView) -> list[Link]:
    """Where the month is put right, by what is wrong with it."""
    row, links = view.row, []
    if row.about_exit:
        worker = f"?worker={row.employment_id}"
        return [
            Link(_("Laporkan pekerja ini keluar"), reverse("employer:exits", args=[firm.id]) + worker),
            Link(_("Lihat pekerja ini"), reverse("employer:worker", args=[firm.id, row.employment_id])),
        ]
    month = {"month": month_name(row.period)}
    billed = view.month is not None and view.month.wage_rupiah > 0
    if row.kind == "month_missing":
        if billed:
            links.append(Link(_("Bayar tagihannya"), reverse("employer:bills", args=[firm.id])))
        else:
            query = f"?month={row.period:%Y-%m}"
            links.append(Link(_("Laporkan %(month)s") % month, reverse("employer:wages", args=[firm.id]) + query))
    if row.employment_id is not None and (billed or row.kind == "wage_wrong"):
        place = [firm.id, row.employment_id, row.period.year, row.period.month]
        text = _("Perbaiki upah %(month)s") if row.kind != "not_my_employer" else _("Keluarkan dari %(month)s (upah 0)")
        links.append(Link(text % month, reverse("employer:wage-correction", args=place)))
    if row.employment_id is not None:
        links.append(Link(_("Lihat pekerja ini"), reverse("employer:worker", args=[firm.id, row.employment_id])))
    return links


def events_of(view: ComplaintView) -> list[Event]:
    """All that happened, newest first."""

    def parties(step: StepView) -> dict[str, str]:
        return {"member": view.row.name, "firm": step.actor_name, "agency": _("Petugas"), "clock": _("Otomatis")}

    return complaint_story.events_of(view, parties)
