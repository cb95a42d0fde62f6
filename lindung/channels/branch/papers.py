"""A firm's paper at an officer's desk: opened as a download, accepted, or returned with a reason."""

from contextlib import suppress

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.access.queries import clerk_names
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.shared import firm_words, paper_words
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, SummaryRow, Table
from lindung.channels.shared.downloads import sent_paper
from lindung.channels.shared.forms import HouseForm
from lindung.lib import clock
from lindung.registry import paper_queries, services
from lindung.registry import queries as registry
from lindung.registry.paper_queries import AskedPaper
from lindung.registry.queries import EmployerFacts

_LEAST_WORDS = 10


class ReturnForm(HouseForm):
    """Why a file cannot be accepted, in the words the firm reads."""

    summary_takes_focus = False
    reason = forms.CharField(
        label=gettext_lazy("Yang perlu diperbaiki"),
        min_length=_LEAST_WORDS,
        max_length=300,
        help_text=gettext_lazy("Dibaca perusahaan. Misalnya: halaman 3 tidak terbaca, foto ulang."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": gettext_lazy("Alasannya terlalu pendek. Tulis apa yang perlu diperbaiki.")},
    )


@require_safe
@requires(Permission.FIRMS_SUPERVISE)
def paper(request: HttpRequest, employer_id: int, document_id: int) -> HttpResponse:
    """One paper of a firm: the file that waits, and all that came before."""
    firm, asked = _found(employer_id, document_id)
    return _page(request, firm, asked)


@require_safe
@requires(Permission.FIRMS_SUPERVISE)
def download(request: HttpRequest, employer_id: int, document_id: int, file_id: int) -> HttpResponse:
    """The file itself, to be saved; that it was opened is written down."""
    firm, asked = _with_file(employer_id, document_id, file_id)
    opened = services.read_file(actor=actor_of(request), employer_id=firm.id, file_id=file_id, now=clock.now())
    return sent_paper(opened.content, opened.format, f"{firm.npp}-{asked.kind}-{file_id}")


@require_POST
@requires(Permission.FIRMS_SUPERVISE)
def accept(request: HttpRequest, employer_id: int, document_id: int, file_id: int) -> HttpResponse:
    """Take the file for the paper. One that was answered or replaced meanwhile shows how it stands."""
    firm, asked = _with_file(employer_id, document_id, file_id)
    with suppress(services.FileAnswered):
        services.accept_file(actor=actor_of(request), employer_id=firm.id, file_id=file_id, now=clock.now())
        return HttpResponseRedirect(f"{_address(firm, asked)}?told=accepted")
    return HttpResponseRedirect(f"{_address(firm, asked)}?told=changed")


@require_POST
@requires(Permission.FIRMS_SUPERVISE)
def give_back(request: HttpRequest, employer_id: int, document_id: int, file_id: int) -> HttpResponse:
    """Return the file with a reason; without one nothing happens."""
    firm, asked = _with_file(employer_id, document_id, file_id)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, firm, asked, form)
    with suppress(services.FileAnswered):
        services.return_file(
            actor=actor_of(request),
            employer_id=firm.id,
            file_id=file_id,
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
        return HttpResponseRedirect(f"{_address(firm, asked)}?told=returned")
    return HttpResponseRedirect(f"{_address(firm, asked)}?told=changed")


def waiting_table() -> Table | None:
    """The files that wait for an officer, the oldest first; None if there is none."""
    names = firm_words.paper_words()
    rows = [
        [
            Link(names[file.kind], reverse("staff:paper", args=[file.employer_id, file.document_id])),
            file.employer_name,
            clock.wib_date(file.sent_at),
        ]
        for file in paper_queries.waiting_files(most=_SHOWN)
    ]
    columns = [Column(_("Dokumen")), Column(_("Perusahaan")), Column(_("Dikirim"), "date")]
    return Table(_("Yang paling lama di atas"), columns, rows) if rows else None


_SHOWN = 50


def _found(employer_id: int, document_id: int) -> tuple[EmployerFacts, AskedPaper]:
    firms = registry.employers([employer_id])
    asked = paper_queries.asked_paper(employer_id, document_id)
    if not firms or asked is None:
        raise Http404
    return firms[0], asked


def _with_file(employer_id: int, document_id: int, file_id: int) -> tuple[EmployerFacts, AskedPaper]:
    firm, asked = _found(employer_id, document_id)
    if file_id not in {file.id for file in asked.files}:
        raise Http404
    return firm, asked


def _address(firm: EmployerFacts, asked: AskedPaper) -> str:
    return reverse("staff:paper", args=[firm.id, asked.id])


def _page(request: HttpRequest, firm: EmployerFacts, asked: AskedPaper, form: ReturnForm | None = None) -> HttpResponse:
    name, newest = firm_words.paper_words()[asked.kind], asked.newest
    waiting = newest if newest is not None and newest.state == "sent" else None
    downloads = {
        file.id: Link(_("Unduh"), reverse("staff:paper-file", args=[firm.id, asked.id, file.id]))
        for file in asked.files
    }
    facts = [
        SummaryRow(_("NPP"), firm.npp, kind="number"),
        SummaryRow(_("Paling lambat"), asked.wanted_by_on, kind="date"),
    ]
    if waiting is not None:
        facts.append(SummaryRow(_("Berkas"), paper_words.described(waiting)))
    context = {
        "navigation": navigation("staff:firms"),
        "trail": [
            Link(pgettext("daftar", "Perusahaan"), reverse("staff:firms")),
            Link(firm.name, reverse("staff:firm", args=[firm.id])),
            Link(name, "", current=True),
        ],
        "firm": firm,
        "asked": asked,
        "name": name,
        "status": paper_words.asked_status(asked),
        "facts": facts,
        "waiting": waiting,
        "download": downloads[waiting.id] if waiting else None,
        "act": HouseForm(),
        "form": form or ReturnForm(),
        "told": request.GET.get("told", ""),
        "events": paper_words.events_of(asked, clerk_names(firm.id, [file.sent_by for file in asked.files]), downloads),
    }
    return render(request, "branch/paper.html", context, status=422 if form is not None else 200)
