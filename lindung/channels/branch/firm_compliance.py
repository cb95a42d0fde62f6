"""One firm for an officer: months, debts, complaints, who can be called; notes, and what is to be done until when."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.access.queries import firm_users
from lindung.channels.branch import firm_compliance_words as words
from lindung.channels.branch.complaint_words import complaints_table
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.branch.forms import ActForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Link
from lindung.channels.shared.fields import DayField
from lindung.channels.shared.forms import HouseForm
from lindung.compliance import rules, services
from lindung.compliance.follow_up_queries import follow_up, follow_ups_of, open_follow_ups
from lindung.compliance.hint_queries import hints_about
from lindung.compliance.queries import complaints_about
from lindung.contributions.cockpit_queries import months_of_firm
from lindung.law import Month
from lindung.lib import clock
from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts

_MONTHS_SHOWN = 24


class FollowUpForm(HouseForm):
    """A note; with a day it is a task."""

    text = forms.CharField(
        label=gettext_lazy("Catatan atau tindak lanjut"),
        max_length=500,
        help_text=gettext_lazy("Jangan menulis nama, NIK atau upah pekerja."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = DayField(
        label=gettext_lazy("Selesai paling lambat"),
        required=False,
        help_text=gettext_lazy("Kosongkan bila ini catatan saja. Dengan tanggal, ini menjadi tugas Anda."),
    )


class OutcomeForm(HouseForm):
    """What came of a task."""

    outcome = forms.CharField(label=gettext_lazy("Hasilnya"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FIRMS_SUPERVISE)
def firm(request: HttpRequest, employer_id: int) -> HttpResponse:
    """The firm's page. POST writes a note or a task."""
    facts = _firm(employer_id)
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_follow_up(
                actor=actor_of(request),
                employer_id=facts.id,
                text=form.cleaned_data["text"],
                due_on=form.cleaned_data["due_on"],
                now=clock.now(),
            )
        except services.DayPassed:
            form.add_error("due_on", _("Tanggal itu sudah lewat. Pilih hari ini atau sesudahnya."))
        else:
            return HttpResponseRedirect(reverse("staff:firm-compliance", args=[facts.id]))
    return render(request, "branch/firm_compliance.html", _context(facts, form), status=422 if form.errors else 200)


def _context(facts: EmployerFacts, form: FollowUpForm) -> dict[str, Any]:
    today = clock.wib_date(clock.now())
    since = max(Month.of(today).plus(1 - _MONTHS_SHOWN).first_on, facts.since_on.replace(day=1))
    months = months_of_firm(employer_id=facts.id, since=since)
    complaints = complaints_about(employer_id=facts.id)
    return {
        "navigation": navigation("staff:compliance"),
        "trail": [Link(_("Kepatuhan"), reverse("staff:compliance")), Link(facts.name, "", current=True)],
        "firm": facts,
        "facts": words.facts_of(facts),
        "owed_rupiah": sum(month.left_rupiah for month in months if month.due_on < today),
        "strip": words.strip_of(months, since, today),
        "months": words.months_table(months, today),
        "any": bool(months),
        "hints": hints_about(employer_id=facts.id, today=today),
        "hint_months": rules.hints()[1],
        "complaints": complaints_table(_("Aduan pekerja"), complaints, today, names_firm=False) if complaints else None,
        "users": words.users_table(firm_users(facts.id)),
        "follow_ups": words.follow_up_events(follow_ups_of(employer_id=facts.id)),
        "form": form,
    }


@require_safe
@requires(Permission.FIRMS_SUPERVISE)
def follow_ups(request: HttpRequest) -> HttpResponse:
    """What officers have to do, by its day; ``?who=all`` for everybody's."""
    everybody = request.GET.get("who") == "all"
    found = open_follow_ups(owner_id=None if everybody else actor_of(request).id)
    context = {
        "navigation": navigation("staff:follow-ups"),
        "choices": [
            Choice(_("Tugas saya"), request.path, current=not everybody),
            Choice(_("Semua petugas"), f"{request.path}?who=all", current=everybody),
        ],
        "table": words.follow_ups_table(found, clock.wib_date(clock.now())) if found else None,
    }
    return render(request, "branch/follow_ups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FIRMS_SUPERVISE)
def act(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """One task. POST takes it over or says what came of it."""
    found = follow_up(follow_up_id)
    if found is None:
        raise Http404
    form = OutcomeForm()
    if request.method == "POST":
        actor, now, takes = actor_of(request), clock.now(), request.POST.get("do") == "take"
        form = form if takes else OutcomeForm(request.POST)
        if takes or form.is_valid():
            try:
                if takes:
                    services.take_follow_up(actor=actor, follow_up_id=found.id, now=now)
                else:
                    outcome = form.cleaned_data["outcome"]
                    services.finish_follow_up(actor=actor, follow_up_id=found.id, outcome=outcome, now=now)
            except services.FollowUpNotFound:
                return HttpResponseRedirect(reverse("staff:follow-up", args=[found.id]))
            return HttpResponseRedirect(
                reverse(
                    "staff:follow-up" if takes else "staff:firm-compliance",
                    args=[found.id if takes else found.employer_id],
                )
            )
    context = {
        "navigation": navigation("staff:follow-ups"),
        "trail": [
            Link(_("Tindak lanjut"), reverse("staff:follow-ups")),
            Link(found.employer_name, "", current=True),
        ],
        "found": found,
        "facts": words.follow_up_facts(found),
        "mine": found.owner_id == actor_of(request).id,
        "form": form,
        "act": ActForm(),
    }
    return render(request, "branch/follow_up.html", context, status=422 if form.errors else 200)


def _firm(employer_id: int) -> EmployerFacts:
    found = registry.employers([employer_id])
    if not found:
        raise Http404
    return found[0]
