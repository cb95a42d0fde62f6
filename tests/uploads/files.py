"""Files as employers send them, made in memory."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.builders import Firm

HEADINGS = ("NIK", "NO_PEGAWAI", "KPJ", "KODE_TK", "NAMA_LENGKAP", "TGL_LAHIR", "UPAH", "RAPEL", "BLTH", "NPP")
Cell = str | int | None
Row = dict[str, Cell]


def wage_rows(firm: Firm, *, wage: Cell = 10_000_000, period: date = date(2026, 10, 1)) -> list[Row]:
    """A faultless month of a firm: one row per worker, in the order in which they were registered."""
    return [
        {
            "NIK": told["nik"],
            "NO_PEGAWAI": told["employee_no"],
            "KPJ": kpj,
            "KODE_TK": None,
            "NAMA_LENGKAP": told["name"],
            "TGL_LAHIR": f"{told['birth_on']:%d-%m-%Y}",
            "UPAH": wage,
            "RAPEL": None,
            "BLTH": f"{period:%m/%Y}",
            "NPP": firm.npp,
        }
        for told, kpj in zip(firm.told.iter_rows(named=True), firm.people["kpj"], strict=True)
    ]


def grid(rows: Sequence[Mapping[str, Cell]], headings: Sequence[str] = HEADINGS) -> list[list[Cell]]:
    """Headings and rows as a plain block of cells."""
    return [list(headings), *([row.get(heading) for heading in headings] for row in rows)]


def csv_file(
    cells: Iterable[Iterable[Cell]], *, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n"
) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(cells)
    return text.getvalue().encode(encoding)


def xlsx_file(
    cells: Iterable[Iterable[Cell]],
    *,
    sheet: str = "data_upah",
    change: Callable[[Worksheet, Format], None] | None = None,
    others: Sequence[tuple[str, Iterable[Iterable[Cell]], bool]] = (),
    constant_memory: bool = False,
) -> bytes:
    """Texts as text, ints as numbers. ``others`` are (name, cells, hidden); ``change`` may spoil the sheet."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"constant_memory" if constant_memory else "in_memory": True}) as workbook:
        text = workbook.add_format({"num_format": "@"})
        for name, block, hidden in ((sheet, cells, False), *others):
            page = workbook.add_worksheet(name)
            for number, row in enumerate(block):
                for column, value in enumerate(row):
                    if isinstance(value, int):
                        page.write_number(number, column, value)
                    elif value is not None:
                        page.write_string(number, column, value, text)
            if hidden:
                page.hide()
            elif name == sheet and change is not None:
                change(page, text)
    return written.getvalue()


def ods_file(cells: Iterable[Iterable[Cell]], *, tail: str = "") -> bytes:
    """The least that an OpenDocument spreadsheet is; ``tail`` is markup after the last row."""
    rows = "".join(
        "<table:table-row>" + "".join(_ods_cell(value) for value in row) + "</table:table-row>" for row in cells
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="data_upah">{rows}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return zip_file(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def zip_file(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def with_parts(workbook: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """A workbook with some parts rewritten; a part that was not there is made from nothing."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts.get(name, b""))
    return zip_file(parts)


SHEET = "xl/worksheets/sheet1.xml"


def with_cells(workbook: bytes, changes: Mapping[str, str]) -> bytes:
    """A workbook with some cells of its first sheet typed over and saved again by another program."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for cell, value in changes.items():
        book.worksheets[0][cell] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
