"""The forms for new workers, exits and corrections, as .xlsx: text cells, lists to choose from, how to fill them in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl
import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from lindung.registry import known
from lindung.registry.queries import EmployerFacts
from lindung.uploads.limits import MOST_ROWS
from lindung.uploads.text_workbook import write_text_sheet

GUIDE: Final = "Petunjuk Pengisian"
LISTS: Final = "Daftar Pilihan"
PLACES: Final = "Lokasi Pekerjaan"
BESIDE: Final = tuple(name.lower() for name in (GUIDE, LISTS, PLACES))
"""Sheets of ours that hold no workers."""

HEAD_OFFICE: Final = "PUSAT"
_NEEDED_COLOUR: Final = "#FFF2CC"


@dataclass(frozen=True)
class FormColumn:
    """A column of a form: whether it must be filled, how, and what may be chosen; ``PLACES`` for the firm's places."""

    heading: str
    needed: bool = False
    how: str | Promise = ""
    example: str = ""
    choices: Sequence[str | Promise] | str = ()
    width: int = 18


def write_form(
    *, sheet: str, columns: Sequence[FormColumn], employer: EmployerFacts, rows: pl.DataFrame | None = None
) -> bytes:
    """A form with these columns; ``rows`` (``row_no`` from 2, and a text column per heading) are filled in already."""
    headings = [column.heading for column in columns]
    nobody = pl.DataFrame(schema={"row_no": pl.UInt32, **dict.fromkeys(headings, pl.String)})
    return write_text_sheet(
        nobody if rows is None else rows,
        name=sheet,
        headings=headings,
        widths=[column.width for column in columns],
        heading_row=1,
        dress=_dressed(columns, employer),
    )


def _dressed(
    columns: Sequence[FormColumn], employer: EmployerFacts
) -> Callable[[xlsxwriter.Workbook, Worksheet], None]:
    def dress(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1})
        needed = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1, "bg_color": _NEEDED_COLOUR})
        _explain(workbook.add_worksheet(GUIDE), columns, text, bold)
        ranges = _list_choices(workbook, columns, employer, text, bold)
        for number, column in enumerate(columns):
            if column.needed:
                sheet.write_string(0, number, column.heading, needed)
            if column.heading in ranges:
                rule = {"validate": "list", "source": ranges[column.heading], "error_type": "warning"}
                sheet.data_validation(1, number, MOST_ROWS, number, rule)

    return dress


def _explain(guide: Worksheet, columns: Sequence[FormColumn], text: object, bold: object) -> None:
    for number, (heading, width) in enumerate(
        ((_("Kolom"), 28), (_("Wajib"), 8), (_("Cara mengisi"), 70), (_("Contoh"), 24))
    ):
        guide.set_column(number, number, width, text)
        guide.write_string(0, number, heading, bold)
    for row, column in enumerate(columns, 1):
        told = (column.heading, _("ya") if column.needed else "", str(column.how), column.example)
        for number, value in enumerate(told):
            guide.write_string(row, number, value, text)


def _list_choices(
    workbook: xlsxwriter.Workbook, columns: Sequence[FormColumn], employer: EmployerFacts, text: object, bold: object
) -> Mapping[str, str]:
    """Write what may be chosen on sheets of its own, and give the cells by heading.

    On sheets, because a list inside a rule may have 255 characters only.
    """
    ranges = {}
    listed = [column for column in columns if column.choices and column.choices != PLACES]
    if listed:
        page = workbook.add_worksheet(LISTS)
        for number, column in enumerate(listed):
            page.set_column(number, number, 34, text)
            page.write_string(0, number, column.heading, bold)
            for row, choice in enumerate(column.choices, 1):
                page.write_string(row, number, str(choice), text)
            letter = xlsxwriter.utility.xl_col_to_name(number)
            ranges[column.heading] = f"='{LISTS}'!${letter}$2:${letter}${len(column.choices) + 1}"
    for column in columns:
        if column.choices == PLACES:
            ranges[column.heading] = _list_places(workbook.add_worksheet(PLACES), employer, text, bold)
    return ranges


def _list_places(page: Worksheet, employer: EmployerFacts, text: object, bold: object) -> str:
    """The places where the firm's workers are; a firm that has told none has one, its head office."""
    places = known.locations(employer_id=employer.id) or [HEAD_OFFICE]
    for number, (heading, width) in enumerate(((_("Kode lokasi"), 30), (_("Keterangan"), 40))):
        page.set_column(number, number, width, text)
        page.write_string(0, number, heading, bold)
    for row, place in enumerate(places, 1):
        page.write_string(row, 0, place, text)
        if place == HEAD_OFFICE:
            page.write_string(row, 1, _("Kantor pusat %(name)s") % {"name": employer.name}, text)
    return f"='{PLACES}'!$A$2:$A${len(places) + 1}"
