"""The firm's money beyond one bill: what is kept for it, whence it came, what it paid, what goes back."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import refund_words
from lindung.channels.employer.firm import firm_of, may, navigation, trail_to
from lindung.channels.employer.forms import ActForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, Table
from lindung.channels.shared.credit_words import move_words
from lindung.channels.shared.formats import long_date
from lindung.contributions import money_queries, refund_queries
from lindung.contributions.money_queries import CreditMoved, PartPaid
from lindung.contributions.refund_queries import RefundView
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts


@require_safe
@requires(Permission.BILLS_READ)
def credit(request: HttpRequest, employer_id: int) -> HttpResponse:
    """The firm's credit with every movement of it."""
    firm = firm_of(request, employer_id)
    moves = money_queries.credit_moves(employer_id=firm.id)
    newest = next(iter(refund_queries.refunds_of(employer_id=firm.id, most=1)), None)
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, ""),
        "trail": trail_to(
            firm, Link(_("Tagihan"), reverse("employer:bills", args=[firm.id])), Link(_("Saldo"), "", current=True)
        ),
        "credit_rupiah": money_queries.credit_rupiah(employer_id=firm.id),
        "table": _moves_table(firm, moves),
        "any": bool(moves),
        "may_ask": Permission.REFUNDS_ASK in may(request, firm),
        "told": request.GET.get("told", ""),
        "act": ActForm(),
        **(_refund(newest) if newest is not None else {}),
    }
    return render(request, "employer/credit.html", context)


def _refund(newest: RefundView) -> dict[str, object]:
    """What the page says of the newest request; of one that was withdrawn the moves say enough."""
    if newest.open:
        return {
            "running": newest,
            "running_status": refund_words.state_status(newest),
            "running_account": refund_words.account_words(newest),
            "running_steps": refund_words.steps(newest),
            "running_late": newest.by_on < clock.wib_date(clock.now()),
        }
    if newest.state == "withdrawn":
        return {}
    return {
        "ended": newest,
        "ended_status": refund_words.state_status(newest),
        "ended_facts": refund_words.facts(newest),
    }


def parts_table(parts: Sequence[PartPaid]) -> Table:
    """What was paid of a bill, payment by payment."""
    columns = [
        Column(_("Dibayar")),
        Column(_("Iuran"), "amount"),
        Column(_("Denda"), "amount"),
        Column(_("Lewat bank")),
        Column(_("Nomor kuitansi")),
    ]
    rows: list[list[object]] = [
        [
            long_date(clock.wib_date(part.paid_at)),
            part.contribution_rupiah,
            part.penalty_rupiah or None,
            part.bank_name or _("Saldo perusahaan"),
            part.receipt_number or None,
        ]
        for part in parts
    ]
    return Table(_("Yang sudah dibayar"), columns, rows)


def _moves_table(firm: EmployerFacts, moves: Sequence[CreditMoved]) -> Table:
    columns = [Column(_("Tanggal")), Column(_("Asal atau tujuan")), Column(_("Masuk atau keluar"), "amount")]
    rows: list[list[object]] = [
        [long_date(clock.wib_date(move.moved_at)), _reason(firm, move), move.rupiah] for move in moves
    ]
    return Table(_("Perubahan saldo"), columns, rows)


def _reason(firm: EmployerFacts, move: CreditMoved) -> object:
    words = move_words(move)
    return Link(words, reverse("employer:bill", args=[firm.id, move.bill_id])) if move.bill_id else words
