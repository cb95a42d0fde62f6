"""A project whose contract value changed: what that comes to, month of the law and stages named, and the yes to it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.channels.employer.firm import actor_of, firm_of, navigation
from lindung.channels.employer.project_pages import project_or_404, project_trail, value_label
from lindung.channels.shared.access import requires
from lindung.channels.shared.amounts import RupiahField
from lindung.channels.shared.components import Column, Link, SummaryRow, Table
from lindung.channels.shared.fields import DayField
from lindung.channels.shared.formats import language, rupiah
from lindung.channels.shared.forms import HouseForm
from lindung.contributions import services
from lindung.contributions.contract_changes import ContractChange, contract_change
from lindung.contributions.project_queries import ProjectView
from lindung.law import LawError
from lindung.law.readings import CHANGED_VALUE_REASSESSED
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts


class ValueForm(HouseForm):
    """The whole new value, and the day of the addendum. ``agreed`` is what the page before showed."""

    contract = RupiahField(
        label=gettext_lazy("Nilai kontrak yang baru"), help_text=gettext_lazy("Seluruhnya, bukan selisihnya.")
    )
    agreed_on = DayField(label=gettext_lazy("Tanggal adendum"))
    agreed = forms.CharField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def value(request: HttpRequest, employer_id: int, project_id: int) -> HttpResponse:
    """Ask for the new value; POST shows what it comes to (``do=look``) or records it (``do=change``)."""
    firm = firm_of(request, employer_id)
    view = project_or_404(firm, project_id)
    if view.project.by_wages:
        raise Http404
    if request.method != "POST":
        return _page(request, firm, view, ValueForm())
    form = ValueForm(request.POST)
    if not form.is_valid():
        return _page(request, firm, view, form)
    told, now = form.cleaned_data, clock.now()
    try:
        change = contract_change(view, contract_rupiah=told["contract"], today=clock.wib_date(now), language=language())
        if request.POST.get("do") == "change":
            services.change_contract(
                actor=actor_of(request),
                employer_id=firm.id,
                project_id=project_id,
                agreed_on=told["agreed_on"],
                contract_rupiah=told["contract"],
                agreed=told["agreed"],
                now=now,
            )
            return HttpResponseRedirect(reverse("employer:project", args=[firm.id, project_id]))
        return _page(request, firm, view, form, change)
    except LawError as error:
        said = error.say(language())
        form.add_error("contract", said[:1].upper() + said[1:])
    except services.BillNotFound as error:
        raise Http404 from error
    except services.ContractChangeRefused as refused:
        field, said = _refusals()[refused.why]
        form.add_error(field, said)
    return _page(request, firm, view, form)


def _refusals() -> dict[str, tuple[str | None, str]]:
    return {
        "same": ("contract", _("Nilai ini sama dengan yang sekarang. Isi nilai yang baru.")),
        "future": ("agreed_on", _("Tanggal ini belum tiba. Periksa adendumnya.")),
        "before": ("agreed_on", _("Tanggal ini sebelum surat perintah kerja. Periksa adendumnya.")),
        "moved": (None, _("Keadaannya berubah sejak Anda melihatnya. Lihat lagi, lalu catat.")),
    }


def _page(
    request: HttpRequest, firm: EmployerFacts, view: ProjectView, form: ValueForm, change: ContractChange | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:projects"),
        "trail": project_trail(firm, view, Link(_("Nilai kontrak berubah"), "", current=True)),
        "view": view,
        "before": [
            SummaryRow(value_label(view), view.terms.contract_rupiah, kind="amount"),
            SummaryRow(_("Iuran proyek ini"), view.terms.amount_rupiah, kind="amount"),
            SummaryRow(_("Sudah dibayar"), view.paid_rupiah, kind="amount"),
        ],
        "form": form,
        "change": change,
    }
    if change is not None:
        agreed = ValueForm({**dict(form.data.items()), "agreed": change.agreed})
        agreed.is_valid()
        context |= {
            "form": agreed,
            "rows": _effect(change),
            "stages": _stages_table(change) if change.stages else None,
            "sentences": [line.sentence for line in change.answer.lines],
            "doubts": [*change.answer.notes, CHANGED_VALUE_REASSESSED.doubt.say(language())],
            "button": _button(change),
        }
    return render(request, "employer/project_value.html", context, status=422 if form.errors else 200)


def _effect(change: ContractChange) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("Nilai kontrak tanpa PPN"), change.answer.rupiah("contract_net_of_vat"), kind="amount"),
        SummaryRow(_("Selisih iuran"), change.difference_rupiah, kind="amount"),
        SummaryRow(_("Masih harus dibayar"), change.to_pay_rupiah, kind="amount"),
    ]
    if change.credit_rupiah:
        rows.append(SummaryRow(_("Menjadi saldo perusahaan"), change.credit_rupiah, kind="amount"))
    return rows


def _stages_table(change: ContractChange) -> Table:
    columns = [Column(_("Bayar paling lambat"), "date"), Column(_("Jumlah"), "amount")]
    rows: list[list[object]] = [[stage.due_on, stage.amount_rupiah] for stage in change.stages]
    return Table(_("Tahap yang akan datang"), columns, rows)


def _button(change: ContractChange) -> str:
    if change.credit_rupiah:
        return _("Catat perubahan, saldo %(amount)s") % {"amount": rupiah(change.credit_rupiah)}
    return _("Catat perubahan, sisa %(amount)s") % {"amount": rupiah(change.to_pay_rupiah)}
