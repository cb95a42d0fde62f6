"""How a month's wages of a project are listed: typed, by a file, or that nobody worked."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer.file_kinds import PROJECT_WAGES
from lindung.channels.employer.firm import actor_of, navigation
from lindung.channels.employer.forms import ActForm, WageFileForm
from lindung.channels.employer.project_pages import month_or_404, month_trail, month_url
from lindung.channels.employer.project_table import MOST_ROWS
from lindung.channels.employer.sending import receive_file, sent_table
from lindung.channels.employer.standing import moment_wib
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.channels.shared.downloads import workbook
from lindung.contributions import services as contributions
from lindung.contributions.project_queries import MonthView, ProjectView
from lindung.contributions.wage_lists import nobody
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts
from lindung.uploads import drafts, files_back, own_headings, queries


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def send(request: HttpRequest, employer_id: int, project_id: int, year: int, month: int) -> HttpResponse:
    """The ways to list a month; POST takes a file, and everything after that happens on the page of the upload."""
    firm, view, found = month_or_404(request, employer_id, project_id, year, month)
    if request.method != "POST":
        return _send_page(request, firm, view, found, WageFileForm(period=found.period))
    form = WageFileForm(request.POST, request.FILES, period=found.period)
    taken = receive_file(request, firm, form, kind=PROJECT_WAGES, period=found.period, project_id=project_id)
    return taken or _send_page(request, firm, view, found, form)


@require_POST
@requires(Permission.WAGES_REPORT)
def nobody_worked(request: HttpRequest, employer_id: int, project_id: int, year: int, month: int) -> HttpResponse:
    """Say of a month without a list that nobody worked in it. One that is listed is corrected by a list instead."""
    firm, view, found = month_or_404(request, employer_id, project_id, year, month)
    if found.list is None:
        # Where somebody listed it a moment ago, the page shows how it stands.
        with suppress(contributions.WageListRefused):
            contributions.list_wages(
                actor=actor_of(request),
                employer_id=firm.id,
                project_id=project_id,
                period=found.period,
                rows=nobody(),
                agreed="0-0-0",
                now=clock.now(),
            )
    return HttpResponseRedirect(month_url(firm.id, view.project.pk, found.period))


@require_safe
@requires(Permission.WAGES_REPORT)
def template(request: HttpRequest, employer_id: int, project_id: int, year: int, month: int) -> HttpResponse:
    """The form of a month's list as .xlsx, with everybody of the last list in it."""
    firm, view, found = month_or_404(request, employer_id, project_id, year, month)
    content = files_back.template(firm.id, kind=PROJECT_WAGES, period=found.period, project_id=project_id)
    return workbook(content, f"upah_proyek-{view.project.number}-{found.period:%Y-%m}")


def _send_page(
    request: HttpRequest, firm: EmployerFacts, view: ProjectView, found: MonthView, form: WageFileForm
) -> HttpResponse:
    project_id, period = view.project.pk, found.period
    before = view.list_before(period)
    sent = [
        one
        for one in queries.uploads_of(firm.id, kinds=[PROJECT_WAGES])
        if (one.project_id, one.period) == (project_id, period)
    ]
    draft = drafts.draft_of(employer_id=firm.id, kind=PROJECT_WAGES, period=period, project_id=project_id)
    context = {
        "firm": firm,
        "saved_at": moment_wib(draft.saved_at) if draft else "",
        "navigation": navigation(request, firm, "employer:projects"),
        "trail": month_trail(firm, view, period, Link(_("Daftar upah"), "", current=True)),
        "view": view,
        "month": found,
        "before": before.period if before else None,
        "on_screen": before is None or before.worker_count <= MOST_ROWS,
        "table_url": month_url(firm.id, project_id, period, "project-table"),
        "template_url": month_url(firm.id, project_id, period, "project-template"),
        "nobody_url": month_url(firm.id, project_id, period, "project-nobody"),
        "form": form,
        "act": ActForm(),
        "remembered": own_headings.remembered(firm.id, PROJECT_WAGES),
        "forget_url": reverse("employer:forget-columns", args=[firm.id, PROJECT_WAGES]),
        "sent": sent_table(firm, sent) if sent else None,
    }
    return render(request, "employer/project_list.html", context, status=422 if form.errors else 200)
