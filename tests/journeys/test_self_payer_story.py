"""Somebody who works on his own account sees that his cover lapsed, orders three months, pays, and is covered again."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.platform import Platform
from tests.journeys.test_story import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
Check = Callable[[Page], None]


def test_a_lapsed_cover_runs_again_after_five_taps(
    platform: Platform, phone: BrowserContext, desk: BrowserContext, accessible: Check
) -> None:
    facts = json.loads(platform.python("tests.journeys.seed_self_payer"))
    page = phone.new_page()
    main = page.locator("main")
    sign_in(page, f"{platform.address()}/member/", facts["member"], facts["password"])

    # The first thing he sees is that he is not covered, and one button.
    expect(page.get_by_role("alert")).to_contain_text("Perlindungan Anda sedang berhenti")
    accessible(page)
    page.get_by_role("link", name="Perlindungan", exact=True).click()
    expect(main).to_contain_text("pasalnya tidak ditemukan")
    accessible(page)
    page.get_by_role("link", name="Aktifkan lagi").click()

    # What he said last time is there; three months are proposed, the old ones are not asked for.
    expect(main).to_contain_text("tidak ditagih")
    expect(page.get_by_role("radio", name=re.compile("^3 bulan: Rp"))).to_be_checked()
    accessible(page)
    page.get_by_role("button", name="Buat nomor bayar").click()
    expect(main).to_contain_text("Menunggu pembayaran")
    accessible(page)
    order = page.url
    number = re.sub(r"\D", "", page.locator("p.reference").inner_text())

    # At the bank's counter it is his, paid once.
    counter = desk.new_page()
    counter.goto(f"{platform.address('simulators')}/bank/?va={number}")
    counter.get_by_role("button", name="Cek tagihan").first.click()
    expect(counter.locator("main")).to_contain_text("Pekerja C.")
    counter.get_by_role("button", name="Bayar VA ini").click()
    expect(counter.locator("main")).to_contain_text("2002500")
    counter.get_by_role("button", name="Bayar VA ini").click()
    expect(counter.locator("main")).to_contain_text("4042514")

    # He has a receipt, is covered, and the months are among his months.
    page.goto(order)
    expect(main).to_contain_text("KW-")
    accessible(page)
    receipt = page.get_by_role("link", name=re.compile("Unduh kuitansi")).get_attribute("href")
    answer = phone.request.get(f"{platform.address()}{receipt}")
    assert answer.body().startswith(b"%PDF-")
    page.get_by_role("link", name="Perlindungan", exact=True).click()
    expect(main).to_contain_text("Dibayar sampai")
    page.get_by_role("link", name="Beranda").click()
    expect(main).to_contain_text("Dibayar sampai")
    expect(main).not_to_contain_text("sedang berhenti")
    accessible(page)
    page.locator("section table a").first.click()
    expect(main).to_contain_text("2% dari")
    accessible(page)
    assert "clean" in platform.python("lindung.config.cli", "self-check")
