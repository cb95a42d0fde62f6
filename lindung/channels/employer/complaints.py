"""Workers' complaints about a month: each with its clock, the way to put the month right, and the firm's answer."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer.complaint_words import complaints_table, events_of, facts_of, status_of, ways_to_mend
from lindung.channels.employer.firm import actor_of, firm_of, navigation, trail_to
from lindung.channels.employer.forms import ActForm
from lindung.channels.employer.standing import days_left
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Link
from lindung.channels.shared.formats import long_date
from lindung.channels.shared.forms import HouseForm
from lindung.compliance import queries, services
from lindung.compliance.queries import ComplaintView
from lindung.compliance.wording import ANSWERS
from lindung.compliance.workflow import may
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts

_MOST_WORDS = 1000


class AnswerForm(HouseForm):
    """What the firm says where it has nothing to correct, or objects to an exit."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Jawaban perusahaan"),
        choices=[(name, ANSWERS[name]) for name in ("explained", "not_ours")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("Penjelasan untuk pekerja"),
        max_length=_MOST_WORDS,
        help_text=gettext_lazy(
            "Pekerja membacanya. Tulis dari mana jumlah itu, mengapa belum dibayar, atau sejak kapan ia tidak bekerja."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, view: ComplaintView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if view.row.about_exit:
            answers = [(name, ANSWERS[name]) for name in services.EXIT_ANSWERS[1:]]
            label = self.base_fields["answer"].label
            self.fields["answer"] = forms.ChoiceField(label=label, choices=answers, widget=forms.RadioSelect)
            self.fields["words"].help_text = _("Pekerja dan petugas membacanya. Tulis hari terakhirnya, atau buktinya.")
            self.order_fields(["answer", "words"])


@require_safe
@requires(Permission.COMPLAINTS_ANSWER)
def complaints(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Open complaints, the most urgent first; ``?state=closed`` for those that are over."""
    firm = firm_of(request, employer_id)
    closed = request.GET.get("state") == "closed"
    rows = queries.complaints_of_firm(employer_id=firm.id, closed=closed)
    words = {False: _("Terbuka"), True: _("Selesai")}
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:complaints"),
        "choices": [
            Choice(word, f"{request.path}?state=closed" if each else request.path, current=each == closed)
            for each, word in words.items()
        ],
        "table": complaints_table(_("Aduan pekerja"), firm, rows, clock.wib_date(clock.now())) if rows else None,
        "closed": closed,
    }
    return render(request, "employer/complaints.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COMPLAINTS_ANSWER)
def complaint(request: HttpRequest, employer_id: int, complaint_id: int) -> HttpResponse:
    """One complaint. POST answers it: that it is put right by its own button, anything else with words."""
    firm = firm_of(request, employer_id)
    view = queries.complaint_of_firm(employer_id=firm.id, complaint_id=complaint_id)
    if view is None:
        raise Http404
    # Whether a worker is still here is never preselected: it decides about his money.
    start = {} if view.row.about_exit else {"answer": "explained"}
    form, refusal = AnswerForm(initial=start, view=view), ""
    if request.method == "POST":
        mended = request.POST.get("do")
        corrected = mended in ("corrected", "reported")
        form = form if corrected else AnswerForm(request.POST, view=view)
        if corrected or form.is_valid():
            said = {"answer": mended, "words": ""} if corrected else form.cleaned_data
            try:
                services.answer_complaint(
                    actor=actor_of(request), employer_id=firm.id, complaint_id=complaint_id, now=clock.now(), **said
                )
            except services.NothingCorrected:
                if view.row.about_exit:
                    refusal = _("Pekerja ini belum dilaporkan keluar. Laporkan lebih dahulu, atau jelaskan.")
                else:
                    refusal = _("Bulan itu belum berubah bagi pekerja ini. Betulkan lebih dahulu, atau jelaskan.")
            except services.NotYourTurn:
                refusal = _("Aduan ini baru saja berubah. Di bawah ini keadaannya sekarang.")
            else:
                return HttpResponseRedirect(reverse("employer:complaint", args=[firm.id, complaint_id]))
            view = queries.complaint_of_firm(employer_id=firm.id, complaint_id=complaint_id) or view
    context = _context(request, firm, view) | {"form": form, "refusal": refusal}
    return render(request, "employer/complaint.html", context, status=422 if refusal or form.errors else 200)


def _context(request: HttpRequest, firm: EmployerFacts, view: ComplaintView) -> dict[str, Any]:
    row, today = view.row, clock.wib_date(clock.now())
    ours = may("answer", row.state)
    decision = next((step for step in reversed(view.steps) if step.move == "order"), None)
    return {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:complaints"),
        "trail": trail_to(
            firm,
            Link(pgettext("menu", "Aduan"), reverse("employer:complaints", args=[firm.id])),
            Link(row.number, "", current=True),
        ),
        "view": view,
        "row": row,
        "status": status_of(row),
        "facts": facts_of(view),
        "ours": ours,
        "decision": decision if row.state == "ordered" else None,
        "until": long_date(row.due_on) if row.due_on else "",
        "left": days_left(row.due_on, today) if row.due_on else "",
        "urgent": row.due_on is not None and today >= row.due_on,
        "mended": ours and view.mended,
        "ways": ways_to_mend(firm, view) if ours else [],
        "events": events_of(view),
        "act": ActForm(),
    }
