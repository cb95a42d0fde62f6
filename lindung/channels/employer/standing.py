"""How a firm's months stand: what is reported, what is owed, what comes next. Pure: facts and a moment in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from lindung.channels.shared.components import MonthMark, MonthState, MonthStrip, Status
from lindung.channels.shared.formats import long_date, moment
from lindung.contributions.calendar import due_on
from lindung.contributions.queries import BillView
from lindung.law import Month
from lindung.lib.clock import WIB, wib_date
from lindung.uploads.queries import UploadView

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class MonthWork:
    """One month and how far the work on it is. ``upload`` is the newest file of a month that has no bill yet."""

    period: date
    due_on: date
    bill: BillView | None
    upload: UploadView | None

    @property
    def done(self) -> bool:
        return self.bill is not None and self.bill.paid_at is not None


def month_work(period: date, bills: Sequence[BillView], uploads: Sequence[UploadView]) -> MonthWork:
    """Everything about one month; ``uploads`` newest first."""
    bill = next((bill for bill in bills if bill.period == period), None)
    if bill is not None:
        return MonthWork(period, bill.due_on, bill, None)
    live = (upload for upload in uploads if upload.period == period and upload.state != "cancelled")
    return MonthWork(period, due_on(Month.of(period)), None, next(live, None))


def month_to_report(bills: Sequence[BillView], since_on: date, today: date) -> date | None:
    """The month after the last billed one, or None when that has not begun.

    A firm without bills begins with its first month, but no further back than the strip shows.
    """
    current = Month.of(today)
    if bills:
        following = max(Month.of(bill.period) for bill in bills).next()
    else:
        following = max(Month.of(since_on), current.plus(1 - MONTHS_SHOWN))
    return following.first_on if following <= current else None


def unfinished_months(
    bills: Sequence[BillView], uploads: Sequence[UploadView], since_on: date, today: date
) -> list[MonthWork]:
    """The months with something left to do, oldest first, which is also the order in which they are due.

    Unpaid bills, months of the last twelve that were passed over, and the month to be reported.
    """
    billed = {bill.period for bill in bills}
    waiting = {bill.period for bill in bills if not bill.settled}
    if billed:
        first = max(Month.of(today).plus(1 - MONTHS_SHOWN), Month.of(since_on), Month.of(min(billed)))
        month = first
        while month.first_on < max(billed):
            if month.first_on not in billed:
                waiting.add(month.first_on)
            month = month.next()
    following = month_to_report(bills, since_on, today)
    if following is not None:
        waiting.add(following)
    return [month_work(period, bills, uploads) for period in sorted(waiting)]


def month_in_hand(bills: Sequence[BillView], since_on: date, today: date) -> date | None:
    """The month a firm is at: its newest bill while that is unpaid, then the one to be reported, then the last.

    None only for a firm that has not begun.
    """
    newest = max(bills, key=lambda bill: bill.period, default=None)
    if newest is not None and not newest.settled:
        return newest.period
    following = month_to_report(bills, since_on, today)
    return following if following is not None or newest is None else newest.period


def strip(bills: Sequence[BillView], since_on: date, today: date) -> MonthStrip:
    """The last twelve months since the firm began, oldest first."""
    by_month = {Month.of(bill.period): bill for bill in bills}
    last = Month.of(today)
    first = max(last.plus(1 - MONTHS_SHOWN), min([Month.of(since_on), *by_month]))
    marks = []
    month = first
    while month <= last:
        state, note = _mark(by_month.get(month), due_on(month), today)
        marks.append(MonthMark(month.first_on, state, note))
        month = month.next()
    return MonthStrip(_("Dua belas bulan terakhir"), marks)


def _mark(bill: BillView | None, due: date, today: date) -> tuple[MonthState, str]:
    if bill is None:
        if today > due:
            return "missing", _("Upah belum dilaporkan")
        return "due", _("Batas bayar %(day)s") % {"day": long_date(due)}
    if bill.paid_at is not None:
        paid_on = wib_date(bill.paid_at)
        note = _("Dibayar %(day)s") % {"day": long_date(paid_on)}
        return ("late" if paid_on > bill.due_on else "paid"), note
    if bill.begun:
        return "part", _("Dibayar sebagian")
    if today > bill.due_on:
        return "missing", _("Tagihan belum dibayar")
    return "due", _("Batas bayar %(day)s") % {"day": long_date(bill.due_on)}


def bill_status(bill: BillView, now: datetime) -> Status:
    """One word and a kind for a bill, wherever it is listed."""
    if bill.amount_rupiah < 0:
        return Status(_("Menjadi saldo"), "info")
    if bill.begun:
        return Status(_("Dibayar sebagian"), "danger" if wib_date(now) > bill.due_on else "needs-you")
    if bill.paid_at is not None:
        late = wib_date(bill.paid_at) > bill.due_on
        return Status(_("Lunas, terlambat") if late else _("Lunas"), "good")
    if bill.expires_at <= now:
        return Status(_("Lewat batas"), "danger")
    if wib_date(now) > bill.due_on:
        return Status(_("Terlambat, menunggu bayar"), "danger")
    return Status(_("Menunggu bayar"), "needs-you")


def moment_wib(at: datetime) -> str:
    """``16 November 2026, 14.05 WIB``."""
    return _("%(moment)s WIB") % {"moment": moment(at.astimezone(WIB))}
