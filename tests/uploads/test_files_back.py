"""Files that go back to the sender: the template, and his own file with what to mend."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from lindung.uploads import files_back
from lindung.uploads.text_workbook import write_text_sheet
from tests import builders
from tests.builders import Firm
from tests.often import often
from tests.uploads import files
from tests.uploads.sending import OCTOBER, faults, read, send

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def opened(content: bytes) -> Worksheet:
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    return page  # type: ignore[return-value] # a workbook of ours has one ordinary sheet


def values(content: bytes) -> list[list[object]]:
    return [list(row) for row in opened(content).iter_rows(values_only=True)]


def written(rows: Sequence[Sequence[str | None]], *, heading_row: int = 1) -> bytes:
    width = len(rows[0])
    letters = [f"c{number}" for number in range(width)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(letters, pl.String), orient="row")
    return write_text_sheet(
        frame.with_row_index("row_no", offset=heading_row + 1),
        name="data_upah",
        headings=[f"Kolom {number}" for number in range(width)],
        widths=[12] * width,
        heading_row=heading_row,
    )


@pytest.fixture
def firm(db: None, now: datetime) -> Firm:
    return builders.firm(now=now, workers=3)


def test_every_cell_is_text_and_stays_text_when_typed_over() -> None:
    page = opened(written([["4500000", "0123"], [None, "02-03-1990"]]))
    assert [[cell.value for cell in row] for row in page["A2:B3"]] == [["4500000", "0123"], [None, "02-03-1990"]]
    assert page["A2"].number_format == "@"
    assert page["A2"].data_type == "s"
    assert page.column_dimensions["A"].width
    assert page.freeze_panes == "A2"


@settings(max_examples=often(40), deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), min_size=1, max_size=5))
def test_no_cell_can_become_a_formula_and_no_text_breaks_the_file(texts: list[str]) -> None:
    for value in (row[0] for row in values(written([[text] for text in texts]))[1:]):
        assert value is None or not str(value).startswith(FORMULA_STARTS)


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_what_could_be_a_formula_gets_an_apostrophe(start: str) -> None:
    content = written([[f"{start}cmd|'/c calc'!A0", "<b>&"]])
    (_, (dangerous, markup)) = values(content)
    assert str(dangerous).startswith("'")
    assert markup == "<b>&"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f" not in archive.read(files.SHEET)


def test_rows_keep_their_places_under_headings_further_down() -> None:
    page = opened(written([["a"], ["b"]], heading_row=4))
    assert [page.cell(row, 1).value for row in range(1, 7)] == [None, None, None, "Kolom 0", "a", "b"]


def spoilt_file(firm: Firm) -> bytes:
    """Titles above, a column of their own, and two rows to mend."""
    rows = files.wage_rows(firm)
    rows[0] |= {"UPAH": "4.500", "BLTH": "09/2026"}
    rows[2]["NAMA_LENGKAP"] = "=HYPERLINK(0)"
    block = files.grid([{**row, "Jabatan": "Operator"} for row in rows], [*files.HEADINGS, "Jabatan"])
    return files.xlsx_file([["Upah PT Contoh"], [], *block])


def test_the_annotated_file_is_the_users_own_with_a_first_column_that_says_what_to_mend(
    firm: Firm, now: datetime
) -> None:
    upload = send(firm, spoilt_file(firm), now, name="upah.xlsx")
    content = files_back.annotated_file(firm.id, upload.id)
    assert content is not None
    block = values(content)
    assert block[2] == ["Perbaiki", *files.HEADINGS, "Jabatan"]
    reason = str(block[3][0])
    assert "UPAH: Upah ini bisa berarti dua jumlah. Tulis angka penuh, contoh 4500000." in reason
    assert "BLTH: " in reason
    assert block[4][0] is None
    assert "NAMA_LENGKAP: " in str(block[5][0])
    assert block[5][5] == "'=HYPERLINK(0)"
    assert [row[-1] for row in block[3:]] == ["Operator"] * 3


def test_the_annotated_file_sent_back_is_read_like_the_first(firm: Firm, now: datetime) -> None:
    first = send(firm, spoilt_file(firm), now, name="upah.xlsx")
    content = files_back.annotated_file(firm.id, first.id)
    assert content is not None
    again = send(firm, content, now, name="upah.xlsx")
    assert [(f.row_no, f.code, f.heading) for f in faults(firm, again)] == [
        (f.row_no, f.code, f.heading) for f in faults(firm, first)
    ]
    third = files_back.annotated_file(firm.id, again.id)
    assert third is not None
    assert values(third)[2][:3] == ["Perbaiki", "NIK", "NO_PEGAWAI"]


def test_the_mended_annotated_file_is_taken(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0]["UPAH"] = None
    upload = send(firm, files.csv_file(files.grid(rows)), now)
    content = files_back.annotated_file(firm.id, upload.id)
    assert content is not None
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.active
    assert page is not None
    page["H2"] = 10_000_000
    mended = io.BytesIO()
    book.save(mended)
    assert send(firm, mended.getvalue(), now, name="upah.xlsx").can_confirm


def test_a_faultless_file_needs_no_annotated_one(firm: Firm, now: datetime) -> None:
    upload = send(firm, files.csv_file(files.grid(files.wage_rows(firm))), now)
    assert files_back.annotated_file(firm.id, upload.id) is None


def test_the_template_holds_every_worker_with_last_months_wage_and_no_nik(firm: Firm, now: datetime) -> None:
    builders.bill(firm, date(2026, 9, 1), now, wage_rupiah=7_500_000)
    content = files_back.template(firm.id, kind="wage_report", period=OCTOBER)
    block = values(content)
    assert block[0] == list(files.HEADINGS)
    assert {row[2] for row in block[1:]} == set(firm.people["kpj"])
    assert {row[0] for row in block[1:]} == {None}
    assert {(row[6], row[8], row[9]) for row in block[1:]} == {("7500000", "10/2026", firm.npp)}
    assert read(content).name == "data_upah"


def test_a_firm_without_workers_gets_an_empty_template(db: None, now: datetime) -> None:
    nobody = builders.firm(now=now, workers=0)
    assert values(files_back.template(nobody.id, kind="wage_report", period=OCTOBER)) == [list(files.HEADINGS)]


def test_the_template_sent_back_as_it_is_becomes_a_faultless_month(firm: Firm, now: datetime) -> None:
    builders.bill(firm, date(2026, 9, 1), now)
    upload = send(firm, files_back.template(firm.id, kind="wage_report", period=OCTOBER), now, name="upah.xlsx")
    assert (faults(firm, upload), upload.summary["unchanged"]) == ([], 3)
    assert upload.can_confirm
