"""A firm's construction projects: registered once, paid stage by stage."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer.firm import actor_of, firm_of, language, navigation, trail_to
from lindung.channels.employer.forms import ActForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, Status, SummaryRow, Table
from lindung.channels.shared.downloads import pdf
from lindung.channels.shared.formats import moment, percent
from lindung.channels.shared.reloading import Reloading
from lindung.channels.shared.simulated_bank import simulator_url
from lindung.contributions import services
from lindung.contributions.order_queries import OrderView, stage_orders
from lindung.contributions.project_queries import ProjectView, StageView, answer_of, project_view, projects_of
from lindung.documents.order_receipt import OrderPaid, order_receipt_pdf
from lindung.law.readings import CHANGED_VALUE_REASSESSED
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts

_SECONDS_TO_LOOK_AGAIN = 15


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
            view.terms.amount_rupiah,
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
    now = clock.now()
    today = clock.wib_date(now)
    orders = stage_orders(employer_id=firm.id, project_id=project_id)
    stage = view.next_stage
    order = orders.get(stage.stage_no) if stage else None
    if order is not None and order.state(now) != "open":
        order = None
    reloading = Reloading.asked(request, every=_SECONDS_TO_LOOK_AGAIN if order else 0)
    answer = answer_of(view, language())
    cover = view.standing(today)
    readings = [cover.reading, *([CHANGED_VALUE_REASSESSED] if view.addenda else [])]
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, ""),
        "trail": trail_to(
            firm,
            Link(_("Proyek"), reverse("employer:projects", args=[firm.id])),
            Link(view.project.name, "", current=True),
        ),
        "view": view,
        "status": project_status(view, today),
        "words": cover.words.say(language()),
        "stage": stage,
        "order": order,
        "last_at": order.expires_at.astimezone(clock.WIB) if order else None,
        "simulator_url": simulator_url(order.virtual_account) if order else "",
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
    """Ask for the number of a stage; asked twice, or once paid, the project simply shows how it stands."""
    firm = firm_of(request, employer_id)
    try:
        services.bill_stage(
            actor=actor_of(request), employer_id=firm.id, project_id=project_id, stage_no=stage_no, now=clock.now()
        )
    except services.BillNotFound as error:
        raise Http404 from error
    except services.BillPaid:
        pass
    return HttpResponseRedirect(reverse("employer:project", args=[firm.id, project_id]))


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
    place = next(stage.place for stage in view.stages if stage.stage_no == order.stage_no)
    stage = _("%(number)s dari %(count)s") % {"number": place, "count": len(view.stages)}
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
            about=[(_("Proyek"), f"{view.project.name} ({view.project.number})"), (_("Tahap"), stage)],
        ),
        language=language(),
    )


def project_status(view: ProjectView, today: date) -> Status:
    """How a project stands, in a word."""
    if today >= view.project.until_on:
        return Status(_("Sudah berakhir"), "quiet")
    if any(stage.overdue(today) for stage in view.stages):
        return Status(_("Ada tahap belum dibayar"), "danger")
    if today < view.project.from_on:
        return Status(_("Belum mulai"), "quiet")
    return Status(_("Dilindungi"), "good")


def project_or_404(firm: EmployerFacts, project_id: int) -> ProjectView:
    view = project_view(employer_id=firm.id, project_id=project_id)
    if view is None:
        raise Http404
    return view


def value_label(view: ProjectView) -> str:
    """What the contract's value is called: with VAT at the contract's rate, or without."""
    if view.project.vat_rate is None:
        return _("Nilai kontrak tanpa PPN")
    return _("Nilai kontrak dengan PPN %(rate)s") % {"rate": percent(view.project.vat_rate)}


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
            _stage_status(stage, today),
            Link(
                moment(stage.paid_at.astimezone(clock.WIB)),
                reverse("employer:stage-receipt", args=[firm.id, view.project.pk, stage.stage_no]),
            )
            if stage.paid_at
            else None,
        ]
        for stage in view.stages
    ]
    paid_and_due = sum(stage.amount_rupiah for stage in view.stages)
    return Table(_("Tahap pembayaran"), columns, rows, [_("Jumlah"), paid_and_due, None, None, None])


def _stage_status(stage: StageView, today: date) -> Status:
    if stage.paid_at is not None:
        return Status(_("Lunas"), "good")
    return Status(_("Belum dibayar"), "danger") if stage.overdue(today) else Status(_("Belum jatuh tempo"), "quiet")
