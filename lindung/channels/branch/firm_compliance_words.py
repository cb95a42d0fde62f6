"""One firm as an officer reads it: facts, months, who can be called, what was noted and is to be done."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.access.queries import FirmUser
from lindung.channels.branch.compliance_words import SIZES
from lindung.channels.shared.components import (
    Column,
    Event,
    Link,
    MonthMark,
    MonthState,
    MonthStrip,
    Status,
    SummaryRow,
    Table,
)
from lindung.channels.shared.formats import long_date
from lindung.compliance.follow_up_queries import FollowUpView
from lindung.contributions.calendar import due_on
from lindung.contributions.cockpit_queries import FirmMonth
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.registry.queries import EmployerFacts


def facts_of(firm: EmployerFacts) -> list[SummaryRow]:
    """What the firm is."""
    return [
        SummaryRow(_("NPP"), firm.npp, kind="number"),
        SummaryRow(_("Ukuran"), str(SIZES[firm.size])),
        SummaryRow(_("Kelas risiko JKK"), firm.jkk_class),
        SummaryRow(_("Program"), ", ".join(sorted(firm.programmes))),
        SummaryRow(_("Terdaftar sejak"), firm.since_on, kind="date"),
    ]


def state_of(month: FirmMonth | None, due: date, today: date) -> MonthState:
    """How one month of a firm stands; None is one without a bill."""
    if month is None:
        return "missing" if today > due else "due"
    if month.paid_at is not None:
        return "late" if wib_date(month.paid_at) > due else "paid"
    if month.paid_rupiah:
        return "part"
    return "missing" if today > due else "due"


def strip_of(months: Sequence[FirmMonth], since: date, today: date) -> MonthStrip:
    """Two years, oldest first."""
    by_month = {Month.of(month.period): month for month in months}
    marks, month = [], Month.of(since)
    while month <= Month.of(today):
        found = by_month.get(month)
        note = "" if found else _("Upah belum dilaporkan")
        marks.append(MonthMark(month.first_on, state_of(found, due_on(month), today), note))
        month = month.next()
    return MonthStrip(_("Iuran dua tahun terakhir"), marks)


def months_table(months: Sequence[FirmMonth], today: date) -> Table:
    """Billed months, newest first."""
    columns = [
        Column(_("Bulan"), "month"),
        Column(_("Pekerja"), "count"),
        Column(_("Upah"), "amount"),
        Column(_("Ditagih"), "amount"),
        Column(_("Dibayar"), "amount"),
        Column(_("Sisa"), "amount"),
        Column(_("Denda"), "amount"),
        Column(_("Batas bayar"), "date"),
        Column(_("Keadaan")),
    ]
    cells: list[list[object]] = [
        [
            month.period,
            month.workers,
            month.wage_rupiah,
            month.billed_rupiah,
            month.paid_rupiah,
            month.left_rupiah,
            month.penalty_rupiah,
            month.due_on,
            _status(month, today),
        ]
        for month in reversed(months)
    ]
    return Table(_("Bulan yang ditagih"), columns, cells)


def _status(month: FirmMonth, today: date) -> Status:
    words = {
        "paid": Status(_("Lunas"), "good"),
        "late": Status(_("Lunas, terlambat"), "info"),
        "part": Status(_("Dibayar sebagian"), "needs-you"),
        "missing": Status(_("Belum dibayar"), "danger"),
        "due": Status(_("Belum jatuh tempo"), "quiet"),
    }
    return words[state_of(month, month.due_on, today)]


def users_table(users: Sequence[FirmUser]) -> Table | None:
    """Who works at the firm's desk here, and when he was last seen; addresses stay with the firm."""
    if not users:
        return None
    columns = [Column(_("Nama")), Column(_("Terakhir masuk"), "date")]
    rows: list[list[object]] = [[user.name, wib_date(user.seen_at) if user.seen_at else None] for user in users]
    return Table(_("Pengguna perusahaan"), columns, rows)


def follow_up_status(found: FollowUpView, today: date) -> Status:
    """How a task stands."""
    if found.due_on is None:
        return Status(_("Catatan"), "quiet")
    if found.done_at is not None:
        return Status(_("Selesai"), "good")
    return Status(_("Lewat hari"), "danger") if found.due_on < today else Status(_("Terbuka"), "needs-you")


def follow_ups_table(found: Sequence[FollowUpView], today: date) -> Table:
    """Open tasks by their day."""
    columns = [
        Column(_("Perusahaan")),
        Column(_("Yang harus dilakukan")),
        Column(_("Paling lambat"), "date"),
        Column(_("Petugas")),
        Column(_("Keadaan")),
    ]
    cells: list[list[object]] = [
        [
            Link(one.employer_name, reverse("staff:follow-up", args=[one.id])),
            one.text,
            one.due_on,
            one.owner_name,
            follow_up_status(one, today),
        ]
        for one in found
    ]
    return Table(_("Yang paling dekat harinya di atas"), columns, cells)


def follow_up_events(found: Sequence[FollowUpView]) -> list[Event]:
    """Notes and tasks about a firm as its story; what is open leads to where it is done."""
    events = []
    for one in found:
        what = one.text
        if one.due_on is not None:
            what = _("%(text)s (paling lambat %(day)s)") % {"text": one.text, "day": long_date(one.due_on)}
        if one.outcome:
            what = _("%(what)s Hasil: %(outcome)s") % {"what": what, "outcome": one.outcome}
        links = [Link(_("Kerjakan atau ambil alih"), reverse("staff:follow-up", args=[one.id]))] if one.open else []
        events.append(Event(one.written_at, what, one.writer_name, links=links))
    return events


def follow_up_facts(found: FollowUpView) -> list[SummaryRow]:
    """One task."""
    rows = [
        SummaryRow(
            _("Perusahaan"), Link(found.employer_name, reverse("staff:firm-compliance", args=[found.employer_id]))
        ),
        SummaryRow(_("Ditulis"), f"{long_date(wib_date(found.written_at))}, {found.writer_name}"),
    ]
    if found.due_on is not None:
        rows.append(SummaryRow(_("Petugas"), found.owner_name))
        rows.append(SummaryRow(_("Paling lambat"), found.due_on, kind="date"))
    if found.done_at is not None:
        rows.append(SummaryRow(_("Selesai"), f"{long_date(wib_date(found.done_at))}, {found.doer_name}"))
        rows.append(SummaryRow(_("Hasilnya"), found.outcome))
    return rows
