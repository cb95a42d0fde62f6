"""The firm's own cockpit: two years of bills and money as a picture and a table; and what changed in a month."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import overview_words as words
from lindung.channels.employer.firm import firm_of, links_within_reach, navigation, trail_to
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Link
from lindung.channels.shared.formats import language, month_name
from lindung.compliance.reminder_queries import reminders_of
from lindung.contributions import money_queries
from lindung.contributions.cockpit_queries import months_of_firm, wages_moved
from lindung.law import Month
from lindung.lib import clock

_MONTHS_SHOWN = 24
_ROWS_A_PAGE = 50


@require_safe
@requires(Permission.BILLS_READ)
def overview(request: HttpRequest, employer_id: int) -> HttpResponse:
    """What is owed now and since when, what two years looked like, what we reminded of."""
    firm = firm_of(request, employer_id)
    today = clock.wib_date(clock.now())
    first = max(Month.of(today).plus(-_MONTHS_SHOWN), Month.of(firm.since_on))
    months = months_of_firm(employer_id=firm.id, since=first.first_on)
    shown = words.whole(months, first, Month.of(today).previous(), today, language())
    context: dict[str, Any] = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:overview"),
        "figures": words.figures(shown, money_queries.credit_rupiah(employer_id=firm.id)),
        "why": words.penalty_sentence(shown),
        "chart": words.chart(shown),
        "table": links_within_reach(request, firm, words.months_table(shown, firm)),
        "any": bool(months),
        "reminders": words.reminder_events(reminders_of(employer_id=firm.id)),
    }
    return render(request, "employer/overview.html", context)


@require_safe
@requires(Permission.WORKERS_READ)
def differences(request: HttpRequest, employer_id: int, year: int, month: int) -> HttpResponse:
    """Who joined, left, earns more or less than the month before; ``?how=`` narrows to one of these."""
    firm = firm_of(request, employer_id)
    if not (2015 <= year <= 2999 and 1 <= month <= 12):
        raise Http404
    after = Month.of(date(year, month, 1))
    how = request.GET.get("how", "")
    how = how if how in words.HOW else ""
    number = request.GET.get("page", "1")
    start = (int(number) - 1) * _ROWS_A_PAGE if number.isascii() and number.isdigit() and int(number[:6]) > 0 else 0
    found = wages_moved(
        employer_id=firm.id,
        before=after.previous().first_on,
        after=after.first_on,
        how=how,
        start=min(start, 1_000_000),
        most=_ROWS_A_PAGE,
    )
    total = found.counts.get(how, 0) if how else sum(found.counts.values())
    title = _("%(after)s dibanding %(before)s") % {
        "after": month_name(after.first_on),
        "before": month_name(after.previous().first_on),
    }
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:overview"),
        "trail": trail_to(
            firm,
            Link(_("Ringkasan"), reverse("employer:overview", args=[firm.id])),
            Link(month_name(after.first_on), "", current=True),
        ),
        "title": title,
        "choices": [
            Choice(_("Semua"), request.path, sum(found.counts.values()), current=not how),
            *(
                Choice(str(word), f"{request.path}?how={name}", found.counts.get(name, 0), current=name == how)
                for name, word in words.HOW.items()
            ),
        ],
        "table": words.moves_table(found.items, firm) if found.items else None,
        "page": Paginator(range(total), _ROWS_A_PAGE).get_page(number),
    }
    return render(request, "employer/differences.html", context)
