"""The user's own file on its way back to him: his rows, with a first column that says what to mend."""

import json

import polars as pl
from django.utils.translation import gettext

from lindung.uploads.faults import FAULTS, describe
from lindung.uploads.findings import Findings
from lindung.uploads.text_workbook import write_text_sheet

_HEADING = "Perbaiki"
_WIDTH, _OUR_WIDTH = 18, 60


def annotated(found: Findings, *, sheet: str, only_wrong: bool) -> bytes:
    """His rows in their own places; with ``only_wrong`` those with errors alone, one below the other."""
    letters = [letter for letter in found.cells.columns if letter != "row_no"]
    rows = found.cells.join(_reasons(found), on="row_no", how="left", maintain_order="left")
    if only_wrong:
        rows = _drawn_together(found, rows)
    return write_text_sheet(
        rows.select("row_no", "text", *letters),
        name=sheet,
        headings=[_HEADING, *(found.headings[letter] for letter in letters)],
        widths=[_OUR_WIDTH, *(_WIDTH for _ in letters)],
        heading_row=found.heading_row,
    )


def _reasons(found: Findings) -> pl.DataFrame:
    """``row_no`` and ``text``: all that is to be said of a row, in the active language."""
    texts = found.faults.filter(pl.col("row_no") > 0).select("letter", "code", "params").unique()
    told = [_reason(found, letter, code, params) for letter, code, params in texts.iter_rows()]
    return (
        found.faults.join(
            texts.with_columns(text=pl.Series(told, dtype=pl.String)),
            on=["letter", "code", "params"], how="inner", maintain_order="left",
        )
        .group_by("row_no")
        .agg(pl.col("text").str.join(" "))
    )  # fmt: skip


def _reason(found: Findings, letter: str, code: str, params: str) -> str:
    reason, cure = describe(FAULTS[code], json.loads(params))
    heading = found.headings.get(letter)
    return f"{heading}: {reason} {cure}" if heading else f"{reason} {cure}"


def _drawn_together(found: Findings, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with errors right below the headings; what is said of each begins with the place that it had."""
    wrong = found.faults.filter(pl.col("severity") == "error").select("row_no").unique()
    left = rows.join(wrong, on="row_no", how="semi", maintain_order="left")
    numbers = [gettext("Baris asal %(row)s.") % {"row": number} for number in left["row_no"]]
    places = range(found.heading_row + 1, found.heading_row + 1 + left.height)
    return left.with_columns(
        pl.Series("row_no", places, dtype=pl.UInt32),
        pl.concat_str(pl.Series(numbers, dtype=pl.String), "text", separator=" ").alias("text"),
    )
