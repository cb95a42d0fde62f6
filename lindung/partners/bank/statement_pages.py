"""The bank's statements: a file for a day, and a page to choose it from."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lindung.lib import clock
from lindung.lib.doors import open_door
from lindung.partners.bank.simulator import credentials
from lindung.partners.bank.statements import PLANTED, statement, taken_on
from lindung.partners.simulated import folder

_DAYS: Final = 7


@open_door
@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """``/bank/statements/``: the last days with what was taken, and every difference that can be planted in one."""
    today = clock.wib_date(clock.now())
    shown = []
    for day in (today - timedelta(days=back) for back in range(_DAYS)):
        taken = taken_on(day)
        links = [
            (
                difference,
                f"{reverse('bank_simulator:statement')}?{urlencode({'date': day, 'planted': difference.name})}",
            )
            for difference in PLANTED.values()
        ]
        shown.append((day, len(taken), sum(one.amount_rupiah for one in taken), links))
    context = {"days": shown, "differences": PLANTED.values()}
    return render(request, "simulators/bank_statements.html", context)


@open_door
@require_safe
def statement_file(request: HttpRequest) -> HttpResponse:
    """``/bank/statement?date=2026-11-20``: the file of a day, or of yesterday; ``planted`` names a difference."""
    now = clock.now()
    today = clock.wib_date(now)
    planted = request.GET.get("planted", "")
    try:
        day = date.fromisoformat(request.GET.get("date") or str(today - timedelta(days=1)))
    except ValueError:
        return HttpResponseBadRequest("date: YYYY-MM-DD", content_type="text/plain")
    if day > today or planted not in PLANTED:
        return HttpResponseBadRequest(
            "date: not after today; planted: see /bank/statements/", content_type="text/plain"
        )
    own = credentials(folder().parent)
    response = HttpResponse(statement(day, own, now, planted), content_type="text/csv; charset=utf-8")
    name = "-".join(part for part in (own.code.lower(), str(day), planted) if part)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
