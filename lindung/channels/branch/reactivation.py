"""One screen at the counter: how somebody stands, what he would pay by which rule, the number, and cash for it.

Everything is sent by POST and answered on the same address, so that no person stands in one. Each look at a person
is written down with the case.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.branch.reactivation_forms import CashForm, FindForm
from lindung.channels.shared import offered
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.formats import moment, rupiah
from lindung.channels.shared.forms import HouseForm
from lindung.channels.shared.own_account import ChooseForm, TermsForm, terms_initial
from lindung.channels.shared.standings import doubts_of, segment_name, standing_rows, state_status
from lindung.contributions import services
from lindung.contributions.offers import choices_of_months, last_terms, offer_by_standing, proposed_months
from lindung.contributions.order_queries import OrderView, orders_of
from lindung.contributions.queries import months_of
from lindung.contributions.reconciliation_queries import banks
from lindung.contributions.standing import standings
from lindung.law.wording import Language
from lindung.lib import clock
from lindung.registry import queries as registry
from lindung.registry import services as registering
from lindung.registry.queries import Card, CardFacts


@dataclass(slots=True)
class _Case:
    """Who stands before the officer, and the forms of the page as they were sent."""

    facts: CardFacts
    found: FindForm
    language: Language
    terms: TermsForm | None = None
    choose: ChooseForm | None = None
    cash: CashForm | None = None
    done: dict[str, Any] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEMBERS_REACTIVATE)
def reactivation(request: HttpRequest) -> HttpResponse:
    """Find a card; then, on the same page, look at an offer, order it, and book cash for it."""
    if request.method != "POST":
        return _page(request, FindForm())
    form = FindForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    facts = registering.look_up_card(
        actor=actor_of(request),
        kpj=form.cleaned_data["kpj"],
        case_no=form.cleaned_data["case_no"],
        now=clock.now(),
    )
    if facts is None:
        form.add_error("kpj", _("Tidak ada kartu dengan nomor ini. Periksa kartunya."))
        return _page(request, form)
    case = _Case(facts, form, "en" if request.LANGUAGE_CODE.startswith("en") else "id")
    match request.POST.get("do"):
        case "look":
            case.terms = TermsForm(request.POST)
        case "order":
            _order(request, case)
        case "cash":
            _book(request, case)
    return _page(request, form, case)


def _order(request: HttpRequest, case: _Case) -> None:
    choices = choices_of_months(clock.wib_date(clock.now()))
    case.choose = ChooseForm(request.POST, offered=[(str(count), "") for count in choices])
    case.terms = TermsForm(request.POST)
    if not case.choose.is_valid():
        return
    try:
        services.order_months(
            actor=actor_of(request),
            person_id=case.facts.person_id,
            membership_id=case.facts.membership_id,
            terms=case.choose.terms(),
            months=case.choose.cleaned_data["months"],
            anew=case.choose.cleaned_data["anew"],
            now=clock.now(),
        )
    except services.CardMissing:
        case.choose.add_error(None, _("Kartu ini bukan kartu BPU. Pakai kartu BPU orang ini."))


def _book(request: HttpRequest, case: _Case) -> None:
    case.cash = CashForm(request.POST, banks=banks())
    # The same slip sent twice finds the order that it has paid, and gets the first receipt again.
    order = _open_order(case) or next(iter(_orders(case)), None)
    if order is None:
        case.cash.add_error(None, _("Tidak ada nomor bayar yang terbuka. Buat dulu nomornya."))
    if order is None or not case.cash.is_valid():
        return
    told = case.cash.cleaned_data
    try:
        receipt = services.book_order_slip(
            actor=actor_of(request),
            partner_id=int(told["bank"]),
            slip_no=told["slip_no"],
            customer_no=order.customer_no,
            amount_rupiah=order.amount_rupiah,
            paid_on=told["paid_on"],
            now=clock.now(),
        )
        case.done = {"receipt_number": receipt.receipt_number}
    except services.DepositRefused:
        case.cash.add_error("paid_on", _("Tanggal ini belum tiba. Periksa tanggal di slip."))
    except services.ReferenceClash:
        case.cash.add_error("slip_no", _("Nomor slip ini sudah tercatat untuk pembayaran lain. Periksa slipnya."))
    except services.BillPaid:
        case.cash.add_error(None, _("Tidak ada nomor bayar yang terbuka. Buat dulu nomornya."))
    except services.VirtualAccountExpired:
        case.cash.add_error("paid_on", _("Pada tanggal itu nomor bayarnya sudah habis. Buat nomor baru."))


def _open_order(case: _Case) -> OrderView | None:
    now = clock.now()
    return next((order for order in _orders(case) if order.state(now) == "open"), None)


def _orders(case: _Case) -> list[OrderView]:
    return orders_of(person_id=case.facts.person_id, membership_id=case.facts.membership_id)


def _page(request: HttpRequest, form: FindForm, case: _Case | None = None) -> HttpResponse:
    context: dict[str, Any] = {"navigation": navigation("staff:reactivation"), "find": form, "form": form}
    sent: list[HouseForm] = [form]
    if case is not None:
        context |= _shown(case, clock.wib_date(clock.now()))
        sent += [one for one in (case.terms, case.choose, case.cash) if one is not None]
    failed = next((one for one in sent if one.is_bound and one.errors), None)
    if failed is not None:
        context["form"] = failed
        context["refused"] = failed.non_field_errors()
    return render(request, "branch/reactivation.html", context, status=422 if failed is not None else 200)


def _shown(case: _Case, today: date) -> dict[str, Any]:
    """Who it is and how he stands; of an own-account card what months cost, or the number that is open."""
    facts, language = case.facts, case.language
    member = registry.member(facts.person_id)
    months = months_of(person_id=facts.person_id)
    found = standings(member.cards if member else (), months, today)
    order = _open_order(case)
    shown: dict[str, Any] = {
        "member": [
            SummaryRow(_("Nama"), facts.name),
            SummaryRow(_("Tanggal lahir"), facts.birth_on, kind="date"),
            SummaryRow(_("Kartu yang dibawa"), facts.kpj, kind="number"),
        ],
        "cards": [
            {
                "segment": segment_name(one.segment),
                "status": state_status(one),
                "words": one.words.say(language),
                "rows": standing_rows(one, language),
                "doubts": doubts_of(one, language),
            }
            for one in found
        ],
        "again": [("kpj", facts.kpj), ("case_no", case.found.cleaned_data["case_no"])],
        "own_account": facts.segment == "BPU",
        "order": order,
        **case.done,
    }
    if order is not None:
        shown["order_rows"] = _order_rows(order)
        shown["cash"] = case.cash or CashForm(banks=banks(), initial={"paid_on": today})
    elif facts.segment == "BPU" and not case.done:
        shown |= _offered(case, [month for month in months if month.membership_id == facts.membership_id], today)
    return shown


def _order_rows(order: OrderView) -> list[SummaryRow]:
    return [
        SummaryRow(_("Jumlah yang harus dibayar"), rupiah(order.amount_rupiah)),
        SummaryRow(_("Nomor pesanan"), order.number),
        SummaryRow(_("Berlaku sampai"), moment(order.expires_at.astimezone(clock.WIB))),
    ]


def _offered(case: _Case, paid: list[Any], today: date) -> dict[str, Any]:
    terms = last_terms(_orders(case))
    form = case.terms
    if form is not None:
        terms = form.terms() if form.is_valid() else None
    elif terms is not None:
        form = TermsForm(initial=terms_initial(terms))
    shown: dict[str, Any] = {"terms": form or TermsForm(initial={"sector": "other", "package": "with_jht"})}
    if terms is None:
        shown["terms"].offer_skipping(False)
        return shown
    sent = case.choose if case.choose is not None else form
    anew = bool(sent is not None and sent.cleaned("anew"))
    choices = choices_of_months(today)
    card = Card(case.facts.membership_id, case.facts.kpj, "BPU", date.min, ())
    offer = offer_by_standing(
        card, paid, terms=terms, months=max(choices), today=today, language=case.language, anew=anew
    )
    shown["terms"].offer_skipping(offer.can_skip)
    lengths = offered.lengths(offer, choices)
    if case.choose is None:
        initial = {**terms_initial(terms), "anew": anew, "months": proposed_months(offer, choices)}
        case.choose = ChooseForm(initial=initial, offered=lengths)
    else:
        case.choose.fields["months"].choices = lengths  # type: ignore[attr-defined]  # it is a choice field
    return {
        **shown,
        "choose": case.choose,
        "owed": offered.reactivation(offer, today, case.language),
        "explained": offered.month_explained(offer),
        "changes": offered.changes(offer),
        "offer_doubts": offered.doubts(offer, case.language),
    }
