"""The crediting of a year's JHT development: planned by one officer, looked at, started by another."""

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch import crediting_words as words
from lindung.channels.branch.crediting_forms import PlanForm, ProvisionalForm, StartForm
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, Table
from lindung.channels.shared.forms import HouseForm
from lindung.contributions import services
from lindung.contributions.crediting_queries import crediting_view, creditings, provisional_rates
from lindung.law.errors import LawError
from lindung.lib import clock

_REFUSALS: Final = (
    services.CreditingGone,
    services.DecisionMissing,
    services.EarlierYearOpen,
    services.NotRehearsed,
    services.RateIsTheLaws,
    services.SameOfficer,
    services.YearNotOver,
    services.YearTaken,
    LawError,
)
_SECONDS_BETWEEN_LOOKS: Final = 5


@require_safe
@requires(Permission.AGENCY_READ)
def all_creditings(request: HttpRequest) -> HttpResponse:
    """Every crediting there was, and the rates at which growth is shown."""
    views, rates = creditings(), provisional_rates()
    table = Table(
        _("Pengkreditan"),
        [
            Column(_("Tahun")),
            Column(_("Tarif"), "percent"),
            Column(_("Keadaan")),
            Column(_("Rekening"), "count"),
            Column(_("Jumlah"), "amount"),
        ],
        [
            [
                Link(str(view.year), reverse("staff:crediting", args=[view.id])),
                view.rate,
                words.state_of(view),
                view.credited_accounts,
                view.credited_rupiah + view.corrected_rupiah,
            ]
            for view in views
        ],
    )
    provisional = Table(
        _("Tarif sementara"),
        [Column(_("Tahun")), Column(_("Tarif"), "percent"), Column(_("Dasarnya"))],
        [[str(rate.year), rate.rate, rate.citation] for rate in rates],
    )
    context = {
        "navigation": navigation("staff:creditings"),
        "table": table if views else None,
        "provisional": provisional if rates else None,
    }
    return render(request, "branch/creditings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DEVELOPMENT_CREDIT)
def new_crediting(request: HttpRequest) -> HttpResponse:
    """Plan a year."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            crediting_id = services.plan_crediting(
                actor=actor_of(request),
                year=given["year"],
                annual_rate=given["rate"],
                citation=given["citation"],
                now=clock.now(),
            )
        except _REFUSALS as refused:
            form.add_error(_field_of(refused), words.refusal_words(refused))
        else:
            return HttpResponseRedirect(reverse("staff:crediting", args=[crediting_id]))
    return _form_page(request, "branch/new_crediting.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DEVELOPMENT_CREDIT)
def new_provisional_rate(request: HttpRequest) -> HttpResponse:
    """Set the rate at which members see a year's growth."""
    form = ProvisionalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.set_provisional_rate(
                actor=actor_of(request),
                year=given["year"],
                annual_rate=given["rate"],
                citation=given["citation"],
                now=clock.now(),
            )
        except services.YearNotOver:
            form.add_error("year", _("Tahun itu belum mulai."))
        except _REFUSALS as refused:
            form.add_error(_field_of(refused), words.refusal_words(refused))
        else:
            return HttpResponseRedirect(reverse("staff:creditings"))
    return _form_page(request, "branch/new_provisional_rate.html", form)


def _field_of(refused: Exception) -> str:
    return "rate" if isinstance(refused, services.RateIsTheLaws | services.DecisionMissing) else "year"


def _form_page(request: HttpRequest, template: str, form: HouseForm) -> HttpResponse:
    context = {"navigation": navigation("staff:creditings"), "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.AGENCY_READ)
def crediting(request: HttpRequest, crediting_id: int) -> HttpResponse:
    """One crediting: what was decided, what it would move, how far it is."""
    return _page(request, crediting_id)


@require_POST
@requires(Permission.DEVELOPMENT_CREDIT)
def start(request: HttpRequest, crediting_id: int) -> HttpResponse:
    """The second officer lets it go."""
    form = StartForm(request.POST)
    if not form.is_valid():
        return _page(request, crediting_id, form=form)

    def work() -> None:
        services.start_crediting(
            actor=actor_of(request),
            crediting_id=crediting_id,
            rehearsal_id=form.cleaned_data["rehearsal_id"],
            now=clock.now(),
        )

    return _act(request, crediting_id, work)


@require_POST
@requires(Permission.DEVELOPMENT_CREDIT)
def rehearse(request: HttpRequest, crediting_id: int) -> HttpResponse:
    """Have the totals computed anew."""

    def work() -> None:
        services.ask_for_rehearsal(actor=actor_of(request), crediting_id=crediting_id, now=clock.now())

    return _act(request, crediting_id, work, said="rehearsal")


@require_POST
@requires(Permission.DEVELOPMENT_CREDIT)
def withdraw(request: HttpRequest, crediting_id: int) -> HttpResponse:
    """Take a plan back."""

    def work() -> None:
        services.withdraw_crediting(actor=actor_of(request), crediting_id=crediting_id, now=clock.now())

    return _act(request, crediting_id, work)


@require_POST
@requires(Permission.DEVELOPMENT_CREDIT)
def correct(request: HttpRequest, crediting_id: int) -> HttpResponse:
    """Have late money looked for and put right."""

    def work() -> None:
        services.ask_for_corrections(actor=actor_of(request), crediting_id=crediting_id, now=clock.now())

    return _act(request, crediting_id, work, said="corrections")


def _act(request: HttpRequest, crediting_id: int, work: Callable[[], None], said: str = "") -> HttpResponse:
    try:
        work()
    except _REFUSALS as refused:
        return _page(request, crediting_id, refusal=words.refusal_words(refused))
    address = reverse("staff:crediting", args=[crediting_id])
    return HttpResponseRedirect(f"{address}?{urlencode({'said': said})}" if said else address)


def _page(request: HttpRequest, crediting_id: int, *, form: StartForm | None = None, refusal: str = "") -> HttpResponse:
    view = crediting_view(crediting_id)
    if view is None:
        raise Http404
    totals = view.rehearsal.totals if view.rehearsal else None
    waits = view.state == "started" or (view.state == "planned" and totals is None)
    still = "still" in request.GET or request.method == "POST"
    context = {
        "navigation": navigation("staff:creditings"),
        "view": view,
        "state": words.state_of(view),
        "facts": words.facts_of(view),
        "rehearsed_at": view.rehearsal.rehearsed_at if view.rehearsal else None,
        "totals": totals,
        "bands": words.bands_table(totals) if totals else None,
        "ranges": words.ranges_table(totals) if totals else None,
        "picture": words.picture_of(totals) if totals else None,
        "own_plan": view.planned_by_account(actor_of(request).id),
        "form": form or StartForm(initial={"rehearsal_id": view.rehearsal.id if view.rehearsal else None}),
        "button_form": HouseForm(),
        "differs": view.state == "finished" and view.credited_rupiah != view.confirmed_rupiah,
        "seconds": 0 if still or not waits else _SECONDS_BETWEEN_LOOKS,
        "stop_url": "" if still else f"{request.path}?still=1",
        "refusal": refusal,
        "said": request.GET.get("said", ""),
    }
    return render(request, "branch/crediting.html", context, status=422 if refusal or (form and form.errors) else 200)
