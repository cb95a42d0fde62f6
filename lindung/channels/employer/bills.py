"""A firm's bills: the list, one bill with the number to pay to and what was paid of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import standing
from lindung.channels.employer.costs import costs_of, shares
from lindung.channels.employer.firm import actor_of, firm_of, navigation, trail_to
from lindung.channels.employer.forms import ActForm
from lindung.channels.employer.money import parts_table
from lindung.channels.employer.new_number import asked_again
from lindung.channels.employer.paying import account_rows, payment_rows
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, Status, SummaryRow, Table
from lindung.channels.shared.formats import language, month_name
from lindung.channels.shared.reloading import Reloading
from lindung.channels.shared.simulated_bank import simulator_url
from lindung.contributions import joint_queries, money_queries, queries, services
from lindung.contributions.joint_queries import AskedBill
from lindung.contributions.money_queries import PartPaid
from lindung.contributions.queries import BillView
from lindung.contributions.refund_queries import refunds_of
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts

_BILLS_A_PAGE = 24
_SECONDS_TO_LOOK_AGAIN = 15


def bills_table(caption: str, firm: EmployerFacts, bills: Sequence[BillView], now: datetime) -> Table:
    columns = [
        Column(_("Bulan"), "month"),
        Column(_("Status")),
        Column(_("Jumlah"), "amount"),
        Column(_("Bayar paling lambat"), "date"),
        Column(_("Jumlah pekerja"), "count"),
    ]
    rows = [
        [
            Link(bill_name(bill), reverse("employer:bill", args=[firm.id, bill.id])),
            standing.bill_status(bill, now),
            bill.due_rupiah,
            bill.due_on,
            bill.worker_count,
        ]
        for bill in bills
    ]
    return Table(caption, columns, rows)


def bill_name(bill: BillView | AskedBill) -> str:
    """The month, and whether the bill is of the whole month or of the difference to another."""
    words = _("%(month)s, pembetulan") if bill.corrects else "%(month)s"
    return words % {"month": month_name(bill.period)}


@require_safe
@requires(Permission.BILLS_READ)
def bills(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Every bill of the firm, newest month first, two years a page."""
    firm = firm_of(request, employer_id)
    found = queries.bills_of(employer_id=firm.id, most=600)
    page = Paginator(found, _BILLS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:bills"),
        "page": page,
        "table": bills_table(_("Semua tagihan"), firm, list(page.object_list), clock.now()),
        "any": bool(found),
        "credit_rupiah": money_queries.credit_rupiah(employer_id=firm.id),
        "refund_rupiah": sum(one.amount_rupiah for one in refunds_of(employer_id=firm.id, most=1) if one.open),
        "waiting_count": sum(not bill.settled for bill in found),
        "joint": joint_queries.open_joint_number(employer_id=firm.id),
    }
    return render(request, "employer/bills.html", context)


@require_safe
@requires(Permission.BILLS_READ)
def bill(request: HttpRequest, employer_id: int, bill_id: int) -> HttpResponse:
    """One bill. While it can be paid the page looks again by itself, unless it is told to stay still."""
    firm = firm_of(request, employer_id)
    found = bill_or_404(firm, bill_id)
    now = clock.now()
    if found.voided_at is not None:
        return _replaced(request, firm, found)
    payable = not found.settled and found.expires_at > now
    parts = money_queries.parts_paid(employer_id=firm.id, bill_id=found.id)
    paid_by = [part for part in parts if part.receipt_number]
    reloading = Reloading.asked(request, every=_SECONDS_TO_LOOK_AGAIN if payable else 0)
    joint_url = reverse("employer:joint-number", args=[firm.id, int(found.customer_no)]) if _joint(firm, found) else ""
    context = {
        **_about(request, firm, found),
        "status": standing.bill_status(found, now),
        "payable": payable,
        "joint_url": joint_url,
        "last_on": clock.wib_date(found.expires_at - timedelta(seconds=1)),
        "virtual_account": found.virtual_account,
        "costs": costs_of(
            shares(found),
            period=found.period,
            jkk_class=found.jkk_class,
            caption=_("Iuran menurut program"),
            language=language(),
            penalty=(found.penalty_rupiah, found.months_late),
        ),
        "paid_by": paid_by,
        # One payment, whatever credit paid beside it.
        "payment": _payment(paid_by[0]) if len(paid_by) == 1 else [],
        "parts": parts_table(firm, parts) if found.begun or len(parts) > 1 else None,
        "paid_rupiah": found.contribution_paid_rupiah + found.penalty_paid_rupiah,
        "given_back_rupiah": -found.amount_rupiah,
        "account_rows": account_rows(found.service_code, found.customer_no),
        "again": asked_again(found, now) if not (found.settled or payable) else None,
        "simulator_url": simulator_url(found.virtual_account) if payable else "",
        "act": ActForm(),
        "reloading": reloading,
    }
    return reloading.applied(render(request, "employer/bill.html", context))


def _joint(firm: EmployerFacts, bill: BillView) -> bool:
    """Whether it waits with others under one number, or was paid by it: a slip may have been quicker."""
    if not (bill.joint and bill.settled):
        return bill.joint
    number = joint_queries.joint_view(employer_id=firm.id, customer_no=bill.customer_no)
    return number is not None and number.receipt_number == bill.receipt_number


def _replaced(request: HttpRequest, firm: EmployerFacts, found: BillView) -> HttpResponse:
    """A bill that is void: nothing can be paid to it, and where to go instead."""
    context = {
        **_about(request, firm, found),
        "status": Status(_("Tidak berlaku"), "quiet"),
        "instead_id": queries.bill_instead_of(found, employer_id=firm.id),
    }
    return render(request, "employer/bill_replaced.html", context)


def _about(request: HttpRequest, firm: EmployerFacts, found: BillView) -> dict[str, Any]:
    return {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:bills"),
        "trail": _trail(firm, found),
        "title": _title(found),
        "bill": found,
        "facts": _facts(firm, found),
    }


def _trail(firm: EmployerFacts, found: BillView) -> list[Link]:
    bills_url = reverse("employer:bills", args=[firm.id])
    return trail_to(firm, Link(_("Tagihan"), bills_url), Link(bill_name(found), "", current=True))


def _title(found: BillView) -> str:
    words = _("Tagihan pembetulan %(month)s") if found.corrects else _("Tagihan iuran %(month)s")
    return words % {"month": month_name(found.period)}


@require_POST
@requires(Permission.WAGES_REPORT)
def reissue(request: HttpRequest, employer_id: int, bill_id: int) -> HttpResponse:
    """Ask for a new number to pay to; asked twice, or once paid, the bill simply shows how it stands."""
    firm = firm_of(request, employer_id)
    try:
        services.reissue_virtual_account(actor=actor_of(request), employer_id=firm.id, bill_id=bill_id, now=clock.now())
    except services.BillNotFound as error:
        raise Http404 from error
    except services.BillPaid:
        pass
    return HttpResponseRedirect(reverse("employer:bill", args=[firm.id, bill_id]))


def bill_or_404(firm: EmployerFacts, bill_id: int) -> BillView:
    found = queries.bill_view(employer_id=firm.id, bill_id=bill_id)
    if found is None:
        raise Http404
    return found


def _facts(firm: EmployerFacts, bill: BillView) -> list[SummaryRow]:
    return [
        SummaryRow(_("Nomor tagihan"), bill.number),
        SummaryRow(_("Bulan iuran"), bill.period, kind="month"),
        SummaryRow(_("NPP"), firm.npp, kind="number"),
        SummaryRow(_("Jumlah pekerja"), bill.worker_count, kind="count"),
        SummaryRow(_("Tambahan upah") if bill.corrects else _("Jumlah upah"), bill.wage_rupiah, kind="amount"),
        SummaryRow(_("Kelas risiko JKK"), bill.jkk_class),
        SummaryRow(_("Terbit"), clock.wib_date(bill.issued_at), kind="date"),
    ]


def _payment(part: PartPaid) -> list[SummaryRow]:
    return payment_rows(
        receipt_number=part.receipt_number,
        paid_at=part.paid_at,
        bank_name=part.bank_name,
        bank_reference=part.bank_reference,
        by_day=part.by_day,
    )
