"""The story of new workers: a file full of faults, the civil registry's answers, KPJs, a worker at home, an exit."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import BrowserContext, Page, expect

from lindung.lib import clock
from tests.journeys.platform import Platform
from tests.journeys.test_story import assert_nowhere, sign_in, wait_for_page

pytestmark = [pytest.mark.journey, pytest.mark.timeout(400)]
Check = Callable[[Page], None]
NEWCOMERS = 50

# Row in the list -> what a clerk in a hurry writes there.
FAULTS: dict[int, dict[str, Any]] = {
    2: {"NAMA_LENGKAP": ""},
    4: {"NOMOR_IDENTITAS": "99100141039000"},
    6: {"NOMOR_IDENTITAS": 9910014103900010},  # a number, so Excel drops its last digit
    8: {"NOMOR_IDENTITAS": "9910O141O39OOO11"},
    10: {"TANGGAL_LAHIR": "31-02-1990"},
    12: {"TANGGAL_LAHIR": "10-10-2020"},
    14: {"JENIS_KELAMIN": "X"},
    16: {"UPAH": "4.5"},
    18: {"UPAH": "-5000000"},
    20: {"EMAIL": "siti@@contoh"},
    22: {"HP": "021 5551234"},
    24: {"TGL_AWAL_BEKERJA": "01-01-2031"},
    26: {"STATUS_PEGAWAI": "?"},
    28: {"STATUS_PEGAWAI": "PKWT", "TGL_AKHIR_KONTRAK": "01-01-2020"},
    30: {"JENIS_IDENTITAS": "PASPOR", "NOMOR_IDENTITAS": "A1234567"},
    32: {"NAMA_LENGKAP": "Dewi 😀"},
}
SAID = (
    "Nama kosong.",
    "NIK harus 16 angka. Anda menulis 14 angka.",
    "Angka terakhir NIK hilang di Excel.",
    "Ada huruf di NIK.",
    "Bulan Februari 1990 tidak punya tanggal 31.",
    "Pekerja belum berumur 15 tahun",
    "Jenis kelamin ini tidak terbaca.",
    "Upah ini bisa berarti dua jumlah.",
    "Upah kurang dari nol.",
    "Alamat e-mail ini tidak bisa dipakai.",
    "masih lebih dari 31 hari lagi",
    "Kontrak berakhir 1 Januari 2020",
    "Pekerja dengan paspor",
    "NIK ini juga ada di baris",
)


def row_of(card: dict[str, str], number: int) -> dict[str, str]:
    """A row of the scheme's form, as somebody copies it from an identity card."""
    year, month, day = card["birth_on"].split("-")
    return {
        "NO_PEGAWAI": f"B{number:03d}",
        "NAMA_LENGKAP": card["name"],
        "HP": card["phone"],
        "EMAIL": card["email"],
        "TEMPAT_LAHIR": card["birth_place"],
        "TANGGAL_LAHIR": f"{day}-{month}-{year}",
        "NAMA_IBU_KANDUNG": card["mother_name"],
        "JENIS_IDENTITAS": "KTP",
        "NOMOR_IDENTITAS": card["nik"],
        "JENIS_KELAMIN": card["sex"],
        "STATUS_KAWIN": "T",
        "UPAH": "6500000",
        "LOKASI_PEKERJAAN": "PUSAT",
        "STATUS_PEGAWAI": "PKWTT",
        "TGL_AWAL_BEKERJA": f"{clock.wib_date(clock.now()):%d-%m-%Y}",
        "TGL_AKHIR_KONTRAK": "",
    }


def write(sheet: Worksheet, row_no: int, cells: dict[str, Any]) -> None:
    """Cells by heading, wherever the heading stands."""
    places = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in cells.items():
        sheet.cell(row_no, places[heading]).value = value or None


def download(page: Page, link: str, to: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("link", name=link).first.click()
    started.value.save_as(to)
    return to


def send(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Kirim untuk diperiksa").click()


def test_fifty_workers_from_a_faulty_file_to_their_cards(
    platform: Platform, desk: BrowserContext, phone: BrowserContext, accessible: Check, tmp_path: Path
) -> None:
    firm = json.loads(platform.python("tests.journeys.seed", "2", "medium"))
    cards = json.loads(platform.python("tests.journeys.seed_people", str(NEWCOMERS)))
    door = f"{platform.address()}/employer/{firm['employer_id']}"
    hr = desk.new_page()
    sign_in(hr, f"{platform.address()}/employer/", firm["hr"], firm["password"])

    # HR finds the way, takes the form, and fills it in with every kind of fault.
    hr.get_by_role("link", name="Pekerja", exact=True).click()
    accessible(hr)
    hr.get_by_role("link", name="Tambah lewat berkas").click()
    accessible(hr)
    hr.get_by_role("link", name=re.compile("Kirim berkas.*Pekerja baru")).click()
    accessible(hr)
    form = openpyxl.load_workbook(download(hr, "Unduh templat (.xlsx)", tmp_path / "templat.xlsx"))
    rows = [row_of(card, number) for number, card in enumerate(cards)]
    for number, row in enumerate(rows):
        write(form.worksheets[0], number + 2, {**row, **FAULTS.get(number, {})})
    write(form.worksheets[0], 36, {"NOMOR_IDENTITAS": rows[33]["NOMOR_IDENTITAS"]})
    form.save(tmp_path / "baru.xlsx")
    send(hr, tmp_path / "baru.xlsx")

    # Every fault is shown at once, nobody is registered, and the right rows could go alone.
    wait_for_page(hr, re.compile(r"\d+ hal perlu diperbaiki"))
    accessible(hr)
    faulty = hr.url
    expect(hr.get_by_role("button", name=re.compile(r"Kirim \d+ yang benar, perbaiki \d+"))).to_have_count(1)
    hr.goto(f"{faulty}faults/")
    accessible(hr)
    for said in SAID:
        expect(hr.locator("main")).to_contain_text(said)
    hr.goto(f"{faulty}preview/")
    accessible(hr)

    # The file comes back with a column that says what to mend; HR mends those rows and sends the same file again.
    hr.goto(faulty)
    back = openpyxl.load_workbook(download(hr, "Unduh berkas dengan alasannya", tmp_path / "kembali.xlsx"))
    sheet = back.worksheets[0]
    assert sheet.cell(1, 1).value == "Perbaiki"
    marked = [line for line in range(2, NEWCOMERS + 2) if sheet.cell(line, 1).value]
    assert {number + 2 for number in FAULTS if number != 22} <= set(marked)
    for line in marked:
        write(sheet, line, rows[line - 2])
    # What no file can know: two are known under other data, one is not known, one cannot be answered now.
    write(sheet, 2, {"NAMA_LENGKAP": "Orang Lain Sama Sekali"})
    write(sheet, 3, {"NOMOR_IDENTITAS": f"{cards[1]['nik'][:12]}8013"})
    write(sheet, 4, {**rows[2], "NOMOR_IDENTITAS": f"{cards[2]['nik'][:12]}8014"})
    write(sheet, 5, {"NOMOR_IDENTITAS": f"{cards[3]['nik'][:12]}8901"})
    back.save(tmp_path / "perbaikan.xlsx")
    hr.get_by_role("link", name="Kirim berkas perbaikan").click()
    send(hr, tmp_path / "perbaikan.xlsx")
    wait_for_page(hr, re.compile(f"Daftarkan {NEWCOMERS} pekerja"))
    accessible(hr)
    for tick in hr.locator("main input[type=checkbox]").all():
        tick.check()
    hr.get_by_role("button", name=f"Daftarkan {NEWCOMERS} pekerja").click()

    # The civil registry answers: most match, each other answer has its words.
    wait_for_page(hr, re.compile("46 pekerja sudah punya KPJ"))
    accessible(hr)
    batch = hr.url
    main = hr.locator("main")
    for said in ("NIK ini tidak ditemukan di Dukcapil.", "Dukcapil meminta data NIK ini diperiksa", "Kami coba lagi"):
        expect(main).to_contain_text(said)

    # One is mended on screen; the page says that it waits, and then it has a number.
    hr.get_by_role("link", name="Orang Lain Sama Sekali").click()
    accessible(hr)
    expect(main).to_contain_text("Berbeda dengan data Dukcapil: nama.")
    hr.locator("[name=name]").fill("")
    hr.get_by_role("button", name="Simpan dan cocokkan lagi").click()
    expect(main).to_contain_text("Isi nama lengkap.")
    accessible(hr)
    hr.locator("[name=name]").fill(cards[0]["name"])
    hr.get_by_role("button", name="Simpan dan cocokkan lagi").click()
    wait_for_page(hr, "KPJ sudah terbit")
    accessible(hr)
    assert download(hr, "Unduh bukti pendaftaran (PDF)", tmp_path / "bukti.pdf").read_bytes().startswith(b"%PDF-")

    # One waits for the worker, one for the registry, one is taken back.
    hr.goto(f"{batch}?state=to_resolve")
    hr.locator("tbody a").first.click()
    accessible(hr)
    hr.goto(f"{batch}?state=waiting")
    hr.locator("tbody a").first.click()
    accessible(hr)
    hr.goto(f"{batch}?state=to_correct")
    hr.locator("tbody a").first.click()
    hr.get_by_text("Tidak jadi mendaftarkan pekerja ini?").click()
    hr.get_by_role("button", name="Tarik pendaftaran ini").click()
    expect(main).to_contain_text("Pendaftaran ini Anda tarik")
    accessible(hr)

    # The list of numbers, as a file and on the page of workers.
    hr.goto(batch)
    listed = openpyxl.load_workbook(download(hr, "Unduh daftar KPJ (.xlsx)", tmp_path / "kpj.xlsx")).worksheets[0]
    numbers = {str(line[2].value): str(line[4].value) for line in listed.iter_rows(min_row=2)}
    assert len(list(listed.iter_rows(min_row=2))) == 47
    assert all(re.fullmatch(r"[1-9]\d{10}", number) for number in numbers.values())
    hr.goto(f"{door}/")
    accessible(hr)
    expect(main).to_contain_text("Ingatkan pekerja mengurus catatannya di Dukcapil")

    # A worker gets number and link, sets a password, signs in with the number: on a phone, without scripts.
    person = cards[20]
    inbox = desk.new_page()
    for _ in range(60):
        inbox.goto(f"{platform.address('simulators')}/mail/?to={person['email']}")
        if inbox.locator("tbody a").count():
            break
        inbox.wait_for_timeout(500)
    inbox.locator("tbody a").first.click()
    letter = inbox.inner_text("main")
    kpj = re.search(r"KPJ\) Anda: (\d{11})", letter)
    link = re.search(r"http://127\.0\.0\.1:\d+/start/[\w-]+/", letter)
    assert kpj, letter
    assert link, letter
    assert kpj[1] in numbers.values()
    worker = phone.new_page()
    worker.goto(link[0])
    worker.locator("[name=password]").fill("tujuh belas layang-layang")
    worker.get_by_role("button", name="Simpan kata sandi").click()
    sign_in(worker, f"{platform.address()}/member/", kpj[1], "tujuh belas layang-layang")
    accessible(worker)
    expect(worker.locator("main")).to_contain_text(person["name"])

    # Another is found by his number, and leaves.
    gone = cards[30]
    hr.goto(f"{door}/workers/")
    hr.locator("[name=searched]").fill(numbers[gone["name"]])
    hr.get_by_role("button", name="Cari").click()
    assert numbers[gone["name"]] not in hr.url
    accessible(hr)
    hr.locator("table").last.locator("tbody a").first.click()
    accessible(hr)
    hr.get_by_role("link", name="Perbaiki data").click()
    accessible(hr)
    hr.go_back()
    hr.get_by_role("link", name="Laporkan keluar").click()
    accessible(hr)
    today = clock.wib_date(clock.now())
    for part, value in enumerate((today.day, today.month, today.year)):
        hr.locator(f"[name$='_{part}']").first.fill(str(value))
    hr.get_by_label("Mengundurkan diri").check()
    hr.get_by_label(re.compile("Saya tahu")).check()
    hr.get_by_role("button", name=f"Laporkan {gone['name']} keluar").click()
    expect(main).to_contain_text("Keluar sudah dicatat")
    accessible(hr)
    for page in ("workers/?state=left", "workers/?state=mend", "workers/new/", "workers/leavers/"):
        hr.goto(f"{door}/{page}")
        accessible(hr)

    assert "clean" in platform.python("lindung.config.cli", "self-check")
    told = [card[name] for card in cards for name in ("nik", "name", "email", "mother_name")]
    assert_nowhere(platform, [*told, *(card["phone"][1:] for card in cards), *numbers.values()])
