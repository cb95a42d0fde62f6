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
    asked = refund_queries.refunds_of(employer_id=firm.id)
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
        **_refunds(asked),
    }
    return render(request, "employer/credit.html", context)


def _refunds(asked: Sequence[RefundView]) -> dict[str, object]:
    """The request that is on its way, or how the last one ended, and those before; of one that was withdrawn the moves
    say enough."""
    answered = [(refund_words.state_status(one), refund_words.facts(one)) for one in asked if one.answered]
    running = next((one for one in asked if one.open), None)
    if running is None:
        last = next((one for one in asked if one.answered), None)
        return {"ended": last, "ended_words": answered[0] if answered else None, "earlier": answered[1:]}
    return {
        "running": running,
        "running_status": refund_words.state_status(running),
        "running_account": refund_words.account_words(running),
        "running_steps": refund_words.steps(running),
        "running_late": running.by_on < clock.wib_date(clock.now()),
        "earlier": answered,
    }


def parts_table(firm: EmployerFacts, parts: Sequence[PartPaid]) -> Table:
    """What was paid of a bill, payment by payment, each with its receipt."""
    columns = [
        Column(_("Dibayar")),
        Column(_("Iuran"), "amount"),
        Column(_("Denda"), "amount"),
        Column(_("Lewat bank")),
        Column(_("Kuitansi (PDF)")),
    ]
    rows: list[list[object]] = [
        [
            long_date(clock.wib_date(part.paid_at)),
            part.contribution_rupiah,
            part.penalty_rupiah or None,
            part.bank_name or _("Saldo perusahaan"),
            _receipt_link(firm, part.receipt_number),
        ]
        for part in parts
    ]
    return Table(_("Yang sudah dibayar"), columns, rows)


def _receipt_link(firm: EmployerFacts, number: str) -> Link | None:
    return Link(number, _receipt_url(firm, number)) if number else None


def _receipt_url(firm: EmployerFacts, number: str) -> str:
    return reverse("employer:receipt", args=[firm.id, number])


def _moves_table(firm: EmployerFacts, moves: Sequence[CreditMoved]) -> Table:
    columns = [Column(_("Tanggal")), Column(_("Asal atau tujuan")), Column(_("Masuk atau keluar"), "amount")]
    rows: list[list[object]] = [
        [long_date(clock.wib_date(move.moved_at)), _reason(firm, move), move.rupiah] for move in moves
    ]
    return Table(_("Perubahan saldo"), columns, rows)


def _reason(firm: EmployerFacts, move: CreditMoved) -> object:
    words = move_words(move)
    if move.bill_id:
        return Link(words, reverse("employer:bill", args=[firm.id, move.bill_id]))
    return Link(words, _receipt_url(firm, move.receipt_number)) if move.receipt_number else words
