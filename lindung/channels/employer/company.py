"""The firm's own data: who it is, its class and programmes with the law's reason, its places, missing papers."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer.firm import actor_of, firm_of, may, navigation
from lindung.channels.shared import firm_words, paper_words
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.forms import HouseForm
from lindung.lib import clock
from lindung.registry import firm_queries, services
from lindung.registry.firm_queries import PaperView, SiteView
from lindung.registry.queries import EmployerFacts


class SiteForm(HouseForm):
    """A place or a part of the firm."""

    kind = forms.ChoiceField(label=_("Jenis"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Nama"), max_length=80, help_text=_("Misalnya Gudang Barat."))
    place = forms.CharField(label=_("Kabupaten atau kota"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["kind"]).choices = list(firm_words.site_words().items())


class EndSiteForm(HouseForm):
    """Which place or part is none of the firm's any more."""

    summary_takes_focus = False
    site = forms.ChoiceField(label=_("Lokasi atau divisi"))

    def __init__(self, *args: Any, sites: list[SiteView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["site"]).choices = [(str(site.id), site.name) for site in sites]


@require_safe
@requires(Permission.BILLS_READ)
def company(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Everything that holds for the firm now, and where each of it comes from."""
    return _page(request, firm_of(request, employer_id), None)


@require_POST
@requires(Permission.FIRM_ADMINISTER)
def add_site(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Add a place or a part; a bad one is shown again with what is wrong."""
    firm = firm_of(request, employer_id)
    form = SiteForm(request.POST)
    if not form.is_valid():
        return _page(request, firm, form)
    told = form.cleaned_data
    site = services.NewSite(told["kind"], told["name"].strip(), told["place"].strip())
    try:
        services.add_site(actor=actor_of(request), employer_id=firm.id, site=site, now=clock.now())
    except services.SiteTaken:
        form.add_error("name", gettext("Nama ini sudah ada. Tulis nama lain."))
        return _page(request, firm, form)
    return _to(firm)


@require_POST
@requires(Permission.FIRM_ADMINISTER)
def end_site(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Take a place or part off the list; one that is gone already is no fault."""
    firm = firm_of(request, employer_id)
    form = EndSiteForm(request.POST, sites=firm_queries.sites(firm.id))
    if form.is_valid():
        site_id = int(form.cleaned_data["site"])
        services.end_site(actor=actor_of(request), employer_id=firm.id, site_id=site_id, now=clock.now())
    return _to(firm)


def _addresses(firm: EmployerFacts, papers: list[PaperView]) -> dict[int, str]:
    return {paper.id: reverse("employer:paper", args=[firm.id, paper.id]) for paper in papers}


def _to(firm: EmployerFacts) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("employer:company", args=[firm.id]))


def _page(request: HttpRequest, firm: EmployerFacts, form: SiteForm | None) -> HttpResponse:
    profile = firm_queries.profile(firm.id)
    history = firm_queries.terms_of(firm.id)
    today = clock.wib_date(clock.now())
    holding = firm_words.holding_on(history, today)
    sites = firm_queries.sites(firm.id)
    administers = Permission.FIRM_ADMINISTER in may(request, firm)
    papers = firm_queries.papers(firm.id)
    to_send = [paper for paper in papers if paper.seen_at is None and paper.file_state != "sent"]
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:company"),
        "identity": [
            SummaryRow(gettext("Nama"), firm.name),
            SummaryRow(gettext("NPP"), firm.npp, kind="number"),
            *(firm_words.identity_rows(profile) if profile else []),
            SummaryRow(gettext("Terdaftar sejak"), firm.since_on, kind="date"),
        ],
        "terms": [*firm_words.terms_rows(holding, profile), *firm_words.coming_rows(history, today)],
        "programmes": firm_words.programmes_table(holding),
        "history": firm_words.history_table(history) if len(history) > 1 else None,
        "to_send": to_send,
        "late": any(paper.wanted_by_on < today or paper.file_state == "returned" for paper in to_send),
        "papers": paper_words.papers_table(papers, _addresses(firm, papers)) if papers else None,
        "sites": firm_words.sites_table(sites) if sites else None,
        "administers": administers,
        "form": (form or SiteForm(initial={"kind": "site"})) if administers else None,
        "end_form": EndSiteForm(sites=sites) if administers and sites else None,
        "menu_title": pgettext("menu", "Perusahaan"),
    }
    return render(request, "employer/company.html", context, status=422 if form is not None else 200)
