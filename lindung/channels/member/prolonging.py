"""A contract abroad that is prolonged: how many months more, what they cost, and the order."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.channels.member.desk import actor_of, navigation, person_of
from lindung.channels.member.own_forms import jht_field
from lindung.channels.shared.access import requires
from lindung.channels.shared.amounts import WholeField
from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.formats import language
from lindung.channels.shared.forms import HouseForm
from lindung.contributions import services
from lindung.contributions.offers import offer_prolonging
from lindung.contributions.order_queries import OrderView, orders_of
from lindung.contributions.ordering import months_after
from lindung.law import Answer, LawError
from lindung.law.readings import PACKAGE_COVERS_ITS_CONTRACT, PROLONGED_BY_EXTRA_MONTHS
from lindung.law.segments.pmi import MOST_MONTHS
from lindung.lib import clock


class ProlongForm(HouseForm):
    """How much longer, and whether savings go on."""

    months = WholeField(label=gettext_lazy("Lama perpanjangan, dalam bulan"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jht"] = jht_field(_("Pilihan. Dibayar sekaligus untuk bulan-bulan ini."))

    def clean_months(self) -> int:
        months: int = self.cleaned_data["months"]
        if not 0 < months <= MOST_MONTHS:
            said = _("Isi paling sedikit 1 dan paling banyak %(most)s bulan.")
            raise forms.ValidationError(said % {"most": MOST_MONTHS})
        return months


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_CONTRIBUTIONS_PAY)
def prolong(request: HttpRequest) -> HttpResponse:
    """Ask for the months; POST shows what they cost (``do=look``) or orders them (``do=order``)."""
    last = running_package(person_of(request), clock.wib_date(clock.now()))
    if last is None:
        raise Http404
    if request.method != "POST":
        return _page(request, last, ProlongForm(initial={"jht": last.facts["jht_rupiah"] or ""}))
    form = ProlongForm(request.POST)
    if not form.is_valid():
        return _page(request, last, form)
    told, now = form.cleaned_data, clock.now()
    try:
        answer = offer_prolonging(
            months=told["months"], jht_rupiah=told["jht"], paid_on=clock.wib_date(now), language=language()
        )
        if request.POST.get("do") != "order":
            return _page(request, last, form, answer)
        assert last.membership_id is not None
        order = services.prolong_package(
            actor=actor_of(request),
            person_id=person_of(request),
            membership_id=last.membership_id,
            months=told["months"],
            jht_rupiah=told["jht"],
            now=now,
        )
        return HttpResponseRedirect(reverse("member:order", args=[order.order_id]))
    except LawError as error:
        said = error.say(language())
        form.add_error("months", said[:1].upper() + said[1:])
    return _page(request, last, form)


def running_package(person_id: int, today: date) -> OrderView | None:
    """The paid package of a member that ends last, while it is not over."""
    paid = [order for order in orders_of(person_id=person_id) if order.kind == "migrant" and order.paid_at is not None]
    last = max(paid, key=lambda order: order.until_on, default=None)
    return last if last is not None and last.until_on > today else None


def _page(request: HttpRequest, last: OrderView, form: ProlongForm, answer: Answer | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "navigation": navigation("member:pay"),
        "form": form,
        "paid_until": last.until_on - timedelta(days=1),
    }
    if answer is not None:
        months = form.cleaned_data["months"]
        savings = answer.rupiah(f"jht_{months}_months") if form.cleaned_data["jht"] else 0
        until = months_after(last.until_on, months) - timedelta(days=1)
        rows = [
            SummaryRow(_("Perlindungan sampai"), until, kind="date"),
            SummaryRow(_("JKK dan JKM, dibayar sekali"), answer.rupiah("total"), kind="amount"),
        ]
        if savings:
            rows.append(SummaryRow(_("JHT untuk bulan-bulan itu"), savings, kind="amount"))
        readings = (PROLONGED_BY_EXTRA_MONTHS, PACKAGE_COVERS_ITS_CONTRACT)
        context |= {
            "rupiah": answer.rupiah("total") + savings,
            "rows": rows,
            "sentences": [line.sentence for line in answer.lines],
            "doubts": [*answer.notes, *(reading.doubt.say(language()) for reading in readings)],
        }
    return render(request, "member/prolong.html", context, status=422 if form.errors else 200)
