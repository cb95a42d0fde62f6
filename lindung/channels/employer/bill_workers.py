"""A bill worker by worker."""

from collections.abc import Sequence
from typing import overload

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer.bills import bill_or_404
from lindung.channels.employer.firm import firm_of, navigation, trail_to
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, Table
from lindung.channels.shared.formats import month_name
from lindung.contributions import bill_lines
from lindung.contributions.bill_lines import WorkerLine
from lindung.contributions.queries import BillView

_WORKERS_A_PAGE = 50


@require_safe
@requires(Permission.WORKERS_READ)
def workers(request: HttpRequest, employer_id: int, bill_id: int) -> HttpResponse:
    """The bill worker by worker, fifty a page, by name."""
    firm = firm_of(request, employer_id)
    found = bill_or_404(firm, bill_id)
    page = Paginator(_Lines(found, firm.id), _WORKERS_A_PAGE).get_page(request.GET.get("page"))
    month = month_name(found.period)
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:bills"),
        "trail": trail_to(
            firm,
            Link(_("Tagihan"), reverse("employer:bills", args=[firm.id])),
            Link(month, reverse("employer:bill", args=[firm.id, found.id])),
            Link(_("Per pekerja"), "", current=True),
        ),
        "bill": found,
        "page": page,
        "table": _workers_table(list(page.object_list), _("Iuran %(month)s per pekerja") % {"month": month}),
    }
    return render(request, "employer/bill_workers.html", context)


def _workers_table(lines: Sequence[WorkerLine], caption: str) -> Table:
    columns = [
        Column(_("Nama")),
        Column(_("KPJ"), "number"),
        Column(_("Upah"), "amount"),
        Column("JHT", "amount"),
        Column("JP", "amount"),
        Column("JKK", "amount"),
        Column("JKM", "amount"),
        Column(_("Jumlah"), "amount"),
    ]
    rows = [
        [
            line.name,
            line.kpj,
            line.wage_rupiah,
            line.jht_rupiah,
            line.jp_rupiah,
            line.jkk_rupiah,
            line.jkm_rupiah,
            line.amount_rupiah,
        ]
        for line in lines
    ]
    return Table(caption, columns, rows)


class _Lines(Sequence[WorkerLine]):
    """A bill's lines as a sequence that reads only the page it is asked for: one statement."""

    def __init__(self, bill: BillView, employer_id: int) -> None:
        self._bill = bill
        self._employer_id = employer_id

    def __len__(self) -> int:
        return self._bill.worker_count

    @overload
    def __getitem__(self, place: int) -> WorkerLine: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[WorkerLine]: ...
    def __getitem__(self, place: int | slice) -> WorkerLine | Sequence[WorkerLine]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(len(self))
        return bill_lines.lines_of(employer_id=self._employer_id, bill_id=self._bill.id, start=start, most=stop - start)
