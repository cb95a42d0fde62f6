"""One running platform and one browser for each test process; isolation by new firms and people."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys import checker
from tests.journeys.platform import Platform

CHROMIUM = "/usr/bin/chromium"
# Chromium as root in a container needs the first; the others keep it from calling anybody.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def platform() -> Iterator[Platform]:
    with Platform() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A small phone that speaks Indonesian, without JavaScript: nothing may depend on it."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID", java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """An office screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID", accept_downloads=True)
    yield context
    context.close()


def as_it_stands(page: Page) -> str:
    """A page's markup. One that looks again by itself is for a moment between two, and then empty."""
    for _ in range(50):
        page.wait_for_load_state()
        content = page.content()
        if "<body></body>" not in content:
            break
        page.wait_for_timeout(100)
    return content


@pytest.fixture(scope="module")
def accessible(browser: Browser) -> Iterator[Callable[[Page], None]]:
    """Checks a page as it stands, at 360 px in the light, with every rule of WCAG 2.2 A and AA and good practice."""
    # The page is checked in a window of its own: scripts and a laxer policy are for the checker alone.
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID", bypass_csp=True)
    checker.bring(context)
    copy = context.new_page()

    def check(page: Page) -> None:
        content = as_it_stands(page)
        # The page as it stands, at its own address, so that its style sheet is let in.
        copy.route(page.url, lambda route: route.fulfill(body=content, content_type="text/html"))
        copy.goto(page.url)
        wrong = list(checker.findings(copy))
        # A page that looks again by itself does not; and the same address next time is gone to anew.
        copy.goto("about:blank")
        copy.unroute(page.url)
        assert not wrong, f"{page.url}\n" + "\n".join(wrong)

    yield check
    context.close()
