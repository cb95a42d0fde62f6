"""The rows of a sheet that count, packed for the way from the reading child to its parent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import polars as pl

from lindung.uploads.layouts import Layout, column_letter
from lindung.uploads.limits import MOST_CELL_CHARACTERS, MOST_ROWS, Refused
from lindung.uploads.table import Table

_TOTAL: Final = r"^(?i)\s*(?:grand\s*total|sub\s*total|total|jumlah)\b"


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet as read: ``cells`` has ``row_no``, a text column per letter, and ``numeric <field>`` flags.

    ``letters`` gives the column of each known field; ``headings`` the user's own text of each column.
    ``spoilt`` lists cells that could not be read: (code, letter or "", row).
    """

    name: str
    heading_row: int
    letters: Mapping[str, str]
    headings: Mapping[str, str]
    cells: pl.DataFrame
    spoilt: list[tuple[str, str, int]]
    notes: Mapping[str, int]


def real_rows(table: Table, layout: Layout) -> Sheet:
    """Without rows that say nothing and rows of totals. Raises ``Refused`` when too few or too many are left."""
    letters = {name: column_letter(column) for name, column in table.headings.columns.items()}
    empty = table.cells
    for name in layout.content:
        if name in letters and not empty.is_empty():
            empty = empty.filter((pl.col(letters[name]).str.strip_chars() == "").fill_null(value=True))
    cells = _without(table.cells, empty)
    last_row = cells["row_no"].max() or 0
    assert isinstance(last_row, int)
    cells, totals = _without_totals(cells, letters, layout)
    if cells.height > MOST_ROWS:
        raise Refused("too_many_rows")
    spoilt = [("quotes", "", row) for row in table.broken_lines]
    spoilt += [("overlong_line", "", row) for row in table.overlong_lines]
    if cells.is_empty() and not spoilt:
        raise Refused("no_rows")
    texts = [name for name in cells.columns if name != "row_no"]
    longest = cells.select(pl.max_horizontal(pl.col(texts).str.len_chars().max())).item() if texts else 0
    if (longest or 0) > MOST_CELL_CHARACTERS:
        raise Refused("unsafe")
    kept = set(letters.values())
    for code, places in (("error_cell", table.error_cells), ("unvalued_formula", table.unvalued_cells)):
        spoilt += [(code, letter, row) for c, row in places if (letter := column_letter(c)) in kept]
    notes: dict[str, int] = {
        "empty_rows": max(0, last_row - table.headings.row - 1 - cells.height - totals),
        "total_rows": totals,
        "hidden_rows": cells.filter(pl.col("row_no").is_in(list(table.hidden_rows))).height,
    }
    flags = [
        pl.col("row_no").is_in(rows.implode()).alias(f"numeric {name}")
        for name, rows in table.numeric.items()
        if not rows.is_empty()
    ]
    return Sheet(
        name=table.sheet,
        heading_row=table.headings.row + 1,
        letters=letters,
        headings={column_letter(column): text for column, text in sorted(table.headings.texts.items())},
        cells=cells.with_columns(flags),
        spoilt=spoilt,
        notes={**notes, **table.notes},
    )


def _without_totals(cells: pl.DataFrame, letters: Mapping[str, str], layout: Layout) -> tuple[pl.DataFrame, int]:
    """Without rows that sum up others: ``TOTAL`` where a name or number should be, and nobody named."""
    labels = [pl.col(letters[f]).str.contains(_TOTAL) for f in layout.totals if f in letters]
    named = [
        (pl.col(letters[f]).str.strip_chars() != "") & ~pl.col(letters[f]).str.contains(_TOTAL)
        for f in layout.identifiers
        if f in letters
    ]
    labelled = cells.filter(pl.any_horizontal(labels)) if labels else cells.clear()
    if labelled.is_empty():
        return cells, 0
    totals = labelled.filter(~pl.any_horizontal(named).fill_null(value=False)) if named else labelled
    return _without(cells, totals), totals.height


def _without(cells: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    return cells if rows.is_empty() else cells.filter(~pl.col("row_no").is_in(rows["row_no"].implode()))


def pack(sheet: Sheet, rows: BinaryIO) -> bytes:
    """Write the cells as a stream of Arrow IPC into ``rows``; the rest is given back, as JSON."""
    sheet.cells.write_ipc_stream(rows)
    facts = {
        "name": sheet.name,
        "heading_row": sheet.heading_row,
        "letters": dict(sheet.letters),
        "headings": dict(sheet.headings),
        "spoilt": sheet.spoilt,
        "notes": dict(sheet.notes),
    }
    return json.dumps(facts).encode()


def unpacked(rows: bytes, facts: dict[str, Any]) -> Sheet:
    """The other end of ``pack``. Raises ``KeyError``, ``ValueError`` or a Polars error if it is no such thing."""
    return Sheet(
        name=str(facts["name"]),
        heading_row=int(facts["heading_row"]),
        letters=facts["letters"],
        headings=facts["headings"],
        cells=pl.read_ipc_stream(rows),
        spoilt=[(str(code), str(letter), int(row)) for code, letter, row in facts["spoilt"]],
        notes=facts["notes"],
    )


def field_texts(sheet: Sheet, layout: Layout) -> pl.DataFrame:
    """``row_no``, every field of the layout as text (null where the file has no such column), and ``..._is_number``.

    The last tells of the fields that ought to be text which cells hold numbers.
    """
    texts = [
        pl.col(sheet.letters[name]).alias(name) if name in sheet.letters else pl.lit(None, pl.String).alias(name)
        for name in layout.fields
    ]
    flags = [
        (pl.col(f"numeric {name}") if f"numeric {name}" in sheet.cells.columns else pl.lit(False)).alias(
            f"{name}_is_number"
        )
        for name in layout.numbers_as_text
    ]
    return sheet.cells.select("row_no", *texts, *flags)
