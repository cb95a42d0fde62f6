"""Which fields of a new worker's row are asked again, what the firm wrote in them, and what it changed."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from lindung.channels.employer.typed_worker import DAY, TypedWorkerForm
from lindung.channels.employer.worker_words import last_day
from lindung.registry import enrolment_queries
from lindung.registry.enrolment_queries import EnrolmentView
from lindung.registry.queries import EmployerFacts

_OF_A_CARD: Final = ("name", "kpj", "birth_on")
_OF_WORK: Final = ("from_on", "wage", "contract", "contract_until_on", "employee_no", "location")
# What the civil registry is asked about, so that a slip in the NIK itself shows as any of these.
_BY_NIK: Final = frozenset({"partial", "mismatch", "not_found", "invalid", "deceased", "duplicate", "inactive"})
# What a file calls a field -> the column of a row; all others have the same name in both.
_COLUMNS: Final[Mapping[str, str]] = {"wage": "wage_rupiah"}


def written_in(firm: EmployerFacts, row: EnrolmentView) -> dict[str, Any]:
    """What the firm itself wrote, by the form's fields; never anything that the civil registry said."""
    told = enrolment_queries.what_was_written(firm.id, row.id) or {}
    until_on = told["contract_until_on"]
    return {
        **{name: told.get(_COLUMNS.get(name, name)) for name in TypedWorkerForm.base_fields},
        "birth_place": _details(told).get("birth_place", ""),
        "contract_until_on": last_day(until_on) if isinstance(until_on, date) else None,
    }


def kind_of(written: Mapping[str, Any]) -> str:
    """The kind of file whose rules a row follows: one without a NIK names a card instead."""
    return "new_workers" if written["nik"] else "continuing_workers"


def fields_to_mend(row: EnrolmentView, written: Mapping[str, Any], *, everything: bool) -> tuple[str, ...]:
    """The fields that differ and what they hang on, or every field of such a row, in the form's order."""
    by_card = kind_of(written) == "continuing_workers"
    if everything:
        wanted = {*_OF_A_CARD, *_OF_WORK} if by_card else set(TypedWorkerForm.base_fields)
    else:
        wanted = set(row.differing)
        if "kpj" in wanted:
            wanted.update(_OF_A_CARD)
        elif row.outcome in _BY_NIK and "from_on" not in wanted:
            wanted.add("nik")
    if by_card:
        wanted.discard("nik")
    return tuple(name for name in TypedWorkerForm.base_fields if name in wanted)


def texts_besides(written: Mapping[str, Any], asked: Sequence[str]) -> dict[str, str]:
    """What is not asked again, as a file would say it."""
    return {name: _text(value) for name, value in written.items() if name not in asked}


def changes(firm: EmployerFacts, row: EnrolmentView, rows: pl.DataFrame, asked: Sequence[str]) -> dict[str, object]:
    """The columns of the row that the asked fields are, as they are now."""
    now = rows.row(0, named=True)
    changed = {_COLUMNS.get(name, name): now[_COLUMNS.get(name, name)] for name in asked if name != "birth_place"}
    if "birth_place" in asked:
        details = _details(enrolment_queries.what_was_written(firm.id, row.id) or {})
        details.pop("birth_place", None)
        place = _details(now).get("birth_place")
        changed["details"] = (
            json.dumps({**details, "birth_place": place} if place else details) if details or place else None
        )
    return changed


def _details(told: Mapping[str, object]) -> dict[str, str]:
    text = told.get("details")
    found: dict[str, str] = json.loads(str(text)) if text else {}
    return found


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.strftime(DAY)
    return "" if value is None else str(value)
