"""Slips and cash that officers booked: of a day or found by a number, everybody's or one's own, with their sums."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.branch.forms import CHANNELS
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Column, Link, Table
from lindung.channels.shared.formats import moment
from lindung.channels.shared.forms import HouseForm
from lindung.contributions.booked_queries import (
    Booked,
    BookedSum,
    Chosen,
    booked_between,
    booked_payments,
    booked_sums,
    booked_with,
)
from lindung.lib import clock

_ROWS_A_PAGE = 50
_DAYS = {"": (0, 1), "1": (1, 1), "2": (2, 1), "3": (3, 1), "4": (4, 1), "week": (6, 7), "month": (29, 30)}
"""How many days ago it begins, and how many days it is. Single days as far back as a long weekend."""


class FindForm(HouseForm):
    """A number that stands on the slip, or in what we gave for it."""

    find = forms.CharField(
        label=gettext_lazy("Nomor slip, kuitansi, VA, atau NPP"),
        help_text=gettext_lazy("Mencari di semua tanggal."),
        max_length=64,
    )


@require_safe
@requires(Permission.DEPOSITS_BOOK)
def booked(request: HttpRequest) -> HttpResponse:
    """What was booked today, or in the days of ``?days=``, or what has the number of ``?find=``; the newest first.

    ``?mine=1``: by this officer alone.
    """
    form = FindForm(request.GET if "find" in request.GET else None)
    find = form.cleaned_data["find"] if form.is_valid() else ""
    days = request.GET.get("days", "")
    days = days if days in _DAYS else ""
    mine = request.GET.get("mine", "") == "1"
    today = clock.wib_date(clock.now())
    chosen = booked_with(find) if find else _of_days(today, *_DAYS[days])
    chosen = chosen.by(actor_of(request).id) if mine else chosen
    sums = booked_sums(chosen)
    page = Paginator(range(sum(each.count for each in sums)), _ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = booked_payments(chosen, first=max(page.start_index() - 1, 0), most=_ROWS_A_PAGE)
    context = {
        "navigation": navigation("staff:deposits"),
        "trail": [Link(_("Catat setoran"), reverse("staff:deposits")), Link(_("Yang sudah dicatat"), "", current=True)],
        "form": form,
        "find": find,
        "days": [
            Choice(_days_words(today, name), _address(days=name, mine=mine), current=not find and name == days)
            for name in _DAYS
        ],
        "officers": [
            Choice(word, _address(days=days, mine=own, find=find), current=own == mine)
            for word, own in ((_("Semua petugas"), False), (_("Saya sendiri"), True))
        ],
        "rupiah": sum(each.rupiah for each in sums),
        "sums": _sums_table(sums) if len(sums) > 1 else None,
        "table": _table(rows) if rows else None,
        "page": page,
    }
    return render(request, "branch/booked.html", context, status=422 if form.errors else 200)


def _address(*, days: str, mine: bool, find: str = "") -> str:
    asked = {"find": find, "days": "" if find else days, "mine": "1" if mine else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('staff:booked')}?{query}" if query else reverse("staff:booked")


def _days_words(today: date, name: str) -> str:
    known = {"": _("Hari ini"), "1": _("Kemarin"), "week": _("7 hari"), "month": _("30 hari")}
    return known[name] if name in known else date_format(today - timedelta(days=int(name)), "l j")


def _of_days(today: date, ago: int, days: int) -> Chosen:
    begins = datetime.combine(today - timedelta(days=ago), time(0), clock.WIB)
    return booked_between(begins, begins + timedelta(days=days))


def _table(rows: list[Booked]) -> Table:
    columns = [
        Column(_("Nomor kuitansi")),
        Column(pgettext("kapan", "Dicatat")),
        Column(_("Dari")),
        Column(_("Jumlah"), "amount"),
        Column(_("Bank")),
        Column(_("Nomor slip atau jurnal bank")),
        Column(_("Tanggal di slip"), "date"),
        Column(_("Cara setor")),
        Column(_("Petugas")),
    ]
    cells: list[list[object]] = [
        [
            # What an order took is told with the order; its receipt is the member's or the project's.
            one.receipt_number
            if one.order_number
            else Link(one.receipt_number, reverse("staff:deposit", args=[one.receipt_number])),
            moment(one.recorded_at.astimezone(clock.WIB)),
            f"{one.employer_name} ({one.npp})" if one.npp else _("Pesanan %(number)s") % {"number": one.order_number},
            one.amount_rupiah,
            one.bank_name,
            one.slip_no or None,
            clock.wib_date(one.paid_at),
            _way(one.channel),
            one.officer_name or None,
        ]
        for one in rows
    ]
    return Table(_("Setoran, yang terbaru di atas"), columns, cells)


def _sums_table(sums: list[BookedSum]) -> Table:
    columns = [Column(_("Bank")), Column(_("Cara setor")), Column(_("Setoran"), "count"), Column(_("Jumlah"), "amount")]
    rows = [[each.bank_name, _way(each.channel), each.count, each.rupiah] for each in sums]
    return Table(_("Menurut bank dan cara setor"), columns, rows)


def _way(channel: str) -> str:
    """What two officers booked out of suspense has no slip."""
    return str(dict(CHANNELS).get(channel, channel)) if channel else _("Dari rekening koran")
