"""A list of new workers after it was sent: who has a KPJ, who waits, who must be mended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import standing
from lindung.channels.employer.downloads import workbook
from lindung.channels.employer.enrolment_words import batch_status, state_words, words_for
from lindung.channels.employer.firm import firm_of, links_within_reach, navigation, workers_trail
from lindung.channels.employer.paging import ROWS_A_PAGE, page_number, pages_of
from lindung.channels.employer.reloading import Reloading
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Column, Link, Table
from lindung.lib import clock
from lindung.registry import enrolment_queries
from lindung.registry.enrolment_queries import BatchView, EnrolmentView
from lindung.registry.identity_words import words_of
from lindung.registry.queries import EmployerFacts
from lindung.uploads import queries as uploads
from lindung.uploads.text_workbook import write_text_sheet

_SECONDS: Final = 3
# Who is asked again sooner than this is worth waiting for with the page open.
_SOON: Final = timedelta(minutes=2)
_LIST_WIDTHS: Final = (8, 16, 34, 16, 16, 16)


@require_safe
@requires(Permission.WORKERS_READ)
def batch(request: HttpRequest, employer_id: int, batch_id: int) -> HttpResponse:
    """How a list stands, and its rows (``?state=to_correct`` narrows them), fifty a page."""
    firm = firm_of(request, employer_id)
    found = batch_or_404(firm, batch_id)
    now = clock.now()
    state = request.GET.get("state", "")
    state = state if found.counts.get(state) else ""
    rows = enrolment_queries.enrolments(
        firm.id, batch_id=found.id, state=state or None, page=page_number(request), size=ROWS_A_PAGE
    )
    reloading = Reloading.asked(request, every=_SECONDS if _is_moving(found, now) else 0)
    upload = uploads.upload(firm.id, found.upload_id) if found.upload_id else None
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "trail": workers_trail(
            firm,
            Link(found.reference, "", current=True),
        ),
        "batch": found,
        "status": batch_status(found),
        "waits": words_of(found.waiting_for, ()) if found.counts["waiting"] and found.waiting_for else None,
        "next_try": standing.moment_wib(found.next_try_at) if found.next_try_at else "",
        "sent_at": standing.moment_wib(found.sent_at),
        "upload": upload,
        "choices": _choices(firm, found, state),
        "table": links_within_reach(request, firm, _rows_table(firm, rows.items)),
        "page": pages_of(rows.total, rows.page),
        "reloading": reloading,
    }
    return reloading.applied(render(request, "employer/batch.html", context))


@require_safe
@requires(Permission.WORKERS_READ)
def cards(request: HttpRequest, employer_id: int, batch_id: int) -> HttpResponse:
    """Everybody of a list who has a card, with its number, as .xlsx."""
    firm = firm_of(request, employer_id)
    found = batch_or_404(firm, batch_id)
    people = enrolment_queries.kpj_list(firm.id, found.id)
    if people.is_empty():
        raise Http404
    told = people.with_row_index("place", offset=2).select(
        pl.col("place").alias("row_no"),
        BARIS=pl.col("row_no").cast(pl.String),
        NO_PEGAWAI=pl.col("employee_no").replace("", None),
        NAMA_LENGKAP="name",
        TGL_LAHIR=pl.col("birth_on").dt.to_string("%d-%m-%Y"),
        KPJ="kpj",
        TGL_AWAL_BEKERJA=pl.col("from_on").dt.to_string("%d-%m-%Y"),
    )
    content = write_text_sheet(told, name="daftar_kpj", headings=told.columns[1:], widths=_LIST_WIDTHS, heading_row=1)
    return workbook(content, f"daftar_kpj-{found.reference}")


@require_safe
@requires(Permission.WAGES_REPORT)
def to_mend(request: HttpRequest, employer_id: int, batch_id: int) -> HttpResponse:
    """The rows that could not be taken, in the form they came in, with a column that says what to mend."""
    firm = firm_of(request, employer_id)
    found = batch_or_404(firm, batch_id)
    content = uploads.rows_to_mend(firm.id, found.id)
    if content is None:
        raise Http404
    return workbook(content, f"perbaiki-{found.reference}")


def batch_or_404(firm: EmployerFacts, batch_id: int) -> BatchView:
    found = enrolment_queries.batch(firm.id, batch_id)
    if found is None:
        raise Http404
    return found


def _is_moving(found: BatchView, now: datetime) -> bool:
    """Whether an answer may come while somebody looks: rows not asked about yet, or asked again within minutes."""
    if not found.counts["waiting"]:
        return False
    return not found.waiting_for or found.next_try_at is None or found.next_try_at < now + _SOON


def _choices(firm: EmployerFacts, found: BatchView, state: str) -> list[Choice]:
    """All rows, and every state that there is."""
    address = reverse("employer:enrolment-batch", args=[firm.id, found.id])
    ways = [Choice(_("Semua"), address, found.workers, current=not state)]
    for name, status in state_words().items():
        if number := found.counts[name]:
            ways.append(Choice(status.word, f"{address}?state={name}", number, current=name == state))
    return ways


def _rows_table(firm: EmployerFacts, rows: Sequence[EnrolmentView]) -> Table:
    columns = [
        Column(_("Nama")),
        Column(_("Keadaan")),
        Column(_("KPJ"), "number"),
        Column(_("Sebabnya")),
        Column(_("Nomor pegawai")),
        Column(_("Baris"), "count"),
    ]
    states = state_words()
    cells = [
        [
            Link(row.name, reverse("employer:enrolment", args=[firm.id, row.id])),
            states[row.state],
            row.kpj if row.state == "enrolled" else None,
            words_for(row).reason,
            row.employee_no,
            row.row_no,
        ]
        for row in rows
    ]
    return Table(_("Pekerja dalam pendaftaran ini"), columns, cells)
