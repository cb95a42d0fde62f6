"""A member says that a month does not match, follows what becomes of it, and says whether that settles it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.member.complaint_words import answer_words, events_of, next_of, said_rows, status_of, title_of
from lindung.channels.member.desk import actor_of, person_of
from lindung.channels.member.forms import ActForm, ComplaintForm, ObjectionForm, kinds_of
from lindung.channels.member.leaving import left_url
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import SummaryRow, Task
from lindung.channels.shared.formats import long_date, month_name
from lindung.compliance import queries, rules, services
from lindung.compliance.months import MonthStanding, standing_of
from lindung.compliance.queries import ComplaintView
from lindung.compliance.wording import KINDS, SHORT_KINDS
from lindung.lib import clock


@require_safe
@requires(Permission.COMPLAINTS_MAKE)
def complaints(request: HttpRequest) -> HttpResponse:
    """Everything this member ever complained of, newest first."""
    rows = queries.complaints_of_member(person_id=person_of(request))
    tasks = [
        Task(
            title_of(row) if row.about_exit else f"{month_name(row.period)}, {row.employer_name}",
            reverse("member:complaint", args=[row.id]),
            status_of(row).word,
            status_of(row).kind,
            hint=f"{SHORT_KINDS[row.kind]}. {row.number}",
        )
        for row in rows
    ]
    return render(request, "member/complaints.html", {"tasks": tasks})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COMPLAINTS_MAKE)
def complain(request: HttpRequest, employer_id: int, year: int, month: int) -> HttpResponse:
    """Ask what does not match in a month, and open the complaint; of one that is open already, show it."""
    person_id, now = person_of(request), clock.now()
    period = _period(year, month)
    standing = standing_of(person_id=person_id, employer_id=employer_id, period=period)
    if standing is None:
        raise Http404
    today = clock.wib_date(now)
    kinds = kinds_of(standing, standing.missing(today))
    choices = [(kind, str(KINDS[kind])) for kind in kinds]
    start = {"kind": kinds[0]}
    if request.method != "POST":
        found = [row for row in queries.complaints_of_member(person_id=person_id) if row.due_on]
        for row in found:
            if (row.employer_id, row.period) == (employer_id, period) and not row.about_exit:
                return HttpResponseRedirect(reverse("member:complaint", args=[row.id]))
        return _form_page(request, standing, ComplaintForm(choices=choices, initial=start))
    form = ComplaintForm(request.POST, choices=choices, initial=start)
    if not form.is_valid():
        return _form_page(request, standing, form)
    try:
        opened = services.open_complaint(
            actor=actor_of(request),
            person_id=person_id,
            employer_id=employer_id,
            period=period,
            kind=form.cleaned_data["kind"],
            said_wage_rupiah=form.cleaned_data.get("wage"),
            words=form.cleaned_data["words"],
            now=now,
        )
    except services.CannotComplain as refused:
        form.add_error("wage" if refused.why in ("same_wage", "no_wage") else "kind", refusal_words(refused.why))
        return _form_page(request, standing, form)
    address = reverse("member:complaint", args=[opened.complaint_id])
    return HttpResponseRedirect(f"{address}?new=1" if opened.fresh else address)


def refusal_words(why: str) -> str:
    """Why a month cannot be complained about like this."""
    return {
        "no_month": _("Anda tidak tercatat bekerja di perusahaan ini pada bulan itu."),
        "not_due": _("Batas bayar bulan itu belum lewat. Tunggu sampai batasnya."),
        "paid": _("Iuran bulan itu baru saja masuk. Muat lagi halaman bulannya."),
        "not_billed": _("Belum ada upah yang dilaporkan untuk bulan itu."),
        "same_wage": _("Upah yang Anda tulis sama dengan yang dilaporkan. Periksa lagi jumlahnya."),
        "no_wage": _("Upah sebulan tidak mungkin sebanyak itu. Periksa lagi jumlahnya."),
    }[why]


def _form_page(request: HttpRequest, standing: MonthStanding, form: ComplaintForm) -> HttpResponse:
    facts = [SummaryRow(_("Perusahaan"), standing.employer_name)]
    if standing.wage_rupiah:
        facts.append(SummaryRow(_("Upah yang dilaporkan"), standing.wage_rupiah, kind="amount"))
    else:
        facts.append(SummaryRow(_("Upah yang dilaporkan"), _("Belum dilaporkan")))
    facts.append(SummaryRow(_("Batas bayar"), standing.due_on, kind="date"))
    today = clock.wib_date(clock.now())
    context = {
        "title": _("Bulan %(month)s tidak cocok?") % {"month": month_name(standing.period)},
        "facts": facts,
        "form": form,
        "answer_by": rules.deadline("firm_answers", today),
        "left_url": left_url(person_of(request), standing.employer_id) if standing.missing(today) else "",
    }
    return render(request, "member/complain.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COMPLAINTS_MAKE)
def complaint(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """One complaint. POST does what its button says (``do``): accept, object, withdraw."""
    person_id = person_of(request)
    form = ObjectionForm()
    refusal = ""
    if request.method == "POST":
        form = ObjectionForm(request.POST)
        if form.is_valid():
            try:
                _act(request, complaint_id, form.cleaned_data["words"])
            except services.ComplaintNotFound as error:
                raise Http404 from error
            except services.NotYourTurn:
                refusal = _("Aduan ini baru saja berubah. Di bawah ini keadaannya sekarang.")
            else:
                return HttpResponseRedirect(reverse("member:complaint", args=[complaint_id]))
    view = queries.complaint_of_member(person_id=person_id, complaint_id=complaint_id)
    if view is None:
        raise Http404
    context = _complaint_context(view, fresh="new" in request.GET and view.row.state == "with_firm")
    context |= {"form": form, "act": ActForm(), "refusal": refusal}
    return render(request, "member/complaint.html", context, status=422 if refusal or form.errors else 200)


def _act(request: HttpRequest, complaint_id: int, words: str) -> None:
    whose: dict[str, Any] = {
        "actor": actor_of(request),
        "person_id": person_of(request),
        "complaint_id": complaint_id,
        "now": clock.now(),
    }
    match request.POST.get("do"):
        case "accept":
            services.accept_answer(**whose)
        case "object":
            services.object_to_answer(**whose, words=words)
        case "withdraw":
            services.withdraw_complaint(**whose)


def _complaint_context(view: ComplaintView, *, fresh: bool) -> dict[str, Any]:
    row = view.row
    answer = view.last_answer if row.state == "answered" else None
    return {
        "title": title_of(row),
        "fresh": fresh,
        "row": row,
        "status": status_of(row),
        "next": next_of(row),
        "said": said_rows(view),
        "words": view.words,
        "wage_file": bool(view.said_wage_rupiah) and row.state != "withdrawn",
        "answer": answer,
        "answer_title": answer_words(answer, row.kind) if answer else "",
        "until": long_date(row.due_on) if row.due_on else "",
        "events": events_of(view),
        "open": row.due_on is not None,
        "month_stands": view.month is not None and view.month.wage_rupiah > 0,
    }


def _period(year: int, month: int) -> date:
    if not (2015 <= year <= 2999 and 1 <= month <= 12):
        raise Http404
    return date(year, month, 1)
