"""What can be said of any file, and of rows that are about the same thing."""

import polars as pl

from lindung.uploads.findings import FoundFaults
from lindung.uploads.sheet import Sheet


def about_the_file(found: FoundFaults, sheet: Sheet) -> None:
    """Things of the whole file that the user should know of."""
    for code in ("hidden_rows", "formulas", "links", "macros", "merged_cells", "total_rows"):
        if count := sheet.notes.get(code, 0):
            found.add_cell(0, code, count=count)
    if sheet.notes.get("other_sheets", 0):
        found.add_cell(0, "other_sheets", sheet=sheet.name)


def twins(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """The rows whose ``keys`` stand in another row too, with ``other_row``: the first of those, or the second.

    ``rows`` has ``row_no``, and no null in the keys.
    """
    twice = rows.filter(pl.struct(*keys).is_duplicated())
    first, second = pl.col("row_no").first().over(keys), pl.col("row_no").slice(1, 1).first().over(keys)
    return twice.with_columns(other_row=pl.when(pl.col("row_no") == first).then(second).otherwise(first))
