"""What the pages of the law have in common: their place, and what search engines are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.channels.shared.components import Link
from lindung.lib import clock


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of itself to machines: one address, however it was reached, in both languages."""

    description: str
    address: str
    languages: tuple[Link, ...]


def today() -> date:
    """The day in Jakarta."""
    return clock.wib_date(clock.now())


def frame(request: HttpRequest, title: str, description: str, trail: Sequence[Link] = ()) -> dict[str, Any]:
    """The context that every page of the law starts from. ``trail``: the pages between the front page and it."""
    address = f"{settings.PUBLIC_ADDRESS}{request.path}"
    languages = tuple(Link(code, f"{address}?lang={code}") for code, _name in settings.LANGUAGES)
    return {
        "title": title,
        "about": About(description, address, languages),
        "trail": [Link(_("Halaman depan"), reverse("public:front")), *trail],
        "navigation": [
            Link(text, url, current=request.path.startswith(url))
            for text, url in (
                (_("Hitung iuran"), reverse("public:contributions")),
                (_("Simulasi JHT"), reverse("public:simulation")),
                (_("Aturan"), reverse("public:parameters")),
            )
        ],
    }
