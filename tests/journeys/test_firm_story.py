"""A stranger registers a firm, is not alone for long, and from then on two of them are needed for a month."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lindung.law import Month
from lindung.lib import clock
from tests.evidence import files
from tests.journeys.platform import Platform
from tests.journeys.test_story import sign_in, wait_for_page

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
Check = Callable[[Page], None]
PASSWORD = "sembilan kucing biru"


def through_the_menu(page: Page, name: str) -> None:
    """On a phone most entries lie behind one word."""
    page.locator(".menu summary").click()
    page.get_by_role("link", name=name, exact=True).first.click()


def letter(platform: Platform, page: Page, email: str, place: str) -> str:
    """The link in the newest letter to an address, as its reader finds it."""
    for _ in range(120):
        page.goto(f"{platform.address('simulators')}/mail/?to={email}")
        if page.locator("tbody a").count():
            break
        page.wait_for_timeout(500)
    page.locator("tbody a").first.click()
    link = re.search(rf"http://127\.0\.0\.1:\d+/{place}/[\w-]+/", page.inner_text("main"))
    assert link, page.inner_text("main")
    return link[0]


def on_a_phone(browser: Browser) -> Page:
    """Another small phone, without scripts."""
    return browser.new_context(
        viewport={"width": 360, "height": 740}, locale="id-ID", java_script_enabled=False
    ).new_page()


def test_a_stranger_registers_a_firm_and_a_second_person_approves_its_month(
    platform: Platform, phone: BrowserContext, browser: Browser, accessible: Check
) -> None:
    mark = f"{clock.now():%d%H%M%S%f}"
    founder_mail, second_mail = f"rina{mark}@tenun.example", f"agus{mark}@tenun.example"
    founder = phone.new_page()

    # One page; what is wrong is said beside its field, and nothing is lost.
    founder.goto(f"{platform.address()}/")
    founder.get_by_role("link", name="Daftarkan perusahaan").click()
    founder.get_by_label("Nama perusahaan").fill("PT Contoh Tenun Jaya")
    founder.get_by_label("Bentuk usaha").select_option("PT")
    founder.get_by_label("Bidang usaha").select_option("garments")
    founder.get_by_label(re.compile("Kecil: modal")).check()
    founder.get_by_label(re.compile("NPWP")).fill("123")
    founder.get_by_label(re.compile("Alamat")).fill("Jalan Contoh 1")
    founder.get_by_label("Kabupaten atau kota").fill("Kota Contoh")
    founder.get_by_label("Provinsi").select_option("99")
    founder.get_by_label(re.compile("Nama Anda")).fill("Rina Pendiri")
    founder.get_by_label(re.compile("E-mail Anda")).fill(founder_mail)
    founder.get_by_label(re.compile("Nomor HP Anda")).fill("08001234567")
    founder.get_by_role("button", name="Kirim pendaftaran").click()
    expect(founder.get_by_role("alert")).to_contain_text("NPWP terdiri dari 15 atau 16 angka")
    accessible(founder)
    founder.get_by_label(re.compile("NPWP")).fill("")
    founder.get_by_role("button", name="Kirim pendaftaran").click()
    expect(founder.locator("main")).to_contain_text("Belum ada yang terdaftar")
    accessible(founder)

    # The letter; the link shows what will be registered, and asks for a password.
    founder.goto(letter(platform, founder, founder_mail, "daftar"))
    expect(founder.locator("main")).to_contain_text("Kelas risiko JKK diperkirakan II")
    accessible(founder)
    founder.get_by_label("Kata sandi baru").fill(PASSWORD)
    founder.get_by_role("button", name="Daftarkan perusahaan").click()
    expect(founder.locator("main")).to_contain_text("NPP perusahaan Anda")
    accessible(founder)
    npp = "".join(re.findall(r"\d", founder.locator("main strong .number, main strong").last.inner_text()))

    # In the firm: its data, and a second person.
    sign_in(founder, f"{platform.address()}/employer/", founder_mail, PASSWORD)
    home = founder.url
    accessible(founder)
    through_the_menu(founder, "Perusahaan")
    expect(founder.locator("main")).to_contain_text("3 dokumen perlu dikirim")
    expect(founder.locator("main")).to_contain_text("Perpres 109/2013 Pasal 6 ayat 3")
    accessible(founder)
    founder.get_by_role("link", name="Kartu NPWP").click()
    founder.get_by_label("Kartu NPWP").set_input_files(
        {"name": "npwp.jpg", "mimeType": "image/jpeg", "buffer": files.jpeg(held=files.exif(6))}
    )
    founder.get_by_role("button", name="Kirim", exact=True).click()
    expect(founder.locator("main")).to_contain_text("Petugas memeriksanya dan menjawab di halaman ini")
    accessible(founder)
    through_the_menu(founder, "Pengguna")
    expect(founder.locator("main")).to_contain_text("Undang dulu orang kedua")
    founder.get_by_role("link", name="Undang pengguna").click()
    accessible(founder)
    founder.get_by_label("Nama").fill("Agus Penyetuju")
    founder.get_by_label("E-mail").fill(second_mail)
    founder.get_by_label(re.compile("Penyetuju: memeriksa")).check()
    founder.get_by_role("button", name="Kirim undangan").click()
    expect(founder.locator("main")).to_contain_text("Diundang, belum datang")
    accessible(founder)

    second = on_a_phone(browser)
    second.goto(letter(platform, second, second_mail, "start"))
    expect(second.locator("main")).to_contain_text("PT Contoh Tenun Jaya mengundang Anda")
    accessible(second)
    second.get_by_label("Kata sandi baru").fill(PASSWORD)
    second.get_by_role("button", name="Simpan kata sandi").click()

    founder.goto(f"{home}users/")
    founder.get_by_role("button", name="Nyalakan persetujuan dua orang").click()
    expect(founder.locator("main")).to_contain_text("Aktif")
    accessible(founder)

    # A month: workers are there (the civil registry is another story), one types it, nothing happens.
    platform.python("tests.journeys.seed_firm_workers", npp, "3")
    this = Month.of(clock.wib_date(clock.now()))
    founder.goto(f"{home}wages/?month={this}")
    founder.get_by_role("link", name="Isi di layar").click()
    for box in founder.get_by_label(re.compile("Upah .* Pekerja Contoh")).all():
        box.fill("5000000")
    founder.get_by_role("button", name="Lanjut ke pemeriksaan").click()
    ticks = founder.locator("main input[type=checkbox]")
    for place in range(ticks.count()):
        ticks.nth(place).check()
    founder.get_by_role("button", name="Kirim untuk disetujui").click()
    expect(founder.locator("main")).to_contain_text("Yang boleh menyetujui: Agus Penyetuju.")
    accessible(founder)
    founder.goto(home)
    expect(founder.locator("main")).to_contain_text("menunggu persetujuan")
    expect(founder.locator("main")).to_contain_text("Belum ada tagihan")

    # The second person gives it back once, sees it again, and approves what he sees.
    sign_in(second, f"{platform.address()}/employer/", second_mail, PASSWORD)
    accessible(second)
    expect(second.locator("main")).to_contain_text("Menunggu persetujuan Anda")
    second.get_by_role("link", name=re.compile("^Upah ")).click()
    accessible(second)
    waiting = second.url
    second.locator("summary", has_text="Kembalikan dengan alasan").click()
    second.get_by_label("Apa yang perlu diperbaiki").fill("Periksa upah orang ketiga.")
    second.get_by_role("button", name="Kembalikan").click()
    founder.goto(waiting)
    expect(founder.locator("main")).to_contain_text("Periksa upah orang ketiga.")
    accessible(founder)
    ticks = founder.locator("main input[type=checkbox]")
    for place in range(ticks.count()):
        ticks.nth(place).check()
    founder.get_by_role("button", name="Kirim untuk disetujui").click()
    second.goto(waiting)
    second.get_by_role("button", name=re.compile("^Setujui dan terbitkan tagihan Rp")).click()
    wait_for_page(second, re.compile("Buka tagihan"))
    accessible(second)
    second.get_by_role("link", name="Buka tagihan").click()
    expect(second.locator("main")).to_contain_text("Bayar ke nomor ini")
    second.context.close()
    assert "clean" in platform.python("lindung.config.cli", "self-check")
