"""Reading csv in the child: whatever separator, encoding, line ends and quotes it came with."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

import polars as pl

from lindung.uploads.layouts import HEADING_ROWS, Headings, Layout, check_headings, column_letter, find_headings
from lindung.uploads.limits import MOST_CELL_CHARACTERS, MOST_COLUMNS, Refused
from lindung.uploads.table import Table

SEPARATORS: Final = (",", ";", "\t", "|")
ENCODINGS: Final = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")
"""Loaded before the child shuts its doors."""

_HEAD_CHARACTERS = 64_000
_LEAST_COLUMNS = 3
# One column more than there are headings: a wage like 4,500,000 without quotes spills into it.
_BEYOND = "beyond"
_MOST_BROKEN_LINES = 1000


def read_delimited(content: bytes, layout: Layout) -> Table:
    """The rows of a csv. Raises ``Refused``."""
    text = _text(content)
    lines = text[:_HEAD_CHARACTERS].split("\n")
    told, first = _told_separator(lines[0])
    separator, headings = _separator_and_headings(lines[first:], layout, told)
    check_headings(headings, layout)
    width = max(headings.texts) + 1
    if width > MOST_COLUMNS:
        raise Refused("too_many_columns")
    broken: tuple[int, ...] = ()
    data = text.encode()
    if '"' not in text:
        cells = _by_columns(data, separator, width, quote=None)
    elif _well_quoted(text, separator):
        cells = _by_columns(data, separator, width, quote='"')
    else:
        cells, broken = _by_lines(text, separator, width)
    # The line that names the separator is a row to the eye but not to the reader of headings.
    row = headings.row + first
    headings = Headings(row, headings.columns, headings.texts, headings.twice)
    cells = cells.filter(pl.col("row_no") > row + 1)
    overlong = cells.filter(pl.col(_BEYOND).str.strip_chars() != "")["row_no"].to_list()
    return Table("", headings, cells.drop(_BEYOND), broken_lines=broken, overlong_lines=tuple(overlong))


def _text(content: bytes) -> str:
    """The characters, line ends as ``\\n``."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(content, "utf-16")
    elif not any(content[1:200:2]):
        text = _decoded(content, "utf-16-le")
    elif not any(content[0:200:2]):
        text = _decoded(content, "utf-16-be")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # What is not UTF-8 was written by an old Windows program; latin-1 gives every byte some letter.
            try:
                text = content.decode("cp1252")
            except UnicodeDecodeError:
                text = content.decode("latin-1")
    if "\0" in text:
        raise Refused("wrong_type")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\x1a")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("cannot_be_read") from error


def _told_separator(first_line: str) -> tuple[str | None, int]:
    """What Excel's ``sep=;`` line says, and how many lines it takes."""
    told = first_line.strip().strip('"').lower()
    if told.startswith("sep=") and len(told) == 5:
        return told[4], 1
    return ("\t", 1) if first_line.lower() in ("sep=\t", '"sep=\t"') else (None, 0)


def _separator_and_headings(lines: list[str], layout: Layout, told: str | None) -> tuple[str, Headings]:
    candidates = SEPARATORS if told is None else (told,)
    top = lines[: HEADING_ROWS * 2]
    found = [(separator, find_headings(list(_rows(top, separator)), layout)) for separator in candidates]
    return max(found, key=lambda pair: pair[1].rank())


def _rows(lines: list[str], separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error:
        return


def _by_columns(data: bytes, separator: str, width: int, *, quote: str | None) -> pl.DataFrame:
    letters = [column_letter(column) for column in range(width)]
    # With fewer columns than three a blank line would be passed over, and the numbers of the rows after it be wrong.
    more = [_BEYOND, *(f"{_BEYOND}{n}" for n in range(width + 1, _LEAST_COLUMNS))]
    try:
        cells = pl.read_csv(
            data,
            has_header=False,
            separator=separator,
            quote_char=quote,
            schema=dict.fromkeys([*letters, *more], pl.String),
            extra_columns="ignore",
            missing_columns="insert",
            row_index_name="row_no",
            row_index_offset=1,
        )
    except pl.exceptions.PolarsError as error:
        raise Refused("cannot_be_read") from error
    return cells.select("row_no", *letters, _BEYOND)


def _well_quoted(text: str, separator: str) -> bool:
    """Whether every quote is closed where it should be."""
    try:
        for _ in csv.reader(io.StringIO(text), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return False
    return True


def _by_lines(text: str, separator: str, width: int) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """One line is one row: so that a quote left open spoils its own line and not the rest of the file."""
    rows, broken = [], []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            values = next(csv.reader([line], delimiter=separator, strict=True), [])
        except csv.Error:
            broken.append(number)
            if len(broken) > _MOST_BROKEN_LINES:
                raise Refused("quotes", row=broken[0]) from None
            values = []
        rows.append([number, *values[: width + 1], *[""] * (width + 1 - len(values))])
    letters = [column_letter(column) for column in range(width)]
    schema = {"row_no": pl.UInt32, **dict.fromkeys([*letters, _BEYOND], pl.String)}
    return pl.DataFrame(rows, schema=schema, orient="row"), tuple(broken)


csv.field_size_limit(MOST_CELL_CHARACTERS)
