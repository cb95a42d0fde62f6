"""Firms as the agency sees them: the new ones, one of them, its class put right from a month on, papers asked for."""

from datetime import date
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.branch.papers import waiting_table
from lindung.channels.shared import firm_words, paper_words
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, Status, SummaryRow, Table
from lindung.channels.shared.fields import DayField, MonthField
from lindung.channels.shared.formats import month_name
from lindung.channels.shared.forms import HouseForm
from lindung.contributions import queries as contributions
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.lib import clock
from lindung.registry import firm_queries, services
from lindung.registry import queries as registry
from lindung.registry.firm_papers import papers_wanted_by
from lindung.registry.firm_queries import PaperView
from lindung.registry.queries import EmployerFacts

_SHOWN = 50


class TermsForm(HouseForm):
    """What holds for the firm from a month on, and why."""

    from_month = MonthField(label=_("Berlaku mulai bulan"))
    jkk_class = forms.ChoiceField(label=_("Kelas risiko JKK"), choices=[(name, name) for name in RISK_CLASSES])
    size = forms.ChoiceField(label=_("Ukuran usaha"))
    reason = forms.CharField(label=_("Alasan"), max_length=300, help_text=_("Dibaca perusahaan. Tanpa data pribadi."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["size"]).choices = list(firm_words.size_words().items())


class PaperForm(HouseForm):
    """Which paper, until when."""

    kind = forms.ChoiceField(label=_("Dokumen"))
    wanted_by_on = DayField(label=_("Paling lambat"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["kind"]).choices = list(firm_words.paper_words().items())


class SeenForm(HouseForm):
    """Which paper the officer has in his hands."""

    summary_takes_focus = False
    paper = forms.ChoiceField(label=_("Dokumen yang sudah saya lihat"))

    def __init__(self, *args: Any, missing: list[PaperView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = firm_words.paper_words()
        chosen = [(str(paper.id), names[paper.kind]) for paper in missing]
        cast(forms.ChoiceField, self.fields["paper"]).choices = chosen


class FindForm(HouseForm):
    """A firm by its number."""

    npp = forms.CharField(label=_("NPP"), max_length=16, widget=forms.TextInput(attrs={"size": "16"}))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FIRMS_SUPERVISE)
def firms(request: HttpRequest) -> HttpResponse:
    """Who waits for a decision, and who came last; a number leads to its firm."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = firm_queries.firm_by_npp(form.cleaned_data["npp"])
        if found is not None:
            return HttpResponseRedirect(reverse("staff:firm", args=[found]))
        form.add_error("npp", gettext("Tidak ada perusahaan dengan NPP ini. Periksa angkanya."))
    rows = firm_queries.newest_firms(most=_SHOWN)
    context = {
        "navigation": navigation("staff:firms"),
        "form": form,
        "waiting": firm_queries.applications_to_examine(),
        "papers": waiting_table(),
        "any": bool(rows),
        "table": _table(rows),
    }
    return render(request, "branch/firms.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.FIRMS_SUPERVISE)
def firm(request: HttpRequest, employer_id: int) -> HttpResponse:
    """One firm: what it told, what holds for it, what is missing."""
    return _page(request, _firm_or_404(employer_id))


@require_POST
@requires(Permission.FIRMS_SUPERVISE)
def terms(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Put class or size right from a month on; what was billed before stays."""
    found = _firm_or_404(employer_id)
    form = TermsForm(request.POST, prefix="terms")
    if not form.is_valid():
        return _page(request, found, terms_form=form)
    told = form.cleaned_data
    month_on: date = told["from_month"]
    if month_on < found.since_on.replace(day=1):
        form.add_error("from_month", gettext("Bulan ini sebelum perusahaan terdaftar. Pilih bulan lain."))
        return _page(request, found, terms_form=form)
    services.set_terms(
        actor=actor_of(request),
        employer_id=found.id,
        from_on=month_on,
        size=told["size"],
        jkk_class=told["jkk_class"],
        programmes=_kept(found, told["size"], month_on),
        reason=told["reason"],
        now=clock.now(),
    )
    return HttpResponseRedirect(f"{reverse('staff:firm', args=[found.id])}?told=terms")


@require_POST
@requires(Permission.FIRMS_SUPERVISE)
def ask_paper(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Ask the firm for a paper."""
    found = _firm_or_404(employer_id)
    form = PaperForm(request.POST, prefix="paper")
    if not form.is_valid():
        return _page(request, found, paper_form=form)
    services.ask_for_paper(
        actor=actor_of(request),
        employer_id=found.id,
        kind=form.cleaned_data["kind"],
        wanted_by_on=form.cleaned_data["wanted_by_on"],
        now=clock.now(),
    )
    return HttpResponseRedirect(f"{reverse('staff:firm', args=[found.id])}?told=paper")


@require_POST
@requires(Permission.FIRMS_SUPERVISE)
def paper_seen(request: HttpRequest, employer_id: int) -> HttpResponse:
    """A paper was shown at the counter; one that was seen already is no fault."""
    found = _firm_or_404(employer_id)
    form = SeenForm(request.POST, missing=firm_queries.missing_papers(found.id), prefix="seen")
    if form.is_valid():
        document_id = int(form.cleaned_data["paper"])
        services.see_paper(actor=actor_of(request), employer_id=found.id, document_id=document_id, now=clock.now())
    return HttpResponseRedirect(reverse("staff:firm", args=[found.id]))


def _firm_or_404(employer_id: int) -> EmployerFacts:
    found = registry.employers([employer_id])
    if not found:
        raise Http404
    return found[0]


def _addresses(found: EmployerFacts, papers: list[PaperView]) -> dict[int, str]:
    return {paper.id: reverse("staff:paper", args=[found.id, paper.id]) for paper in papers}


def _kept(found: EmployerFacts, size: str, from_on: date) -> frozenset[str] | None:
    """What the firm takes beyond its duty stays; of another size it has what that size must have."""
    return registry.employer(found.id, month_on=from_on).programmes if size == found.size else None


def _table(rows: list[firm_queries.FirmRow]) -> Table:
    sizes = firm_words.size_words()
    columns = [Column(gettext("Perusahaan")), Column(gettext("NPP"), "number"), Column(gettext("Ukuran"))]
    columns += [Column(gettext("Kelas JKK")), Column(gettext("Terdaftar"), "date"), Column(gettext("Dokumen"))]
    cells: list[list[object]] = []
    for row in rows:
        name = row.jkk_class
        fixed = Status(name, "good") if row.class_fixed else Status(gettext("%(name)s?") % {"name": name}, "needs-you")
        missing = gettext("%(number)s belum ada") % {"number": row.missing_papers}
        papers = Status(missing, "needs-you") if row.missing_papers else Status(gettext("Lengkap"), "good")
        link = Link(row.name, reverse("staff:firm", args=[row.id]))
        cells.append([link, row.npp, sizes[row.size], fixed, row.since_on, papers])
    return Table(gettext("Perusahaan baru"), columns, cells)


def _page(
    request: HttpRequest,
    found: EmployerFacts,
    *,
    terms_form: TermsForm | None = None,
    paper_form: PaperForm | None = None,
) -> HttpResponse:
    profile, history = firm_queries.profile(found.id), firm_queries.terms_of(found.id)
    today = clock.wib_date(clock.now())
    papers = firm_queries.papers(found.id)
    # What waits as a file is answered on its own page.
    missing = [paper for paper in papers if paper.seen_at is None and paper.file_state != "sent"]
    last, holding = history[-1], firm_words.holding_on(history, today)
    billed = contributions.bills_of(employer_id=found.id, most=1)
    context = {
        "navigation": navigation("staff:firms"),
        "trail": [
            Link(pgettext("daftar", "Perusahaan"), reverse("staff:firms")),
            Link(found.name, "", current=True),
        ],
        "firm": found,
        "identity": [
            SummaryRow(gettext("NPP"), found.npp, kind="number"),
            *(firm_words.identity_rows(profile) if profile else []),
            SummaryRow(gettext("Terdaftar sejak"), found.since_on, kind="date"),
        ],
        "terms": [*firm_words.terms_rows(holding, profile), *firm_words.coming_rows(history, today)],
        "programmes": firm_words.programmes_table(holding),
        "history": firm_words.history_table(history),
        "billed": month_name(billed[0].period) if billed else "",
        "papers": paper_words.papers_table(papers, _addresses(found, papers)) if papers else None,
        "seen_form": SeenForm(missing=missing, prefix="seen") if missing else None,
        "sites": firm_words.sites_table(sites) if (sites := firm_queries.sites(found.id)) else None,
        "terms_form": terms_form
        or TermsForm(
            prefix="terms",
            initial={"from_month": today.replace(day=1), "jkk_class": last.jkk_class, "size": last.size},
        ),
        "paper_form": paper_form or PaperForm(prefix="paper", initial={"wanted_by_on": papers_wanted_by(today)}),
        "form": terms_form or paper_form,
        "told": request.GET.get("told", ""),
    }
    return render(request, "branch/firm.html", context, status=422 if terms_form or paper_form else 200)
