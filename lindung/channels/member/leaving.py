"""A member says that he works for a firm no more, where the firm never said so; the firm may object until a day."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.channels.member.desk import actor_of, person_of
from lindung.channels.member.forms import MOST_WORDS
from lindung.channels.shared import paper_words
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.exit_claims import WorkEndForm, refusal_words
from lindung.channels.shared.files import was_cut_off
from lindung.channels.shared.formats import month_name
from lindung.channels.shared.paper_words import paper_field
from lindung.compliance import queries, rules, services
from lindung.compliance.works import WorkStanding, running_work
from lindung.evidence.limits import Refused
from lindung.lib import clock


class LeftForm(WorkEndForm):
    """When, why, what he wants to add, and a paper that shows it."""

    words = forms.CharField(
        label=gettext_lazy("Ceritakan seperlunya"),
        required=False,
        max_length=MOST_WORDS,
        help_text=gettext_lazy("Misalnya: kantornya sudah tutup sejak Mei."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    paper = paper_field(label=gettext_lazy("Bukti, misalnya surat PHK atau slip upah terakhir"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_on"].help_text = _("Hari terakhir Anda bekerja, bukan hari surat keluar.")
        self.fields["cause"].help_text = _("Perusahaan tutup? Pilih PHK.")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COMPLAINTS_MAKE)
def left(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Ask when and why he left, and tell the firm; of what is told already, show how it stands."""
    person_id, now = person_of(request), clock.now()
    work = running_work(person_id=person_id, employer_id=employer_id)
    if work is None:
        raise Http404
    if request.method != "POST":
        for row in queries.complaints_of_member(person_id=person_id):
            if row.about_exit and row.due_on and row.employment_id == work.employment_id:
                return HttpResponseRedirect(reverse("member:complaint", args=[row.id]))
        return _page(request, work, LeftForm())
    form = LeftForm(request.POST, request.FILES)
    if was_cut_off(request, "paper"):
        form.add_error("paper", paper_words.refusal_words(Refused("too_big")))
    if not form.is_valid():
        return _page(request, work, form)
    given: UploadedFile | None = form.cleaned_data["paper"]
    try:
        opened = services.claim_exit(
            actor=actor_of(request),
            person_id=person_id,
            employer_id=employer_id,
            until_on=form.until_on(),
            cause=form.cleaned_data["cause"],
            words=form.cleaned_data["words"],
            paper=given.read() if given else None,
            now=now,
        )
    except Refused as refused:
        form.add_error("paper", paper_words.refusal_words(refused))
        return _page(request, work, form)
    except services.ExitNotPossible as refused:
        form.add_error("last_on", _refusal(refused))
        return _page(request, work, form)
    address = reverse("member:complaint", args=[opened.complaint_id])
    return HttpResponseRedirect(f"{address}?new=1" if opened.fresh else address)


def _refusal(refused: services.ExitNotPossible) -> str:
    if refused.why == "paid_later" and refused.day:
        # The way out of it is his own: a month that was paid for somebody who was gone is complained about first.
        words = _("Iuran %(month)s sudah dibayar. Sudah berhenti sebelum bulan itu? Adukan dahulu bulan itu.")
        return words % {"month": month_name(refused.day)}
    return refusal_words(refused)


def left_url(person_id: int, employer_id: int) -> str:
    """Where he says that he left this firm; empty where he does not work there as far as anybody told us."""
    work = running_work(person_id=person_id, employer_id=employer_id)
    return reverse("member:left", args=[employer_id]) if work else ""


def _page(request: HttpRequest, work: WorkStanding, form: LeftForm) -> HttpResponse:
    facts = [SummaryRow(_("Hari pertama kerja"), work.from_on, kind="date")]
    if work.last_paid_on:
        facts.append(SummaryRow(_("Bulan terakhir yang dibayar"), work.last_paid_on, kind="month"))
    context = {
        "employer_name": work.employer_name,
        "facts": facts,
        "form": form,
        "answer_by": rules.deadline("firm_answers", clock.wib_date(clock.now())),
    }
    return render(request, "member/left.html", context, status=422 if form.errors else 200)
