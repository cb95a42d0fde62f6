"""The same new workers as many programs write them: spreadsheets, exports, older forms."""

import io
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest

from lindung.uploads import files_back, queries
from tests import builders
from tests.builders import Firm
from tests.uploads import files, people
from tests.uploads.files import Cell, Row
from tests.uploads.people import NEW_WORKERS, new_workers
from tests.uploads.sending import NOVEMBER, faults, send

pytestmark = pytest.mark.django_db
Grid = list[list[Cell]]


@pytest.fixture
def firm(now: datetime) -> Firm:
    return builders.firm(now=now, workers=1)


def by_openpyxl(block: Grid) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Sheet1"
    for row in block:
        page.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


PRODUCERS: dict[str, tuple[str, Callable[[Grid], bytes]]] = {
    "shared strings": ("a.xlsx", lambda block: files.xlsx_file(block, sheet="data_tk_baru")),
    "inline strings": ("a.xlsx", lambda block: files.xlsx_file(block, sheet="data_tk_baru", constant_memory=True)),
    "another library, another sheet": ("a.xlsx", by_openpyxl),
    "title rows above": ("a.xlsx", lambda block: files.xlsx_file([["Data Pekerja"], ["PT Contoh"], [], *block])),
    "OpenDocument": ("a.ods", files.ods_file),
    "comma": ("a.csv", files.csv_file),
    "semicolon, Windows": ("a.csv", lambda block: files.csv_file(block, separator=";", encoding="cp1252")),
    "tab, UTF-16": ("a.csv", lambda block: files.csv_file(block, separator="\t", encoding="utf-16")),
    "byte order mark": ("a.csv", lambda block: files.csv_file(block, encoding="utf-8-sig")),
    "old line ends": ("a.csv", lambda block: files.csv_file(block, end="\r")),
    "told separator": ("a.csv", lambda block: b"sep=|\r\n" + files.csv_file(block, separator="|")),
}


@pytest.mark.parametrize("producer", PRODUCERS)
def test_who_wrote_the_file_makes_no_difference(firm: Firm, now: datetime, producer: str) -> None:
    name, write = PRODUCERS[producer]
    rows = new_workers(2, NAMA_LENGKAP="André Contoh")
    rows[1]["NAMA_LENGKAP"] = "Ma'ruf, S.Kom."
    upload = send(firm, write(files.grid(rows, NEW_WORKERS)), now, name=name, period=NOVEMBER, kind="new_workers")
    assert [fault for fault in faults(firm, upload) if fault.severity == "error"] == []
    told = queries.preview(firm.id, upload.id).items
    assert [(row.name, row.on, row.wage_rupiah) for row in told] == [
        ("André Contoh", date(2026, 11, 2), 5_000_000),
        ("Ma'ruf, S.Kom.", date(2026, 11, 2), 5_000_000),
    ]


def test_the_older_form_with_three_parts_of_a_name_is_read(firm: Firm, now: datetime) -> None:
    at = NEW_WORKERS.index("NAMA_LENGKAP")
    headings = [*NEW_WORKERS[:at], "NAMA_DEPAN", "NAMA_TENGAH", "NAMA_BELAKANG", *NEW_WORKERS[at + 1 :]]
    assert len(headings) == 32
    names: list[dict[str, Cell]] = [
        {"NAMA_DEPAN": " Siti", "NAMA_TENGAH": "Nur ", "NAMA_BELAKANG": "Contoh"},
        {"NAMA_DEPAN": "Suharto", "NAMA_TENGAH": None, "NAMA_BELAKANG": None},
        {"NAMA_DEPAN": None, "NAMA_TENGAH": None, "NAMA_BELAKANG": "-"},
    ]
    rows = [row | name for row, name in zip(new_workers(3), names, strict=True)]
    content = files.xlsx_file(files.grid(rows, headings), sheet="data_tk_baru")
    upload = send(firm, content, now, name="lama.xlsx", period=NOVEMBER, kind="new_workers")
    assert [row.name for row in queries.preview(firm.id, upload.id).items] == ["Siti Nur Contoh", "Suharto"]
    assert [(f.cell, f.code) for f in faults(firm, upload) if f.severity == "error"] == [("B4", "name_empty")]


def test_a_payroll_programs_export_is_read_by_its_own_headings(firm: Firm, now: datetime) -> None:
    headings = [
        "NO", "NIK", "NO KPJ", "NAMA LENGKAP", "TEMPAT LAHIR", "TANGGAL LAHIR", "JENIS KELAMIN", "STATUS PERKAWINAN",
        "ALAMAT", "KELURAHAN", "KODE POS", "NO HP", "EMAIL", "NAMA IBU KANDUNG", "TGL MULAI BEKERJA", "UPAH", "JHT",
    ]  # fmt: skip
    theirs = {
        "NIK": "NOMOR_IDENTITAS", "NAMA LENGKAP": "NAMA_LENGKAP", "TANGGAL LAHIR": "TANGGAL_LAHIR",
        "JENIS KELAMIN": "JENIS_KELAMIN", "NO HP": "HP", "NAMA IBU KANDUNG": "NAMA_IBU_KANDUNG", "UPAH": "UPAH",
        "TGL MULAI BEKERJA": "TGL_AWAL_BEKERJA", "EMAIL": "EMAIL",
    }  # fmt: skip
    rows: list[Row] = [
        {heading: row[ours] for heading, ours in theirs.items()} | {"NO": "1", "STATUS PERKAWINAN": "TK", "JHT": "Y"}
        for row in new_workers(2)
    ]
    block = [["Data Peserta BPJS Ketenagakerjaan"], ["PT Contoh"], [], *files.grid(rows, headings)]
    content = files.xlsx_file(block, sheet="Data Peserta")
    upload = send(firm, content, now, name="ekspor.xlsx", period=NOVEMBER, kind="new_workers")
    assert [(fault.row_no, fault.code) for fault in faults(firm, upload)] == [(0, "columns_missing")]
    assert upload.summary["workers"] == 2
    assert queries.ignored_headings(firm.id, upload.id) == ["NO", "KELURAHAN", "JHT"]


def test_dates_and_numbers_may_be_a_spreadsheets_own(firm: Firm, now: datetime) -> None:
    (row,) = new_workers(1, KODE_POS=40111, NPWP=None)
    row["HP"] = int(str(row["HP"])[1:].replace("800", "812", 1))
    book = openpyxl.load_workbook(io.BytesIO(files.xlsx_file(files.grid([row], NEW_WORKERS), sheet="data_tk_baru")))
    page = book["data_tk_baru"]
    for cell, day in (("L2", datetime(1990, 3, 2)), ("AC2", datetime(2026, 11, 2))):  # noqa: DTZ001 # a cell has no zone
        page[cell] = day
        page[cell].number_format = "dd/mm/yyyy"
    written = io.BytesIO()
    book.save(written)
    upload = send(firm, written.getvalue(), now, name="tanggal.xlsx", period=NOVEMBER, kind="new_workers")
    assert faults(firm, upload) == []
    (told,) = queries.preview(firm.id, upload.id).items
    assert told.on == date(2026, 11, 2)


def test_a_file_that_comes_back_with_our_column_is_read_like_the_first(firm: Firm, now: datetime) -> None:
    rows = people.changed(new_workers(3), 1, HP="0812", NOMOR_IDENTITAS="123")
    first = send(
        firm, files.csv_file(files.grid(rows, NEW_WORKERS)), now, name="a.csv", period=NOVEMBER, kind="new_workers"
    )
    content = files_back.annotated_file(firm.id, first.id)
    assert content is not None
    again = send(firm, content, now, name="b.xlsx", period=NOVEMBER, kind="new_workers")
    assert [(f.row_no, f.code, f.heading) for f in faults(firm, again)] == [
        (f.row_no, f.code, f.heading) for f in faults(firm, first)
    ]
    mended = files.with_cells(content, {"J3": "080012345678", "P3": str(new_workers(1)[0]["NOMOR_IDENTITAS"])})
    third = send(firm, mended, now, name="c.xlsx", period=NOVEMBER, kind="new_workers")
    assert (faults(firm, third), third.summary["workers"]) == ([], 3)


def test_a_broken_quote_is_the_fault_of_its_own_line(firm: Firm, now: datetime) -> None:
    lines = files.csv_file(files.grid(new_workers(3), NEW_WORKERS)).decode().split("\r\n")
    lines[2] = lines[2].replace("Bandung", '"Bandung')
    upload = send(firm, "\r\n".join(lines).encode(), now, name="a.csv", period=NOVEMBER, kind="new_workers")
    assert [(fault.row_no, fault.code) for fault in faults(firm, upload)] == [(3, "quotes")]
    assert (upload.can_confirm_part, upload.summary["workers"]) == (True, 2)


JUNK: list[Cell] = [
    "\u202e=cmd|'/C'!A0", "'; DROP TABLE x; --", '{"a":null}', "\\x00", "🙂", "1e400", "NaN", "-0", "9" * 40, "\\",
    "%s %(x)s", "{}", '"', "'", "{1,2}", "NULL", "٣", "A1", "x" * 400, "<script>", "#REF!",
]  # fmt: skip


@pytest.mark.parametrize("kind", people.HEADINGS)
def test_rubbish_in_every_cell_is_answered_row_by_row(firm: Firm, now: datetime, kind: str) -> None:
    headings = people.HEADINGS[kind]
    rows = [[JUNK[(row + place) % len(JUNK)] for place in range(len(headings))] for row in range(2 * len(JUNK))]
    for name, content in (
        ("a.csv", files.csv_file([headings, *rows])),
        ("a.xlsx", files.xlsx_file([headings, *rows], sheet="Lembar1")),
    ):
        upload = send(firm, content, now, name=name, period=NOVEMBER, kind=kind)
        assert (upload.state, upload.summary["workers"]) == ("checked", 0)
        assert upload.summary["rows_with_errors"] == upload.summary["rows"] == len(rows)
        assert files_back.annotated_file(firm.id, upload.id)


@pytest.mark.parametrize("kind", people.HEADINGS)
def test_a_file_of_one_broken_line_names_it(firm: Firm, now: datetime, kind: str) -> None:
    content = f'{",".join(people.HEADINGS[kind])}\n123,"Siti,1\n'.encode()
    upload = send(firm, content, now, name="a.csv", period=NOVEMBER, kind=kind)
    assert [(fault.row_no, fault.code) for fault in faults(firm, upload)] == [(2, "quotes")]
    assert (upload.can_confirm, upload.can_confirm_part) == (False, False)


def test_rows_of_totals_and_blank_rows_are_nobody(firm: Firm, now: datetime) -> None:
    rows: list[Row] = [*new_workers(1), {}, *new_workers(1), {"NAMA_LENGKAP": "TOTAL", "UPAH": 10_000_000}]
    content = files.csv_file(files.grid(rows, NEW_WORKERS))
    upload = send(firm, content, now, name="a.csv", period=NOVEMBER, kind="new_workers")
    assert [(fault.code, fault.severity) for fault in faults(firm, upload)] == [("total_rows", "note")]
    assert (upload.summary["workers"], upload.summary["empty_rows"]) == (2, 1)
