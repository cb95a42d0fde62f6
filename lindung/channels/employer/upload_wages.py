"""What the page of a file says when it holds a month's wages."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lindung.channels.employer import findings
from lindung.channels.employer.costs import Costs, costs_of
from lindung.channels.shared.components import Status, SummaryRow
from lindung.channels.shared.formats import count, language, month_name, rupiah
from lindung.contributions import money_queries
from lindung.contributions import queries as contributions
from lindung.contributions.calendar import due_on, lateness
from lindung.law import Month, Programme
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts
from lindung.uploads.back_pay import laid_back_pay
from lindung.uploads.queries import UploadView


def title(found: UploadView) -> str:
    return _("Upah %(month)s") % {"month": month_name(found.period)}


def context(firm: EmployerFacts, found: UploadView, now: datetime) -> dict[str, Any]:
    """The month, its bill if there is one, and what agreeing would cost."""
    common: dict[str, Any] = {
        "month": month_name(found.period),
        "due_on": due_on(Month.of(found.period)),
        "nothing_done": _("Belum ada yang ditagih."),
        "laid_id": laid_back_pay(employer_id=firm.id, period=found.period)
        if found.summary.get("back_pay_rupiah")
        else None,
        "absent_count": sum(int(found.summary.get(name, 0)) for name in ("missing", "left_out")),
    }
    if found.state == "booked" and found.bill_id is not None:
        issued = contributions.bill_view(employer_id=firm.id, bill_id=found.bill_id)
        paid = issued is not None and (issued.settled or issued.voided_at is not None)
        return common | {"paid": paid, "late": clock.wib_date(now) > common["due_on"]}
    bill = (
        contributions.bill_of(employer_id=firm.id, period=found.period)
        if found.state in ("checked", "proposed")
        else None
    )
    if bill is not None:
        return common | {"bill_id": bill.pk, "status": Status(_("Tidak diperlukan lagi"), "quiet")}
    if not (found.can_confirm or found.can_confirm_part):
        return common
    amount = found.summary["amount_rupiah"]
    late = lateness(found.period, amount, clock.wib_date(now), language())
    billed = amount + (late.penalty.amount_rupiah if late else 0)
    return common | {
        "facts": _facts(found),
        "costs": _costs(found),
        "changes": findings.changes(firm, found),
        "sharp": findings.changes(firm, found, "sharp") if found.summary.get("sharp") else None,
        "left_out": findings.changes(firm, found, "left_out") if found.can_confirm_part else None,
        "penalty": late.penalty if late else None,
        "credit_rupiah": money_queries.credit_rupiah(employer_id=firm.id),
        "button": _button(found) % {"amount": rupiah(billed)},
        "approve_button": _("Setujui dan terbitkan tagihan %(amount)s") % {"amount": rupiah(billed)},
    }


def _button(found: UploadView) -> str:
    if found.can_confirm_part:
        return _("Terbitkan tagihan %(amount)s tanpa mereka")
    return _("Kirim dan terbitkan tagihan %(amount)s")


def _facts(found: UploadView) -> list[SummaryRow]:
    summary = found.summary
    rows = [
        SummaryRow(_("Asal"), found.title),
        SummaryRow(_("Pekerja yang ditagih"), summary["workers"], kind="count"),
        SummaryRow(_("Jumlah upah"), summary["wage_rupiah"], kind="amount"),
        SummaryRow(_("Dibayar perusahaan"), summary["employer_rupiah"], kind="amount"),
        SummaryRow(_("Dipotong dari upah pekerja"), summary["worker_rupiah"], kind="amount"),
    ]
    if summary["not_billed_left"]:
        rows.append(SummaryRow(_("Sudah keluar, tidak ditagih"), summary["not_billed_left"], kind="count"))
    if summary["above_jp_ceiling"]:
        words = ngettext("%(number)s pekerja", "%(number)s pekerja", summary["above_jp_ceiling"])
        above = words % {"number": count(summary["above_jp_ceiling"])}
        source = _("Iuran JP dihitung dari batas %(most)s.") % {"most": rupiah(summary["jp_ceiling_rupiah"])}
        rows.append(SummaryRow(_("Upah di atas batas JP"), above, source=source))
    return rows


def _costs(found: UploadView) -> Costs:
    paid = found.summary["by_programme"]
    shares = {
        programme: (paid[programme]["employer"], paid[programme]["worker"])
        for programme in Programme
        if programme in paid
    }
    return costs_of(
        shares,
        period=found.period,
        jkk_class=found.summary["jkk_class"],
        caption=_("Iuran menurut program"),
        language=language(),
    )
