"""Who leaves: finding them, and reporting one or several at once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.access.queries import second_person
from lindung.channels.employer import approving, searching
from lindung.channels.employer.firm import actor_of, firm_of, navigation, workers_trail
from lindung.channels.employer.forms import refusal_words
from lindung.channels.employer.paging import ROWS_A_PAGE, page_number, pages_of
from lindung.channels.employer.typed_worker import DAY
from lindung.channels.employer.worker_forms import ExitForm, day_name
from lindung.channels.employer.worker_words import last_day
from lindung.channels.employer.workers import workers_url
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.channels.shared.formats import count, long_date, month_name
from lindung.contributions.left_unreported import Unreported, left_unreported
from lindung.lib import clock
from lindung.registry import staff_queries
from lindung.registry.deadlines import report_exit_by
from lindung.registry.queries import EmployerFacts
from lindung.registry.services import ExitsRefused, WorkerFault, report_exits
from lindung.registry.staff_queries import WorkerRow
from lindung.uploads.limits import Refused

MOST_AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who may be reported; ``why`` is what makes us think that he left, if anything does."""

    employment_id: int
    name: str
    kpj: str
    employee_no: str
    why: str = ""


@require_safe
@requires(Permission.WAGES_REPORT)
def leavers(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Who seems to have left, and everybody at work: tick who it is, then say when and why."""
    firm = firm_of(request, employer_id)
    today = clock.wib_date(clock.now())
    text = searching.searched(request, firm.id)
    gone = left_unreported(employer_id=firm.id, today=today, most=ROWS_A_PAGE)
    people = staff_queries.workers_of(firm.id, search=text, page=page_number(request), size=ROWS_A_PAGE)
    address = reverse("employer:leavers", args=[firm.id])
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "trail": workers_trail(
            firm,
            Link(_("Pekerja keluar"), "", current=True),
        ),
        "gone": [_leaver(row, _why(row)) for row in gone.items],
        "gone_total": gone.total,
        "people": [_leaver(row) for row in people.items],
        "page": pages_of(people.total, people.page),
        "search": searching.SearchForm(initial={"searched": text}),
        "search_url": f"{reverse('employer:worker-search', args=[firm.id])}?{urlencode({'state': 'leaving'})}",
        "searched": text,
        "all_url": address if text else "",
        "today_due_on": report_exit_by(today + timedelta(days=1)),
        "nobody_chosen": "nobody" in request.GET,
    }
    return render(request, "employer/leavers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def exits(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Ask when and why these workers (``?worker=7&worker=9``) left, and report it."""
    firm = firm_of(request, employer_id)
    wanted = _wanted(request)
    if not wanted:
        return HttpResponseRedirect(f"{reverse('employer:leavers', args=[firm.id])}?nobody=1")
    found = staff_queries.employments(firm.id, wanted)
    here = [row for row in found if row.until_on is None]
    if not found:
        raise Http404
    if not here:
        return _done(firm, found, said="")
    today = clock.wib_date(clock.now())
    proposed = {row.employment_id: last_day(row.contract_until_on) for row in here if row.contract_until_on}
    proposed = {key: day for key, day in proposed.items() if day <= today}
    if request.method != "POST":
        return _page(request, firm, here, ExitForm(workers=here, proposed=proposed))
    form = ExitForm(request.POST, workers=here, proposed=proposed)
    if not form.is_valid():
        return _page(request, firm, here, form)
    if second_person(firm.id) is not None:
        return _waits(request, firm, here, form)
    try:
        report_exits(actor=actor_of(request), employer_id=firm.id, exits=form.exits(), now=clock.now())
    except ExitsRefused as refused:
        for fault in refused.faults:
            field, words = _fault_words(fault, here)
            form.add_error(field, words)
        return _page(request, firm, here, form)
    return _done(firm, here, said="exit")


def _waits(request: HttpRequest, firm: EmployerFacts, rows: list[WorkerRow], form: ExitForm) -> HttpResponse:
    """A second person has to agree: who leaves is put before him."""
    told = form.exits().with_columns(pl.col("until_on").dt.offset_by("-1d").dt.strftime(DAY))
    texts = {
        "kpj": [row.kpj for row in rows],
        "name": [row.name for row in rows],
        "cause": told["cause"].to_list(),
        "event_on": told["until_on"].to_list(),
    }
    try:
        return approving.put_before_second(request, firm, kind="exits", texts=texts)
    except Refused as refused:
        form.add_error(None, refusal_words(refused))
        return _page(request, firm, rows, form)


def _leaver(row: Unreported | WorkerRow, why: str = "") -> Leaver:
    return Leaver(row.employment_id, row.name, row.kpj, row.employee_no, why)


def _why(row: Unreported) -> str:
    """What makes us think that somebody left."""
    if row.contract_until_on:
        named = {
            "day": long_date(last_day(row.contract_until_on)),
            "due": long_date(report_exit_by(row.contract_until_on)),
        }
        return _("Kontraknya berakhir %(day)s. Laporkan paling lambat %(due)s.") % named
    if row.last_billed_on:
        return _("Terakhir ditagih %(month)s.") % {"month": month_name(row.last_billed_on)}
    return _("Belum pernah ada di tagihan.")


def _wanted(request: HttpRequest) -> list[int]:
    given = [text for text in request.GET.getlist("worker") if text.isascii() and text.isdigit() and len(text) < 18]
    return sorted({int(text) for text in given})[:MOST_AT_ONCE]


def _done(firm: EmployerFacts, rows: list[WorkerRow], *, said: str) -> HttpResponseRedirect:
    """One worker's own page, or the list of those who left."""
    if len(rows) == 1:
        address = reverse("employer:worker", args=[firm.id, rows[0].employment_id])
        return HttpResponseRedirect(f"{address}?{urlencode({'changed': said})}" if said else address)
    return HttpResponseRedirect(workers_url(firm, state="left", ended=str(len(rows)) if said else ""))


def _fault_words(fault: WorkerFault, rows: list[WorkerRow]) -> tuple[str | None, str]:
    row = rows[fault.row]
    named = {"name": row.name, "day": long_date(row.from_on)}
    words = {
        "before_start": _("Hari terakhir %(name)s sebelum hari pertamanya, %(day)s. Periksa tanggalnya."),
        "in_future": _("Hari terakhir %(name)s belum tiba. Laporkan sesudah hari itu."),
        "death_this_month": _("Kematian bulan ini dilaporkan ahli waris ke kantor cabang. Telepon 175."),
        "ended_already": _("%(name)s sudah dilaporkan keluar. Buka lagi daftar pekerja."),
    }
    field = {"until_on": day_name(row), "cause": "cause"}.get(fault.column)
    text = words.get(fault.code, _("Laporan tentang %(name)s belum bisa kami terima. Telepon 175."))
    return field, text % named


def _page(request: HttpRequest, firm: EmployerFacts, rows: list[WorkerRow], form: ExitForm) -> HttpResponse:
    today = clock.wib_date(clock.now())
    if len(rows) == 1:
        button = _("Laporkan %(name)s keluar") % {"name": rows[0].name}
    else:
        words = ngettext("Laporkan %(number)s pekerja keluar", "Laporkan %(number)s pekerja keluar", len(rows))
        button = words % {"number": count(len(rows))}
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "trail": workers_trail(
            firm,
            Link(_("Pekerja keluar"), reverse("employer:leavers", args=[firm.id])),
            Link(_("Kapan dan mengapa"), "", current=True),
        ),
        "rows": rows,
        "form": form,
        "today_due_on": report_exit_by(today + timedelta(days=1)),
        "button": button,
    }
    return render(request, "employer/exits.html", context, status=422 if form.errors else 200)
