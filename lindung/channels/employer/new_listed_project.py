"""A firm registers a construction project that pays by the wages of its workers, listed for each month."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.channels.employer.firm import actor_of, firm_of, navigation, trail_to
from lindung.channels.employer.listed_project import rates
from lindung.channels.employer.new_project import refusals
from lindung.channels.employer.project_forms import ProjectFactsForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.channels.shared.formats import language
from lindung.contributions import services
from lindung.law import LawError, Month
from lindung.law.readings import DAY_WAGE_OF_A_PROJECT, LISTED_WAGES_DECIDE, LISTED_WAGES_DUE_LIKE_A_MONTH
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def new_listed_project(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Ask for the project and say what share of the wages it will pay; POST registers it. Nothing is owed by that."""
    firm = firm_of(request, employer_id)
    if request.method != "POST":
        return _page(request, firm, ProjectFactsForm())
    form = ProjectFactsForm(request.POST)
    if form.is_valid():
        told, now = form.cleaned_data, clock.now()
        try:
            project_id = services.register_listed_project(
                actor=actor_of(request),
                employer_id=firm.id,
                name=told["name"],
                work_order_no=told["work_order_no"],
                work_order_on=told["work_order_on"],
                from_on=told["from_on"],
                until_on=told["last_on"] + timedelta(days=1),
                now=now,
            )
            return HttpResponseRedirect(reverse("employer:project", args=[firm.id, project_id]))
        except LawError as error:
            said = error.say(language())
            form.add_error("from_on", said[:1].upper() + said[1:])
        except services.ProjectRefused as refused:
            field, said = refusals()[refused.why]
            form.add_error(field, said)
    return _page(request, firm, form)


def _page(request: HttpRequest, firm: EmployerFacts, form: ProjectFactsForm) -> HttpResponse:
    doubts = (LISTED_WAGES_DECIDE, LISTED_WAGES_DUE_LIKE_A_MONTH, DAY_WAGE_OF_A_PROJECT)
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:projects"),
        "trail": trail_to(
            firm,
            Link(_("Proyek"), reverse("employer:projects", args=[firm.id])),
            Link(_("Proyek dengan daftar upah"), "", current=True),
        ),
        "form": form,
        "rates": rates(Month.of(clock.wib_date(clock.now()))),
        "value_url": reverse("employer:new-project", args=[firm.id]),
        "doubts": [reading.doubt.say(language()) for reading in doubts],
    }
    return render(request, "employer/new_listed_project.html", context, status=422 if form.errors else 200)
