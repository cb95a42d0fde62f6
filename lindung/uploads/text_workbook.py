"""Writing an .xlsx of one sheet whose cells are all text, column-wise: a hundred thousand rows in about a second.

The frame of the workbook (styles, widths, frozen headings) comes from xlsxwriter; only the rows are put in here.
A text that a spreadsheet could take for a formula gets an apostrophe in front.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lindung.uploads.layouts import column_letter

_SHEET = "xl/worksheets/sheet1.xml"
_FORMULA_START = r"^[=+\-@\t\r＝＋－＠]"
_NO_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
_MOST_CHARACTERS = 32_000
_ROWS_AT_ONCE = 5_000

Dress = Callable[[xlsxwriter.Workbook, Worksheet], None]
"""Adds to a workbook what a form has beside its rows: lists to choose from, sheets that explain."""


def write_text_sheet(
    rows: pl.DataFrame,
    *,
    name: str,
    headings: Sequence[str],
    widths: Sequence[int],
    heading_row: int,
    dress: Dress | None = None,
) -> bytes:
    """``rows``: ``row_no`` (above ``heading_row``, ascending) and then one text column per heading; null is empty."""
    frame, style = _frame(name, headings, widths, heading_row, dress)
    columns = [column for column in rows.columns if column != "row_no"]
    place = pl.col("row_no").cast(pl.String)
    cells = [
        pl.when(pl.col(column).is_not_null())
        .then(
            pl.concat_str(
                pl.lit(f'<c r="{column_letter(number)}'),
                place,
                pl.lit(f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'),
                _safe(column),
                pl.lit("</t></is></c>"),
            )
        )
        .otherwise(pl.lit(""))
        for number, column in enumerate(columns)
    ]
    row = pl.concat_str(pl.lit('<row r="'), place, pl.lit('">'), *cells, pl.lit("</row>"))
    markup = ("".join(part.select(row.alias("row"))["row"]).encode() for part in rows.iter_slices(_ROWS_AT_ONCE))
    last = rows["row_no"].max() or heading_row
    return _filled(frame, heading_row, markup, f"A1:{column_letter(len(columns) - 1)}{last!s}")


def _safe(column: str) -> pl.Expr:
    text = pl.col(column).str.replace_all(_NO_XML, "").str.slice(0, _MOST_CHARACTERS)
    text = pl.when(text.str.contains(_FORMULA_START)).then("'" + text).otherwise(text)
    return text.str.replace_many(["&", "<", ">", "\r"], ["&amp;", "&lt;", "&gt;", "&#13;"])


def _frame(
    name: str, headings: Sequence[str], widths: Sequence[int], heading_row: int, dress: Dress | None
) -> tuple[bytes, int]:
    """A workbook with headings and one empty text cell below them, and the number of that cell's style."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(name)
        text = workbook.add_format({"num_format": "@", "text_wrap": False})
        bold = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1})
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(column, column, width, text)
            sheet.write_string(heading_row - 1, column, _safe_heading(heading), bold)
        sheet.write_blank(heading_row, 0, None, text)
        sheet.freeze_panes(heading_row, 0)
        if dress is not None:
            dress(workbook, sheet)
    with zipfile.ZipFile(written) as archive:
        found = re.search(rb'<c r="A%d" s="(\d+)"/>' % (heading_row + 1), archive.read(_SHEET))
    assert found is not None
    return written.getvalue(), int(found[1])


def _safe_heading(text: str) -> str:
    text = re.sub(_NO_XML, "", text)
    return f"'{text}" if re.match(_FORMULA_START, text) else text


def _filled(frame: bytes, heading_row: int, rows: Iterable[bytes], extent: str) -> bytes:
    """The workbook with the rows in the place of the empty one."""
    empty_row = rb'<row r="%d"[^>]*><c r="A%d" s="\d+"/></row>' % (heading_row + 1, heading_row + 1)
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(frame)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as target,
    ):
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename != _SHEET:
                target.writestr(entry.filename, part)
                continue
            part = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % extent.encode(), part)
            head, tail = re.split(empty_row, part, maxsplit=1)
            with target.open(_SHEET, "w") as sheet:
                for piece in chain((head,), rows, (tail,)):
                    sheet.write(piece)
    return written.getvalue()
