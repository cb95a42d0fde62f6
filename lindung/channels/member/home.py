"""The member's home: am I covered, how much do I have, what must I do. Three questions, no tap."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.member import standing
from lindung.channels.member.development import growth_so_far
from lindung.channels.member.months import short_table
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Kind, MembershipCard, MonthMark, MonthStrip
from lindung.channels.shared.formats import month_name
from lindung.channels.shared.middleware import HouseRequest
from lindung.contributions import queries as contributions
from lindung.contributions.development_queries import money_of
from lindung.law import Month
from lindung.lib import clock
from lindung.registry import queries as registry

_ROWS_SHOWN = 6


@require_safe
@requires(Permission.MEMBER_READ)
def home(request: HttpRequest) -> HttpResponse:
    """Balance, card, the last two years as a strip, the newest half year as a table. Four statements in all."""
    person_id = cast(HouseRequest, request).scopes[0]
    member = registry.member(person_id)
    if member is None:
        raise Http404
    today = clock.wib_date(clock.now())
    money = money_of(person_id=person_id, today=today)
    shown_since = Month.of(today).plus(1 - standing.MONTHS_SHOWN).first_on
    months = contributions.months_of(person_id=person_id, since=shown_since)
    works = [work for card in member.cards for work in card.works]
    marks = standing.marks(months, works, today)
    status, kind = _covered(marks)
    card = member.cards[0]
    now_at = next((work for work in works if work.until_on is None), None)
    context = {
        "balance_rupiah": money.balance_rupiah,
        **growth_so_far(money.growing, today),
        "last_paid": next((month for month in months if month.paid_at), None),
        "card": MembershipCard(
            name=member.name,
            kpj=card.kpj,
            programmes=now_at.programmes if now_at else (),
            status=status,
            kind=kind,
            since_on=card.since_on,
        ),
        "other_cards": member.cards[1:],
        "covered": kind == "good",
        "status": status,
        "kind": kind,
        "missing": [mark for mark in reversed(marks) if mark.state == "missing"],
        "strip": MonthStrip(_("Iuran dua tahun terakhir"), marks),
        "table": short_table(_("Iuran enam bulan terakhir"), months[:_ROWS_SHOWN], today),
        "more": len(months) > _ROWS_SHOWN,
        "any": bool(months),
    }
    return render(request, "member/home.html", context)


def _covered(marks: list[MonthMark]) -> tuple[str, Kind]:
    """The newest month that is settled one way or the other decides what the card says."""
    for mark in reversed(marks):
        if mark.state in ("paid", "late"):
            return _("Iuran %(month)s sudah dibayar") % {"month": month_name(mark.month_on)}, "good"
        if mark.state == "missing":
            return _("Iuran %(month)s belum dibayar") % {"month": month_name(mark.month_on)}, "needs-you"
    return _("Belum ada iuran"), "quiet"
