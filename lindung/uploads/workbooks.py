"""Reading .xlsx and .ods in the child: which sheet, which cells are numbers, what is hidden, and the cells as text.

Cells are read column-wise by a compiled reader that lays a sheet out as a dense block; so a sheet's extent is measured
in its markup first, and one whose few rows lie far apart is drawn together.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import fastexcel
import polars as pl

from lindung.uploads.containers import Package
from lindung.uploads.layouts import (
    HEADING_ROWS,
    Headings,
    Layout,
    check_headings,
    column_letter,
    column_number,
    find_headings,
)
from lindung.uploads.limits import MOST_COLUMNS, MOST_ROWS, Refused
from lindung.uploads.markup import Markup, Survey, blocks
from lindung.uploads.table import Table

_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_SHEETS_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}sheet"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_ID_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
# About 200 bytes each in the reader, of the 512 MB that the child has.
_MOST_DENSE_CELLS = 6_000_000
_MOST_SHEETS = 50
# Up to here (dense, and at least 26 columns) time is dearer than memory.
_FEW_CELLS = 1_000_000
# What the last few cells were read from: letting go of each of its texts only delays a child that ends.
_held: list[object] = []


def read_ods(content: bytes, package: Package, layout: Layout) -> Table:
    """The rows of the best sheet of an .ods. Raises ``Refused``."""
    try:
        if not package.part("mimetype").startswith(_ODS_TYPE):
            raise Refused("wrong_type")
        if b"encryption-data" in package.part("META-INF/manifest.xml"):
            raise Refused("password")
    except KeyError as error:
        raise Refused("cannot_be_read") from error
    notes = _ods_notes(package)
    reader = fastexcel.read_excel(content)
    names = reader.sheet_names[:_MOST_SHEETS]
    loaded = {name: reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string") for name in names}
    visible = [name for name in names if loaded[name].visible == "visible"] or names
    frames = {name: _by_letters(loaded[name]) for name in visible}
    name, headings = _best_sheet(frames, layout)
    check_headings(headings, layout)
    flags = _by_letters(reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="boolean"))
    return Table(
        sheet=name,
        headings=headings,
        cells=_below(frames[name], headings, None),
        numeric=_numeric_by_flags(flags, headings, layout),
        notes={**notes, "other_sheets": _others(names, layout)},
    )


def _others(names: Sequence[str], layout: Layout) -> int:
    """How many sheets were passed over, but for those that belong to our own forms."""
    return sum(name.strip().lower() not in layout.beside for name in names) - 1


def _ods_notes(package: Package) -> dict[str, int]:
    hidden = re.compile(rb'table:visibility="(?:collapse|filter)"')
    notes = {"hidden_rows": 0, "formulas": 0}
    for block in blocks(package.chunks("content.xml"), b"<table:table-row"):
        notes["hidden_rows"] += len(hidden.findall(block))
        notes["formulas"] += block.count(b"table:formula=")
    return notes


def read_xlsx(content: bytes, package: Package, layout: Layout) -> Table:
    """The rows of the best sheet of an .xlsx. Raises ``Refused``."""
    sheets = list(_sheets(package))
    if not sheets:
        raise Refused("cannot_be_read")
    candidates = [(name, part) for name, part, visible in sheets if visible] or [(n, p) for n, p, _ in sheets]
    known = [(name, part) for name, part in candidates if name.strip().lower() == layout.sheet]
    with ThreadPoolExecutor(1) as aside:
        # What the compiled reader does takes nothing of Python, which looks at the markup meanwhile.
        opening = aside.submit(fastexcel.read_excel, content)
        for some in filter(None, (known, candidates)):
            markups = {name: Markup(package, part) for name, part in some[:_MOST_SHEETS]}
            surveys = {name: markup.survey() for name, markup in markups.items()}
            reader = opening.result()
            few = {name: markup for name, markup in markups.items() if surveys[name].cells <= _FEW_CELLS}
            numbered = {name: aside.submit(markup.number_letters) for name, markup in few.items()}
            read = {name: _read_sheet(reader, name, markup, surveys[name]) for name, markup in markups.items()}
            name, headings = _best_sheet({name: cells for name, (cells, _) in read.items()}, layout)
            if headings.score > 1:
                break
    check_headings(headings, layout)
    cells, row_numbers = read[name]
    told = surveys[name]
    if told.names_every_cell:
        columns = {f: headings.columns[f] for f in layout.numbers_as_text if f in headings.columns}
        if name in numbered:
            letters = numbered[name].result()
            columns = {f: column for f, column in columns.items() if column_letter(column) in letters}
        numeric = markups[name].numbers(columns) if columns else {}
    else:
        flags = _by_letters(reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="boolean"))
        numeric = _numeric_by_flags(flags, headings, layout)
    return Table(
        sheet=name,
        headings=headings if row_numbers is None else _at_row(headings, row_numbers),
        cells=_below(cells, headings, row_numbers),
        numeric=numeric,
        error_cells=tuple(told.error_cells),
        unvalued_cells=tuple(told.unvalued_cells),
        hidden_rows=frozenset(told.hidden_rows),
        notes={
            "merged_cells": told.merged_cells,
            "formulas": told.formulas,
            "macros": int("xl/vbaProject.bin" in package.names),
            "links": sum(name.startswith("xl/externalLinks/externalLink") for name in package.names),
            "other_sheets": _others([name for name, _, _ in sheets], layout),
        },
    )


def _sheets(package: Package) -> Iterator[tuple[str, str, bool]]:
    """Name, part and visibility of every worksheet, in the workbook's order."""
    try:
        relations = ElementTree.fromstring(package.part("xl/_rels/workbook.xml.rels"))
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in relations
            if relation.get("Type", "").endswith("/worksheet")
        }
        workbook = ElementTree.fromstring(package.part("xl/workbook.xml"))
    except (KeyError, ElementTree.ParseError) as error:
        raise Refused("cannot_be_read") from error
    for sheet in workbook.iter():
        if sheet.tag not in (_SHEETS, _SHEETS_STRICT):
            continue
        target = targets.get(sheet.get(_RELATION_ID) or sheet.get(_RELATION_ID_STRICT), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if target and part in package.names:
            yield sheet.get("name", ""), part, sheet.get("state", "visible") == "visible"


def _read_sheet(
    reader: fastexcel.ExcelReader, name: str, markup: Markup, survey: Survey
) -> tuple[pl.DataFrame, list[int] | None]:
    """The cells by letters, and each row's number if they are not simply counted from 1."""
    if survey.columns > MOST_COLUMNS:
        raise Refused("too_many_columns")
    _held.clear()
    if survey.cells <= _MOST_DENSE_CELLS:
        sheet = _load(reader, name)
        if survey.cells <= _FEW_CELLS:
            _held.extend((reader, sheet))
        return _by_letters(sheet), None
    filled = markup.filled_rows()
    if len(filled) > MOST_ROWS + HEADING_ROWS:
        raise Refused("too_many_rows")
    if len(filled) * survey.columns > _MOST_DENSE_CELLS:
        raise Refused("too_many_columns")
    drawn_together = _with_part(markup.package, markup.part, markup.drawn_together(filled))
    return _by_letters(_load(fastexcel.read_excel(drawn_together), name)), [number for number, _ in filled]


def _load(reader: fastexcel.ExcelReader, name: str) -> fastexcel.ExcelSheet:
    return reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")


def _with_part(package: Package, part: str, markup: bytes) -> bytes:
    """The workbook with one sheet's markup replaced; what a reader of cells does not need is left out."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in package.names:
            if name == part:
                archive.writestr(name, markup)
            elif not name.startswith(("xl/worksheets/", "xl/media/", "xl/drawings/")):
                archive.writestr(name, package.part(name))
    return written.getvalue()


def _by_letters(sheet: fastexcel.ExcelSheet) -> pl.DataFrame:
    cells = sheet.to_polars()
    cells.columns = [column_letter(column.absolute_index) for column in sheet.selected_columns]
    return cells


def _best_sheet(frames: dict[str, pl.DataFrame], layout: Layout) -> tuple[str, Headings]:
    found = {name: _find_headings(cells, layout) for name, cells in frames.items()}
    if all(cells.is_empty() for cells in frames.values()):
        raise Refused("empty_file")
    return max(found.items(), key=lambda item: item[1].score)


def _find_headings(cells: pl.DataFrame, layout: Layout) -> Headings:
    """Headings with columns counted from the sheet's own column A."""
    first = column_number(cells.columns[0]) if cells.columns else 0
    rows = [[None] * first + list(row) for row in cells.head(HEADING_ROWS).rows()]
    return find_headings(rows, layout)


def _at_row(headings: Headings, row_numbers: list[int]) -> Headings:
    return Headings(row_numbers[headings.row] - 1, headings.columns, headings.texts, headings.twice)


def _below(cells: pl.DataFrame, headings: Headings, row_numbers: list[int] | None) -> pl.DataFrame:
    """The rows under the headings with their numbers, only the columns that have a heading."""
    if row_numbers is None:
        numbered = cells.with_row_index("row_no", offset=1)
    else:
        numbered = cells.insert_column(0, pl.Series("row_no", row_numbers, pl.UInt32))
    letters = [column_letter(column) for column in sorted(headings.texts)]
    return numbered.slice(headings.row + 1).select("row_no", *letters)


def _numeric_by_flags(flags: pl.DataFrame, headings: Headings, layout: Layout) -> dict[str, pl.Series]:
    """The rows of the numeric cells, told by a second reading in which a number is a truth value and a text nothing."""
    numbered = flags.with_row_index("row_no", offset=1)
    letters = {f: column_letter(headings.columns[f]) for f in layout.numbers_as_text if f in headings.columns}
    return {
        name: numbered.filter(pl.col(letter).is_not_null())["row_no"]
        for name, letter in letters.items()
        if letter in flags.columns
    }
