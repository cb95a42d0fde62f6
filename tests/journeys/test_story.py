"""The story: a payroll file goes in, the bank pays, the worker sees a balance and why it is so."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lindung.lib import clock
from tests.journeys.platform import Platform

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
Check = Callable[[Page], None]


def wage_file(people: list[dict[str, Any]], period: str, wage: str = "8500000") -> bytes:
    """The scheme's own layout, as a payroll program writes it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["NIK", "NO_PEGAWAI", "KPJ", "NAMA_LENGKAP", "UPAH", "RAPEL", "BLTH"])
    for person in people:
        writer.writerow([person["nik"], person["employee_no"], person["kpj"], person["name"], wage, "0", period])
    return out.getvalue().encode()


def sign_in(page: Page, address: str, name: str, password: str) -> None:
    page.goto(address)
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Masuk").click()


def wait_for_page(page: Page, text: str | re.Pattern[str], seconds: int = 60) -> None:
    """Reload until a page that works in the background says it: it does so by itself, we only do it sooner."""
    for _ in range(seconds * 2):
        if page.get_by_text(text).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{text} did not appear at {page.url}:\n{page.inner_text('main')}")


def send(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Kirim untuk diperiksa").click()


def test_one_month_from_the_wage_file_to_the_workers_balance(
    platform: Platform, desk: BrowserContext, phone: BrowserContext, accessible: Check, tmp_path: Path
) -> None:
    firm = json.loads(platform.python("tests.journeys.seed", "12", "medium"))
    people = firm["people"]
    hr = desk.new_page()

    # HR signs in and is shown what to do first.
    sign_in(hr, f"{platform.address()}/employer/", firm["hr"], firm["password"])
    accessible(hr)
    expect(hr.get_by_role("heading", level=1)).to_have_text(re.compile("PT Contoh"))
    today = clock.wib_date(clock.now())
    period, wages = f"{today:%m/%Y}", f"{platform.address()}/employer/{firm['employer_id']}/wages/?month={today:%Y-%m}"
    hr.goto(wages)
    accessible(hr)

    # A file with faults: every one is shown at once, nothing is billed.
    faulty = wage_file(people[:6], period).decode().splitlines()
    faulty[1] = faulty[1].replace("8500000", "minus")
    faulty[2] = faulty[2].replace("8500000", "-5")
    faulty.append(faulty[3])
    send(hr, "upah.csv", "\n".join(faulty).encode())
    wait_for_page(hr, re.compile("perlu diperbaiki|harus diperbaiki"))
    accessible(hr)
    assert hr.get_by_role("button", name=re.compile("Kirim dan terbitkan tagihan")).count() == 0
    # Without the wrong rows it could be, but only by a yes to just that.
    hr.get_by_role("button", name=re.compile("Terbitkan tagihan .* tanpa mereka")).click()
    expect(hr.get_by_role("alert")).to_contain_text("Centang untuk melanjutkan: benar, 4 baris yang salah tidak ikut")

    # The corrected file: differences, cost, one button that says what it does.
    hr.goto(wages)
    send(hr, "upah-benar.csv", wage_file(people, period))
    wait_for_page(hr, re.compile("Terbitkan tagihan|terbitkan tagihan"))
    accessible(hr)
    total = 12 * (314_500 + 170_000 + 170_000 + 85_000 + 45_900 + 25_500)
    shown = f"Rp{total:,}".replace(",", ".")
    assert shown in hr.inner_text("main")
    warnings = hr.locator("input[type=checkbox]")
    for at in range(warnings.count()):
        warnings.nth(at).check()
    hr.get_by_role("button", name=re.compile("terbitkan tagihan", re.I)).click()
    wait_for_page(hr, re.compile("Lihat tagihan|Buka tagihan"))
    hr.get_by_role("link", name=re.compile("Lihat tagihan|Buka tagihan")).first.click()
    accessible(hr)
    assert shown in hr.inner_text("main")
    bill_address = hr.url
    number = re.search(r"77123\s*(?:\d\s*){13}", hr.inner_text("main"))
    assert number, hr.inner_text("main")

    # The bank looks the number up and pays it, with real signed calls.
    counter = desk.new_page()
    counter.goto(f"{platform.address('simulators')}/bank/")
    accessible(counter)
    counter.locator("input[type=text]").first.fill(re.sub(r"\s", "", number[0]))
    counter.get_by_role("button", name="Cek tagihan").first.click()
    expect(counter.locator("main")).to_contain_text(shown)
    accessible(counter)
    counter.get_by_role("button", name="Bayar VA ini").click()
    expect(counter.locator("main")).to_contain_text("2002500")
    counter.get_by_role("button", name="Bayar VA ini").click()
    expect(counter.locator("main")).to_contain_text("4042514")

    # The employer sees it paid, with a receipt.
    hr.goto(bill_address)
    expect(hr.locator("main")).to_contain_text("KW-")
    accessible(hr)
    with hr.expect_download() as download:
        hr.get_by_role("link", name=re.compile("Unduh kuitansi")).click()
    receipt = tmp_path / "receipt.pdf"
    download.value.save_as(receipt)
    assert receipt.read_bytes().startswith(b"%PDF-")

    # The worker gets a message, sets a password from its link, and signs in by card number: on a phone, no scripts.
    person = people[4]
    inbox = desk.new_page()
    for _ in range(60):
        inbox.goto(f"{platform.address('simulators')}/mail/?to={person['email']}")
        if inbox.locator("tbody a").count():
            break
        inbox.wait_for_timeout(500)
    accessible(inbox)
    inbox.locator("tbody a").first.click()
    accessible(inbox)
    link = re.search(r"http://127\.0\.0\.1:\d+/start/[\w-]+/", inbox.inner_text("main"))
    assert link, inbox.inner_text("main")
    worker = phone.new_page()
    worker.goto(link[0])
    accessible(worker)
    worker.locator("[name=password]").fill("tujuh belas layang-layang")
    worker.get_by_role("button", name="Simpan kata sandi").click()
    accessible(worker)
    worker.goto(link[0])
    expect(worker.get_by_role("heading", level=1)).to_have_text("Tautan tidak berlaku lagi")
    sign_in(worker, f"{platform.address()}/member/", person["kpj"], "tujuh belas layang-layang")
    accessible(worker)
    main = worker.locator("main")
    expect(main).to_contain_text("Rp484.500")
    expect(main).to_contain_text(person["name"])
    worker.locator("table a").first.click()
    accessible(worker)
    expect(main).to_contain_text("3,7% dari upah Rp8.500.000 = Rp314.500")
    expect(main).to_contain_text("PP 46/2015")
    expect(main).to_contain_text("KW-")

    # Signed out, the back button shows nothing.
    worker.get_by_role("button", name="Keluar").click()
    worker.goto(f"{platform.address()}/member/")
    expect(worker.get_by_role("heading", level=1)).to_have_text("Masuk")

    assert "clean" in platform.python("lindung.config.cli", "self-check")
    canaries = [person[name] for person in people for name in ("nik", "kpj", "email", "phone", "name")]
    assert_nowhere(platform, [*canaries, *(phone[3:] for phone in (p["phone"] for p in people))])


def assert_nowhere(platform: Platform, canaries: list[str]) -> None:
    """No personal datum in a log or in the queue."""
    for log in (platform.data / "log").glob("*.log"):
        text = log.read_text(errors="replace")
        for canary in canaries:
            assert canary not in text, f"{log.name} holds personal data"
    queue = platform.python("tests.journeys.queue")
    assert "deliver_batches" in queue
    for canary in canaries:
        assert canary not in queue, "the queue holds personal data"
