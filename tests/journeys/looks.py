"""Who looks at a page, what he does there first, and the looks it can have. The pages are in ``pages``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.platform import Platform

Door = Literal["public", "staff", "simulators"]
Who = Literal[
    "stranger", "clerk", "member", "newcomer", "lapsed", "behind", "abroad", "paying", "complainer", "officer"
]
Seed = dict[str, Any]
Act = Callable[[Page, Seed], None]


@dataclass(frozen=True)
class Look:
    """A way of looking at all pages. ``scripts`` off is for whoever has switched them off; nothing may need them."""

    width: int = 360
    scheme: Literal["light", "dark"] = "light"
    language: Literal["id", "en"] = "id"
    forced_colors: bool = False
    scripts: bool = True

    def __str__(self) -> str:
        parts = [f"{self.width}px", self.scheme, self.language]
        return " ".join(parts + ["forced colours"] * self.forced_colors + ["no scripts"] * (not self.scripts))

    def open(self, browser: Browser, address: str, cookies: list[Any]) -> BrowserContext:
        """A browser with this look, in which somebody is signed in."""
        context = browser.new_context(
            viewport={"width": self.width, "height": 800},
            color_scheme=self.scheme,
            forced_colors="active" if self.forced_colors else "none",
            java_script_enabled=self.scripts,
            locale="id-ID",
        )
        language = {"name": "lindung-language", "value": self.language, "url": address, "secure": True}
        context.add_cookies([*cookies, language])
        return context


FIRST = Look()
ALL = [
    *(
        Look(width, scheme, language)
        for width in (360, 1280)
        for scheme in ("light", "dark")
        for language in ("id", "en")
        if (width, scheme, language) != (360, "light", "id")
    ),
    Look(360, forced_colors=True),
    Look(1280, forced_colors=True),
    Look(360, scripts=False),
]
"""Every other look."""


@dataclass(frozen=True)
class Visit:
    """One sight of one page. ``route`` is the pattern it belongs to, empty for refusals; ``{}`` in ``path`` are facts
    of the seed. ``act`` does something on the page before it is looked at."""

    name: str
    door: Door
    route: str
    path: str
    who: Who = "stranger"
    status: int = 200
    act: Act | None = None

    def address(self, platform: Platform, seed: Seed) -> str:
        return platform.address(self.door) + self.path.format(**seed)
