"""One new worker on the way: what the civil registry said, what to mend, and in the end the KPJ."""

from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import mending, standing
from lindung.channels.employer.enrolment_words import state_words, words_for
from lindung.channels.employer.firm import actor_of, firm_of, navigation, workers_trail
from lindung.channels.employer.forms import ActForm
from lindung.channels.employer.typed_worker import TypedWorkerForm, judge, refused_words
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link, SummaryRow
from lindung.channels.shared.downloads import pdf
from lindung.channels.shared.formats import language
from lindung.channels.shared.reloading import Reloading
from lindung.documents.registration import Registration, registration_pdf
from lindung.lib import clock
from lindung.registry import enrolment_queries, services
from lindung.registry.enrolment_queries import EnrolmentView
from lindung.registry.queries import EmployerFacts
from lindung.registry.services.enrolments import ASK_AGAIN_AFTER

_SECONDS: Final = 3
_MENDABLE: Final = ("to_correct", "to_resolve")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def enrolment(request: HttpRequest, employer_id: int, enrolment_id: int) -> HttpResponse:
    """One row as it stands; where it can be mended, the fields to mend (``?all=1``: every one of them)."""
    firm = firm_of(request, employer_id)
    row = _row_or_404(firm, enrolment_id)
    if row.state not in _MENDABLE:
        return _page(request, firm, row, None)
    written = mending.written_in(firm, row)
    only = mending.fields_to_mend(row, written, everything="all" in request.GET)
    if request.method != "POST":
        return _page(request, firm, row, TypedWorkerForm(only=only, initial=written))
    form = TypedWorkerForm(request.POST, only=only)
    now = clock.now()
    rows = judge(
        form,
        kind=mending.kind_of(written),
        employer=firm,
        today=clock.wib_date(now),
        besides=mending.texts_besides(written, only),
    )
    if form.errors:
        return _page(request, firm, row, form)
    try:
        # Where somebody else was faster, the page shows how the row stands now.
        with suppress(services.EnrolmentSettled):
            services.correct_enrolment(
                actor=actor_of(request),
                employer_id=firm.id,
                enrolment_id=row.id,
                changes=mending.changes(firm, row, rows, only),
                now=now,
            )
    except services.WorkersRefused as refused:
        form.add_error(None, refused_words(refused.faults[0].code))
        return _page(request, firm, row, form)
    return _back_to(firm, row)


@require_POST
@requires(Permission.WAGES_REPORT)
def ask(request: HttpRequest, employer_id: int, enrolment_id: int) -> HttpResponse:
    """Have the civil registry asked once more, for data that were mended there; too soon after the last time: not."""
    firm = firm_of(request, employer_id)
    row = _row_or_404(firm, enrolment_id)
    with suppress(services.EnrolmentSettled, services.AskedTooSoon):
        services.correct_enrolment(
            actor=actor_of(request), employer_id=firm.id, enrolment_id=row.id, changes={}, now=clock.now()
        )
    return _back_to(firm, row)


@require_POST
@requires(Permission.WAGES_REPORT)
def withdraw(request: HttpRequest, employer_id: int, enrolment_id: int) -> HttpResponse:
    """Take a row back; who is enrolled meanwhile stays so."""
    firm = firm_of(request, employer_id)
    row = _row_or_404(firm, enrolment_id)
    with suppress(services.EnrolmentSettled):
        services.withdraw_enrolment(actor=actor_of(request), employer_id=firm.id, enrolment_id=row.id, now=clock.now())
    return _back_to(firm, row)


@require_safe
@requires(Permission.WORKERS_READ)
def proof(request: HttpRequest, employer_id: int, enrolment_id: int) -> HttpResponse:
    """The worker's proof of registration as a PDF, in the language of the page it was asked from."""
    firm = firm_of(request, employer_id)
    row = _row_or_404(firm, enrolment_id)
    if row.state != "enrolled" or row.decided_at is None:
        raise Http404
    nik = str(mending.written_in(firm, row)["nik"] or "")
    content = registration_pdf(
        Registration(
            number=row.reference,
            kpj=row.kpj,
            name=row.name,
            nik_masked=f"{nik[:4]}{'•' * 8}{nik[-4:]}" if nik else "–",
            birth_on=row.birth_on,
            employer_name=firm.name,
            npp=firm.npp,
            programmes=sorted(firm.programmes),
            from_on=row.from_on,
            registered_at=row.decided_at.astimezone(clock.WIB),
        ),
        language=language(),
    )
    return pdf(content, f"bukti-{row.reference}")


def _row_or_404(firm: EmployerFacts, enrolment_id: int) -> EnrolmentView:
    found = enrolment_queries.enrolment(firm.id, enrolment_id)
    if found is None:
        raise Http404
    return found


def _back_to(firm: EmployerFacts, row: EnrolmentView) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("employer:enrolment", args=[firm.id, row.id]))


def _page(
    request: HttpRequest,
    firm: EmployerFacts,
    row: EnrolmentView,
    form: TypedWorkerForm | None,
) -> HttpResponse:
    now = clock.now()
    # Nobody was asked yet: the answer comes while one looks.
    reloading = Reloading.asked(request, every=_SECONDS if row.state == "waiting" and not row.outcome else 0)
    batch = enrolment_queries.reference(row.batch_id)
    context: dict[str, Any] = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "trail": workers_trail(
            firm,
            Link(batch, reverse("employer:enrolment-batch", args=[firm.id, row.batch_id])),
            Link(row.name, "", current=True),
        ),
        "row": row,
        "status": state_words()[row.state],
        "words": words_for(row),
        "facts": _facts(row),
        "form": form,
        "everything": "all" in request.GET,
        "act": ActForm(),
        "next_try": standing.moment_wib(row.next_try_at) if row.next_try_at else "",
        # A card that does not fit, or days that overlap, are our own to say: nobody there can mend them.
        "from_registry": not {"kpj", "from_on"} & set(row.differing),
        "ask_from": _ask_from(row, now),
        "reloading": reloading,
    }
    status = 422 if form is not None and form.errors else 200
    return reloading.applied(render(request, "employer/enrolment.html", context, status=status))


def _ask_from(row: EnrolmentView, now: datetime) -> str:
    """When the civil registry may be asked again; empty for now."""
    if row.decided_at is None or row.decided_at + ASK_AGAIN_AFTER <= now:
        return ""
    return standing.moment_wib(row.decided_at + ASK_AGAIN_AFTER)


def _facts(row: EnrolmentView) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("Tanggal lahir"), row.birth_on, kind="date"),
        SummaryRow(_("Nomor pegawai"), row.employee_no),
        SummaryRow(_("Hari pertama kerja"), row.from_on, kind="date"),
        SummaryRow(_("Lokasi kerja"), row.location),
    ]
    if row.kpj:
        rows.insert(0, SummaryRow(_("KPJ"), row.kpj, kind="number"))
    return rows
