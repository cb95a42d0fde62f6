"""Money that no monthly bill asks for: orders of members who pay themselves, and construction projects."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch.desk import navigation
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Status, Table
from lindung.channels.shared.standings import segment_name
from lindung.contributions.order_queries import orders_by_month
from lindung.contributions.project_queries import ProjectView, newest_projects
from lindung.law import Month
from lindung.lib import clock

_MONTHS_SHOWN = 12
_SEGMENTS = {"own_account": "BPU", "migrant": "PMI", "project": "JAKON"}


@require_safe
@requires(Permission.AGENCY_READ)
def own_payers(request: HttpRequest) -> HttpResponse:
    """Orders and what was paid of them by month and segment, without persons; the newest projects. Three statements."""
    today = clock.wib_date(clock.now())
    since = Month.of(today).plus(1 - _MONTHS_SHOWN).first_on
    orders = orders_by_month(since=since)
    columns = [
        Column(_("Bulan pesanan"), "month"),
        Column(_("Segmen")),
        Column(_("Pesanan"), "count"),
        Column(_("Dibayar"), "count"),
        Column(_("Jumlah dibayar"), "amount"),
    ]
    rows = [
        [month.month_on, segment_name(_SEGMENTS[month.kind]), month.orders, month.paid, month.paid_rupiah]
        for month in orders
    ]
    projects = newest_projects()
    context = {
        "navigation": navigation("staff:own-payers"),
        "paid_rupiah": sum(month.paid_rupiah for month in orders),
        "orders": Table(_("Pesanan dua belas bulan terakhir"), columns, rows) if rows else None,
        "projects": _projects(projects) if projects else None,
    }
    return render(request, "branch/own_payers.html", context)


def _projects(views: list[ProjectView]) -> Table:
    today = clock.wib_date(clock.now())
    columns = [
        Column(_("Proyek")),
        Column(_("Perusahaan")),
        Column(_("Status")),
        Column(_("Iuran"), "amount"),
        Column(_("Dibayar"), "amount"),
        Column(_("Selesai"), "date"),
    ]
    rows = []
    for view in views:
        cover = view.standing(today)
        running = view.project.from_on <= today < view.project.until_on
        lacks = _("Ada bulan yang kurang") if view.project.by_wages else _("Ada tahap belum dibayar")
        status = Status(lacks, "danger") if running else Status(_("Tidak berjalan"), "quiet")
        if cover.active:
            status = Status(_("Dilindungi"), "good")
        last_on = view.project.until_on - timedelta(days=1)
        money = [view.amount_rupiah, view.paid_rupiah]
        rows.append([view.project.name, view.employer_name, status, *money, last_on])
    return Table(_("Proyek konstruksi terbaru"), columns, rows)
