"""A package for work abroad: one contract, looked at first, then ordered."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.channels.member.desk import actor_of, navigation, person_of
from lindung.channels.member.own_forms import PackageForm
from lindung.channels.member.prolonging import running_package
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, ExplainedRow, ExplainedTable, SummaryRow
from lindung.channels.shared.formats import language
from lindung.contributions import services
from lindung.contributions.offers import offer_package
from lindung.contributions.ordering import months_after
from lindung.law import Answer, LawError
from lindung.law.readings import PACKAGE_COVERS_ITS_CONTRACT
from lindung.lib import clock
from lindung.registry import services as registering


@dataclass(frozen=True, slots=True)
class _Package:
    """What a contract would cost, and when it would run."""

    rupiah: int
    rows: list[SummaryRow]
    table: ExplainedTable
    doubts: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_CONTRIBUTIONS_PAY)
def abroad(request: HttpRequest) -> HttpResponse:
    """Ask for the contract; POST shows its price (``do=look``) or orders it (``do=order``)."""
    if request.method != "POST":
        return _page(request, PackageForm())
    form = PackageForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    told = form.cleaned_data
    now = clock.now()
    try:
        answer = offer_package(
            route=told["route"],
            contract_months=told["contract_months"],
            jht_rupiah=told["jht"],
            paid_on=clock.wib_date(now),
            language=language(),
        )
        if request.POST.get("do") != "order":
            return _page(request, form, _package(form, answer))
        return HttpResponseRedirect(reverse("member:order", args=[_ordered(request, form)]))
    except LawError as error:
        form.add_error("contract_months", _sentence(error))
    except services.OrderRefused as refused:
        form.add_error("starts_on", _refusals()[refused.why])
    return _page(request, form)


def _ordered(request: HttpRequest, form: PackageForm) -> int:
    told, now = form.cleaned_data, clock.now()
    card = registering.open_card(
        actor=actor_of(request),
        person_id=person_of(request),
        segment="PMI",
        since_on=clock.wib_date(now),
        now=now,
    )
    return services.order_package(
        actor=actor_of(request),
        person_id=person_of(request),
        membership_id=card.membership_id,
        route=told["route"],
        contract_months=told["contract_months"],
        starts_on=told["starts_on"],
        jht_rupiah=told["jht"],
        now=now,
    ).order_id


def _sentence(error: LawError) -> str:
    said = error.say(language())
    return said[:1].upper() + said[1:]


def _refusals() -> dict[str, str]:
    return {
        "over": _("Kontrak ini sudah berakhir. Periksa tanggal mulainya."),
        "too_far": _("Tanggal ini lebih dari setahun lagi. Pesan paketnya nanti."),
        "overlaps": _("Sebagian masa kontrak ini sudah dibayar. Mulailah setelah paket itu habis."),
    }


def _package(form: PackageForm, answer: Answer) -> _Package:
    told = form.cleaned_data
    months = told["contract_months"]
    until = months_after(told["starts_on"], months) - timedelta(days=1)
    savings = answer.rupiah(f"jht_{months}_months") if told["jht"] else 0
    rows = [
        SummaryRow(_("Kontrak mulai"), told["starts_on"], kind="date"),
        SummaryRow(_("Kontrak sampai"), until, kind="date"),
        SummaryRow(_("JKK dan JKM, dibayar sekali"), answer.rupiah("total"), kind="amount"),
    ]
    if savings:
        label = ngettext("JHT selama %(count)s bulan", "JHT selama %(count)s bulan", months) % {"count": months}
        rows.append(SummaryRow(label, savings, kind="amount"))
    names = {
        "before": _("Sebelum bekerja"),
        "during_and_after": _("Selama dan setelah bekerja"),
        "jht": _("JHT, sebulan"),
    }
    columns = [Column(_("Program")), Column(_("Besarnya"), "amount")]
    lines = [ExplainedRow([names[line.key], line.amount_rupiah], [line.sentence]) for line in answer.lines]
    return _Package(
        answer.rupiah("total") + savings,
        rows,
        ExplainedTable(_("Dari mana angka ini?"), columns, lines),
        [*answer.notes, PACKAGE_COVERS_ITS_CONTRACT.doubt.say(language())],
    )


def _page(request: HttpRequest, form: PackageForm, package: _Package | None = None) -> HttpResponse:
    running = running_package(person_of(request), clock.wib_date(clock.now()))
    context = {
        "navigation": navigation("member:pay"),
        "form": form,
        "package": package,
        "paid_until": running.until_on - timedelta(days=1) if running else None,
    }
    return render(request, "member/abroad.html", context, status=422 if form.errors else 200)
