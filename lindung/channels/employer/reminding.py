"""The reminder on a firm's first page, on the days of the mail: what, until when, where to, and what comes after."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from lindung.channels.employer.standing import MonthWork, days_left
from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.formats import language, long_date
from lindung.compliance import rules
from lindung.contributions.calendar import due_on, lateness
from lindung.law import Month, arrears
from lindung.lib.clock import wib_date


def reminder_of(month: MonthWork, now: datetime) -> list[SummaryRow]:
    """Facts of an open month from its first reminder on; none before that, and none of a month that is paid."""
    today = wib_date(now)
    first = rules.reminder_steps()[0].day_for(month.due_on)
    if today < first or (month.bill is not None and month.bill.settled):
        return []
    bill = month.bill
    rows = []
    if bill is None:
        rows.append(SummaryRow(_("Yang harus dibayar"), _("Belum ada, karena upah belum dilaporkan")))
    else:
        rows.append(SummaryRow(_("Yang harus dibayar"), bill.due_rupiah, kind="amount"))
        if bill.joint:
            rows.append(SummaryRow(_("Nomor virtual account"), _("Satu nomor bersama tagihan lain: buka tagihannya")))
        elif bill.expires_at > now:
            rows.append(SummaryRow(_("Nomor virtual account"), f"{bill.service_code}{bill.customer_no}", kind="number"))
    rows.append(SummaryRow(_("Paling lambat"), f"{long_date(month.due_on)} ({days_left(month.due_on, today)})"))
    rows.append(SummaryRow(_("Denda") if today > month.due_on else _("Kalau lewat"), _penalty(month, now)))
    return rows


def _penalty(month: MonthWork, now: datetime) -> str:
    """What delay costs, by the law's own rate; of a bill in rupiah too."""
    today = wib_date(now)
    left = month.bill.amount_rupiah - month.bill.contribution_paid_rupiah if month.bill else 0
    after = max(today, due_on(Month.of(month.period)) + timedelta(days=1))
    late = lateness(month.period, left, after, language()) if left > 0 else None
    if late is not None:
        return late.penalty.sentence
    line = arrears.penalty(0, 1, Month.of(month.period), language())
    told = {"rate": line.rate_text, "article": line.article}
    return _("%(rate)s dari iuran untuk setiap bulan yang dimulai (%(article)s)") % told
