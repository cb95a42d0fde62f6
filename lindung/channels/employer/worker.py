"""One worker at this firm: his card, his work here, the months that were billed, and what may be changed."""

from datetime import date
from typing import Final

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer.firm import actor_of, firm_of, may, navigation, workers_trail
from lindung.channels.employer.worker_forms import CorrectionForm
from lindung.channels.employer.worker_months import months_strip, months_table
from lindung.channels.employer.worker_words import cause_words, contract_words, last_day, worker_status
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link, SummaryRow
from lindung.contributions import queries as contributions
from lindung.law import Month
from lindung.lib import clock
from lindung.registry import staff_queries
from lindung.registry.deadlines import report_exit_by
from lindung.registry.queries import EmployerFacts
from lindung.registry.services import CORRECTIONS, WorkersRefused, correct_workers
from lindung.registry.staff_queries import WorkerRow, WorkerView

MONTHS_SHOWN: Final = 12


@require_safe
@requires(Permission.WORKERS_READ)
def worker(request: HttpRequest, employer_id: int, employment_id: int) -> HttpResponse:
    """What this firm may know of one worker; nothing of his work elsewhere."""
    firm = firm_of(request, employer_id)
    found = worker_or_404(firm, employment_id)
    today = clock.wib_date(clock.now())
    since_on = Month.of(today).plus(1 - MONTHS_SHOWN).first_on
    months = [
        month
        for month in contributions.months_of(person_id=found.row.person_id, since=since_on)
        if month.employer_id == firm.id
    ]
    enters = Permission.WAGES_REPORT in may(request, firm)
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "trail": worker_trail(firm, found.row),
        "worker": found,
        "row": found.row,
        "status": worker_status(found.row),
        "facts": _facts(found),
        "contact": _contact(found),
        "strip": months_strip(months, found.row, today),
        "table": months_table(firm.id, found.row.employment_id, months, correctable=enters) if months else None,
        "exit_url": f"{reverse('employer:exits', args=[firm.id])}?{urlencode({'worker': found.row.employment_id})}",
        "exit_in_time": _in_time(found.row),
        "contract_over": _contract_over(found.row, today),
        "changed": request.GET.get("changed", ""),
    }
    return render(request, "employer/worker.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def correct(request: HttpRequest, employer_id: int, employment_id: int) -> HttpResponse:
    """Ask for what changed; of a worker with an account, contact data are put to himself instead."""
    firm = firm_of(request, employer_id)
    found = worker_or_404(firm, employment_id)
    if request.method != "POST":
        return _correct_page(request, firm, found, CorrectionForm(worker=found))
    form = CorrectionForm(request.POST, worker=found)
    if not form.is_valid():
        return _correct_page(request, firm, found, form)
    told = {
        "person_id": found.row.person_id,
        "employment_id": found.row.employment_id,
        **form.corrections(),
    }
    try:
        corrected = correct_workers(
            actor=actor_of(request),
            employer_id=firm.id,
            corrections=pl.DataFrame([told], schema=CORRECTIONS),
            now=clock.now(),
        )
    except WorkersRefused:
        form.add_error(None, _("Data ini belum bisa kami terima. Periksa lagi, atau telepon 175."))
        return _correct_page(request, firm, found, form)
    said = [name for name in ("changed", "left_to_worker") if getattr(corrected, name)]
    address = reverse("employer:worker", args=[firm.id, found.row.employment_id])
    return HttpResponseRedirect(f"{address}?{urlencode({'changed': '-'.join(said) or 'nothing'})}")


def worker_or_404(firm: EmployerFacts, employment_id: int) -> WorkerView:
    found = staff_queries.worker(firm.id, employment_id)
    if found is None:
        raise Http404
    return found


def worker_trail(firm: EmployerFacts, row: WorkerRow, *links: Link) -> list[Link]:
    """Breadcrumbs down to a worker, and to a page about him."""
    if not links:
        return workers_trail(firm, Link(row.name, "", current=True))
    return workers_trail(firm, Link(row.name, reverse("employer:worker", args=[firm.id, row.employment_id])), *links)


def _correct_page(request: HttpRequest, firm: EmployerFacts, found: WorkerView, form: CorrectionForm) -> HttpResponse:
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "trail": worker_trail(firm, found.row, Link(_("Perbaiki data"), "", current=True)),
        "worker": found,
        "row": found.row,
        "form": form,
    }
    return render(request, "employer/worker_correct.html", context, status=422 if form.errors else 200)


def _facts(found: WorkerView) -> list[SummaryRow]:
    row = found.row
    rows = [
        SummaryRow(_("KPJ"), row.kpj, kind="number"),
        SummaryRow(_("Tanggal lahir"), found.birth_on, kind="date"),
        SummaryRow(_("Nomor pegawai"), row.employee_no),
        SummaryRow(_("Hari pertama kerja"), row.from_on, kind="date"),
        SummaryRow(_("Perjanjian kerja"), contract_words(row)),
        SummaryRow(_("Lokasi kerja"), row.location),
    ]
    if row.until_on:
        rows += [
            SummaryRow(_("Hari kerja terakhir"), last_day(row.until_on), kind="date"),
            SummaryRow(_("Sebab keluar"), cause_words(row.ended_by)),
        ]
    return rows


def _contact(found: WorkerView) -> list[SummaryRow]:
    return [SummaryRow(_("Nomor HP"), found.phone_masked), SummaryRow(_("E-mail"), found.email_masked)]


def _in_time(row: WorkerRow) -> bool:
    """Whether the exit was reported within the law's days."""
    if row.until_on is None or row.exit_reported_at is None:
        return True
    return clock.wib_date(row.exit_reported_at) <= report_exit_by(row.until_on)


def _contract_over(row: WorkerRow, today: date) -> date | None:
    """By when an exit is to be reported of somebody whose fixed term has run out; None for everybody else."""
    if row.until_on is None and row.contract_until_on is not None and row.contract_until_on <= today:
        return report_exit_by(row.contract_until_on)
    return None
