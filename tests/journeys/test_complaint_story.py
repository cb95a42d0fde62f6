"""A worker says that his month does not match; the firm puts the wage right and says so; the worker sees it."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.platform import Platform
from tests.journeys.test_story import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
Check = Callable[[Page], None]


def test_a_wage_that_does_not_match_is_put_right(
    platform: Platform, phone: BrowserContext, browser: Browser, accessible: Check
) -> None:
    told = json.loads(platform.python("tests.journeys.seed_complaint"))
    worker = phone.new_page()
    sign_in(worker, f"{platform.address()}/member/", told["member"], told["password"])
    accessible(worker)

    # The worker opens the month, and says what he really earns; without that nobody knows what to look for.
    worker.goto(f"{platform.address()}/member/months/{told['employer_id']}/{told['month']}/")
    accessible(worker)
    worker.get_by_role("link", name="Adukan bulan ini").click()
    accessible(worker)
    # The month is not paid either, and that is what is ticked.
    worker.get_by_label("Upah yang dilaporkan tidak sama dengan upah sebenarnya").check()
    worker.get_by_role("button", name="Kirim aduan").click()
    expect(worker.get_by_role("alert")).to_contain_text("Isi upah Anda yang sebenarnya")
    accessible(worker)
    worker.get_by_label("Upah Anda yang sebenarnya bulan itu").fill("4,5 juta")
    worker.get_by_label("Ceritakan seperlunya").fill("Slip saya menulis empat setengah juta.")
    worker.get_by_role("button", name="Kirim aduan").click()
    expect(worker.locator("main")).to_contain_text("Aduan Anda terkirim")
    number = re.search(r"AD-\d\d-\d{6}", worker.inner_text("main"))
    assert number is not None
    accessible(worker)

    # HR has a small phone too. The first page says that somebody waits, and until when.
    office = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID", java_script_enabled=False)
    clerk = office.new_page()
    sign_in(clerk, f"{platform.address()}/employer/", told["hr"], told["password"])
    accessible(clerk)
    clerk.get_by_role("link", name="Jawab 1 aduan").click()
    accessible(clerk)
    clerk.get_by_role("link", name=number[0]).click()
    expect(clerk.locator("main")).to_contain_text("Slip saya menulis empat setengah juta.")
    accessible(clerk)
    complaint = clerk.url
    clerk.get_by_role("link", name=re.compile("^Perbaiki upah")).click()
    clerk.get_by_label("Upah yang benar").fill("4500000")
    clerk.get_by_role("button", name="Hitung").click()
    accessible(clerk)
    clerk.get_by_role("button", name=re.compile("^Ganti tagihan menjadi")).click()
    clerk.goto(complaint)
    accessible(clerk)
    clerk.get_by_role("button", name="Jawab: sudah kami betulkan").click()
    expect(clerk.locator("main")).to_contain_text("Dijawab, menunggu pekerja")
    accessible(clerk)
    office.close()

    # The worker sees the answer on his first page, reads the wage that stands there now, and is content.
    worker.goto(f"{platform.address()}/member/")
    expect(worker.locator("main")).to_contain_text("Dijawab, baca jawabannya")
    accessible(worker)
    worker.get_by_role("link", name=re.compile("^Aduan tentang")).click()
    expect(worker.locator("main")).to_contain_text("Sudah kami betulkan: Rp4.500.000")
    accessible(worker)
    worker.get_by_role("button", name="Sudah beres").click()
    expect(worker.locator("main")).to_contain_text("Pekerja menyatakan beres")
    accessible(worker)
    worker.goto(f"{platform.address()}/member/months/{told['employer_id']}/{told['month']}/")
    expect(worker.locator("main")).to_contain_text("Rp4.500.000")
    assert "clean" in platform.python("lindung.config.cli", "self-check")
