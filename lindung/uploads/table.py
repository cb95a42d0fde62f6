"""What the reading child hands over: the cells of one sheet as text, with the row and column the user sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from lindung.uploads.layouts import Headings

CellPlace = tuple[int, int]
"""(column from 0, row as the user sees it, from 1)."""


@dataclass(frozen=True, eq=False)
class Table:
    """One sheet below its headings.

    ``cells``: ``row_no`` (u32) and one text column per spreadsheet column, named by its letter, null when empty.
    ``numeric``: per field, the rows whose cell is a number and no text. ``error_cells`` and ``unvalued_cells``: cells
    with ``#REF!`` and the like, and formulas whose result was not saved. ``broken_lines``: rows of a csv that could
    not be taken apart; ``overlong_lines``: with more cells than headings. ``notes``: things counted for the user
    (formulas, macros, ...).
    """

    sheet: str
    headings: Headings
    cells: pl.DataFrame
    numeric: Mapping[str, pl.Series] = field(default_factory=dict)
    error_cells: tuple[CellPlace, ...] = ()
    unvalued_cells: tuple[CellPlace, ...] = ()
    broken_lines: tuple[int, ...] = ()
    overlong_lines: tuple[int, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    notes: Mapping[str, int] = field(default_factory=dict)
