"""A member's months: the table, and for any of them where every rupiah comes from."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.member.desk import navigation
from lindung.channels.member.development import years_table
from lindung.channels.member.leaving import left_url
from lindung.channels.member.standing import state_of
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Kind, Link, MonthState, Status, SummaryRow, Table
from lindung.channels.shared.formats import language, long_date, month_name
from lindung.channels.shared.middleware import HouseRequest
from lindung.contributions import queries as contributions
from lindung.contributions.development_queries import years_credited
from lindung.contributions.explained import explained_month
from lindung.contributions.queries import MonthPaid, MonthPart
from lindung.lib import clock

_ROWS_A_PAGE = 24
_KINDS: dict[MonthState, Kind] = {
    "paid": "good",
    "late": "info",
    "part": "needs-you",
    "missing": "danger",
    "due": "quiet",
    "none": "quiet",
}


_WORDS: dict[MonthState, str] = {
    "paid": gettext_noop("Lunas"),
    "late": gettext_noop("Lunas, terlambat"),
    "part": gettext_noop("Dibayar sebagian"),
    "missing": gettext_noop("Belum dibayar"),
    "due": gettext_noop("Belum jatuh tempo"),
    "none": gettext_noop("Tidak bekerja"),
}


def short_table(caption: str, months: Sequence[MonthPaid], today: date) -> Table:
    """Month (a link to where its amounts come from), JHT, status: what fits a phone."""
    columns = [Column(_("Bulan")), Column(_("JHT masuk"), "amount"), Column(_("Status"))]
    return Table(caption, columns, [[_link(month), _credited(month), _status(month, today)] for month in months])


def full_table(caption: str, months: Sequence[MonthPaid], today: date) -> Table:
    """The same with employer and wage."""
    columns = [
        Column(_("Bulan")),
        Column(_("Dibayar oleh")),
        Column(_("Upah atau dasar iuran"), "amount"),
        Column(_("JHT masuk"), "amount"),
        Column(_("Status")),
    ]
    rows = [
        [_link(month), payer_of(month), month.wage_rupiah or None, _credited(month), _status(month, today)]
        for month in months
    ]
    return Table(caption, columns, rows)


def payer_of(month: MonthPaid) -> str:
    """Who paid a month: a firm, or the member himself."""
    return _("Anda sendiri") if month.own else month.employer_name


def _link(month: MonthPaid) -> Link:
    if month.own:
        name = month_name(month.period)
        return Link(name, reverse("member:own-month", args=[month.membership_id, *_year_and_month(month)]))
    return Link(month_name(month.period), _address(month.employer_id, *_year_and_month(month)))


def _year_and_month(month: MonthPaid) -> tuple[int, int]:
    return month.period.year, month.period.month


@lru_cache(maxsize=4096)
def _address(employer_id: int, year: int, month: int) -> str:
    return reverse("member:month", args=[employer_id, year, month])


def _credited(month: MonthPaid) -> int:
    return month.jht_paid_rupiah


def _status(month: MonthPaid, today: date) -> Status:
    state = state_of(month, today)
    return Status(_(_WORDS[state]), _KINDS[state])


@require_safe
@requires(Permission.MEMBER_READ)
def all_months(request: HttpRequest) -> HttpResponse:
    """Every month there ever was, two years a page."""
    person_id = cast(HouseRequest, request).scopes[0]
    months = contributions.months_of(person_id=person_id)
    page = Paginator(months, _ROWS_A_PAGE).get_page(request.GET.get("page"))
    today = clock.wib_date(clock.now())
    table = full_table(_("Semua bulan"), list(page.object_list), today)
    years = years_credited(person_id=person_id) if page.number == 1 else []
    context = {
        "navigation": navigation(""),
        "table": table,
        "page": page,
        "any": bool(months),
        "years": years_table(years) if years else None,
    }
    return render(request, "member/months.html", context)


@require_safe
@requires(Permission.MEMBER_READ)
def one_month(request: HttpRequest, employer_id: int, year: int, month: int) -> HttpResponse:
    """One month: each amount with its sentence, base, rate and article, and the payment it came from."""
    if not (2015 <= year <= 2999 and 1 <= month <= 12):
        raise Http404
    person_id = cast(HouseRequest, request).scopes[0]
    facts = contributions.month_facts(person_id=person_id, employer_id=employer_id, period=date(year, month, 1))
    if facts is None:
        raise Http404
    parts = contributions.month_parts(person_id=person_id, employer_id=employer_id, period=facts.period)
    lines = explained_month(facts, language=language())
    paid = facts.paid_at
    where_from = [
        SummaryRow(_("Perusahaan"), facts.employer_name),
        SummaryRow(_("Upah yang dilaporkan"), facts.wage_rupiah, source=facts.employer_name, kind="amount"),
        SummaryRow(_("Tagihan") if len(parts) > 1 else pgettext("satu", "Tagihan"), facts.bill_number),
        SummaryRow(_("Jatuh tempo"), facts.due_on, kind="date"),
        SummaryRow(_("Dibayar"), long_date(clock.wib_date(paid)) if paid else _("belum")),
    ]
    jht_rupiah = facts.amounts["jht_employer"] + facts.amounts["jht_worker"]
    if not paid and facts.jht_paid_rupiah:
        where_from[-1] = SummaryRow(_("Dibayar"), _("sebagian"))
        where_from.append(SummaryRow(_("JHT yang sudah masuk"), facts.jht_paid_rupiah, kind="amount"))
        where_from.append(SummaryRow(_("JHT yang belum masuk"), jht_rupiah - facts.jht_paid_rupiah, kind="amount"))
    if paid and facts.receipt_number and len(parts) == 1:
        where_from += [
            SummaryRow(_("Lewat bank"), facts.bank_name),
            SummaryRow(_("Kuitansi"), facts.receipt_number),
        ]
    context = {
        "navigation": navigation(""),
        "facts": facts,
        "parts": _parts_table(parts) if len(parts) > 1 else None,
        "employer_id": employer_id,
        "left_url": "" if paid else left_url(person_id, employer_id),
        "lines": lines,
        "jht": [line for line in lines if line.programme == "JHT"],
        "others": [line for line in lines if line.programme != "JHT"],
        "jht_rupiah": jht_rupiah,
        "where_from": where_from,
        "missing": paid is None and clock.wib_date(clock.now()) > facts.due_on,
        "doubts": sorted({doubt for line in lines for doubt in line.doubts}),
    }
    return render(request, "member/month.html", context)


def _parts_table(parts: Sequence[MonthPart]) -> Table:
    """A month that was corrected, bill by bill: what was added or taken back, and when it was paid."""
    columns = [
        Column(_("Laporan")),
        Column(_("Upah"), "amount"),
        Column("JHT", "amount"),
        Column(_("Dibayar")),
        Column(_("Kuitansi")),
    ]
    rows: list[list[object]] = []
    for place, part in enumerate(parts):
        what = _("Laporan pertama") if place == 0 else _("Tambahan") if part.wage_rupiah > 0 else _("Pengurangan")
        paid = long_date(clock.wib_date(part.paid_at)) if part.paid_at else _("belum")
        if part.wage_rupiah < 0:
            paid = _("kembali ke perusahaan")
        by_credit = _("dari saldo perusahaan") if part.paid_at and part.wage_rupiah > 0 else None
        rows.append([what, part.wage_rupiah, part.jht_rupiah, paid, part.receipt_number or by_credit])
    return Table(_("Bulan ini diperbaiki sesudah dilaporkan"), columns, rows)
