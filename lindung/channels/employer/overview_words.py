"""The firm's two years in figures, a picture and a table; pure but for the penalty, which the law reckons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.shared.components import (
    Column,
    Event,
    Kind,
    Link,
    StackBar,
    StackChart,
    Status,
    SummaryRow,
    Table,
)
from lindung.channels.shared.formats import count, long_date, month_brief, month_name, rupiah
from lindung.compliance.reminder_queries import ReminderView
from lindung.contributions.calendar import due_on, lateness
from lindung.contributions.cockpit_queries import FirmMonth, WageMoved
from lindung.law import Month
from lindung.law.wording import Language
from lindung.lib.clock import wib_date
from lindung.registry.queries import EmployerFacts

HOW: Final[dict[str, str | Promise]] = {
    "joined": gettext_lazy("Masuk"),
    "left": gettext_lazy("Keluar atau hilang"),
    "up": gettext_lazy("Upah naik"),
    "down": gettext_lazy("Upah turun"),
}


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """One month of the picture, billed or not. ``penalty_today_rupiah``: of what is unpaid, if it were paid today."""

    month: Month
    found: FirmMonth | None
    late: bool
    penalty_today_rupiah: int
    sentence: str

    @property
    def left_rupiah(self) -> int:
        return self.found.left_rupiah if self.found else 0


def whole(months: Sequence[FirmMonth], first: Month, last: Month, today: date, language: Language) -> list[ShownMonth]:
    """Every month from the first to the last, and whatever is billed beyond it, oldest first."""
    by_month = {Month.of(month.period): month for month in months}
    last = max([last, *by_month])
    shown, month = [], first
    while month <= last:
        found = by_month.get(month)
        left = found.left_rupiah if found else 0
        late = lateness(month.first_on, left, today, language) if left else None
        penalty, sentence = (late.penalty.amount_rupiah, late.penalty.sentence) if late else (0, "")
        shown.append(ShownMonth(month, found, today > due_on(month), penalty, sentence))
        month = month.next()
    return shown


def figures(shown: Sequence[ShownMonth], credit_rupiah: int) -> list[SummaryRow]:
    """What matters today; each figure says what it counts."""
    coming = sum(each.left_rupiah for each in shown if not each.late)
    late = sum(each.left_rupiah for each in shown if each.late)
    unreported = [each for each in shown if each.late and each.found is None]
    penalties = sum(
        each.penalty_today_rupiah + each.found.penalty_rupiah - each.found.penalty_paid_rupiah
        if each.found and not each.left_rupiah
        else each.penalty_today_rupiah
        for each in shown
    )
    paid_penalties = sum(each.found.penalty_paid_rupiah for each in shown if each.found)
    rows = [
        SummaryRow(_("Harus dibayar, belum lewat batas"), coming, kind="amount"),
        SummaryRow(_("Tunggakan, lewat batas bayar"), late, kind="amount"),
        SummaryRow(_("Denda tunggakan bila dibayar hari ini"), penalties, kind="amount"),
        SummaryRow(_("Denda yang sudah dibayar, dua tahun"), paid_penalties, kind="amount"),
        SummaryRow(_("Saldo perusahaan"), credit_rupiah, kind="amount"),
    ]
    if unreported:
        names = ", ".join(month_name(each.month.first_on) for each in unreported)
        rows.append(SummaryRow(_("Lewat batas dan belum dilaporkan"), names))
    return rows


def penalty_sentence(shown: Sequence[ShownMonth]) -> str:
    """The law's own sentence for the oldest debt, empty where there is none."""
    return next((each.sentence for each in shown if each.sentence), "")


def chart(shown: Sequence[ShownMonth]) -> StackChart:
    """Contributions by month: paid, still in time, in arrears."""
    bars = [
        StackBar(
            month_brief(each.month.first_on),
            [
                each.found.paid_rupiah if each.found else 0,
                0 if each.late else each.left_rupiah,
                each.left_rupiah if each.late else 0,
            ],
        )
        for each in shown
    ]
    series = [_("Dibayar"), _("Belum lewat batas"), _("Menunggak")]
    return StackChart(_("Iuran dua tahun menurut bulan"), series, bars, "amount")


def months_table(shown: Sequence[ShownMonth], firm: EmployerFacts) -> Table:
    """The same months newest first, each leading to what changed in it."""
    columns = [
        Column(_("Bulan"), "month"),
        Column(_("Keadaan")),
        Column(_("Pekerja"), "figure"),
        Column(_("Jumlah upah"), "amount"),
        Column(_("Iuran"), "amount"),
        Column(_("Dibayar"), "amount"),
        Column(_("Sisa"), "amount"),
        Column(_("Denda"), "amount"),
        Column(_("Dari saldo"), "amount"),
    ]
    before: dict[Month, ShownMonth] = {each.month: each for each in shown}
    cells = [_cells(each, before.get(each.month.previous()), firm) for each in reversed(shown)]
    return Table(_("Bulan demi bulan"), columns, cells)


def _cells(each: ShownMonth, before: ShownMonth | None, firm: EmployerFacts) -> list[object]:
    name = month_name(each.month.first_on)
    if each.found is None:
        return [name, _status(each), *[None] * 7]
    found = each.found
    place = [firm.id, each.month.first_on.year, each.month.first_on.month]
    change = found.workers - before.found.workers if before and before.found else 0
    return [
        Link(name, reverse("employer:differences", args=place)),
        _status(each),
        f"{count(found.workers)} ({change:+d})" if change else count(found.workers),
        found.wage_rupiah,
        found.billed_rupiah,
        found.paid_rupiah,
        found.left_rupiah,
        each.penalty_today_rupiah or found.penalty_rupiah,
        found.credit_rupiah,
    ]


def _status(each: ShownMonth) -> Status:
    if each.found is None:
        return Status(_("Belum dilaporkan"), "danger" if each.late else "quiet")
    if each.found.paid_at is not None:
        late = wib_date(each.found.paid_at) > each.found.due_on
        return Status(_("Lunas, terlambat") if late else _("Lunas"), "good")
    kind: Kind = "danger" if each.late else "needs-you"
    return Status(_("Dibayar sebagian") if each.found.paid_rupiah else _("Menunggu bayar"), kind)


def moves_table(items: Sequence[WageMoved], firm: EmployerFacts) -> Table:
    """Workers whose place on the bill changed, the greatest change first."""
    columns = [
        Column(_("Pekerja")),
        Column(_("Apa yang berubah")),
        Column(_("Upah sebelumnya"), "amount"),
        Column(_("Upah sesudahnya"), "amount"),
        Column(_("Selisih"), "amount"),
    ]
    rows: list[list[object]] = [
        [
            Link(moved.name, reverse("employer:worker", args=[firm.id, moved.employment_id])),
            str(HOW[moved.how]),
            moved.before_rupiah,
            moved.after_rupiah,
            (moved.after_rupiah or 0) - (moved.before_rupiah or 0),
        ]
        for moved in items
    ]
    return Table(_("Perubahan terbesar di atas"), columns, rows)


def reminder_events(reminders: Sequence[ReminderView]) -> list[Event]:
    """What we reminded the firm of, newest first."""
    events = []
    for one in reminders:
        told = {"month": month_name(one.period), "day": long_date(due_on(Month.of(one.period)))}
        if one.amount_rupiah is None:
            what = _("Iuran %(month)s, batas bayar %(day)s: upah belum dilaporkan") % told
        else:
            amount = {"amount": rupiah(one.amount_rupiah)}
            what = _("Iuran %(month)s, batas bayar %(day)s: %(amount)s belum dibayar") % {**told, **amount}
        events.append(Event(one.told_at, what))
    return events
