"""Reading .xlsx and .ods in the child: which sheet, which cells are numbers, what is hidden, and the cells as text.

Cells are read column-wise by a compiled reader that lays a sheet out as a dense block; so a sheet's extent is measured
in its markup first, and one whose few rows lie far apart is drawn together.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from xml.etree import ElementTree

import fastexcel
import polars as pl

from lindung.uploads.containers import Package
from lindung.uploads.layouts import HEADING_ROWS, Headings, Layout, check_headings, column_letter, find_headings
from lindung.uploads.limits import MOST_COLUMNS, MOST_ROWS, Refused
from lindung.uploads.table import CellPlace, Table

_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_SHEETS_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}sheet"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_ID_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
# About 200 bytes each in the reader, of the 512 MB that the child has.
_MOST_DENSE_CELLS = 6_000_000
_MOST_SHEETS = 50


def read_ods(content: bytes, package: Package, layout: Layout) -> Table:
    """The rows of the best sheet of an .ods. Raises ``Refused``."""
    try:
        if not package.part("mimetype").startswith(_ODS_TYPE):
            raise Refused("wrong_type")
        if b"encryption-data" in package.part("META-INF/manifest.xml"):
            raise Refused("password")
    except KeyError as error:
        raise Refused("cannot_be_read") from error
    reader = fastexcel.read_excel(content)
    names = reader.sheet_names[:_MOST_SHEETS]
    loaded = {name: reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string") for name in names}
    visible = [name for name in names if loaded[name].visible == "visible"] or names
    frames = {name: _by_letters(loaded[name]) for name in visible}
    name, headings = _best_sheet(frames, layout)
    check_headings(headings, layout)
    flags = _by_letters(reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="boolean"))
    markup = package.part("content.xml")
    return Table(
        sheet=name,
        headings=headings,
        cells=_below(frames[name], headings, None),
        numeric=_numeric_by_flags(flags, headings, layout),
        notes={
            "hidden_rows": len(re.findall(rb'table:visibility="(?:collapse|filter)"', markup)),
            "formulas": markup.count(b"table:formula="),
            "other_sheets": len(names) - 1,
        },
    )


def read_xlsx(content: bytes, package: Package, layout: Layout) -> Table:
    """The rows of the best sheet of an .xlsx. Raises ``Refused``."""
    sheets = list(_sheets(package))
    if not sheets:
        raise Refused("cannot_be_read")
    candidates = [(name, part) for name, part, visible in sheets if visible] or [(n, p) for n, p, _ in sheets]
    known = [(name, part) for name, part in candidates if name.strip().lower() == layout.sheet]
    for some in filter(None, (known, candidates)):
        read = {name: _read_sheet(content, package, name, part) for name, part in some[:_MOST_SHEETS]}
        name, headings = _best_sheet({name: cells for name, (cells, _) in read.items()}, layout)
        if headings.score > 1:
            break
    check_headings(headings, layout)
    cells, row_numbers = read[name]
    markup = Markup(package.part(dict(candidates)[name]))
    numeric: dict[str, pl.Series]
    if markup.names_every_cell:
        numeric = markup.numeric({f: headings.columns[f] for f in layout.numbers_as_text if f in headings.columns})
    else:
        reader = fastexcel.read_excel(content)
        flags = _by_letters(reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="boolean"))
        numeric = _numeric_by_flags(flags, headings, layout)
    return Table(
        sheet=name,
        headings=headings if row_numbers is None else _at_row(headings, row_numbers),
        cells=_below(cells, headings, row_numbers),
        numeric=numeric,
        error_cells=markup.error_cells(),
        unvalued_cells=markup.unvalued_cells(),
        hidden_rows=markup.hidden_rows(),
        notes={
            "merged_cells": markup.merged_cells,
            "formulas": markup.formulas,
            "macros": int("xl/vbaProject.bin" in package.names),
            "links": sum(name.startswith("xl/externalLinks/externalLink") for name in package.names),
            "other_sheets": len(sheets) - 1,
        },
    )


def _sheets(package: Package) -> Iterator[tuple[str, str, bool]]:
    """Name, part and visibility of every worksheet, in the workbook's order."""
    try:
        relations = ElementTree.fromstring(package.part("xl/_rels/workbook.xml.rels"))
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        workbook = ElementTree.fromstring(package.part("xl/workbook.xml"))
    except (KeyError, ElementTree.ParseError) as error:
        raise Refused("cannot_be_read") from error
    for sheet in workbook.iter():
        if sheet.tag not in (_SHEETS, _SHEETS_STRICT):
            continue
        target = targets.get(sheet.get(_RELATION_ID) or sheet.get(_RELATION_ID_STRICT), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in package.names and "chartsheets" not in part:
            yield sheet.get("name", ""), part, sheet.get("state", "visible") == "visible"


def _read_sheet(content: bytes, package: Package, name: str, part: str) -> tuple[pl.DataFrame, list[int] | None]:
    """The cells by letters, and each row's number if they are not simply counted from 1."""
    markup = Markup(package.part(part))
    rows, columns = markup.extent()
    if columns > MOST_COLUMNS:
        raise Refused("too_many_columns")
    if rows * columns <= _MOST_DENSE_CELLS:
        return _by_letters(_load(content, name)), None
    filled = markup.filled_rows()
    if len(filled) > MOST_ROWS + HEADING_ROWS:
        raise Refused("too_many_rows")
    if len(filled) * columns > _MOST_DENSE_CELLS:
        raise Refused("too_many_columns")
    drawn_together = _with_part(package, part, markup.drawn_together(filled))
    return _by_letters(_load(drawn_together, name)), [number for number, _ in filled]


def _load(content: bytes, name: str) -> fastexcel.ExcelSheet:
    return fastexcel.read_excel(content).load_sheet(name, header_row=None, skip_rows=0, dtypes="string")


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
    first = _column_number(cells.columns[0]) if cells.columns else 0
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


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class Markup:
    """A worksheet's markup, asked by patterns over its bytes: a tree of five million nodes would cost a minute."""

    def __init__(self, markup: bytes) -> None:
        self._bytes = markup
        named = re.search(rb"<(\w+:)?worksheet\b", markup[:4096])
        self._prefix = (named[1] or b"") if named else b""

    def _pattern(self, template: bytes) -> re.Pattern[bytes]:
        return re.compile(template.replace(b"~", re.escape(self._prefix)), re.DOTALL)

    @property
    def names_every_cell(self) -> bool:
        """Whether each cell begins by saying where it is, as all but a few programs write it."""
        return self._pattern(rb'<~c(?! r=")[ >]').search(self._bytes) is None

    @cached_property
    def formulas(self) -> int:
        return len(self._pattern(rb"<~f[ >]").findall(self._bytes))

    @property
    def merged_cells(self) -> int:
        return self._bytes.count(b"mergeCell ", max(self._bytes.rfind(b"sheetData>"), 0))

    def extent(self) -> tuple[int, int]:
        """Rows and columns of the block that holds every filled cell, from A1."""
        end = max(self._bytes.rfind(b"</" + self._prefix + tag) for tag in (b"v>", b"t>"))
        start = self._bytes.rfind(b"<" + self._prefix + b"row", 0, max(end, 0))
        last = self._pattern(rb'<~row\b[^>]*?\br="(\d{1,7})"').match(self._bytes, max(start, 0))
        rows = int(last[1]) if last else self._bytes.count(b"<" + self._prefix + b"row")
        wide = set(self._pattern(rb'<~c r="([A-Z]{2,})\d').findall(self._bytes))
        if len(wide) > 64:
            # So many columns are mostly empty cells with a colour: look at the filled ones alone.
            wide = set(self._pattern(rb'<~c r="([A-Z]{2,})\d+"[^>/]*>').findall(self._bytes))
        return rows, max((_column_number(letters.decode()) + 1 for letters in wide), default=26)

    def filled_rows(self) -> list[tuple[int, bytes]]:
        """Number and inner markup of each row that has a value; at most a few more than a file may have."""
        rows = self._pattern(rb'<~row\b[^>]*?\br="(\d{1,7})"[^>]*(?<!/)>(.*?)</~row>').finditer(self._bytes)
        has_value = self._pattern(rb"<~(?:v|t)\b[^>]*(?<!/)>[^<]")
        filled = []
        for row in rows:
            if has_value.search(row[2]):
                filled.append((int(row[1]), row[2]))
                if len(filled) > MOST_ROWS + HEADING_ROWS:
                    break
        return filled

    def drawn_together(self, filled: list[tuple[int, bytes]]) -> bytes:
        """A sheet of these rows alone, numbered from 1."""
        cell = self._pattern(rb'(<~c r="[A-Z]+)\d+"')
        head = self._bytes[: self._bytes.find(b"<" + self._prefix + b"sheetData")]
        tag = self._prefix
        parts = [re.sub(rb"<(?:\w+:)?dimension[^>]*>", b"", head), b"<", tag, b"sheetData>"]
        for number, (_, inner) in enumerate(filled, 1):
            place = str(number).encode()
            cells = cell.sub(rb"\g<1>" + place + b'"', inner)
            parts += [b"<", tag, b'row r="', place, b'">', cells, b"</", tag, b"row>"]
        return b"".join([*parts, b"</", tag, b"sheetData></", tag, b"worksheet>"])

    def numeric(self, columns: dict[str, int]) -> dict[str, pl.Series]:
        """Per field, the rows whose cell holds a number."""
        letters = {column_letter(column).encode(): name for name, column in columns.items()}
        if not letters:
            return {}
        pattern = self._pattern(
            rb'<~c r="(' + b"|".join(letters) + rb')(\d+)"(?![^>]*\bt="(?:s|inlineStr|str)")[^>/]*>'
        )
        rows: dict[str, list[int]] = {name: [] for name in letters.values()}
        for letter, row in pattern.findall(self._bytes):
            rows[letters[letter]].append(int(row))
        return {name: pl.Series(numbers, dtype=pl.UInt32) for name, numbers in rows.items()}

    def error_cells(self) -> tuple[CellPlace, ...]:
        """Cells that show #REF!, #N/A and the like."""
        if b't="e"' not in self._bytes:
            return ()
        return self._places(rb'<~c r="([A-Z]+)(\d+)"[^>]*\bt="e"')

    def unvalued_cells(self) -> tuple[CellPlace, ...]:
        """Formulas whose result was not saved with them."""
        if not self.formulas:
            return ()
        return self._places(rb'<~c r="([A-Z]+)(\d+)"[^>]*><~f\b(?:[^>]*/>|[^>]*>[^<]*</~f>)(?:<~v ?/>|<~v></~v>)?</~c>')

    def _places(self, template: bytes) -> tuple[CellPlace, ...]:
        found = self._pattern(template).findall(self._bytes)
        return tuple((_column_number(letters.decode()), int(row)) for letters, row in found)

    def hidden_rows(self) -> frozenset[int]:
        if b'hidden="' not in self._bytes:
            return frozenset()
        pattern = self._pattern(rb'<~row\b[^>]*?\br="(\d+)"[^>]*\bhidden="(?:1|true)"')
        return frozenset(int(row) for row in pattern.findall(self._bytes))
