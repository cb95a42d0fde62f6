"""The firm's money beyond one bill: what is kept for it, whence it came, what it paid."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer.firm import firm_of, navigation, trail_to
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, Table
from lindung.channels.shared.formats import long_date, month_name
from lindung.contributions import money_queries
from lindung.contributions.money_queries import CreditMoved, PartPaid
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts


@require_safe
@requires(Permission.BILLS_READ)
def credit(request: HttpRequest, employer_id: int) -> HttpResponse:
    """The firm's credit with every movement of it."""
    firm = firm_of(request, employer_id)
    moves = money_queries.credit_moves(employer_id=firm.id)
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, ""),
        "trail": trail_to(
            firm, Link(_("Tagihan"), reverse("employer:bills", args=[firm.id])), Link(_("Saldo"), "", current=True)
        ),
        "credit_rupiah": money_queries.credit_rupiah(employer_id=firm.id),
        "table": _moves_table(firm, moves),
        "any": bool(moves),
    }
    return render(request, "employer/credit.html", context)


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
    if move.project_name and move.period is not None:
        told = {"month": month_name(move.period), "project": move.project_name}
        return _("Daftar upah %(month)s %(project)s diperbaiki") % told
    if move.project_name:
        return _("Nilai kontrak %(project)s turun") % {"project": move.project_name}
    if move.bill_id is None or move.period is None:
        return _("Lebih bayar, kuitansi %(number)s") % {"number": move.receipt_number}
    words = _("Pembetulan %(month)s") if move.rupiah > 0 else _("Membayar iuran %(month)s")
    return Link(words % {"month": month_name(move.period)}, reverse("employer:bill", args=[firm.id, move.bill_id]))
