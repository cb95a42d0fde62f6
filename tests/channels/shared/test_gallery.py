"""The gallery in a real browser: every component, both colour schemes, phone and desk, under the house's policy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, sync_playwright

import lindung.channels.shared as shared
from lindung.channels.shared.gallery import gallery

STATIC = Path(shared.__file__).parent / "static" / "lindung"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
ADDRESS = "http://lindung.example/gallery/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


def gallery_page(door: str = "member", sent: dict[str, str] | None = None, language: str = "id") -> str:
    request = RequestFactory().get("/gallery/") if sent is None else RequestFactory().post("/gallery/", sent)
    request.door = door  # type: ignore[attr-defined] # set by middleware
    with translation.override(language):
        return gallery(request).content.decode()


def open_page(browser: Browser, content: str, *, width: int = 360, policy: bool = True, **look: Any) -> Page:
    """Show a page without any network: the browser gets the page, the sheet and the mark from here."""
    page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=not policy, **look)

    def answer(route: Route) -> None:
        path = route.request.url
        if path.endswith((".css", ".svg")):
            route.fulfill(path=STATIC / Path(path).name)
        else:
            route.fulfill(
                body=content, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY}
            )

    page.route("**/*", answer)
    return page


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_look_of_the_gallery_breaks_a_rule_of_accessibility(browser: Browser, scheme: str, width: int) -> None:
    # The checker is itself a script, so it runs with the policy off; the next test runs with it on.
    page = open_page(browser, gallery_page(), width=width, policy=False, color_scheme=scheme)
    page.goto(ADDRESS)
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_the_policy_blocks_nothing_that_the_page_needs(browser: Browser) -> None:
    page = open_page(browser, gallery_page())
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(ADDRESS)
    colour = page.locator("button.primary").first.evaluate("button => getComputedStyle(button).backgroundColor")
    page.close()
    assert said == []
    assert colour == "rgb(11, 93, 87)"


@pytest.mark.parametrize("door", ["public", "member", "employer", "staff", "simulator"])
def test_no_door_makes_a_narrow_phone_scroll_sideways(browser: Browser, door: str) -> None:
    page = open_page(browser, gallery_page(door), width=320)
    page.goto(ADDRESS)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert width == 320


def test_a_member_can_hit_every_control_with_a_thumb(browser: Browser) -> None:
    page = open_page(browser, gallery_page())
    page.goto(ADDRESS)
    heights = page.locator(
        "button, .button, select, input:not([type=radio], [type=checkbox], [type=hidden]), textarea, .menu a, summary"
    )
    small = heights.evaluate_all("all => all.filter(e => e.getBoundingClientRect().height < 48).map(e => e.outerHTML)")
    page.close()
    assert small == []


def test_after_an_error_the_reader_stands_at_the_summary_and_its_links_lead_to_fields(browser: Browser) -> None:
    page = open_page(browser, gallery_page(sent={"nik": "12", "born_on_0": "31"}))
    page.goto(ADDRESS)
    assert page.title().startswith("Galat: ")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name="NIK harus 16 angka. Anda menulis 2 angka.").click()
    reached = page.evaluate("document.activeElement.id")
    page.close()
    assert reached == "id_nik"


def test_a_chosen_scheme_wins_over_the_device(browser: Browser) -> None:
    content = gallery_page().replace("<html ", '<html data-theme="light" ', 1)
    page = open_page(browser, content, color_scheme="dark")
    page.goto(ADDRESS)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.close()
    assert ground == "rgb(251, 250, 247)"


def test_the_first_tab_leads_to_the_content(browser: Browser) -> None:
    page = open_page(browser, gallery_page())
    page.goto(ADDRESS)
    page.keyboard.press("Tab")
    seen = page.evaluate("document.activeElement.getBoundingClientRect().top")
    page.keyboard.press("Enter")
    reached = page.evaluate("document.activeElement.id")
    page.close()
    assert seen >= 0
    assert reached == "content"


def test_a_gallery_page_has_no_value_missing() -> None:
    assert "‹" not in gallery_page()


def test_a_sent_sample_comes_back_as_wrong_and_is_kept_nowhere() -> None:
    request = RequestFactory().post("/gallery/", {"full_name": "Siti"})
    response = gallery(request)
    assert response.status_code == 422
    assert 'value="Siti"' in response.content.decode()
