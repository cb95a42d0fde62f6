"""Files about workers: which kind, its form to fill in, and the file that comes back filled."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import standing
from lindung.channels.employer.enrolment_words import batch_status
from lindung.channels.employer.file_kinds import WAGE_CORRECTION, WORKER_KINDS, FileKind, file_kinds, kind_or_404
from lindung.channels.employer.firm import firm_of, month_of, navigation, workers_trail
from lindung.channels.employer.forms import ActForm, MonthForm, WorkerFileForm
from lindung.channels.employer.sending import receive_file, sent_table
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, Table
from lindung.channels.shared.downloads import workbook
from lindung.contributions import money_queries
from lindung.law import Month
from lindung.lib import clock
from lindung.registry import enrolment_queries
from lindung.registry.enrolment_queries import BatchView
from lindung.registry.queries import EmployerFacts
from lindung.uploads import files_back, own_headings, queries
from lindung.uploads.limits import MOST_MONTHS_BACK
from lindung.uploads.queries import UploadView


@require_safe
@requires(Permission.WAGES_REPORT)
def files(request: HttpRequest, employer_id: int) -> HttpResponse:
    """The kinds with their forms, and what was sent before."""
    firm = firm_of(request, employer_id)
    sent = queries.uploads_of(firm.id, kinds=WORKER_KINDS, most=20)
    batches = enrolment_queries.batches_of(firm.id)
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "trail": workers_trail(firm, Link(_("Lewat berkas"), "", current=True)),
        "kinds": file_kinds().values(),
        "sent": _sent_table(firm, sent) if sent else None,
        "batches": _batches_table(firm, batches) if batches else None,
    }
    return render(request, "employer/worker_files.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def send(request: HttpRequest, employer_id: int, kind: str) -> HttpResponse:
    """Ask for the file of one kind; everything after that happens on the page of the upload."""
    firm = firm_of(request, employer_id)
    wanted = kind_or_404(kind)
    if request.method != "POST":
        return _page(request, firm, wanted, WorkerFileForm(title=wanted.title))
    form = WorkerFileForm(request.POST, request.FILES, title=wanted.title)
    month = Month.of(clock.wib_date(clock.now()))
    taken = receive_file(request, firm, form, kind=wanted.code, period=month.first_on)
    return taken or _page(request, firm, wanted, form)


@require_safe
@requires(Permission.WAGES_REPORT)
def template(request: HttpRequest, employer_id: int, kind: str) -> HttpResponse:
    """The form of one kind as .xlsx; that for corrected wages is of one billed month (``?month=2026-10``)."""
    firm = firm_of(request, employer_id)
    wanted = kind_or_404(kind)
    period, name = Month.of(clock.wib_date(clock.now())).first_on, f"{wanted.template_name}-{firm.npp}"
    if wanted.code == WAGE_CORRECTION:
        months = billed_months(firm)
        asked = month_of(request.GET.get("month", ""))
        period = asked if asked in months else max(months, default=period)
        name = f"{name}-{period:%Y-%m}"
    return workbook(files_back.template(firm.id, kind=wanted.code, period=period), name)


def billed_months(firm: EmployerFacts) -> list[date]:
    """The months that can be corrected, newest first."""
    return money_queries.months_billed(employer_id=firm.id, most=MOST_MONTHS_BACK)


def _page(request: HttpRequest, firm: EmployerFacts, kind: FileKind, form: WorkerFileForm) -> HttpResponse:
    sent = queries.uploads_of(firm.id, kinds=[kind.code], most=10)
    by_file = Link(_("Lewat berkas"), reverse("employer:worker-files", args=[firm.id]))
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "trail": workers_trail(firm, by_file, Link(kind.title, "", current=True)),
        "kind": kind,
        "form": form,
        "act": ActForm(),
        "remembered": own_headings.remembered(firm.id, kind.code),
        "forget_url": reverse("employer:forget-columns", args=[firm.id, kind.code]),
        "months": _months(firm) if kind.code == WAGE_CORRECTION else None,
        "sent": _sent_table(firm, sent) if sent else None,
    }
    return render(request, "employer/worker_file.html", context, status=422 if form.errors else 200)


def _months(firm: EmployerFacts) -> MonthForm | None:
    """Which billed month the form is to be filled with."""
    months = billed_months(firm)
    return MonthForm(months=months, label=_("Bulan yang salah upahnya")) if months else None


def _sent_table(firm: EmployerFacts, uploads: list[UploadView]) -> Table:
    return sent_table(firm, uploads, {code: kind.title for code, kind in file_kinds().items()})


def _batches_table(firm: EmployerFacts, batches: list[BatchView]) -> Table:
    columns = [
        Column(_("Pendaftaran")),
        Column(_("Keadaan")),
        Column(_("Jumlah pekerja"), "count"),
        Column(_("Terdaftar"), "count"),
        Column(_("Dikirim")),
    ]
    cells = [
        [
            Link(batch.reference, reverse("employer:enrolment-batch", args=[firm.id, batch.id])),
            batch_status(batch),
            batch.workers,
            batch.counts["enrolled"],
            standing.moment_wib(batch.sent_at),
        ]
        for batch in batches
    ]
    return Table(_("Pendaftaran terakhir"), columns, cells)
