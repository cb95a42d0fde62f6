"""A worker lays his payslips beside what his firm reported, sees what is missing, and decides what to do about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.member import own_wages_words as words
from lindung.channels.member.complaints import refusal_words
from lindung.channels.member.desk import actor_of, person_of
from lindung.channels.member.own_wages_form import OwnWagesForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.formats import language
from lindung.compliance import rules, services
from lindung.compliance.months import worked_for
from lindung.compliance.own_wages import ComparedMonth, ReportedMonth, compare, months_to_compare
from lindung.compliance.queries import wage_complaints
from lindung.lib import clock
from lindung.registry import queries as registry


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COMPLAINTS_MAKE)
def own_wages(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Months beside payslips. POST compares; its other buttons complain (``do=complain``) or hint (``do=hint``)."""
    months = _months(request, employer_id)
    form = OwnWagesForm(request.POST or None, months=months)
    if request.method != "POST" or not form.is_valid():
        return _page(request, employer_id, form, months, [])
    differing = [one for one in compare(months, form.wages(), language=language()) if one.differs]
    if differing and (answer := _act(request, employer_id, form, differing)) is not None:
        return answer
    return _page(request, employer_id, form, months, differing, compared=True)


def _act(
    request: HttpRequest, employer_id: int, form: OwnWagesForm, differing: list[ComparedMonth]
) -> HttpResponse | None:
    """What the button asks for; None where nothing was asked, or the form says why not."""
    match request.POST.get("do"):
        case "complain":
            return _complained(request, employer_id, form, {one.month.period: one.own_wage_rupiah for one in differing})
        case "hint":
            services.hint_at_wages(person_id=person_of(request), employer_id=employer_id, now=clock.now())
            return HttpResponseRedirect(f"{reverse('member:own-wages', args=[employer_id])}?hinted=1")
    return None


def _complained(
    request: HttpRequest, employer_id: int, form: OwnWagesForm, wages: Mapping[date, int]
) -> HttpResponse | None:
    try:
        services.open_complaints_of_wages(
            actor=actor_of(request),
            person_id=person_of(request),
            employer_id=employer_id,
            wages=wages,
            words=form.cleaned_data["words"],
            now=clock.now(),
        )
    except services.CannotComplain as refused:
        form.add_error(None, refusal_words(refused.why))
        return None
    return HttpResponseRedirect(f"{reverse('member:wage-file', args=[employer_id])}?new=1")


def _page(
    request: HttpRequest,
    employer_id: int,
    form: OwnWagesForm,
    months: list[ReportedMonth],
    differing: list[ComparedMonth],
    *,
    compared: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "employer": registry.employer(employer_id),
        "form": form,
        "any": bool(months),
        "compared": compared,
        "differing": differing,
        "hinted": request.method != "POST" and "hinted" in request.GET,
        "at_least": rules.hints()[0],
    }
    if differing:
        context |= {
            **words.summed(differing),
            "result": words.months_table(differing),
            "lines": words.lines_of(differing[0]),
            "estimated": any(not one.month.wage_rupiah for one in differing),
            "answer_by": rules.deadline("firm_answers", clock.wib_date(clock.now())),
        }
    return render(request, "member/own_wages.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.COMPLAINTS_MAKE)
def wage_file(request: HttpRequest, employer_id: int) -> HttpResponse:
    """All that he complained of about this firm's wages, with what each month lacks: to read, to print, to take along.

    What a month lacked is told as it stood when he complained.
    """
    person_id = person_of(request)
    told = wage_complaints(person_id=person_id, employer_id=employer_id)
    member = registry.member(person_id)
    if member is None or not told:
        raise Http404
    months = {month.period: month for month in _months(request, employer_id)}
    employer = registry.employer(employer_id)
    context = {
        "employer": employer,
        "facts": words.file_facts(member, employer, clock.wib_date(clock.now())),
        "fresh": "new" in request.GET,
        "table": words.file_table(told, months, language()),
        "until": next((one.row.due_on for one in told if one.row.due_on), None),
    }
    return render(request, "member/wage_file.html", context)


def _months(request: HttpRequest, employer_id: int) -> list[ReportedMonth]:
    """The months to compare, of a firm that this member works or worked for; another one is not there."""
    person_id = person_of(request)
    months = months_to_compare(person_id=person_id, employer_id=employer_id, today=clock.wib_date(clock.now()))
    if not months and not worked_for(person_id=person_id, employer_id=employer_id):
        raise Http404
    return months
