"""The law's public pages on a small phone without scripts: a question, an answer, a rule, all without a finding."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.channels.public.law_pages import ASKED
from tests.journeys.platform import Platform

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
Check = Callable[[Page], None]


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """A phone with scripts, by which a page is measured: one for all, since these pages leave nothing behind."""
    page = browser.new_page(viewport={"width": 360, "height": 740}, locale="id-ID")
    yield page
    page.close()


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than the phone."""
    return bool(page.locator("html").evaluate("html => html.scrollWidth <= html.clientWidth"))


def test_a_worker_asks_and_reads_where_every_rupiah_comes_from(
    platform: Platform, phone: BrowserContext, accessible: Check
) -> None:
    page = phone.new_page()
    page.goto(platform.address())
    accessible(page)
    page.get_by_role("link", name="Hitung iuran").click()
    accessible(page)

    # Nothing is known yet: only the wage is typed.
    page.get_by_label("Upah", exact=True).fill("12 juta")
    page.get_by_role("button", name="Hitung").click()
    expect(page.locator("#result")).to_contain_text("tanpa JKK")
    accessible(page)

    # The class is chosen, what was typed is still there, the address says it all.
    expect(page.get_by_label("Upah", exact=True)).to_have_value("12 juta")
    page.get_by_label("Kelas risiko pekerjaan").select_option("II")
    page.get_by_role("button", name="Hitung").click()
    total = re.search(r"Iuran \w+ \d{4}\s+(Rp[\d.]+)", page.inner_text("#result"))
    assert total
    assert "jkk_class=II" in page.url
    assert page.url.endswith("#result")
    accessible(page)

    # The address that is offered gives the same in another browser window.
    shared = page.get_by_role("link", name=re.compile("^http")).get_attribute("href")
    assert shared
    again = phone.new_page()
    again.goto(f"{platform.address()}{shared}")
    expect(again.locator("#result")).to_contain_text(total[1])

    # And a rule is one tap away, with its history.
    page.get_by_role("link", name="Batas upah tertinggi JP").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Batas upah tertinggi JP")
    expect(page.get_by_role("img", name=re.compile("Riwayat"))).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Aturan iuran").click()
    page.get_by_role("link", name="Linimasa peraturan").click()
    accessible(page)


def test_an_impossible_fact_takes_the_focus_and_leads_to_its_field(
    platform: Platform, phone: BrowserContext, accessible: Check
) -> None:
    page = phone.new_page()
    page.goto(f"{platform.address()}/iuran/")
    page.get_by_label("Upah", exact=True).fill("banyak")
    page.get_by_role("button", name="Hitung").click()
    expect(page).to_have_title(re.compile("^Galat:"))
    accessible(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#id_wage")).to_be_focused()
    expect(page.locator("#id_wage")).to_have_value("banyak")


@pytest.mark.parametrize("address", ASKED)
def test_every_form_and_answer_is_without_a_finding_and_fits_the_phone(
    platform: Platform, window: Page, accessible: Check, address: str
) -> None:
    query = "&".join(f"{name}={value}" for name, value in ASKED[address].items())
    for asked in (address, f"{address}?{query}", f"{address}?{query}&month_1=1999&paid_on_2=1999"):
        window.goto(f"{platform.address()}{asked}")
        accessible(window)
        assert fits(window), asked


# One of each shape: a number, a rate, words, days, lists, tables small and long, unknown values, times to come.
SHAPES = (
    "jp/wage_ceiling",
    "jp/pension_age",
    "jkk/rate",
    "jht/development_rate",
    "bpu/income_bands",
    "pmi/package_amounts",
    "pmi/jht_choices",
    "enterprise/capital_up_to",
    "relief/labour_intensive_industries",
    "relief/labour_intensive_paid_until",
)


@pytest.mark.parametrize("name", [*SHAPES, ""])
def test_every_shape_of_parameter_is_without_a_finding_and_fits_the_phone(
    platform: Platform, window: Page, accessible: Check, name: str
) -> None:
    window.goto(f"{platform.address()}/aturan/{f'{name}/' if name else ''}")
    accessible(window)
    assert fits(window)
