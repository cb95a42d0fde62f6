"""One running platform and one browser for each test process; isolation by new firms and people."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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


@pytest.fixture
def accessible(browser: Browser) -> Iterator[Callable[[Page], None]]:
    """Checks a page as it stands, at 360 px in the light, with every rule of WCAG 2.2 A and AA and good practice."""
    axe = Axe()
    options = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        # A page that waits for a machine may reload itself: it says so and can be stopped.
        "rules": {"meta-refresh": {"enabled": False}},
    }
    # The page is checked in a window of its own: scripts and a laxer policy are for the checker alone.
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID", bypass_csp=True)

    def check(page: Page) -> None:
        copy = context.new_page()
        # The page as it stands, at its own address, so that its style sheet is let in.
        copy.route(page.url, lambda route: route.fulfill(body=page.content(), content_type="text/html"))
        copy.goto(page.url)
        violations = axe.run(copy, options=options).response["violations"]
        copy.close()
        wrong = [
            "\n  ".join([f"{found['id']}: {found['help']}", *(node["html"][:200] for node in found["nodes"])])
            for found in violations
        ]
        assert not wrong, f"{page.url}\n" + "\n".join(wrong)

    yield check
    context.close()
