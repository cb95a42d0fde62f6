"""A worksheet's markup, asked by patterns over its bytes, some rows at a time.

A tree of its nodes would cost a minute and a gigabyte; and a sheet's markup beside its cells may be more than the
reading child has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from lindung.uploads.containers import Package
from lindung.uploads.layouts import HEADING_ROWS, column_letter, column_number
from lindung.uploads.limits import MOST_ROWS
from lindung.uploads.table import CellPlace

_MOST_WIDE_COLUMNS = 64


def blocks(chunks: Iterator[bytes], start_of_row: bytes) -> Iterator[bytes]:
    """Markup in pieces that begin with a row, but for the first, and never cut one."""
    rest = b""
    for chunk in chunks:
        block = rest + chunk
        cut = block.rfind(start_of_row, max(0, len(rest) - len(start_of_row)))
        if cut > 0:
            yield block[:cut]
            block = block[cut:]
        rest = block
    yield rest


@dataclass
class Details:
    """What the cells alone do not tell; ``numeric``: per field, the rows whose cell holds a number.

    Without ``names_every_cell`` some cells do not say where they are, and ``numeric`` is not to be believed.
    """

    numeric: dict[str, pl.Series]
    names_every_cell: bool = True
    error_cells: list[CellPlace] = field(default_factory=list)
    unvalued_cells: list[CellPlace] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    formulas: int = 0
    merged_cells: int = 0


class Markup:
    """One worksheet of a package."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        first = next(package.chunks(part), b"")
        named = re.search(rb"<(\w+:)?worksheet\b", first[:4096])
        self._prefix = (named[1] or b"") if named else b""

    def _pattern(self, template: bytes) -> re.Pattern[bytes]:
        """A pattern in which ``~`` stands for the prefix of this sheet's tags."""
        return re.compile(template.replace(b"~", re.escape(self._prefix)), re.DOTALL)

    def _blocks(self) -> Iterator[bytes]:
        return blocks(self._package.chunks(self._part), b"<" + self._prefix + b"row")

    def extent(self) -> tuple[int, int]:
        """Rows and columns of the block that holds every filled cell, from A1."""
        ends = [b"</" + self._prefix + tag for tag in (b"v>", b"t>")]
        start_of_row = b"<" + self._prefix + b"row"
        number = self._pattern(rb'<~row\b[^>]*?\br="(\d{1,7})"')
        letters = self._pattern(rb'<~c r="([A-Z]{2,})\d')
        wide: set[bytes] = set()
        rows = counted = 0
        for block in self._blocks():
            wide.update(letters.findall(block))
            counted += block.count(start_of_row)
            end = max(block.rfind(tag) for tag in ends)
            if end >= 0:
                last = number.match(block, max(block.rfind(start_of_row, 0, end), 0))
                rows = int(last[1]) if last else counted
        if len(wide) > _MOST_WIDE_COLUMNS:
            # So many columns are mostly empty cells with a colour: look at the filled ones alone.
            filled = self._pattern(rb'<~c r="([A-Z]{2,})\d+"[^>/]*>')
            wide = {letter for block in self._blocks() for letter in filled.findall(block)}
        return rows, max((column_number(letter.decode()) + 1 for letter in wide), default=26)

    def details(self, columns: dict[str, int]) -> Details:
        """What the user must be told of; ``columns`` are the fields whose numbers must be text."""
        names = {column_letter(column).encode(): name for name, column in columns.items()}
        letters = b"|".join(names) or b"-"
        numeric = self._pattern(rb'<~c r="(' + letters + rb')(\d+)"(?![^>]*\bt="(?:s|inlineStr|str)")[^>/]*>')
        nameless = self._pattern(rb'<~c(?! r=")[ >]')
        formula = self._pattern(rb"<~f[ >]")
        error = self._pattern(rb'<~c r="([A-Z]+)(\d+)"[^>]*\bt="e"')
        unvalued = self._pattern(
            rb'<~c r="([A-Z]+)(\d+)"[^>]*><~f\b(?:[^>]*/>|[^>]*>[^<]*</~f>)(?:<~v ?/>|<~v></~v>)?</~c>'
        )
        hidden = self._pattern(rb'<~row\b[^>]*?\br="(\d+)"[^>]*\bhidden="(?:1|true)"')
        merged = b"<" + self._prefix + b"mergeCell "
        rows: dict[str, list[int]] = {name: [] for name in names.values()}
        told = Details({})
        for block in self._blocks():
            for letter, row in numeric.findall(block):
                rows[names[letter]].append(int(row))
            told.names_every_cell = told.names_every_cell and nameless.search(block) is None
            formulas = len(formula.findall(block))
            if formulas:
                told.formulas += formulas
                told.unvalued_cells += _places(unvalued, block)
            if b't="e"' in block:
                told.error_cells += _places(error, block)
            if b'hidden="' in block:
                told.hidden_rows += map(int, hidden.findall(block))
        told.merged_cells = block.count(merged)
        told.numeric = {name: pl.Series(numbers, dtype=pl.UInt32) for name, numbers in rows.items()}
        return told

    def filled_rows(self) -> list[tuple[int, bytes]]:
        """Number and inner markup of each row that has a value; at most a few more than a file may have."""
        pattern = self._pattern(rb'<~row\b[^>]*?\br="(\d{1,7})"[^>]*(?<!/)>(.*?)</~row>')
        has_value = self._pattern(rb"<~(?:v|t)\b[^>]*(?<!/)>[^<]")
        filled = []
        for block in self._blocks():
            filled += [(int(row[1]), row[2]) for row in pattern.finditer(block) if has_value.search(row[2])]
            if len(filled) > MOST_ROWS + HEADING_ROWS:
                break
        return filled

    def drawn_together(self, filled: list[tuple[int, bytes]]) -> bytes:
        """A sheet of these rows alone, numbered from 1."""
        tag = self._prefix
        cell = self._pattern(rb'(<~c r="[A-Z]+)\d+"')
        head = next(self._blocks())
        head = re.sub(rb"<(?:\w+:)?dimension[^>]*>", b"", head[: head.find(b"<" + tag + b"sheetData")])
        parts = [head, b"<", tag, b"sheetData>"]
        for number, (_, inner) in enumerate(filled, 1):
            place = str(number).encode()
            cells = cell.sub(rb"\g<1>" + place + b'"', inner)
            parts += [b"<", tag, b'row r="', place, b'">', cells, b"</", tag, b"row>"]
        return b"".join([*parts, b"</", tag, b"sheetData></", tag, b"worksheet>"])


def _places(pattern: re.Pattern[bytes], block: bytes) -> list[CellPlace]:
    return [(column_number(letters.decode()), int(row)) for letters, row in pattern.findall(block)]
