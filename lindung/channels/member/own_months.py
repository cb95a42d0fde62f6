"""One month that the member paid himself, and where every rupiah of it comes from."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.member.desk import navigation, person_of
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.formats import language, long_date
from lindung.contributions.explained import explained_own
from lindung.contributions.order_queries import order_of_month
from lindung.contributions.queries import months_of
from lindung.lib import clock


@require_safe
@requires(Permission.MEMBER_READ)
def own_month(request: HttpRequest, membership_id: int, year: int, month: int) -> HttpResponse:
    """Each amount with its sentence and article, and the payment it came from."""
    if not (2015 <= year <= 2999 and 1 <= month <= 12):
        raise Http404
    person_id, period = person_of(request), date(year, month, 1)
    order = order_of_month(person_id=person_id, membership_id=membership_id, period=period)
    if order is None or order.paid_at is None:
        raise Http404
    paid = next(
        found
        for found in months_of(person_id=person_id)
        if (found.membership_id, found.period) == (membership_id, period)
    )
    lines = explained_own(order, period, language=language())
    context = {
        "navigation": navigation(""),
        "paid": paid,
        "order_id": order.id,
        "lines": lines,
        "where_from": [
            SummaryRow(_("Dibayar"), long_date(clock.wib_date(order.paid_at))),
            SummaryRow(_("Lewat bank"), order.bank_name),
            SummaryRow(_("Kuitansi"), order.receipt_number),
        ],
        "doubts": sorted({doubt for line in lines for doubt in line.doubts}),
    }
    return render(request, "member/own_month.html", context)
