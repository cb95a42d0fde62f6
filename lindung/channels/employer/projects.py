"""A firm's construction projects: registered once, paid stage by stage."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import listed_project
from lindung.channels.employer.firm import actor_of, firm_of, navigation
from lindung.channels.employer.forms import ActForm
from lindung.channels.employer.project_pages import (
    StageToPay,
    project_or_404,
    project_status,
    project_trail,
    receipt_link,
    stage_page_url,
    stage_status,
    value_label,
)
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, SummaryRow, Table
from lindung.channels.shared.downloads import pdf
from lindung.channels.shared.formats import language, month_name
from lindung.channels.shared.reloading import Reloading
from lindung.contributions import services
from lindung.contributions.order_queries import OrderView, stage_orders
from lindung.contributions.project_queries import ProjectView, answer_of, projects_of
from lindung.documents.order_receipt import OrderPaid, order_receipt_pdf
from lindung.law.readings import CHANGED_VALUE_REASSESSED
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts


@require_safe
@requires(Permission.BILLS_READ)
def projects(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Every project of the firm, newest first."""
    firm = firm_of(request, employer_id)
    found = projects_of(employer_id=firm.id)
    today = clock.wib_date(clock.now())
    columns = [
        Column(_("Proyek")),
        Column(_("Status")),
        Column(_("Iuran"), "amount"),
        Column(_("Sudah dibayar"), "amount"),
        Column(_("Selesai"), "date"),
    ]
    rows = [
        [
            Link(view.project.name, reverse("employer:project", args=[firm.id, view.project.pk])),
            project_status(view, today),
            view.amount_rupiah,
            view.paid_rupiah,
            view.project.until_on - timedelta(days=1),
        ]
        for view in found
    ]
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:projects"),
        "table": Table(_("Semua proyek"), columns, rows),
        "any": bool(found),
    }
    return render(request, "employer/projects.html", context)


@require_safe
@requires(Permission.BILLS_READ)
def project(request: HttpRequest, employer_id: int, project_id: int) -> HttpResponse:
    """One project: whether its workers are covered, its stages, and the number of the one that is to be paid."""
    firm = firm_of(request, employer_id)
    view = project_or_404(firm, project_id)
    if view.project.by_wages:
        return listed_project.page(request, firm, view)
    now = clock.now()
    today = clock.wib_date(now)
    paying = StageToPay.of(view, view.next_stage, now)
    reloading = Reloading.asked(request, every=paying.seconds_to_look_again)
    answer = answer_of(view, language())
    cover = view.standing(today)
    readings = [cover.reading, *([CHANGED_VALUE_REASSESSED] if view.addenda else [])]
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:projects"),
        "trail": project_trail(firm, view),
        "view": view,
        "status": project_status(view, today),
        "words": cover.words.say(language()),
        "paying": paying,
        "facts": _facts(view),
        "stages": _stages_table(firm, view, today),
        "sentences": [line.sentence for line in answer.lines],
        "doubts": [*answer.notes, *(reading.doubt.say(language()) for reading in readings)],
        "given_back_rupiah": sum(addendum.credit_rupiah for addendum in view.addenda),
        "over": today >= view.project.until_on,
        "act": ActForm(),
        "reloading": reloading,
    }
    return reloading.applied(render(request, "employer/project.html", context))


@require_POST
@requires(Permission.WAGES_REPORT)
def bill(request: HttpRequest, employer_id: int, project_id: int, stage_no: int) -> HttpResponse:
    """Ask for the number of a stage; asked twice, or once paid, the project (or its month) shows how it stands."""
    firm = firm_of(request, employer_id)
    view = project_or_404(firm, project_id)
    try:
        services.bill_stage(
            actor=actor_of(request), employer_id=firm.id, project_id=project_id, stage_no=stage_no, now=clock.now()
        )
    except services.BillNotFound as error:
        raise Http404 from error
    except services.BillPaid:
        pass
    period = next((stage.period for stage in view.stages if stage.stage_no == stage_no), None)
    return HttpResponseRedirect(stage_page_url(firm, view, period))


@require_safe
@requires(Permission.BILLS_READ)
def receipt(request: HttpRequest, employer_id: int, project_id: int, stage_no: int) -> HttpResponse:
    """The receipt of a paid stage as a PDF."""
    firm = firm_of(request, employer_id)
    view = project_or_404(firm, project_id)
    order = stage_orders(employer_id=firm.id, project_id=project_id).get(stage_no)
    if order is None or order.paid_at is None:
        raise Http404
    return pdf(_receipt(firm, view, order), f"kuitansi-{order.receipt_number}")


def _receipt(firm: EmployerFacts, view: ProjectView, order: OrderView) -> bytes:
    assert order.paid_at is not None
    paid_for = next(stage for stage in view.stages if stage.stage_no == order.stage_no)
    if paid_for.period is None:
        place = _("%(number)s dari %(count)s") % {"number": paid_for.place, "count": len(view.stages)}
        about = (_("Tahap"), place)
    else:
        about = (_("Upah bulan"), month_name(paid_for.period))
    return order_receipt_pdf(
        OrderPaid(
            number=order.receipt_number,
            order_number=order.number,
            kind="project",
            payer_name=firm.name,
            payer_number=firm.npp,
            from_on=order.from_on,
            until_on=order.until_on - timedelta(days=1),
            parts=[part for part in (("JKK", order.jkk), ("JKM", order.jkm)) if part[1]],
            bank_name=order.bank_name,
            bank_reference=order.bank_reference,
            virtual_account=order.virtual_account,
            paid_at=order.paid_at.astimezone(clock.WIB),
            about=[(_("Proyek"), f"{view.project.name} ({view.project.number})"), about],
        ),
        language=language(),
    )


def _facts(view: ProjectView) -> list[SummaryRow]:
    project, terms = view.project, view.terms
    rows = [
        SummaryRow(_("Nomor proyek"), project.number),
        SummaryRow(_("Surat perintah kerja"), project.work_order_no),
        SummaryRow(_("Hari pertama proyek"), project.from_on, kind="date"),
        SummaryRow(_("Hari terakhir proyek"), project.until_on - timedelta(days=1), kind="date"),
    ]
    if project.vat_rate is not None:
        rows.append(SummaryRow(value_label(view), terms.contract_rupiah, kind="amount"))
    rows.append(SummaryRow(_("Nilai kontrak tanpa PPN"), terms.net_rupiah, kind="amount"))
    if view.addenda:
        changed_on = view.addenda[-1].agreed_on
        rows.append(SummaryRow(_("Nilai berubah, adendum terakhir"), changed_on, kind="date"))
    return rows


def _stages_table(firm: EmployerFacts, view: ProjectView, today: date) -> Table:
    columns = [
        Column(_("Tahap")),
        Column(_("Jumlah"), "amount"),
        Column(_("Bayar paling lambat"), "date"),
        Column(_("Status")),
        Column(_("Bukti bayar")),
    ]
    rows: list[list[object]] = [
        [
            str(stage.place),
            stage.amount_rupiah,
            stage.due_on,
            stage_status(stage, today),
            receipt_link(firm, view, stage),
        ]
        for stage in view.stages
    ]
    paid_and_due = sum(stage.amount_rupiah for stage in view.stages)
    return Table(_("Tahap pembayaran"), columns, rows, [_("Jumlah"), paid_and_due, None, None, None])
