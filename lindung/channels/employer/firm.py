"""Which firm a page is about, and whether this account may see it."""

from datetime import date
from typing import cast

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from lindung.access.trail import Actor
from lindung.channels.shared.components import Link
from lindung.channels.shared.middleware import HouseRequest
from lindung.law.wording import Language
from lindung.lib import clock
from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts


def firm_of(request: HttpRequest, employer_id: int) -> EmployerFacts:
    """The firm in the address, as it is this month. One that this account does not cover is not there: Http404."""
    if employer_id not in cast(HouseRequest, request).scopes:
        raise Http404
    return registry.employer(employer_id, month_on=clock.wib_date(clock.now()))


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, for the trail. Only behind ``requires``."""
    account = cast(HouseRequest, request).account
    if account is None:
        raise Http404
    return Actor("account", account.account_id)


def navigation(request: HttpRequest, firm: EmployerFacts, current: str) -> list[Link]:
    """The main menu of one firm; ``current`` is the name of the address it stands at."""
    pages = {
        "employer:month": _("Bulan ini"),
        "employer:wages": _("Lapor upah"),
        "employer:workers": pgettext("daftar", "Pekerja"),
        "employer:bills": _("Tagihan"),
        "employer:overview": _("Ringkasan"),
        "employer:complaints": _("Aduan"),
    }
    links = [Link(text, reverse(name, args=[firm.id]), current=name == current) for name, text in pages.items()]
    if len(cast(HouseRequest, request).scopes) > 1:
        links.append(Link(_("Ganti perusahaan"), reverse("employer:home")))
    return links


def trail_to(firm: EmployerFacts, *links: Link) -> list[Link]:
    """Breadcrumbs from the firm's first page down to the page that is open."""
    return [Link(firm.name, reverse("employer:month", args=[firm.id])), *links]


def workers_trail(firm: EmployerFacts, *links: Link) -> list[Link]:
    """Breadcrumbs from the firm's first page by its workers down to the page that is open."""
    return trail_to(firm, Link(pgettext("daftar", "Pekerja"), reverse("employer:workers", args=[firm.id])), *links)


def month_of(text: str) -> date | None:
    """The first day of ``2026-10``, or None for anything else."""
    year, dash, month = text.partition("-")
    if not (dash and len(year) == 4 and len(month) == 2 and (year + month).isdigit() and text.isascii()):
        return None
    if not (int(year) >= 2015 and 1 <= int(month) <= 12):
        return None
    return date(int(year), int(month), 1)


def language() -> Language:
    """The reader's language, as the law and the documents know it."""
    return "en" if (get_language() or "id").startswith("en") else "id"
