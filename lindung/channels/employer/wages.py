"""Reporting a month's wages: the file goes in, everything after that happens on the page of the upload."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import standing
from lindung.channels.employer.file_kinds import WAGES
from lindung.channels.employer.firm import firm_of, month_of, navigation
from lindung.channels.employer.forms import ActForm, MonthForm, WageFileForm
from lindung.channels.employer.sending import receive_file, sent_table
from lindung.channels.shared.access import requires
from lindung.channels.shared.downloads import workbook
from lindung.channels.shared.formats import month_name
from lindung.contributions import queries as contributions
from lindung.contributions.calendar import due_on
from lindung.law import Month
from lindung.lib import clock
from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts
from lindung.uploads import files_back, own_headings, queries, typed_month
from lindung.uploads.limits import MOST_MONTHS_BACK


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def wages(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Ask for the file of one month (``?month=2026-10``, otherwise the next one to be reported)."""
    firm = firm_of(request, employer_id)
    months, following = unbilled_months(firm)
    if not months:
        return _page(request, firm, months, None, None)
    asked = month_of(request.GET.get("month", ""))
    period = asked if asked in months else following
    if request.method != "POST":
        return _page(request, firm, months, period, WageFileForm(period=period))
    form = WageFileForm(request.POST, request.FILES, period=period)
    taken = receive_file(request, firm, form, kind=WAGES, period=period)
    return taken or _page(request, firm, months, period, form)


@require_safe
@requires(Permission.WAGES_REPORT)
def template(request: HttpRequest, employer_id: int) -> HttpResponse:
    """The scheme's wage template as .xlsx, with this firm's workers and last month's wages in it."""
    firm = firm_of(request, employer_id)
    period = month_of(request.GET.get("month", ""))
    if period is None or not Month.of(firm.since_on) <= Month.of(period) <= _this_month():
        raise Http404
    content = files_back.template(firm.id, kind=WAGES, period=period)
    return workbook(content, f"data_upah-{firm.npp}-{period:%Y-%m}")


def _this_month() -> Month:
    return Month.of(clock.wib_date(clock.now()))


def unbilled_months(firm: EmployerFacts) -> tuple[list[date], date]:
    """The months that can be reported, newest first, and the one that is to be reported next."""
    bills = contributions.bills_of(employer_id=firm.id, most=MOST_MONTHS_BACK + 1)
    billed = {bill.period for bill in bills}
    last = _this_month()
    begun = max(Month.of(firm.since_on), last.plus(-MOST_MONTHS_BACK))
    months = (last.plus(-back).first_on for back in range(last.index - begun.index + 1))
    unbilled = [period for period in months if period not in billed]
    following = standing.month_to_report(bills, firm.since_on, last.first_on)
    return unbilled, following if following is not None else max(unbilled, default=last.first_on)


def _page(
    request: HttpRequest,
    firm: EmployerFacts,
    months: list[date],
    period: date | None,
    form: WageFileForm | None,
) -> HttpResponse:
    sent = [
        upload for upload in queries.uploads_of(firm.id, kinds=[WAGES]) if period is None or upload.period == period
    ]
    screen = _screen(firm, period) if period else None
    due = due_on(Month.of(period)) if period else None
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:wages"),
        "period": period,
        "screen": screen,
        "act": ActForm(),
        "remembered": own_headings.remembered(firm.id, WAGES),
        "forget_url": reverse("employer:forget-columns", args=[firm.id, WAGES]),
        "file_kind": "secondary" if screen and (screen.compared or screen.saved_at) else "primary",
        "due_on": due,
        "late": due is not None and clock.wib_date(clock.now()) > due,
        "month_code": f"{period:%Y-%m}" if period else "",
        "form": form,
        "months": _other_months(months, period) if period else None,
        "sent": sent_table(firm, sent) if sent else None,
        "last_month": month_name(_this_month().first_on),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "employer/wages.html", context, status=status)


@dataclass(frozen=True, slots=True)
class _Screen:
    """The way without a file: who would be in the month as last month was, and what is typed of it already."""

    compared: bool
    before: str
    stay: int
    joined: int
    gone: int
    saved_at: str
    table_url: str
    same_url: str


def _screen(firm: EmployerFacts, period: date) -> _Screen:
    of_month = registry.employer(firm.id, month_on=period)
    month = typed_month.typed_month(employer=of_month, period=period, today=_this_month().first_on)
    query = urlencode({"month": f"{period:%Y-%m}"})
    return _Screen(
        compared=not month.facts.previous.is_empty(),
        before=month_name(month.facts.month_before),
        stay=month.rows.height - month.joined_count,
        joined=month.joined_count,
        gone=month.gone_count,
        saved_at=standing.moment_wib(month.draft.saved_at) if month.draft else "",
        table_url=f"{reverse('employer:wage-table', args=[firm.id])}?{query}",
        same_url=f"{reverse('employer:same-wages', args=[firm.id])}?{query}",
    )


def _other_months(months: list[date], period: date) -> MonthForm | None:
    if len(months) < 2:
        return None
    return MonthForm(months=months, initial={"month": f"{period:%Y-%m}"})
