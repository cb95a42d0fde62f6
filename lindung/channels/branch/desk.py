"""What all pages of officers have: who acts, and the menu."""

from typing import cast

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lindung.access.trail import Actor
from lindung.channels.shared.components import Link
from lindung.channels.shared.middleware import HouseRequest


def navigation(current: str) -> list[Link]:
    """The main menu; ``current`` is the name of the address it stands at."""
    pages = {
        "staff:home": _("Ringkasan"),
        "staff:compliance": _("Kepatuhan"),
        "staff:complaints": pgettext("menu", "Aduan"),
        "staff:follow-ups": _("Tindak lanjut"),
        "staff:statements": _("Rekening koran"),
        "staff:suspense": _("Uang belum jelas"),
        "staff:refunds": pgettext("menu", "Pengembalian"),
        "staff:deposits": pgettext("menu", "Setoran"),
        "staff:own-payers": _("Pembayar sendiri"),
        "staff:reactivation": _("Aktifkan lagi"),
        "staff:creditings": pgettext("menu", "Pengembangan"),
        "staff:firms": pgettext("daftar", "Perusahaan"),
    }
    return [Link(text, reverse(name), current=name == current) for name, text in pages.items()]


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, for the trail. Only behind ``requires``."""
    account = cast(HouseRequest, request).account
    if account is None:
        raise Http404
    return Actor("account", account.account_id)


def posted_number(request: HttpRequest, name: str) -> int:
    """A number that the page itself put into its form; 0, which is nobody's, for anything else."""
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0
