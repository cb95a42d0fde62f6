"""A member pays for himself: months on his own account. He sees what each length costs before he orders one."""

from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.channels.member.desk import actor_of, navigation, person_of
from lindung.channels.shared import offered
from lindung.channels.shared.access import requires
from lindung.channels.shared.formats import language
from lindung.channels.shared.own_account import ChooseForm, TermsForm, terms_initial
from lindung.channels.shared.standings import state_status
from lindung.contributions import services
from lindung.contributions.offers import (
    OwnAccountTerms,
    choices_of_months,
    last_terms,
    offer_by_standing,
    proposed_months,
)
from lindung.contributions.order_queries import orders_of
from lindung.contributions.queries import months_of
from lindung.law import ImpossibleFact
from lindung.lib import clock
from lindung.registry import queries as registry
from lindung.registry import services as registering
from lindung.registry.queries import Card

_NO_CARD = Card(0, "", "BPU", date.min, ())


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_CONTRIBUTIONS_PAY)
def pay(request: HttpRequest) -> HttpResponse:
    """Ask for income and programmes, or take those of the last order; show what months cost; order them."""
    person_id, card = person_of(request), _card(person_of(request))
    if request.method == "POST" and request.POST.get("do") == "order":
        return _order(request, person_id, card)
    form, terms = (
        TermsForm(initial={"sector": "other", "package": "with_jht"}),
        last_terms(orders_of(person_id=person_id)),
    )
    if request.method == "POST":
        form = TermsForm(request.POST)
        terms = form.terms() if form.is_valid() else None
    elif terms is not None:
        form = TermsForm(initial=terms_initial(terms))
    return _page(request, card, form, terms)


def _card(person_id: int) -> Card:
    member = registry.member(person_id)
    cards = member.cards if member else ()
    return next((card for card in cards if card.segment == "BPU"), _NO_CARD)


def _order(request: HttpRequest, person_id: int, card: Card) -> HttpResponse:
    now = clock.now()
    choices = choices_of_months(clock.wib_date(now))
    choose = ChooseForm(request.POST, offered=[(str(count), "") for count in choices])
    terms_form = TermsForm(request.POST)
    if not choose.is_valid():
        terms = terms_form.terms() if terms_form.is_valid() else None
        return _page(request, card, terms_form, terms, choose=choose)
    try:
        if card is _NO_CARD:
            opened = registering.open_card(
                actor=actor_of(request), person_id=person_id, segment="BPU", since_on=clock.wib_date(now), now=now
            )
            card = replace(card, membership_id=opened.membership_id)
        order = services.order_months(
            actor=actor_of(request),
            person_id=person_id,
            membership_id=card.membership_id,
            terms=choose.terms(),
            months=choose.cleaned_data["months"],
            anew=choose.cleaned_data["anew"],
            now=now,
        )
    except ImpossibleFact as impossible:
        choose.add_error(None, impossible.say(language()))
        return _page(request, card, terms_form, choose.terms(), choose=choose)
    return HttpResponseRedirect(reverse("member:order", args=[order.order_id]))


def _page(
    request: HttpRequest,
    card: Card,
    form: TermsForm,
    terms: OwnAccountTerms | None,
    choose: ChooseForm | None = None,
) -> HttpResponse:
    now = clock.now()
    today = clock.wib_date(now)
    orders = orders_of(person_id=person_of(request))
    context: dict[str, object] = {
        "navigation": navigation("member:pay"),
        "waiting": next((one for one in orders if one.kind == "own_account" and one.state(now) == "open"), None),
        "terms_form": form,
        "has_card": card is not _NO_CARD,
        "form": form,
    }
    if terms is None:
        form.offer_skipping(False)
    else:
        anew = bool((choose if choose is not None else form).cleaned("anew"))
        context |= _offered(person_of(request), card, terms, today, anew, form, choose)
    failed = bool(form.errors or (choose is not None and choose.errors))
    return render(request, "member/pay.html", context, status=422 if failed else 200)


def _offered(
    person_id: int,
    card: Card,
    terms: OwnAccountTerms,
    today: date,
    anew: bool,
    terms_form: TermsForm,
    choose: ChooseForm | None,
) -> dict[str, object]:
    choices = choices_of_months(today)
    paid = [month for month in months_of(person_id=person_id) if month.membership_id == card.membership_id]
    offer = offer_by_standing(
        card,
        paid if card is not _NO_CARD else [],
        terms=terms,
        months=max(choices),
        today=today,
        anew=anew,
        language=language(),
    )
    terms_form.offer_skipping(offer.can_skip)
    lengths = offered.lengths(offer, choices)
    if choose is None:
        choose = ChooseForm(
            initial={**terms_initial(terms), "anew": anew, "months": proposed_months(offer, choices)}, offered=lengths
        )
    else:
        choose.fields["months"].choices = lengths  # type: ignore[attr-defined]  # it is a choice field
    return {
        "form": choose,
        "offer": offer,
        "status": state_status(offer.standing),
        "words": offer.standing.words.say(language()),
        "owed": offered.reactivation(offer, today, language()),
        "explained": offered.month_explained(offer),
        "changes": offered.changes(offer),
        "doubts": offered.doubts(offer, language()),
        "programmes": ", ".join(sorted(terms.programmes)),
    }
