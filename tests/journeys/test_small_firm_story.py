"""A firm of five does a month without a file: a first month typed in, the next one the same but for three people."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lindung.law import Month
from lindung.lib import clock
from tests.journeys.platform import Platform
from tests.journeys.test_story import sign_in, wait_for_page

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
Check = Callable[[Page], None]


def agree(page: Page) -> None:
    """Say yes to everything that is asked, and wait for the bill."""
    ticks = page.locator("main input[type=checkbox]")
    for place in range(ticks.count()):
        ticks.nth(place).check()
    page.get_by_role("button", name=re.compile("terbitkan tagihan", re.I)).click()
    wait_for_page(page, re.compile("Buka tagihan"))


def test_a_firm_of_five_does_its_months_without_a_file(
    platform: Platform, phone: BrowserContext, accessible: Check
) -> None:
    firm = json.loads(platform.python("tests.journeys.seed", "5", "small"))
    names = [person["name"] for person in firm["people"]]
    home = f"{platform.address()}/employer/{firm['employer_id']}/"
    this = Month.of(clock.wib_date(clock.now()))
    before = f"?month={this.previous()}"
    # The owner does it on a small phone, without JavaScript.
    owner = phone.new_page()
    sign_in(owner, f"{platform.address()}/employer/", firm["hr"], firm["password"])

    # A first month: nobody's wage is known, so all five are typed, one of them wrongly.
    owner.goto(f"{home}wages/{before}")
    accessible(owner)
    owner.get_by_role("link", name="Isi di layar").click()
    accessible(owner)
    for name in names:
        owner.get_by_label(re.compile(rf"Upah .* {name}$")).fill("5000000")
    owner.get_by_label(re.compile(rf"Upah .* {names[2]}$")).fill("lima juta")
    owner.get_by_role("button", name="Lanjut ke pemeriksaan").click()
    expect(owner.get_by_role("alert")).to_contain_text(f"{names[2]}: Upah ini bukan angka.")
    accessible(owner)

    # The browser is closed; the next day everything is still there.
    owner.close()
    owner = phone.new_page()
    owner.goto(home + before)
    expect(owner.locator("main")).to_contain_text("Isian tersimpan")
    accessible(owner)
    owner.goto(f"{home}wages/{before}")
    accessible(owner)
    owner.get_by_role("link", name="Lanjutkan isian").click()
    expect(owner.get_by_label(re.compile(rf"Upah .* {names[2]}$"))).to_have_value("lima juta")
    owner.get_by_label(re.compile(rf"Upah .* {names[2]}$")).fill("5 juta")
    owner.get_by_role("button", name="Hitung").click()
    expect(owner.locator("main")).to_contain_text("5 pekerja. Perusahaan Rp")
    owner.get_by_role("button", name="Lanjut ke pemeriksaan").click()
    expect(owner.locator("main")).to_contain_text("Diisi di layar")
    accessible(owner)
    agree(owner)
    accessible(owner)

    # The next month is as the one before: one press, what changed, one yes.
    owner.goto(f"{home}wages/?month={this}")
    accessible(owner)
    owner.get_by_role("button", name=re.compile("Sama seperti")).click()
    expect(owner.locator("main")).to_contain_text("Kirim dan terbitkan tagihan")
    # But somebody earns half of it now: sent again, the last report counts, and it is asked whether that is so.
    owner.get_by_role("link", name="Ubah lagi upahnya").click()
    owner.get_by_label(re.compile(rf"Upah .* {names[0]}$")).fill("2500000")
    owner.get_by_role("button", name="Lanjut ke pemeriksaan").click()
    expect(owner.locator("main")).to_contain_text("1 upah naik lima kali lipat atau turun separuh. Benar?")
    accessible(owner)
    owner.get_by_role("button", name=re.compile("terbitkan tagihan", re.I)).click()
    expect(owner.get_by_role("alert")).to_contain_text("Centang untuk melanjutkan")
    accessible(owner)
    agree(owner)
    owner.goto(f"{home}?month={this}")
    expect(owner.locator("main")).to_contain_text("Diisi di layar, Rina Personalia")
    accessible(owner)
    assert "clean" in platform.python("lindung.config.cli", "self-check")
