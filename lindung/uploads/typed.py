"""One worker typed on a screen, judged by the same rules as a row of a file: there is no second set of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from lindung.registry.queries import EmployerFacts
from lindung.uploads.faults import FAULTS, Severity, describe
from lindung.uploads.kinds import KINDS
from lindung.uploads.layouts import column_letter
from lindung.uploads.progress import Meter, Step
from lindung.uploads.sheet import Sheet

_ROW: Final = 1


@dataclass(frozen=True, slots=True)
class TypedFault:
    """What is wrong with one field; ``field`` is empty for the worker as a whole. Texts are in the active language."""

    field: str
    code: str
    severity: Severity
    reason: str
    cure: str


@dataclass(frozen=True, eq=False)
class Typed:
    """Everything found, and the one row that would be booked: none where there is an error."""

    faults: tuple[TypedFault, ...]
    rows: pl.DataFrame

    @property
    def errors(self) -> list[TypedFault]:
        return [fault for fault in self.faults if fault.severity == "error"]

    @property
    def warnings(self) -> list[TypedFault]:
        return [fault for fault in self.faults if fault.severity == "warning"]


class _Silent(Meter):
    """Writes no progress: one row is done before anybody could look, and there is no upload to write it of."""

    def __init__(self) -> None:
        """Take no upload."""

    def move(self, step: Step, rows_done: int = 0, rows_total: int = 0) -> None:
        """Say nothing."""


def check_typed(*, kind: str, employer: EmployerFacts, typed: Mapping[str, str], today: date) -> Typed:
    """Judge one row of a kind of file; ``typed`` is text by the fields of its layout. Writes nothing.

    What was not asked for is left out of ``typed``; what was left empty stands there as "".
    """
    found = KINDS[kind]
    sheet = _sheet(found.LAYOUT.sheet, typed)
    facts = found.month_facts(employer=employer, period=today.replace(day=1), today=today)
    checked = found.check(found.file_rows(sheet), facts=facts, meter=_Silent())
    fields = {letter: name for name, letter in sheet.letters.items()}
    faults = [
        TypedFault(fields.get(letter, ""), code, severity, *describe(FAULTS[code], json.loads(params)))
        for row_no, letter, code, severity, _, params in checked.findings.faults.iter_rows()
        # Row 0 is the whole file, of which there is none here.
        if row_no == _ROW
    ]
    return Typed(tuple(faults), checked.rows)


def _sheet(name: str, typed: Mapping[str, str]) -> Sheet:
    letters = {field: column_letter(number) for number, field in enumerate(typed)}
    cells = {letters[field]: text.replace("\0", "") or None for field, text in typed.items()}
    return Sheet(
        name=name,
        heading_row=0,
        letters=letters,
        headings={letter: field for field, letter in letters.items()},
        cells=pl.DataFrame(
            {"row_no": [_ROW], **{letter: [text] for letter, text in cells.items()}},
            schema={"row_no": pl.UInt32, **dict.fromkeys(cells, pl.String)},
        ),
        spoilt=[],
        notes={},
    )
