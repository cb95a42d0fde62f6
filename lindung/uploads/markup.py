"""A worksheet's markup, asked by patterns over its bytes, some rows at a time.

A tree of its nodes would cost a minute and a gigabyte; and a sheet's markup beside its cells may be more than the
reading child has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from lindung.uploads.containers import Package
from lindung.uploads.layouts import HEADING_ROWS, column_letter, column_number
from lindung.uploads.limits import MOST_ROWS
from lindung.uploads.table import CellPlace

_MOST_WIDE_COLUMNS = 64


def blocks(chunks: Iterator[bytes], start_of_row: bytes) -> Iterator[bytes]:
    """Markup in pieces that begin with a row, but for the first, and never cut one."""
    block, searched = next(chunks, b""), 0
    for chunk in chunks:
        cut = block.rfind(start_of_row, searched)
        if cut > 0:
            yield block[:cut]
            block = block[cut:]
        searched = max(0, len(block) - len(start_of_row))
        block += chunk
    yield block


@dataclass
class Survey:
    """What the cells alone do not tell. ``rows`` and ``columns``: of the block that holds every filled cell, from A1.

    Without ``names_every_cell`` some cells do not say where they are.
    """

    rows: int = 0
    columns: int = 26
    names_every_cell: bool = True
    error_cells: list[CellPlace] = field(default_factory=list)
    unvalued_cells: list[CellPlace] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    formulas: int = 0
    merged_cells: int = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns


class Markup:
    """One worksheet of a package."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        first = next(package.chunks(part), b"")
        named = re.search(rb"<(\w+:)?worksheet\b", first[:4096])
        self._prefix = (named[1] or b"") if named else b""
        self._row = b"<" + self._prefix + b"row"

    def _pattern(self, template: bytes) -> re.Pattern[bytes]:
        """A pattern in which ``~`` stands for the prefix of this sheet's tags."""
        return re.compile(template.replace(b"~", re.escape(self._prefix)), re.DOTALL)

    def _blocks(self) -> Iterator[bytes]:
        return blocks(self.package.chunks(self.part), self._row)

    def survey(self) -> Survey:
        """What must be known before the cells are read, and what the user must be told of.

        Most sheets have little of it: what takes long to find is looked for only where a shorter look says it may be.
        """
        not_in_a_to_z = self._pattern(rb'<~c(?! r="[A-Z]\d)[ >]')
        letters = self._pattern(rb'<~c r="([A-Z]{2,})\d')
        nameless = self._pattern(rb'<~c(?! r=")[ >]')
        formula = self._pattern(rb"<~f[ >]")
        error = self._pattern(rb'<~c r="([A-Z]+)(\d+)"[^>]*\bt="e"')
        unvalued = self._pattern(
            rb'<~c r="([A-Z]+)(\d+)"[^>]*><~f\b(?:[^>]*/>|[^>]*>[^<]*</~f>)(?:<~v ?/>|<~v></~v>)?</~c>'
        )
        hidden = self._pattern(rb'<~row\b[^>]*?\br="(\d+)"[^>]*\bhidden="(?:1|true)"')
        told, wide = Survey(), set[bytes]()
        last_row, blocks_to_it = None, 0
        for number, block in enumerate(self._blocks(), 1):
            row = self._last_filled_row(block)
            if row is not None:
                last_row, blocks_to_it = row, number
            if not_in_a_to_z.search(block):
                wide.update(letters.findall(block))
                told.names_every_cell = told.names_every_cell and nameless.search(block) is None
            formulas = len(formula.findall(block))
            if formulas:
                told.formulas += formulas
                told.unvalued_cells += _places(unvalued, block)
            if b't="e"' in block:
                told.error_cells += _places(error, block)
            if b'hidden="' in block:
                told.hidden_rows += map(int, hidden.findall(block))
        if blocks_to_it:
            told.rows = last_row or sum(block.count(self._row) for block in islice(self._blocks(), blocks_to_it))
        after_rows = max(0, block.rfind(b"</" + self._prefix + b"sheetData"))
        told.merged_cells = block.count(b"<" + self._prefix + b"mergeCell ", after_rows)
        if len(wide) > _MOST_WIDE_COLUMNS:
            # So many columns are mostly empty cells with a colour: look at the filled ones alone.
            filled = self._pattern(rb'<~c r="([A-Z]{2,})\d+"[^>/]*>')
            wide = {letter for block in self._blocks() for letter in filled.findall(block)}
        told.columns = max((column_number(letter.decode()) + 1 for letter in wide), default=told.columns)
        return told

    def _last_filled_row(self, block: bytes) -> int | None:
        """The number of the last row with a value; 0 if it does not say its number, None if there is none."""
        end = block.rfind(b"</" + self._prefix + b"v>")
        end = max(end, block.rfind(b"</" + self._prefix + b"t>", max(end, 0)))
        if end < 0:
            return None
        number = self._pattern(rb'<~row\b[^>]*?\br="(\d{1,7})"').match(block, max(block.rfind(self._row, 0, end), 0))
        return int(number[1]) if number else 0

    def _number(self, letters: bytes) -> re.Pattern[bytes]:
        """A cell of one of these columns that holds a number and says where it is."""
        # What most programs write of a text comes first: there the pattern ends at once.
        return self._pattern(rb'<~c r="(' + letters + rb')(\d+)"(?! t="s")(?![^>]*\bt="(?:s|inlineStr|str)")[^>/]*>')

    def number_letters(self) -> set[str]:
        """The columns in which some cell holds a number and says where it is."""
        number = self._number(rb"[A-Z]+")
        return {cell[1].decode() for block in self._blocks() for cell in number.finditer(block)}

    def numbers(self, columns: dict[str, int]) -> dict[str, pl.Series]:
        """Per field, of those whose numbers must be text, the rows whose cell holds a number and says where it is."""
        names = {column_letter(column).encode(): name for name, column in columns.items()}
        number = self._number(b"|".join(names) or b"-")
        rows: dict[str, list[int]] = {name: [] for name in names.values()}
        for block in self._blocks():
            for letter, row in number.findall(block):
                rows[names[letter]].append(int(row))
        return {name: pl.Series(numbers, dtype=pl.UInt32) for name, numbers in rows.items()}

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
