"""A firm's workers: who works here, who is on the way, who must be mended, who left."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import searching
from lindung.channels.employer.enrolment_words import state_words, words_for
from lindung.channels.employer.firm import firm_of, links_within_reach, navigation
from lindung.channels.employer.paging import ROWS_A_PAGE, page_number, pages_of
from lindung.channels.employer.worker_words import cause_words, contract_words, last_day, worker_link
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Column, Link, Table
from lindung.contributions.left_unreported import left_unreported
from lindung.lib import clock
from lindung.registry import enrolment_queries, staff_queries
from lindung.registry.enrolment_queries import EnrolmentView
from lindung.registry.queries import EmployerFacts
from lindung.registry.staff_queries import WorkerRow

if TYPE_CHECKING:
    from django.core.paginator import Page

_MENDED_FIRST: Final = 5
MEND_STATES: Final = ("to_correct", "to_resolve")
LISTS: Final = ("active", "waiting", "mend", "left")


def workers_url(firm: EmployerFacts, **query: str) -> str:
    """The address of the list; empty values of the query are left out."""
    address = reverse("employer:workers", args=[firm.id])
    given = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(given)}" if given else address


@require_safe
@requires(Permission.WORKERS_READ)
def workers(request: HttpRequest, employer_id: int) -> HttpResponse:
    """One list (``?state=active``, ``waiting``, ``mend``, ``left``), fifty a page, or what a search finds in it."""
    firm = firm_of(request, employer_id)
    asked = request.GET.get("state", "")
    state = asked if asked in LISTS else "active"
    text = searching.searched(request, firm.id)
    counts = staff_queries.worker_counts(firm.id)
    table, page = _listed(firm, state, text, page_number(request))
    to_mend = counts["to_correct"] if state != "mend" else 0
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "choices": _choices(firm, counts, state, request.GET.get(searching.QUERY, "") if text else ""),
        "search": searching.SearchForm(initial={"searched": text}),
        "search_url": f"{reverse('employer:worker-search', args=[firm.id])}?{urlencode({'state': state})}",
        "searched": text,
        "all_url": workers_url(firm, state=state) if text else "",
        "state": state,
        "table": links_within_reach(request, firm, table),
        "page": page,
        "nobody": not any(counts.values()),
        "to_mend": to_mend,
        "mend_table": links_within_reach(request, firm, _mended_first(firm)) if to_mend else None,
        "mend_more": to_mend > _MENDED_FIRST,
        "mend_url": workers_url(firm, state="mend"),
        "ended": _number(request.GET.get("ended", "")) if state == "left" else 0,
        "gone": left_unreported(employer_id=firm.id, today=clock.wib_date(clock.now()), most=1).total,
    }
    return render(request, "employer/workers.html", context)


@require_POST
@requires(Permission.WORKERS_READ)
def search(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Lead to the list (``?state=leaving`` is the one of leavers) with what was searched for sealed in its address."""
    firm = firm_of(request, employer_id)
    text = searching.typed(request)
    query = searching.sealed(firm.id, text) if text else ""
    state = request.GET.get("state", "")
    if state == "leaving":
        address = reverse("employer:leavers", args=[firm.id])
        return HttpResponseRedirect(f"{address}?{urlencode({searching.QUERY: query})}" if query else address)
    return HttpResponseRedirect(workers_url(firm, state=state if state in LISTS else "", q=query))


def enrolments_table(firm: EmployerFacts, rows: Sequence[EnrolmentView], caption: str) -> Table:
    """Rows about new workers, each a way to its page."""
    columns = [
        Column(_("Nama")),
        Column(_("Keadaan")),
        Column(_("Sebabnya")),
        Column(_("Nomor pegawai")),
        Column(_("Mulai bekerja"), "date"),
    ]
    states = state_words()
    cells = [
        [
            Link(row.name, reverse("employer:enrolment", args=[firm.id, row.id])),
            states[row.state],
            words_for(row).reason,
            row.employee_no,
            row.from_on,
        ]
        for row in rows
    ]
    return Table(caption, columns, cells)


def _listed(firm: EmployerFacts, state: str, text: str, number: int) -> tuple[Table, "Page[int]"]:
    caption = _list_words()[state]
    if state in ("waiting", "mend"):
        states = MEND_STATES if state == "mend" else ("waiting",)
        rows = enrolment_queries.enrolments(firm.id, state=states, search=text, page=number, size=ROWS_A_PAGE)
        return enrolments_table(firm, rows.items, caption), pages_of(rows.total, rows.page)
    if state == "left":
        people = staff_queries.workers_of(firm.id, search=text, state="left", page=number, size=ROWS_A_PAGE)
        return _left_table(firm, people.items, caption), pages_of(people.total, people.page)
    people = staff_queries.workers_of(firm.id, search=text, state="active", page=number, size=ROWS_A_PAGE)
    return _active_table(firm, people.items, caption), pages_of(people.total, people.page)


def _active_table(firm: EmployerFacts, rows: Sequence[WorkerRow], caption: str) -> Table:
    columns = [
        Column(_("Nama")),
        Column(_("KPJ"), "number"),
        Column(_("Nomor pegawai")),
        Column(_("Mulai bekerja"), "date"),
        Column(_("Perjanjian kerja")),
        Column(_("Lokasi")),
    ]
    cells = [
        [worker_link(firm, row), row.kpj, row.employee_no, row.from_on, contract_words(row), row.location]
        for row in rows
    ]
    return Table(caption, columns, cells)


def _left_table(firm: EmployerFacts, rows: Sequence[WorkerRow], caption: str) -> Table:
    columns = [
        Column(_("Nama")),
        Column(_("KPJ"), "number"),
        Column(_("Nomor pegawai")),
        Column(_("Hari kerja terakhir"), "date"),
        Column(_("Sebab")),
    ]
    cells = [
        [
            worker_link(firm, row),
            row.kpj,
            row.employee_no,
            last_day(row.until_on) if row.until_on else None,
            cause_words(row.ended_by),
        ]
        for row in rows
    ]
    return Table(caption, columns, cells)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _mended_first(firm: EmployerFacts) -> Table:
    rows = enrolment_queries.enrolments(firm.id, state="to_correct", size=_MENDED_FIRST)
    return enrolments_table(firm, rows.items, _("Pendaftaran yang perlu diperbaiki"))


def _list_words() -> dict[str, str]:
    return {
        "active": _("Aktif"),
        "waiting": _("Menunggu Dukcapil"),
        "mend": _("Perlu diperbaiki"),
        "left": _("Sudah keluar"),
    }


def _choices(firm: EmployerFacts, counts: Mapping[str, int], state: str, query: str) -> list[Choice]:
    """The lists with how many are in each; a search goes along from one to the other, but then nothing is counted."""
    numbers = {**counts, "mend": sum(counts[name] for name in MEND_STATES)}
    return [
        Choice(text, workers_url(firm, state=name, q=query), None if query else numbers[name], current=name == state)
        for name, text in _list_words().items()
    ]
