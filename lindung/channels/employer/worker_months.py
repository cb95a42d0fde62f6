"""A worker's months at one firm: billed or not, paid or not."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.channels.shared.components import Column, Link, MonthMark, MonthState, MonthStrip, Status, Table
from lindung.channels.shared.formats import long_date
from lindung.contributions.calendar import due_on
from lindung.contributions.queries import MonthPaid
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.registry.staff_queries import WorkerRow

_MONTHS_SHOWN: Final = 12


def months_strip(months: Sequence[MonthPaid], row: WorkerRow, today: date) -> MonthStrip:
    """The last twelve months in which he worked here, oldest first."""
    billed = {Month.of(month.period): month for month in months}
    last = Month.of(today if row.until_on is None else min(today, row.until_on))
    month = max(Month.of(row.from_on), Month.of(today).plus(1 - _MONTHS_SHOWN))
    marks = []
    while month <= last:
        marks.append(_mark(month, billed.get(month), today))
        month = month.next()
    return MonthStrip(_("Iuran dua belas bulan terakhir"), marks)


def months_table(firm_id: int, employment_id: int, months: Sequence[MonthPaid], *, correctable: bool) -> Table:
    """What was reported for him, newest month first, each with the way to correct it for who may."""
    columns = [
        Column(_("Bulan"), "month"),
        Column(_("Upah"), "amount"),
        Column(_("Iuran JHT"), "amount"),
        Column(_("Keadaan")),
    ]
    cells: list[list[object]] = [
        [month.period, month.wage_rupiah, month.jht_rupiah, _status(month)] for month in months
    ]
    if correctable:
        columns.append(Column(_("Upahnya salah?")))
        cells = [[*row, _correct(firm_id, employment_id, month)] for row, month in zip(cells, months, strict=True)]
    return Table(_("Bulan yang sudah dilaporkan"), columns, cells)


def _correct(firm_id: int, employment_id: int, month: MonthPaid) -> Link:
    place = [firm_id, employment_id, month.period.year, month.period.month]
    return Link(_("Perbaiki"), reverse("employer:wage-correction", args=place))


def _status(month: MonthPaid) -> Status:
    if month.paid_at:
        return Status(_("Dibayar"), "good")
    word = _("Dibayar sebagian") if month.jht_paid_rupiah else _("Menunggu bayar")
    return Status(word, "needs-you")


def _mark(month: Month, billed: MonthPaid | None, today: date) -> MonthMark:
    state: MonthState
    if billed is None:
        state, note = ("missing", _("Tidak ada di tagihan")) if today > due_on(month) else ("due", _("Belum ditagih"))
    elif billed.paid_at is not None:
        paid_on = wib_date(billed.paid_at)
        state = "late" if paid_on > billed.due_on else "paid"
        note = _("Dibayar %(day)s") % {"day": long_date(paid_on)}
    elif billed.jht_paid_rupiah:
        state, note = "part", _("Dibayar sebagian")
    else:
        state = "missing" if today > billed.due_on else "due"
        note = _("Batas bayar %(day)s") % {"day": long_date(billed.due_on)}
    return MonthMark(month.first_on, state, note)
