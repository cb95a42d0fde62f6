"""Members' complaints that a firm did not settle: the list by its clock, and one complaint with its decision."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch.complaint_words import complaints_table, events_of, facts_of, status_of, title_of
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.branch.forms import ActForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Link
from lindung.channels.shared.downloads import sent_paper
from lindung.channels.shared.exit_claims import WorkEndForm, last_day, refusal_words
from lindung.channels.shared.forms import HouseForm
from lindung.compliance import queries, services
from lindung.compliance.queries import ComplaintView
from lindung.compliance.workflow import may
from lindung.lib import clock

_WHO = ("agency", "mine", "firm", "member")
_MOST_WORDS = 1000


class DecisionForm(HouseForm):
    """What the officer decides, in words that firm and member read."""

    words = forms.CharField(
        label=gettext_lazy("Keputusan dan alasannya"),
        max_length=_MOST_WORDS,
        help_text=gettext_lazy("Perusahaan dan pekerja membacanya. Sebut bukti yang Anda lihat."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EndForm(DecisionForm, WorkEndForm):
    """The officer ends the work himself: the day and the cause he found, in words that firm and member read."""

    sure = forms.BooleanField(label=gettext_lazy("Saya tahu ini tidak bisa dibatalkan dari sini"))


@require_safe
@requires(Permission.COMPLAINTS_DECIDE)
def complaints(request: HttpRequest) -> HttpResponse:
    """Open complaints, those that wait for the agency first; ``?who=`` for mine, the firms', the members'."""
    today = clock.wib_date(clock.now())
    who = request.GET.get("who", "agency")
    who = who if who in _WHO else "agency"
    mine = actor_of(request).id if who == "mine" else None
    rows = queries.complaints_at_agency(owner="agency" if who == "mine" else who, officer_id=mine)
    waiting = queries.waiting_by_owner(today=today)
    words = (_("Menunggu petugas"), _("Tugas saya"), _("Menunggu perusahaan"), _("Menunggu pekerja"))
    overdue = waiting.get("agency", (0, 0))[1]
    context = {
        "navigation": navigation("staff:complaints"),
        "choices": [
            Choice(
                word,
                request.path if name == "agency" else f"{request.path}?who={name}",
                count=None if name == "mine" else waiting.get(name, (0, 0))[0],
                current=name == who,
            )
            for name, word in zip(_WHO, words, strict=True)
        ],
        "table": complaints_table(_("Yang paling mendesak di atas"), rows, today) if rows else None,
        "overdue": overdue,
    }
    return render(request, "branch/complaints.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COMPLAINTS_DECIDE)
def complaint(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """One complaint; who looks at it is written down. POST does what its button says: take, order, close, end."""
    form: DecisionForm | EndForm = DecisionForm()
    refusal, do = "", ""
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do == "end":
            form = EndForm(request.POST, prefix="end")
        elif do != "take":
            form = DecisionForm(request.POST)
        if do == "take" or form.is_valid():
            try:
                _act(request, complaint_id, do, form)
            except services.ComplaintNotFound as error:
                raise Http404 from error
            except services.ExitNotPossible as refused:
                form.add_error("last_on", refusal_words(refused))
            except services.NotYourTurn:
                refusal = _("Aduan ini baru saja berubah. Di bawah ini keadaannya sekarang.")
            else:
                return HttpResponseRedirect(reverse("staff:complaint", args=[complaint_id]))
    try:
        view = services.read_complaint(actor=actor_of(request), complaint_id=complaint_id, now=clock.now())
    except services.ComplaintNotFound as error:
        raise Http404 from error
    ending = _end_form(view)
    context = _context(request, view) | {
        "form": form if isinstance(form, DecisionForm) else DecisionForm(),
        "ending": form if ending and isinstance(form, EndForm) else ending,
        # Of a firm that was silent there is nothing else to wait for.
        "ending_open": isinstance(form, EndForm) or view.steps[-1].move == "run_out",
        "refusal": refusal,
    }
    return render(request, "branch/complaint.html", context, status=422 if refusal or form.errors else 200)


@require_safe
@requires(Permission.COMPLAINTS_DECIDE)
def evidence(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """The worker's paper, to be saved; that it was opened is written down."""
    try:
        opened = services.read_evidence(actor=actor_of(request), complaint_id=complaint_id, now=clock.now())
    except services.ComplaintNotFound as error:
        raise Http404 from error
    return sent_paper(opened.content, opened.format, f"aduan-{complaint_id}")


def _end_form(view: ComplaintView) -> EndForm | None:
    """As the worker says it, to be confirmed or changed; None where there is nothing to end."""
    if not may("end", view.row.state, view.row.kind) or view.mended or view.said_until_on is None:
        return None
    return EndForm(initial={"last_on": last_day(view.said_until_on), "cause": view.said_cause}, prefix="end")


def _act(request: HttpRequest, complaint_id: int, do: str, form: DecisionForm | EndForm) -> None:
    actor, now = actor_of(request), clock.now()
    match do:
        case "take":
            services.take_complaint(actor=actor, complaint_id=complaint_id, now=now)
        case "order":
            services.order_correction(actor=actor, complaint_id=complaint_id, words=form.cleaned_data["words"], now=now)
        case "close":
            services.close_complaint(actor=actor, complaint_id=complaint_id, words=form.cleaned_data["words"], now=now)
        case "end" if isinstance(form, EndForm):
            services.end_employment(
                actor=actor,
                complaint_id=complaint_id,
                until_on=form.until_on(),
                cause=form.cleaned_data["cause"],
                words=form.cleaned_data["words"],
                now=now,
            )


def _context(request: HttpRequest, view: ComplaintView) -> dict[str, Any]:
    row = view.row
    return {
        "navigation": navigation("staff:complaints"),
        "trail": [
            Link(pgettext("menu", "Aduan"), reverse("staff:complaints")),
            Link(row.number, "", current=True),
        ],
        "title": title_of(row),
        "view": view,
        "row": row,
        "status": status_of(row, clock.wib_date(clock.now())),
        "facts": facts_of(view),
        "events": events_of(view),
        "ours": row.owner == "agency",
        "taken": row.officer_name != "",
        "act": ActForm(),
    }
