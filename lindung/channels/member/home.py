"""The member's home: am I covered, how much do I have, what must I do. Three questions, no tap."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.member import standing
from lindung.channels.member.desk import navigation
from lindung.channels.member.development import growth_so_far
from lindung.channels.member.forms import ActForm
from lindung.channels.member.months import payer_of, short_table
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Kind, MembershipCard, MonthMark, MonthStrip, Task
from lindung.channels.shared.formats import language, long_date, month_name
from lindung.channels.shared.middleware import HouseRequest
from lindung.channels.shared.standings import segment_name, state_status
from lindung.compliance import rules
from lindung.compliance.queries import OpenComplaint, months_and_complaints
from lindung.compliance.wording import STATES
from lindung.contributions.development_queries import money_of
from lindung.contributions.queries import MonthPaid
from lindung.contributions.standing import Standing, standings
from lindung.law import Month
from lindung.lib import clock
from lindung.registry import queries as registry
from lindung.registry.queries import Work

_ROWS_SHOWN = 6
_OFFERED = 1


@require_safe
@requires(Permission.MEMBER_READ)
def home(request: HttpRequest) -> HttpResponse:
    """Balance, card, the last two years as a strip, the newest half year as a table. Four statements in all."""
    person_id = cast(HouseRequest, request).scopes[0]
    member = registry.member(person_id)
    if member is None:
        raise Http404
    today = clock.wib_date(clock.now())
    money = money_of(person_id=person_id, today=today)
    shown_since = Month.of(today).plus(1 - standing.MONTHS_SHOWN).first_on
    months, complaints = months_and_complaints(person_id=person_id, since=shown_since)
    works = [work for card in member.cards for work in card.works]
    months = standing.still_owed(months, works)
    marks = standing.marks(months, works, today)
    found = standings(member.cards, months, today)
    now_at = next((work for work in works if work.until_on is None), None)
    own = [one for one in found if one.segment != "PU" and now_at is None]
    status, kind = _covered_himself(own) or _covered(marks)
    card = member.cards[0]
    last_paid = next((month for month in months if month.paid_at), None)
    context = {
        "balance_rupiah": money.balance_rupiah,
        **growth_so_far(money.growing, today),
        "navigation": navigation("member:home"),
        "last_paid": last_paid,
        "last_payer": payer_of(last_paid) if last_paid else "",
        "lapsed": [(segment_name(one.segment), one.words.say(language())) for one in own if one.state == "lapsed"],
        "card": MembershipCard(
            name=member.name,
            kpj=card.kpj,
            programmes=now_at.programmes if now_at else _programmes(months) if any(one.covered for one in own) else (),
            status=status,
            kind=kind,
            since_on=card.since_on,
        ),
        "other_cards": member.cards[1:],
        "covered": kind == "good",
        "status": status,
        "kind": kind,
        **_missing(months, works, complaints, today),
        "complaints": [_complaint_task(complaint, works) for complaint in complaints],
        "act": ActForm(),
        "answer_days": rules.days_for("firm_answers"),
        "strip": MonthStrip(_("Iuran dua tahun terakhir"), marks),
        "table": short_table(_("Iuran enam bulan terakhir"), months[:_ROWS_SHOWN], today),
        "more": len(months) > _ROWS_SHOWN,
        "any": bool(months),
    }
    return render(request, "member/home.html", context)


def _covered_himself(own: list[Standing]) -> tuple[str, Kind] | None:
    """What the card says of somebody who pays himself, once he has begun: the best of his own cards."""
    begun = [one for one in own if one.state not in ("not_begun", "ended")]
    best = min(begun, key=lambda one: ("active", "in_arrears", "lapsed").index(one.state), default=None)
    if best is None:
        return None
    shown = state_status(best)
    return (best.words.say(language()) if best.state == "active" else shown.word), shown.kind


def _programmes(months: list[MonthPaid]) -> tuple[str, ...]:
    """What the newest month that he paid himself is for."""
    newest = next((month for month in months if month.own), None)
    return ("JKK", "JKM", "JHT") if newest is not None and newest.jht_rupiah else ("JKK", "JKM")


def _missing(
    months: Sequence[MonthPaid], works: Sequence[Work], complaints: Sequence[OpenComplaint], today: date
) -> dict[str, Any]:
    """Months that the firm owes: the newest of which nobody complained yet are offered at once, the others behind."""
    found = standing.missing_months(months, works, today)
    told = {(complaint.employer_id, complaint.period) for complaint in complaints if not complaint.about_exit}
    leaving = {complaint.employer_id for complaint in complaints if complaint.about_exit}
    untold = [month for month in found if (month.employer_id, month.period) not in told]
    newest = _("Iuran %(month)s belum dibayar") % {"month": month_name(found[0].period)} if found else ""
    return {
        "missing": found,
        "newest_missing": newest,
        "to_complain": untold[:_OFFERED],
        "more_to_complain": untold[_OFFERED:],
        "may_have_left": _may_have_left({month.employer_id for month in found} - leaving, works),
    }


def _may_have_left(employer_ids: set[int], works: Sequence[Work]) -> list[Work]:
    """Where he still works as far as anybody told us: of each firm that owes months, the question once."""
    running = {work.employer_id: work for work in works if work.until_on is None}
    return [running[employer_id] for employer_id in sorted(employer_ids & running.keys())]


def _complaint_task(complaint: OpenComplaint, works: Sequence[Work]) -> Task:
    answered = complaint.state == "answered"
    title = _("Aduan tentang %(month)s") % {"month": month_name(complaint.period)}
    if complaint.about_exit:
        employer = next((work.employer_name for work in works if work.employer_id == complaint.employer_id), "")
        title = _("Berhenti bekerja di %(employer)s") % {"employer": employer}
    word = _("Dijawab, baca jawabannya") if answered else str(STATES[complaint.state])
    hint = _("Paling lambat %(day)s") % {"day": long_date(complaint.due_on)}
    url = reverse("member:complaint", args=[complaint.id])
    return Task(title, url, word, "needs-you" if answered else "info", hint=hint)


def _covered(marks: list[MonthMark]) -> tuple[str, Kind]:
    """The newest month that is settled one way or the other decides what the card says."""
    for mark in reversed(marks):
        if mark.state in ("paid", "late"):
            return _("Iuran %(month)s sudah dibayar") % {"month": month_name(mark.month_on)}, "good"
        if mark.state == "missing":
            return _("Ada iuran yang belum dibayar"), "needs-you"
    return _("Belum ada iuran"), "quiet"
