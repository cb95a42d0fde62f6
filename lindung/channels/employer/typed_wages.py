"""A month's wages without a file: the same as last month, or typed into a table. It goes the way of a file."""

from datetime import date, datetime

import polars as pl
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lindung.access.permissions import Permission
from lindung.channels.employer import findings
from lindung.channels.employer.firm import actor_of, firm_of, month_of, navigation, trail_to
from lindung.channels.employer.forms import ActForm, refusal_words
from lindung.channels.employer.paging import ROWS_A_PAGE, page_number, pages_of
from lindung.channels.employer.wage_table import WageTableForm, typed_in
from lindung.channels.employer.wages import unbilled_months
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.channels.shared.formats import count, month_name
from lindung.contributions.calendar import due_on, lateness
from lindung.law import Month
from lindung.lib import clock
from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts
from lindung.uploads import drafts, queries, services, typed_month
from lindung.uploads.limits import Refused
from lindung.uploads.typed_month import KIND, JudgedMonth, TypedMonth

_CHANGES_SHOWN = 10


@require_POST
@requires(Permission.WAGES_REPORT)
def same(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Begin with last month's wages. Where nobody's wage has to be asked for, that is already what is sent."""
    firm, period = _firm_and_month(request, employer_id)
    if period is None:
        return _to_months(firm)
    now = clock.now()
    drafts.forget_draft(actor=actor_of(request), employer_id=firm.id, kind=KIND, period=period, now=now)
    month = typed_month.typed_month(employer=firm, period=period, today=clock.wib_date(now))
    if month.joined_count or month.rows.is_empty():
        return HttpResponseRedirect(table_url(firm.id, period))
    try:
        return _sent(request, firm, month, now)
    except Refused:
        return HttpResponseRedirect(table_url(firm.id, period))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def table(request: HttpRequest, employer_id: int) -> HttpResponse:
    """The table (``?month=2026-10&page=2``). Whatever is pressed, what was typed is kept first."""
    firm, period = _firm_and_month(request, employer_id)
    if period is None:
        return _to_months(firm)
    now = clock.now()
    today = clock.wib_date(now)
    month = typed_month.typed_month(employer=firm, period=period, today=today)
    number = pages_of(month.rows.height, page_number(request)).number
    if request.method != "POST":
        return _page(request, firm, month, number, now)
    texts, left_out = typed_in(request.POST.dict(), month.rows["person_id"].to_list())
    drafts.save_draft(
        actor=actor_of(request),
        employer_id=firm.id,
        kind=KIND,
        period=period,
        texts=texts,
        left_out=left_out,
        now=now,
    )
    month = typed_month.typed_month(employer=firm, period=period, today=today)
    act = request.POST.get("act", "")
    if act.startswith("page-"):
        return HttpResponseRedirect(table_url(firm.id, period, act.removeprefix("page-")))
    return _page(request, firm, month, number, now, send=act == "send")


@require_POST
@requires(Permission.WAGES_REPORT)
def again(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Forget what was typed of a month, and show last month's wages again."""
    firm, period = _firm_and_month(request, employer_id)
    if period is None:
        return _to_months(firm)
    drafts.forget_draft(actor=actor_of(request), employer_id=firm.id, kind=KIND, period=period, now=clock.now())
    return HttpResponseRedirect(table_url(firm.id, period))


def table_url(employer_id: int, period: date, page: str = "") -> str:
    """Where the table of a month is."""
    query = {"month": f"{period:%Y-%m}", **({"page": page} if page else {})}
    return f"{reverse('employer:wage-table', args=[employer_id])}?{urlencode(query)}"


def _firm_and_month(request: HttpRequest, employer_id: int) -> tuple[EmployerFacts, date | None]:
    firm = firm_of(request, employer_id)
    months, following = unbilled_months(firm)
    period = month_of(request.GET.get("month", "")) or following
    if period not in months:
        return firm, None
    # What held for the firm in that month, not what holds today.
    return registry.employer(firm.id, month_on=period), period


def _to_months(firm: EmployerFacts) -> HttpResponse:
    """A month that cannot be reported, perhaps because it was billed meanwhile: which ones there are."""
    return HttpResponseRedirect(reverse("employer:wages", args=[firm.id]))


def _sent(request: HttpRequest, firm: EmployerFacts, month: TypedMonth, now: datetime) -> HttpResponse:
    """Hand the month over, to be agreed to on the page where files are. Raises ``Refused``."""
    try:
        received = services.receive_typed(
            actor=actor_of(request),
            employer_id=firm.id,
            kind=KIND,
            period=month.facts.period,
            texts=month.texts(),
            now=now,
        )
    except services.AlreadyUploaded as earlier:
        return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, earlier.upload_id]))
    return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, received.id]))


def _form(month: TypedMonth, number: int) -> WageTableForm:
    """One page of the table; what is kept stands in it as if it had just been typed."""
    rows = month.rows.slice((number - 1) * ROWS_A_PAGE, ROWS_A_PAGE)
    data = WageTableForm.as_posted(rows) if month.draft is not None else None
    return WageTableForm(data, rows=rows, period=month.facts.period, month_before=month.facts.month_before)


def _page(
    request: HttpRequest, firm: EmployerFacts, month: TypedMonth, number: int, now: datetime, *, send: bool = False
) -> HttpResponse:
    form = _form(month, number)
    judged = _judged(form, month)
    pressed = request.method == "POST"
    if judged is not None and pressed:
        _tell_of_other_pages(form, month, judged)
    if pressed and not form.errors:
        if not send:
            return HttpResponseRedirect(table_url(firm.id, month.facts.period, str(number) if number > 1 else ""))
        try:
            return _sent(request, firm, month, now)
        except Refused as refused:
            form.add_error(None, refusal_words(refused))
    period = month.facts.period
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:wages"),
        "trail": trail_to(
            firm,
            Link(_("Lapor upah"), f"{reverse('employer:wages', args=[firm.id])}?month={period:%Y-%m}"),
            Link(_("Isi di layar"), "", current=True),
        ),
        "period": period,
        "month_before": month_name(month.facts.month_before),
        "due_on": due_on(Month.of(period)),
        "form": form,
        "act": ActForm(),
        "month": month,
        "workers": month.rows.height,
        "compared": not month.facts.previous.is_empty(),
        "more_gone": month.gone_count - len(month.gone),
        "pages": pages_of(month.rows.height, number),
        "summary": judged.summary if judged else None,
        "changes": _changes(judged) if judged else None,
        "late": bool(judged and lateness(period, judged.summary["amount_rupiah"], clock.wib_date(now))),
    }
    return render(request, "employer/wage_table.html", context, status=422 if pressed else 200)


def _judged(form: WageTableForm, month: TypedMonth) -> JudgedMonth | None:
    """What the check says, told in the form where something was typed; None where nobody is left to be reported."""
    form.is_valid()
    try:
        judged = typed_month.judge(month)
    except Refused as refused:
        if form.is_bound:
            form.add_error(None, refusal_words(refused))
        return None
    if form.is_bound:
        form.tell(judged.faults(form.persons))
    return judged


def _tell_of_other_pages(form: WageTableForm, month: TypedMonth, judged: JudgedMonth) -> None:
    places = month.rows.with_row_index("place").filter(pl.col("person_id").is_in(judged.wrong().implode()))
    elsewhere = places.filter(~pl.col("person_id").is_in(form.persons.implode()))
    if elsewhere.is_empty():
        return
    numbers = (elsewhere["place"] // ROWS_A_PAGE + 1).unique().sort()
    words = ngettext(
        "%(number)s upah di halaman lain belum benar: halaman %(pages)s.",
        "%(number)s upah di halaman lain belum benar: halaman %(pages)s.",
        elsewhere.height,
    )
    shown = ", ".join(count(number) for number in numbers)
    form.add_error(None, words % {"number": count(elsewhere.height), "pages": shown})


def _changes(judged: JudgedMonth) -> findings.Changes:
    """Who came and the biggest changes of wages; whoever left is named above, and the table shows who has no wage."""
    shown = judged.differences.filter(pl.col("kind").is_in(["joined", "up", "down"]))
    views = queries.difference_views(shown.head(_CHANGES_SHOWN))
    groups = findings.groups_of({**judged.summary, "left_out": 0})
    return findings.Changes(findings.changes_of(views), shown.height, groups)
