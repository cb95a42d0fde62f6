"""What was typed on a screen, judged by the same rules as the rows of a file: there is no second set of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from lindung.registry.queries import EmployerFacts
from lindung.uploads.faults import FAULTS, Severity, describe
from lindung.uploads.kinds import KINDS, kind_of
from lindung.uploads.layouts import Layout, column_letter
from lindung.uploads.progress import Meter, Step
from lindung.uploads.sheet import Sheet


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


@dataclass(frozen=True, eq=False)
class TypedRows:
    """What a check says of several rows: its summary, and everything found by row, counted from 1."""

    summary: Mapping[str, Any]
    faults: Mapping[int, Sequence[TypedFault]]


class Silent(Meter):
    """Writes no progress: what was typed is judged before anybody could look, and often of no upload at all."""

    def __init__(self) -> None:
        """Take no upload."""

    def move(self, step: Step, rows_done: int = 0, rows_total: int = 0) -> None:
        """Say nothing."""


def check_typed(*, kind: str, employer: EmployerFacts, typed: Mapping[str, str], today: date) -> Typed:
    """Judge one row of a kind of file; ``typed`` is text by the fields of its layout. Writes nothing.

    What was not asked for is left out of ``typed``; what was left empty stands there as "".
    """
    found = KINDS[kind]
    sheet = typed_sheet(found.LAYOUT, {field: [text] for field, text in typed.items()})
    facts = found.month_facts(employer=employer, period=today.replace(day=1), today=today)
    checked = found.check(found.file_rows(sheet), facts=facts, meter=Silent())
    return Typed(tuple(fault for _, fault in row_faults(sheet, checked.findings.faults)), checked.rows)


def judge_rows(
    *,
    kind: str,
    project_id: int,
    employer: EmployerFacts,
    period: date,
    texts: Mapping[str, Sequence[str]],
    today: date,
) -> TypedRows:
    """Judge what was typed of a project's month, ``texts`` by field of the kind's layout. Writes nothing.

    Raises ``Refused``.
    """
    found = kind_of(kind, project_id)
    found.refuse_month(employer=employer, period=period, today=today)
    sheet = typed_sheet(found.LAYOUT, texts)
    facts = found.month_facts(employer=employer, period=period, today=today)
    checked = found.check(found.file_rows(sheet), facts=facts, meter=Silent())
    faults: dict[int, list[TypedFault]] = {}
    for row_no, fault in row_faults(sheet, checked.findings.faults):
        faults.setdefault(row_no, []).append(fault)
    return TypedRows(checked.summary, faults)


def row_faults(sheet: Sheet, faults: pl.DataFrame) -> list[tuple[int, TypedFault]]:
    """The faults of a typed sheet (``FAULT_SCHEMA``), each with its row, in the active language."""
    fields = {letter: name for name, letter in sheet.letters.items()}
    return [
        (row_no, TypedFault(fields.get(letter, ""), code, severity, *describe(FAULTS[code], json.loads(params))))
        for row_no, letter, code, severity, _, params in faults.iter_rows()
        # Row 0 is the whole file, of which there is none here.
        if row_no
    ]


def typed_sheet(layout: Layout, texts: Mapping[str, Sequence[str]]) -> Sheet:
    """Typed texts by field, a row for each place, as if they had stood in a file; rows are counted from 1."""
    letters = {field: column_letter(number) for number, field in enumerate(texts)}
    cells = {
        letters[field]: pl.Series(column, dtype=pl.String).str.replace_all("\0", "", literal=True).replace("", None)
        for field, column in texts.items()
    }
    return Sheet(
        name=layout.sheet,
        heading_row=0,
        letters=letters,
        headings={letter: layout.fields.get(field, (field,))[0] for field, letter in letters.items()},
        cells=pl.DataFrame(cells).with_row_index("row_no", offset=1),
        spoilt=[],
        notes={},
    )


def packed_texts(texts: Mapping[str, Sequence[str]]) -> bytes:
    """The same texts are the same bytes."""
    return json.dumps({field: list(column) for field, column in texts.items()}, ensure_ascii=False).encode()


def unpacked_texts(content: bytes) -> dict[str, list[str]]:
    """What ``packed_texts`` packed."""
    texts: dict[str, list[str]] = json.loads(content)
    return texts
