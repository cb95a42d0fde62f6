"""One new worker on one page, for firms that need no file."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.access.queries import second_person
from lindung.channels.employer import approving
from lindung.channels.employer.firm import actor_of, firm_of, navigation, workers_trail
from lindung.channels.employer.forms import refusal_words
from lindung.channels.employer.typed_worker import TypedWorkerForm, judge, refused_words
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.lib import clock
from lindung.registry import enrolment_queries
from lindung.registry.queries import EmployerFacts
from lindung.registry.services import WorkersRefused, propose_workers
from lindung.uploads.limits import Refused

_ASKED: Final = (
    "name",
    "nik",
    "birth_on",
    "sex",
    "mother_name",
    "phone",
    "email",
    "from_on",
    "wage",
    "contract",
    "contract_until_on",
    "employee_no",
)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def new_worker(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Ask for one worker; who is sent goes on to a page of his own, with his KPJ as soon as there is one."""
    firm = firm_of(request, employer_id)
    if request.method != "POST":
        return _page(request, firm, TypedWorkerForm(only=_ASKED))
    form = TypedWorkerForm(request.POST, only=_ASKED)
    now = clock.now()
    rows = judge(form, kind="new_workers", employer=firm, today=clock.wib_date(now))
    if rows.height and (earlier := _sent_just_so(firm, rows.row(0, named=True))):
        return HttpResponseRedirect(reverse("employer:enrolment", args=[firm.id, earlier]))
    if form.errors:
        return _page(request, firm, form)
    if second_person(firm.id) is not None:
        texts = {field: [text] for field, text in form.texts().items()}
        try:
            return approving.put_before_second(request, firm, kind="new_workers", texts=texts)
        except Refused as refused:
            form.add_error(None, refusal_words(refused))
            return _page(request, firm, form)
    try:
        proposed = propose_workers(actor=actor_of(request), employer_id=firm.id, rows=rows, upload_id=None, now=now)
    except WorkersRefused as refused:
        form.add_error(None, refused_words(refused.faults[0].code))
        return _page(request, firm, form)
    (row,) = enrolment_queries.enrolments(firm.id, batch_id=proposed.batch_id).items
    return HttpResponseRedirect(reverse("employer:enrolment", args=[firm.id, row.id]))


def _sent_just_so(firm: EmployerFacts, told: Mapping[str, object]) -> int | None:
    """The row that waits and says the very same: two taps, or two clerks, come out at the same page."""
    for row in enrolment_queries.enrolments(firm.id, state="waiting", search=str(told["name"])).items:
        if (row.name, row.birth_on, row.employee_no) != (told["name"], told["birth_on"], told["employee_no"]):
            continue
        if {**(enrolment_queries.what_was_written(firm.id, row.id) or {}), "row_no": told["row_no"]} == told:
            return row.id
    return None


def _page(request: HttpRequest, firm: EmployerFacts, form: TypedWorkerForm) -> HttpResponse:
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "trail": workers_trail(
            firm,
            Link(_("Tambah satu pekerja"), "", current=True),
        ),
        "form": form,
    }
    return render(request, "employer/new_worker.html", context, status=422 if form.errors else 200)
