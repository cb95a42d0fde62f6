"""One month of a project that pays by listed wages: what is listed of it, who is in it, what is paid."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer.firm import may, navigation
from lindung.channels.employer.forms import ActForm
from lindung.channels.employer.listed_project import doubts, month_status
from lindung.channels.employer.paging import ROWS_A_PAGE, page_number, pages_of
from lindung.channels.employer.project_pages import (
    StageToPay,
    month_or_404,
    month_url,
    project_trail,
    receipt_link,
    stage_status,
)
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, SummaryRow, Table
from lindung.channels.shared.formats import language, moment, month_name
from lindung.channels.shared.reloading import Reloading
from lindung.contributions.project_queries import MonthView, ProjectView
from lindung.contributions.wage_lists import ListedWorker, highest_wage, wage_answer, workers_of
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts


@require_safe
@requires(Permission.BILLS_READ)
def month(request: HttpRequest, employer_id: int, project_id: int, year: int, month: int) -> HttpResponse:
    """What is listed of a month and what of it is paid; its workers for those who may see workers."""
    firm, view, found = month_or_404(request, employer_id, project_id, year, month)
    now = clock.now()
    today = clock.wib_date(now)
    paying = StageToPay.of(view, found.next_stage, now)
    reloading = Reloading.asked(request, every=paying.seconds_to_look_again)
    listed = found.list
    page, workers = None, None
    if listed is not None and listed.worker_count and Permission.WORKERS_READ in may(request, firm):
        page = pages_of(listed.worker_count, page_number(request))
        start = (page.number - 1) * ROWS_A_PAGE
        workers = _workers_table(workers_of(list_id=listed.pk, start=start, most=ROWS_A_PAGE))
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:projects"),
        "trail": project_trail(firm, view, Link(month_name(found.period), "", current=True)),
        "view": view,
        "month": found,
        "status": month_status(found, today),
        "late": today > found.due_on,
        "paying": paying,
        "facts": _facts(found),
        "stages": _stages_table(firm, view, found, today),
        "given_back_rupiah": sum(one.credit_rupiah for one in found.lists),
        "workers": workers,
        "page": page,
        "list_url": month_url(firm.id, view.project.pk, found.period, "project-list"),
        "sentences": _sentences(found),
        "doubts": doubts(),
        "act": ActForm(),
        "reloading": reloading,
    }
    return reloading.applied(render(request, "employer/project_month.html", context))


def _facts(found: MonthView) -> list[SummaryRow]:
    listed = found.list
    if listed is None:
        return []
    return [
        SummaryRow(_("Jumlah pekerja"), listed.worker_count, kind="count"),
        SummaryRow(_("Jumlah upah"), listed.wage_rupiah, kind="amount"),
        SummaryRow("JKK", listed.jkk, kind="amount"),
        SummaryRow("JKM", listed.jkm, kind="amount"),
        SummaryRow(_("Didaftar"), moment(listed.listed_at.astimezone(clock.WIB))),
    ]


def _stages_table(firm: EmployerFacts, view: ProjectView, found: MonthView, today: date) -> Table | None:
    if not found.stages:
        return None
    columns = [
        Column(_("Bayar paling lambat"), "date"),
        Column(_("Jumlah"), "amount"),
        Column(_("Status")),
        Column(_("Bukti bayar")),
    ]
    rows: list[list[object]] = [
        [
            stage.due_on,
            stage.amount_rupiah,
            stage_status(stage, today),
            receipt_link(firm, view, stage),
        ]
        for stage in found.stages
    ]
    return Table(_("Pembayaran bulan ini"), columns, rows)


def _workers_table(workers: list[ListedWorker]) -> Table:
    columns = [
        Column(_("Nama")),
        Column(_("NIK")),
        Column(_("Upah"), "amount"),
        Column("JKK", "amount"),
        Column("JKM", "amount"),
        Column(_("Jumlah"), "amount"),
    ]
    rows: list[list[object]] = [
        [
            worker.name,
            _("berakhir %(end)s") % {"end": worker.nik_end} if worker.nik_end else _("belum diisi"),
            worker.wage_rupiah,
            worker.jkk,
            worker.jkm,
            worker.amount_rupiah,
        ]
        for worker in workers
    ]
    return Table(_("Siapa saja"), columns, rows)


def _sentences(found: MonthView) -> list[str]:
    """The law's own words for the highest wage of the list."""
    if found.list is None or not found.list.worker_count:
        return []
    return [line.sentence for line in wage_answer(found.period, highest_wage(found.list.pk), language()).lines]
