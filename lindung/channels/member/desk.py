"""What all of a member's pages have: who acts, the menu."""

from typing import cast

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.access.trail import Actor
from lindung.channels.shared.components import Link
from lindung.channels.shared.middleware import HouseRequest


def navigation(current: str) -> list[Link]:
    """The main menu; ``current`` is the name of the address it stands at."""
    pages = {
        "member:home": _("Beranda"),
        "member:cover": _("Perlindungan"),
        "member:pay": _("Bayar"),
    }
    return [Link(text, reverse(name), current=name == current) for name, text in pages.items()]


def person_of(request: HttpRequest) -> int:
    """Whose pages these are. Only behind ``requires``."""
    return cast(HouseRequest, request).scopes[0]


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, for the trail. Only behind ``requires``."""
    account = cast(HouseRequest, request).account
    if account is None:
        raise Http404
    return Actor("account", account.account_id)
