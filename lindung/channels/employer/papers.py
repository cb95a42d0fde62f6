"""One paper that the firm is asked for: how it stands, what an officer said, and the file that is sent."""

from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.access.queries import clerk_names
from lindung.channels.employer.firm import actor_of, firm_of, may, navigation, trail_to
from lindung.channels.shared import firm_words, paper_words
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.channels.shared.files import was_cut_off
from lindung.channels.shared.formats import long_date
from lindung.channels.shared.paper_words import PaperFileForm
from lindung.evidence.limits import Refused
from lindung.lib import clock
from lindung.registry import services
from lindung.registry.paper_queries import AskedPaper, asked_paper
from lindung.registry.queries import EmployerFacts


@require_safe
@requires(Permission.BILLS_READ)
def paper(request: HttpRequest, employer_id: int, document_id: int) -> HttpResponse:
    """One paper, and the box to send it by whoever may."""
    firm = firm_of(request, employer_id)
    return _page(request, firm, _paper_or_404(firm, document_id))


@require_POST
@requires(Permission.FIRM_ADMINISTER)
def send(request: HttpRequest, employer_id: int, document_id: int) -> HttpResponse:
    """Send a file for it; one that cannot be taken is answered beside the box, and nothing is kept."""
    firm = firm_of(request, employer_id)
    asked = _paper_or_404(firm, document_id)
    form = PaperFileForm(request.POST, request.FILES, kind=asked.kind)
    if not form.is_valid():
        if was_cut_off(request, "paper"):
            form.errors["paper"] = form.error_class([paper_words.refusal_words(Refused("too_big"))])
        return _page(request, firm, asked, form)
    given = cast(UploadedFile, form.cleaned_data["paper"])
    try:
        sent = services.send_file(
            actor=actor_of(request),
            employer_id=firm.id,
            document_id=asked.id,
            content=given.read(),
            now=clock.now(),
        )
    except Refused as refused:
        form.add_error("paper", paper_words.refusal_words(refused))
        return _page(request, firm, asked, form)
    except services.ReturnedBefore:
        form.add_error("paper", paper_words.returned_before())
        return _page(request, firm, asked, form)
    except services.PaperSettled:
        return HttpResponseRedirect(reverse("employer:paper", args=[firm.id, asked.id]))
    told = "again" if sent.repeated else "sent"
    return HttpResponseRedirect(f"{reverse('employer:paper', args=[firm.id, asked.id])}?told={told}")


def _paper_or_404(firm: EmployerFacts, document_id: int) -> AskedPaper:
    found = asked_paper(firm.id, document_id)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, firm: EmployerFacts, asked: AskedPaper, form: PaperFileForm | None = None
) -> HttpResponse:
    sends = asked.seen_at is None and Permission.FIRM_ADMINISTER in may(request, firm)
    name, newest = firm_words.paper_words()[asked.kind], asked.newest
    late = asked.seen_at is None and newest is None and asked.wanted_by_on < clock.wib_date(clock.now())
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:company"),
        "trail": trail_to(
            firm,
            Link(pgettext("menu", "Perusahaan"), reverse("employer:company", args=[firm.id])),
            Link(name, "", current=True),
        ),
        "name": name,
        "asked": asked,
        "status": paper_words.asked_status(asked),
        "waits": newest is not None and newest.state == "sent",
        "sent": paper_words.described(newest) if newest else "",
        "returned": newest if newest is not None and newest.state == "returned" else None,
        "until": long_date(asked.wanted_by_on),
        "late": late,
        "told": request.GET.get("told", ""),
        "form": (form or PaperFileForm(kind=asked.kind)) if sends else None,
        "send_title": _("Kirim yang baru") if newest else _("Kirim berkas"),
        "events": paper_words.events_of(asked, clerk_names(firm.id, [file.sent_by for file in asked.files])),
    }
    return render(request, "employer/paper.html", context, status=422 if form is not None else 200)
