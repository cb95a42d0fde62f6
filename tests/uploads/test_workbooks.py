"""Sheets as people make them: which sheet, which row, which cells are numbers, what is hidden, what is empty."""

import io
import re
import time
from collections.abc import Callable

import openpyxl
import pytest
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lindung.uploads.limits import Refused
from lindung.uploads.sheet import Sheet
from tests.uploads import files
from tests.uploads.sending import read

HEADINGS = ["NIK", "KPJ", "NAMA_LENGKAP", "UPAH"]
NIK, KPJ = "9910014503900001", "12345678901"
WORKER = [NIK, KPJ, "Siti Contoh", 4_500_000]


def sheet_of(cells: list[list[files.Cell]], **how: object) -> Sheet:
    return read(files.xlsx_file(cells, **how))  # type: ignore[arg-type] # passed on as they are


def texts(sheet: Sheet) -> list[tuple[object, ...]]:
    return sheet.cells.select("row_no", *sheet.headings).rows()


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(content)
    return refused.value.code


def test_all_cells_come_back_as_text_with_the_rows_the_user_sees() -> None:
    sheet = sheet_of([HEADINGS, WORKER])
    assert texts(sheet) == [(2, NIK, KPJ, "Siti Contoh", "4500000")]
    assert sheet.letters == {"nik": "A", "kpj": "B", "name": "C", "wage": "D"}


def test_headings_are_found_below_titles_and_right_of_empty_columns_under_other_names() -> None:
    cells: list[list[files.Cell]] = [
        [None, "PT Contoh Jaya"],
        [],
        [None, None, "Gaji Pokok", "No. KPJ", "Nama Karyawan *", "Keterangan"],
        [None, None, 4_500_000, KPJ, "Siti", "x"],
    ]
    sheet = sheet_of(cells, sheet="Sheet1")
    assert sheet.heading_row == 3
    assert sheet.letters == {"wage": "C", "kpj": "D", "name": "E"}
    assert texts(sheet) == [(4, "4500000", KPJ, "Siti", "x")]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("NoKPJ;NIK;NamaTenagaKerja;UpahDilaporkan", {"kpj": "A", "nik": "B", "name": "C", "wage": "D"}),
        ("NO;NO KPJ;NIK;NAMA LENGKAP;UPAH;IURAN JHT TK", {"kpj": "B", "nik": "C", "name": "D", "wage": "E"}),
        ("NIK;ID_PEGAWAI;KODE_TK;TGL. LAHIR;UPAH (Rp)", {"nik": "A", "employee_no": "B", "worker_code": "C",
                                                        "birth_on": "D", "wage": "E"}),
        ("Employee;Employee Name;Basic Salary", {"employee_no": "A", "name": "B", "wage": "C"}),
    ],
)  # fmt: skip
def test_the_headings_of_other_programs_are_known(headings: str, expected: dict[str, str]) -> None:
    names = headings.split(";")
    assert sheet_of([list(names), ["1"] * len(names)]).letters == expected


def test_a_better_heading_wins_over_a_worse_one() -> None:
    sheet = sheet_of([["KPJ", "GAJI POKOK", "UPAH"], [KPJ, 1, 2]])
    assert sheet.letters["wage"] == "C"


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (["A", "B"], "no_headings"),
        (["KPJ", "NAMA"], "no_wage_heading"),
        (["NAMA", "UPAH"], "no_identifier_heading"),
        (["KPJ", "UPAH", "UPAH"], "heading_twice"),
    ],
)
def test_headings_that_do_not_tell_enough_are_refused(headings: list[files.Cell], code: str) -> None:
    assert refusal(files.xlsx_file([headings, ["1"] * len(headings)])) == code


def test_headings_in_row_eleven_are_too_far_down() -> None:
    assert refusal(files.xlsx_file([*([["x"]] * 10), HEADINGS, WORKER])) == "no_headings"


def test_only_headings_and_nothing_at_all_are_two_refusals() -> None:
    assert refusal(files.xlsx_file([HEADINGS])) == "no_rows"
    assert refusal(files.xlsx_file([])) == "empty_file"


def test_the_known_sheet_is_read_whatever_stands_before_it() -> None:
    other: list[list[files.Cell]] = [[*HEADINGS, "RAPEL", "BLTH"], ["9" * 16, "9" * 11, "Bukan", 1, 0, "x"]]
    sheet = read(files.xlsx_file(other, sheet="Lama", others=[("Data_Upah", [HEADINGS, WORKER], False)]))
    assert (sheet.name, sheet.cells.height) == ("Data_Upah", 1)
    assert sheet.notes["other_sheets"] == 1


def test_without_the_known_sheet_the_one_with_the_best_headings_is_read() -> None:
    sheet = read(files.xlsx_file([["Petunjuk"]], sheet="Petunjuk", others=[("Oktober", [HEADINGS, WORKER], False)]))
    assert sheet.name == "Oktober"


def test_a_hidden_sheet_is_read_only_if_nothing_else_is_there() -> None:
    hidden = ("data_upah", [HEADINGS, [NIK, KPJ, "Tersembunyi", 1]], True)
    sheet = read(files.xlsx_file([HEADINGS, WORKER], sheet="Terlihat", others=[hidden]))
    assert sheet.name == "Terlihat"


@pytest.mark.parametrize("make", [files.xlsx_file, files.ods_file])
def test_digits_kept_as_numbers_are_told_apart_from_text(make: Callable[[list[list[files.Cell]]], bytes]) -> None:
    cells: list[list[files.Cell]] = [
        HEADINGS,
        [NIK, 12345678901, "a", "4500000"],
        [9910014503900000, KPJ, "b", 1],
        [NIK, None, "c", 1],
    ]
    sheet = read(make(cells))
    assert sheet.cells["numeric nik"].to_list() == [False, True, False]
    assert sheet.cells["numeric kpj"].to_list() == [True, False, False]
    assert sheet.cells["A"].to_list() == [NIK, "9910014503900000", NIK]


def test_cells_that_do_not_say_where_they_are_are_read_all_the_same() -> None:
    def without_places(markup: bytes) -> bytes:
        return re.sub(rb'<c r="[A-Z]+\d+"', b"<c", markup)

    content = files.with_parts(
        files.xlsx_file([HEADINGS, [9910014503900000, KPJ, "b", 1]]), {files.SHEET: without_places}
    )
    sheet = read(content)
    assert texts(sheet) == [(2, "9910014503900000", KPJ, "b", "1")]
    assert sheet.cells["numeric nik"].to_list() == [True]


def test_markup_with_prefixes_is_read_all_the_same() -> None:
    def prefixed(markup: bytes) -> bytes:
        markup = re.sub(rb"<(/?)([a-z])", rb"<\1x:\2", markup.replace(b"xmlns=", b"xmlns:x=")).replace(b"<?x:", b"<?")
        return re.sub(rb"<x:\?xml", b"<?xml", markup)

    content = files.with_parts(
        files.xlsx_file([HEADINGS, [9910014503900000, KPJ, "b", 1]], constant_memory=True), {files.SHEET: prefixed}
    )
    sheet = read(content)
    assert sheet.cells["numeric nik"].to_list() == [True]


def test_formulas_errors_merged_cells_and_hidden_rows_are_told() -> None:
    def spoil(page: Worksheet, text: Format) -> None:
        page.write_formula(1, 3, "=4000000+500000", None, 4_500_000)
        page.write_formula(2, 3, "=1/0", None, "#DIV/0!")
        page.write_formula(3, 3, "=D1", None, "")
        page.set_row(2, None, None, {"hidden": True})
        page.set_row(9, None, None, {"hidden": True})
        page.merge_range(5, 2, 6, 2, "digabung", text)

    sheet = sheet_of([HEADINGS, *([[NIK, KPJ, "x", None]] * 3)], change=spoil)
    assert sheet.cells["D"].to_list()[0] == "4500000"
    assert ("error_cell", "D", 3) in sheet.spoilt
    assert sheet.notes["formulas"] == 3
    assert sheet.notes["merged_cells"] == 1
    assert sheet.notes["hidden_rows"] == 1


def test_a_formula_whose_result_was_not_saved_is_told() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADINGS)
    page.append([NIK, KPJ, "x", "=4000000+500000"])
    written = io.BytesIO()
    book.save(written)
    assert read(written.getvalue()).spoilt == [("unvalued_formula", "D", 2)]


def test_links_and_macros_are_told_and_not_followed() -> None:
    content = files.with_parts(
        files.xlsx_file([HEADINGS, WORKER]),
        {"xl/externalLinks/externalLink1.xml": lambda _: b"<x/>", "xl/vbaProject.bin": lambda _: b"\1\2"},
    )
    notes = read(content).notes
    assert (notes["links"], notes["macros"]) == (1, 1)


def test_rows_of_totals_and_blank_rows_are_passed_over_and_counted() -> None:
    cells: list[list[files.Cell]] = [HEADINGS, WORKER, [], [" ", None, "  "], WORKER, [None, None, "TOTAL", 9_000_000]]
    sheet = sheet_of(cells)
    assert sheet.cells["row_no"].to_list() == [2, 5]
    assert (sheet.notes["empty_rows"], sheet.notes["total_rows"]) == (2, 1)


def test_somebody_called_total_is_no_total() -> None:
    assert sheet_of([HEADINGS, [NIK, KPJ, "Total Contoh", 1]]).cells.height == 1


def test_a_sheet_that_claims_a_million_rows_and_uses_ten_is_read_as_ten() -> None:
    def boast(markup: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', markup)

    content = files.with_parts(files.xlsx_file([HEADINGS, *([WORKER] * 9)]), {files.SHEET: boast})
    assert read(content).cells.height == 9


@pytest.fixture(scope="module")
def million_empty_rows() -> bytes:
    """Two workers, a million coloured empty rows, and one more worker in the very last row."""

    def with_rows(markup: bytes) -> bytes:
        empty = b"".join(
            b'<row r="%d" spans="1:4"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n)
            for n in range(4, 1_048_576)
        )
        last = markup[markup.index(b'<row r="3"') : markup.index(b"</sheetData>")]
        last = re.sub(rb'r="([A-D]?)3"', rb'r="\g<1>1048576"', last)
        return markup.replace(b"</sheetData>", empty + last + b"</sheetData>")

    return files.with_parts(
        files.xlsx_file([HEADINGS, WORKER, [9910014503900000, KPJ, "b", 1]], constant_memory=True),
        {files.SHEET: with_rows},
    )


def test_a_million_empty_rows_cost_seconds_and_no_memory(million_empty_rows: bytes) -> None:
    started = time.perf_counter()
    sheet = read(million_empty_rows)
    assert sheet.cells["row_no"].to_list() == [2, 3, 1_048_576]
    assert sheet.cells["numeric nik"].to_list() == [False, True, True]
    assert time.perf_counter() - started < 15


def test_a_hundred_thousand_and_one_rows_are_refused() -> None:
    content = files.xlsx_file([["KPJ", "UPAH"], *([["12345678901", 1]] * 100_001)], constant_memory=True)
    assert refusal(content) == "too_many_rows"


def test_a_filled_cell_in_column_xfd_is_refused() -> None:
    def far(page: Worksheet, text: Format) -> None:
        page.write_string(1, 16_383, "x", text)

    assert refusal(files.xlsx_file([HEADINGS, WORKER], change=far)) == "too_many_columns"


def test_a_reference_beyond_every_sheet_cannot_be_read() -> None:
    def spoil(markup: bytes) -> bytes:
        return markup.replace(b'r="A2"', b'r="AAAAAAA2"')

    assert refusal(files.with_parts(files.xlsx_file([HEADINGS, WORKER]), {files.SHEET: spoil})) in (
        "cannot_be_read",
        "too_many_columns",
    )


def test_ten_megabytes_in_one_cell_are_refused() -> None:
    def fill(markup: bytes) -> bytes:
        return markup.replace(b"Siti Contoh", b"Siti " + bytes(range(65, 91)) * 400_000)

    assert refusal(
        files.with_parts(files.xlsx_file([HEADINGS, WORKER], constant_memory=True), {files.SHEET: fill})
    ) in ("unsafe", "cannot_be_read")


def test_an_ods_as_libreoffice_writes_it_is_read() -> None:
    tail = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = read(files.ods_file([["Judul"], HEADINGS, WORKER, [], WORKER], tail=tail))
    assert sheet.cells["row_no"].to_list() == [3, 5]
    assert sheet.cells["D"].to_list() == ["4500000", "4500000"]


def test_an_encrypted_ods_says_so() -> None:
    content = files.with_parts(
        files.ods_file([HEADINGS, WORKER]),
        {"META-INF/manifest.xml": lambda old: old.replace(b"/>", b"><manifest:encryption-data/></manifest:manifest>")},
    )
    assert refusal(content) == "password"


def test_a_document_that_is_no_spreadsheet_is_refused() -> None:
    text = {"mimetype": lambda _: b"application/vnd.oasis.opendocument.text"}
    assert refusal(files.with_parts(files.ods_file([HEADINGS, WORKER]), text)) == "wrong_type"
