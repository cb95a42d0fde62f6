"""Which firm a page is about, and whether this account may see it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import cast
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lindung.access.permissions import Permission, permissions_over
from lindung.access.trail import Actor
from lindung.channels.shared.components import Link, Table, Task
from lindung.channels.shared.middleware import HouseRequest
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


def may(request: HttpRequest, firm: EmployerFacts) -> frozenset[Permission]:
    """Everything that who asks may do in this firm."""
    account = cast(HouseRequest, request).account
    return permissions_over(account.grants, firm.id) if account else frozenset()


def may_open(request: HttpRequest, firm: EmployerFacts, url: str) -> bool:
    """Whether an address of this firm is open to who asks: its route says what it needs."""
    return resolve(urlsplit(url).path).func.lindung_access in may(request, firm)  # type: ignore[attr-defined] # see requires


def within_reach(request: HttpRequest, firm: EmployerFacts, tasks: Iterable[Task]) -> list[Task]:
    """The same tasks; one that others have to do leads nowhere."""
    return [replace(task, url="") if task.url and not may_open(request, firm, task.url) else task for task in tasks]


def way_within_reach(request: HttpRequest, firm: EmployerFacts, links: Iterable[Link]) -> list[Link]:
    """The same way down to a page, without the pages above it that are closed to who asks."""
    return [link for link in links if not link.url or may_open(request, firm, link.url)]


def links_within_reach(request: HttpRequest, firm: EmployerFacts, table: Table) -> Table:
    """The same table; a link that leads where who asks may not go is its text."""
    open_: dict[str, bool] = {}

    def shown(cell: object) -> object:
        if not isinstance(cell, Link) or not cell.url:
            return cell
        if cell.url not in open_:
            open_[cell.url] = may_open(request, firm, cell.url)
        return cell if open_[cell.url] else cell.text

    return replace(table, rows=[[shown(cell) for cell in row] for row in table.rows])


def navigation(request: HttpRequest, firm: EmployerFacts, current: str) -> list[Link]:
    """The main menu of one firm, as far as it is open; ``current`` is the name of the address it stands at."""
    pages = {
        "employer:month": _("Bulan ini"),
        "employer:workers": pgettext("daftar", "Pekerja"),
        "employer:bills": _("Tagihan"),
        "employer:wages": _("Lapor upah"),
        "employer:projects": _("Proyek"),
        "employer:overview": _("Ringkasan"),
        "employer:complaints": pgettext("menu", "Aduan"),
        "employer:company": pgettext("menu", "Perusahaan"),
        "employer:users": pgettext("menu", "Pengguna"),
    }
    links = [
        Link(text, url, current=name == current)
        for name, text in pages.items()
        if may_open(request, firm, url := reverse(name, args=[firm.id]))
    ]
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
