"""One order of a member: the number to pay to, until when, and the receipt once it is paid."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.member.desk import navigation, person_of
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, SummaryRow, Table
from lindung.channels.shared.downloads import pdf
from lindung.channels.shared.formats import language, moment, month_name
from lindung.channels.shared.reloading import Reloading
from lindung.channels.shared.simulated_bank import simulator_url
from lindung.contributions.order_queries import OrderView, members_order
from lindung.documents.order_receipt import OrderPaid, order_receipt_pdf
from lindung.lib import clock
from lindung.registry import queries as registry

_SECONDS_TO_LOOK_AGAIN = 15


@require_safe
@requires(Permission.MEMBER_READ)
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    """While it can be paid the page looks again by itself, unless it is told to stay still."""
    found = _order_or_404(request, order_id)
    now = clock.now()
    state = found.state(now)
    reloading = Reloading.asked(request, every=_SECONDS_TO_LOOK_AGAIN if state == "open" else 0)
    context = {
        "navigation": navigation("member:pay"),
        "order": found,
        "title": order_title(found),
        "state": state,
        "last_at": found.expires_at.astimezone(clock.WIB),
        "facts": _facts(found),
        "parts": parts_table(found),
        "payment": _payment(found),
        "simulator_url": simulator_url(found.virtual_account) if state == "open" else "",
        "again_url": reverse("member:abroad" if found.kind == "migrant" else "member:pay"),
        "reloading": reloading,
    }
    return reloading.applied(render(request, "member/order.html", context))


@require_safe
@requires(Permission.MEMBER_READ)
def receipt(request: HttpRequest, order_id: int) -> HttpResponse:
    """The receipt of a paid order as a PDF."""
    found = _order_or_404(request, order_id)
    if found.paid_at is None or found.person_id is None or found.membership_id is None:
        raise Http404
    card = registry.card(person_id=found.person_id, membership_id=found.membership_id)
    if card is None:
        raise Http404
    content = order_receipt_pdf(
        OrderPaid(
            number=found.receipt_number,
            order_number=found.number,
            kind=found.kind,
            payer_name=card.name,
            payer_number=card.kpj,
            from_on=found.from_on,
            until_on=found.until_on - timedelta(days=1),
            parts=order_parts(found),
            bank_name=found.bank_name,
            bank_reference=found.bank_reference,
            virtual_account=found.virtual_account,
            paid_at=found.paid_at.astimezone(clock.WIB),
        ),
        language=language(),
    )
    return pdf(content, f"kuitansi-{found.receipt_number}")


def _order_or_404(request: HttpRequest, order_id: int) -> OrderView:
    found = members_order(person_id=person_of(request), order_id=order_id)
    if found is None:
        raise Http404
    return found


def order_title(order: OrderView) -> str:
    """What is ordered, in a few words."""
    if order.kind == "migrant":
        return ngettext("Paket %(count)s bulan", "Paket %(count)s bulan", order.months) % {"count": order.months}
    return ngettext("Iuran %(count)s bulan", "Iuran %(count)s bulan", order.months) % {"count": order.months}


def order_parts(order: OrderView) -> list[tuple[str, int]]:
    """Programme codes with what is paid for them; together where the law names one amount."""
    parts = [("JKK", order.jkk), ("JKM", order.jkm), ("JKK+JKM", order.jkk_jkm), ("JHT", order.jht)]
    return [part for part in parts if part[1]]


def parts_table(order: OrderView) -> Table:
    """The order by programme, with its total."""
    names = {
        "JKK": _("Jaminan Kecelakaan Kerja (JKK)"),
        "JKM": _("Jaminan Kematian (JKM)"),
        "JKK+JKM": _("JKK dan JKM"),
        "JHT": _("Jaminan Hari Tua (JHT)"),
    }
    rows = [[names[code], rupiah] for code, rupiah in order_parts(order)]
    columns = [Column(_("Program")), Column(_("Jumlah"), "amount")]
    return Table(_("Yang dibayar"), columns, rows, [_("Jumlah"), order.amount_rupiah])


def _facts(order: OrderView) -> list[SummaryRow]:
    last_on = order.until_on - timedelta(days=1)
    if order.kind == "migrant":
        rows = [
            SummaryRow(_("Kontrak mulai"), order.from_on, kind="date"),
            SummaryRow(_("Kontrak sampai"), last_on, kind="date"),
        ]
    else:
        first, last = month_name(order.from_on), month_name(last_on)
        months = first if order.months == 1 else _("%(first)s sampai %(last)s") % {"first": first, "last": last}
        rows = [SummaryRow(_("Untuk bulan"), months)]
        rows.append(SummaryRow(_("Penghasilan sebulan"), order.facts["income_rupiah"], kind="amount"))
    return [*rows, SummaryRow(_("Nomor pesanan"), order.number)]


def _payment(order: OrderView) -> list[SummaryRow]:
    if order.paid_at is None:
        return []
    return [
        SummaryRow(_("Nomor kuitansi"), order.receipt_number),
        SummaryRow(_("Dibayar"), moment(order.paid_at.astimezone(clock.WIB))),
        SummaryRow(_("Lewat bank"), order.bank_name),
    ]
