"""Every page there is, looked at: accessible, and never wider than the screen.

For every change on a small phone in the light; by night in every look. A page that is not in ``pages`` fails here.
"""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.views import defaults
from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, Response, Route

import lindung.channels.shared as shared
from lindung.config import urls_public
from tests.journeys import checker
from tests.journeys.looks import ALL, FIRST, Look, Seed, Visit
from tests.journeys.pages import VISITS
from tests.journeys.pages.no_pages import NO_PAGES
from tests.journeys.platform import Platform
from tests.test_house import routes

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]
WHO_SIGNS_IN = {
    "clerk": "/employer/",
    **dict.fromkeys(("member", "newcomer", "lapsed", "behind", "abroad", "paying", "complainer"), "/member/"),
    "officer": "/",
}
REFUSALS = Path(shared.__file__).parent / "templates"


def test_every_route_is_looked_at_or_says_why_it_is_no_page() -> None:
    folder = Path(urls_public.__file__).parent
    for urlconf in sorted(path.stem.removeprefix("urls_") for path in folder.glob("urls_*.py")):
        there = {address for address, _ in routes(urlconf)}
        seen = {visit.route for visit in VISITS if visit.door == urlconf and visit.route}
        not_seen = set(NO_PAGES.get(urlconf, {}))
        assert there - seen - not_seen == set(), f"{urlconf}: pages that nobody looks at"
        assert (seen | not_seen) - there == set(), f"{urlconf}: no such routes"
        assert seen & not_seen == set(), urlconf


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    """One of its own: much of what there is to see here could not have come about, and no audit would pass it."""
    with Platform() as running:
        yield running


@pytest.fixture(scope="module")
def seed(platform: Platform, request: pytest.FixtureRequest) -> Seed:
    """What there is to see: made once for the platform, and the letters about it delivered."""
    # What can be looked at once alone, such as a link that works once, is made for every look that is to come.
    by_night = any(item.get_closest_marker("night") for item in request.session.items)
    looks = 1 + len(ALL) * by_night
    facts: Seed = json.loads(platform.python("tests.journeys.looks_seed", str(looks)))
    inbox = f"{platform.address('simulators')}/mail/?to={facts['told']}"
    deadline = time.monotonic() + 60
    while b"<tbody>" not in urllib.request.urlopen(inbox, timeout=5).read():
        assert time.monotonic() < deadline, platform.story()
        time.sleep(0.2)
    return facts


@pytest.fixture(scope="module")
def cookies(platform: Platform, seed: Seed, browser: Browser) -> dict[str, list[Any]]:
    """Who -> the cookies of somebody who has signed in."""
    jar: dict[str, list[Any]] = {"stranger": []}
    for who, start in WHO_SIGNS_IN.items():
        context = browser.new_context()
        page = context.new_page()
        page.goto(platform.address("staff" if who == "officer" else "public") + start)
        page.locator("[name=name]").fill(seed[who])
        page.locator("[name=password]").fill(seed["password"])
        page.locator("main form button").click()
        page.wait_for_url(f"**{start}*")
        jar[who] = context.cookies()
        context.close()
    return jar


def test_every_page_on_a_small_phone(
    platform: Platform, seed: Seed, cookies: dict[str, list[Any]], browser: Browser
) -> None:
    look_at_everything(FIRST, platform, seed, cookies, browser)


@pytest.mark.night
@pytest.mark.parametrize("look", ALL, ids=str)
def test_every_look_of_every_page(
    look: Look,
    platform: Platform,
    seed: Seed,
    cookies: dict[str, list[Any]],
    browser: Browser,
    record_property: Callable[[str, object], None],
) -> None:
    record_property("pages", look_at_everything(look, platform, seed, cookies, browser))


def look_at_everything(
    look: Look, platform: Platform, seed: Seed, cookies: dict[str, list[Any]], browser: Browser
) -> int:
    """All visits in one look; gives how many pages were seen, and fails with everything that is wrong with them."""
    number = [FIRST, *ALL].index(look)
    own = {"link": "links", "application": "applications", "join": "joins"}
    facts = {**seed, **{name: seed[several][number] for name, several in own.items()}, "look": number}
    wrong: list[str] = []
    seen = 0
    for who in cookies:
        context = look.open(browser, platform.address(), cookies[who])
        if look.scripts:
            checker.bring(context)
        page = context.new_page()
        page.on("console", partial(note_refusals, wrong))
        tools = context.new_cdp_session(page)
        for name, status in open_pages(page, who, look, platform, facts):
            # A page that would look again by itself stays as it is.
            tools.send("Page.stopLoading")
            seen += 1
            if status is not None:
                wrong.append(f"{name}: {status}")
            wrong += [f"{name}: {fault}" for fault in faults(page, tools, look)]
        context.close()
    assert not wrong, f"{look}\n" + "\n".join(wrong)
    return seen


def open_pages(page: Page, who: str, look: Look, platform: Platform, facts: Seed) -> Iterator[tuple[str, str | None]]:
    """Go to one page after another; gives its name, and the status if that is another than it should be."""
    for visit in (visit for visit in VISITS if visit.who == who):
        status = arrive(page, visit, platform, facts).status
        yield visit.name, None if status == visit.status else f"{status} instead of {visit.status}"
    for name, content in refusals(look.language) if who == "stranger" else ():
        page.route(f"**/{name}", partial(fulfilled, content))
        page.goto(f"{platform.address()}/{name}")
        yield name, None


def note_refusals(wrong: list[str], said: ConsoleMessage) -> None:
    if "Content Security Policy" in said.text:
        wrong.append(f"{said.page and said.page.url}: {said.text}")


def arrive(page: Page, visit: Visit, platform: Platform, facts: Seed) -> Response:
    """Open a page, do what the visit does there, and give the last answer of the server."""
    answer = page.goto(visit.address(platform, facts))
    if visit.act is not None:
        with page.expect_navigation() as arriving:
            visit.act(page, facts)
        answer = arriving.value
    assert answer is not None
    return answer


def refusals(language: str) -> Iterator[tuple[str, str]]:
    """The pages that are shown when nothing else can be: there is no going there on purpose."""
    for path in sorted(REFUSALS.glob("*.html")):
        request = RequestFactory().get("/")
        with translation.override(language):
            answer = defaults.page_not_found(request, Exception(), template_name=path.name)
        yield path.name, answer.content.decode()


def fulfilled(content: str, route: Route) -> None:
    route.fulfill(body=content, content_type="text/html; charset=utf-8")


def faults(page: Page, tools: CDPSession, look: Look) -> Iterator[str]:
    """What is wrong with the page as it stands."""
    size = tools.send("Page.getLayoutMetrics")
    if size["cssContentSize"]["width"] > size["cssLayoutViewport"]["clientWidth"]:
        yield f"{size['cssContentSize']['width']} px wide"
    if look.scripts:
        yield from checker.findings(page)
