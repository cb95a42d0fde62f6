"""The firm's month as a list of tasks: what comes first, how the year stands, which bills there are."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.access.queries import clerk_names
from lindung.channels.employer import approving, standing, steps
from lindung.channels.employer.bills import bills_table
from lindung.channels.employer.complaint_words import complaint_tasks
from lindung.channels.employer.file_kinds import WAGES, WORKER_KINDS
from lindung.channels.employer.firm import firm_of, may_open, month_of, navigation, within_reach
from lindung.channels.employer.reminding import reminder_of
from lindung.channels.employer.standing import MonthWork
from lindung.channels.employer.worker_tasks import worker_tasks
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Task
from lindung.channels.shared.formats import long_date, month_name
from lindung.channels.shared.middleware import HouseRequest
from lindung.compliance.queries import waiting_for_firm
from lindung.contributions import queries as contributions
from lindung.contributions.left_unreported import left_unreported
from lindung.contributions.queries import BillView
from lindung.law import Month
from lindung.lib import clock
from lindung.registry import queries as registry
from lindung.registry import staff_queries
from lindung.registry.queries import EmployerFacts
from lindung.uploads import drafts
from lindung.uploads import queries as uploads
from lindung.uploads.drafts import DraftView

_BILLS_SHOWN = 6
_FILES_LOOKED_AT = 5


@require_safe
@requires(Permission.BILLS_READ)
def home(request: HttpRequest) -> HttpResponse:
    """Which firm? Who has only one goes straight to it."""
    covered = cast(HouseRequest, request).scopes
    if len(covered) == 1:
        return HttpResponseRedirect(reverse("employer:month", args=covered))
    return render(request, "employer/home.html", {"firms": registry.employers(covered)})


@require_safe
@requires(Permission.BILLS_READ)
def month(request: HttpRequest, employer_id: int) -> HttpResponse:
    """One firm: the most urgent thing on top, then the steps of one month (``?month=2026-10`` for another)."""
    firm = firm_of(request, employer_id)
    now = clock.now()
    today = clock.wib_date(now)
    bills = contributions.bills_of(employer_id=firm.id)
    sent = uploads.uploads_of(firm.id, kinds=[WAGES])
    unfinished = standing.unfinished_months(bills, sent, firm.since_on, today)
    period = _asked(request, firm, today) or standing.month_in_hand(bills, firm.since_on, today)
    shown = standing.month_work(period, bills, sent) if period else None
    others = [work for work in unfinished if work.period != period]
    files = uploads.uploads_of(firm.id, kinds=WORKER_KINDS, most=_FILES_LOOKED_AT)
    gone = left_unreported(employer_id=firm.id, today=today, most=1)
    counts = staff_queries.worker_counts(firm.id)
    people = worker_tasks(firm, counts, gone, files, today)
    draft = drafts.draft_of(employer_id=firm.id, kind=WAGES, period=period) if period else None
    first = unfinished[0] if unfinished else None
    around = steps.Around(_names(firm, shown, draft), draft, people)
    need = steps.need(firm.id, first, now, draft if first.period == period else None) if first else None
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:month"),
        "need": need,
        "need_is_mine": need is not None and may_open(request, firm, need.url),
        "reminder": reminder_of(first, now) if first else [],
        "approvals": approving.waiting_tasks(request, firm),
        "shown": shown,
        "tasks": within_reach(request, firm, steps.tasks(firm, shown, around, now)) if shown else [],
        "days_left": standing.days_left(shown.due_on, today) if shown else "",
        "others": [_other(firm, work, now) for work in others],
        "together_url": _together_url(request, firm, bills),
        "people": within_reach(request, firm, people),
        "complaints": within_reach(
            request, firm, complaint_tasks(firm.id, waiting_for_firm(employer_id=firm.id), today)
        ),
        "next_on": Month.of(today).next().first_on,
        "strip": standing.strip(bills, firm.since_on, today),
        "table": bills_table(_("Tagihan terakhir"), firm, bills[:_BILLS_SHOWN], now),
        "any": bool(bills),
        "more": len(bills) > _BILLS_SHOWN,
    }
    return render(request, "employer/month.html", context)


def _asked(request: HttpRequest, firm: EmployerFacts, today: date) -> date | None:
    """The month in the address, where it is one of this firm's and has begun."""
    period = month_of(request.GET.get("month", ""))
    if period is None or not Month.of(firm.since_on) <= Month.of(period) <= Month.of(today):
        return None
    return period


def _together_url(request: HttpRequest, firm: EmployerFacts, bills: Sequence[BillView]) -> str:
    """Where several bills that wait are paid with one number, for whoever may ask for it."""
    url = reverse("employer:together", args=[firm.id])
    return url if sum(not bill.settled for bill in bills) > 1 and may_open(request, firm, url) else ""


def _names(firm: EmployerFacts, work: MonthWork | None, draft: DraftView | None) -> dict[int, str]:
    """Who did something about the month that is shown."""
    reports = [report for report in (work and work.upload, work and work.booked) if report]
    confirmed = (report.summary.get("confirmed_by", ("", 0)) for report in reports)
    ids = {report.sent_by for report in reports} | {by for kind, by in confirmed if kind == "account"}
    return clerk_names(firm.id, ids | ({draft.saved_by} if draft else set()))


def _other(firm: EmployerFacts, work: MonthWork, now: datetime) -> Task:
    status = steps.month_status(work, now)
    address = reverse("employer:month", args=[firm.id])
    url = f"{address}?{urlencode({'month': f'{work.period:%Y-%m}'})}"
    hint = _("Batas bayar %(day)s") % {"day": long_date(work.due_on)}
    return Task(month_name(work.period), url, status.word, status.kind, hint=hint)
