"""The officer's first page: what the agency was owed and paid this month, which firms wait, what waits for officers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch.desk import navigation
from lindung.channels.branch.papers import waiting_table
from lindung.channels.branch.refused_calls import clashes
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Kind, Link, Status, Table
from lindung.contributions.overview import UnpaidBill, agency_overview
from lindung.contributions.refund_queries import open_refunds
from lindung.contributions.suspense_queries import unexplained
from lindung.law import Month
from lindung.lib import clock


@require_safe
@requires(Permission.AGENCY_READ)
def home(request: HttpRequest) -> HttpResponse:
    """Bills by month with what was paid, and unpaid bills by age. No personal data."""
    today = clock.wib_date(clock.now())
    overview = agency_overview(today=today, since=Month.of(today).plus(-12).first_on)
    months = Table(
        _("Tagihan menurut bulan iuran"),
        [
            Column(_("Bulan"), "month"),
            Column(_("Tagihan"), "count"),
            Column(_("Pekerja"), "count"),
            Column(_("Ditagih"), "amount"),
            Column(_("Dibayar"), "amount"),
        ],
        [[row.period, row.bills, row.workers, row.billed_rupiah, row.paid_rupiah] for row in overview.months],
    )
    waiting = Table(
        _("Tagihan yang belum dibayar"),
        [
            Column(_("Perusahaan")),
            Column(_("Bulan"), "month"),
            Column(_("Jumlah"), "amount"),
            Column(_("Jatuh tempo"), "date"),
            Column(_("Status")),
        ],
        [[_firm(row), row.period, row.amount_rupiah, row.due_on, _late(row.days_late)] for row in overview.unpaid],
    )
    context = {
        "navigation": navigation("staff:home"),
        "overview": overview,
        "months": months,
        "waiting": waiting,
        "unexplained": unexplained(today=today),
        "to_pay_back": open_refunds(),
        "clashes": clashes(today),
        "here": f"{reverse('staff:statements')}#refused-title",
        "papers": waiting_table(),
    }
    return render(request, "branch/home.html", context)


def _firm(row: UnpaidBill) -> Link:
    return Link(row.employer_name, reverse("staff:firm-compliance", args=[row.employer_id]))


def _late(days: int) -> Status:
    kind: Kind = "danger" if days > 0 else "quiet"
    word = _("Terlambat %(days)s hari") % {"days": days} if days > 0 else _("Belum jatuh tempo")
    return Status(word, kind)
