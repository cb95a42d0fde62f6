"""The member's cover: how every card of his stands today, by the rule of its own segment, and what to do."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.member.desk import navigation, person_of
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Table
from lindung.channels.shared.formats import language
from lindung.channels.shared.standings import doubts_of, rule_text, segment_name, standing_rows, state_status
from lindung.contributions import queries as contributions
from lindung.contributions.order_queries import orders_of
from lindung.contributions.standing import Standing, standings
from lindung.lib import clock
from lindung.registry import queries as registry


@require_safe
@requires(Permission.MEMBER_READ)
def cover(request: HttpRequest) -> HttpResponse:
    """Every card with its state, the reason, the article and what is doubtful."""
    person_id = person_of(request)
    member = registry.member(person_id)
    if member is None:
        raise Http404
    now = clock.now()
    months = contributions.months_of(person_id=person_id)
    found = standings(member.cards, months, clock.wib_date(now))
    waiting = [order for order in orders_of(person_id=person_id, most=6) if order.state(now) == "open"]
    context = {
        "navigation": navigation("member:cover"),
        "cards": [
            {
                "standing": standing,
                "segment": segment_name(standing.segment),
                "status": state_status(standing),
                "words": standing.words.say(language()),
                "rows": standing_rows(standing, language()),
                "claims": _claims(standing),
                "doubts": doubts_of(standing, language()),
            }
            for standing in found
        ],
        "waiting": waiting,
        "working": [work for card in member.cards for work in card.works if work.until_on is None],
        "today": clock.wib_date(now),
    }
    return render(request, "member/cover.html", context)


def _claims(standing: Standing) -> Table | None:
    """Who pays a claim while the employer is in arrears; programmes of one rule in one row."""
    if not standing.claims:
        return None
    rules: dict[tuple[str, str], list[str]] = {}
    for programme, claim in standing.claims:
        articles = "; ".join(dict.fromkeys(rule_text(value.article, language()) for value in claim.values))
        rules.setdefault((claim.words.say(language()), articles), []).append(str(programme))
    rows = [[", ".join(programmes), f"{words} ({articles})"] for (words, articles), programmes in rules.items()]
    return Table(_("Bila terjadi sesuatu selama ada tunggakan"), [Column(_("Program")), Column(_("Aturannya"))], rows)
