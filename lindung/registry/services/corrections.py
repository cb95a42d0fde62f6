"""What a firm may put right about its workers: its own records of them, and the contact data of who has no account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import polars as pl
from django.db import connection, transaction

from lindung.access import trail
from lindung.access.queries import first_timers
from lindung.access.trail import Actor
from lindung.contact.addresses import is_address
from lindung.contact.queries import Reachable, address_book, told_since
from lindung.contact.services import save_addresses, tell
from lindung.lib import ids
from lindung.lib.crypto import CannotDecrypt, decrypt
from lindung.registry.columns import array, sealed
from lindung.registry.models import Employer
from lindung.registry.placing import lock_firm
from lindung.registry.services.workers import WorkerFault, WorkersRefused

CORRECTIONS = {
    "person_id": pl.Int64,
    "employment_id": pl.Int64,
    "phone": pl.String,
    "email": pl.String,
    "address": pl.String,
    "location": pl.String,
    "employee_no": pl.String,
}
"""One row an employment; null leaves a thing as it is. ``phone`` is E.164."""

_CONTACT = ("phone", "email", "address")
_NOT_AGAIN_WITHIN = timedelta(days=30)
_LONGEST = {"location": 80, "employee_no": 40, "address": 400}


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many rows changed something, and of how many the contact data were left to the worker himself."""

    changed: int
    left_to_worker: int


@transaction.atomic
def correct_workers(*, actor: Actor, employer_id: int, corrections: pl.DataFrame, now: datetime) -> Corrected:
    """Change what a firm knows better of its workers; ``corrections`` as ``CORRECTIONS``. Again changes nothing.

    Contact data lead to an account, so a firm writes them only of who has none and has worked nowhere else: whoever
    else is told that they differ, at the address he has, and they stay. Raises ``WorkersRefused``.
    """
    if dict(corrections.schema) != CORRECTIONS:
        raise TypeError(f"corrections must have the columns {', '.join(CORRECTIONS)}")
    employer = Employer.objects.get(pk=employer_id)
    with connection.cursor() as cursor:
        lock_firm(cursor, employer_id)
        rows = _with_present(cursor, employer_id, corrections.with_row_index("row"))
        if faults := _faults(rows):
            raise WorkersRefused(faults)
        rows = rows.with_columns(
            own=pl.any_horizontal(_differs(name) for name in ("location", "employee_no")),
            contact=pl.any_horizontal(_differs(name) for name in _CONTACT),
        )
        left = rows.filter(pl.col("contact") & ~pl.col("may_write"))
        written = rows.filter(pl.col("contact") & pl.col("may_write"))
        _save_own(cursor, rows.filter(pl.col("own")))
        _save_contact(cursor, actor, employer_id, written, now)
        _leave_to_worker(cursor, employer, left, now)
    changed = rows.filter(pl.col("own") | (pl.col("contact") & pl.col("may_write"))).height
    trail.record(
        actor=actor,
        act="workers_corrected",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={"workers": changed, "left_to_worker": left.height},
    )
    return Corrected(changed, left.height)


def _differs(name: str) -> pl.Expr:
    return pl.col(name).is_not_null() & pl.col(name).ne_missing(pl.col(f"{name}_present"))


def _with_present(cursor: Any, employer_id: int, rows: pl.DataFrame) -> pl.DataFrame:
    """``rows`` with what stands there now (``<column>_present``) and ``may_write``; nulls where this firm has no such
    employment of that person."""
    cursor.execute(
        "SELECT e.id, e.person_id, e.location, e.employee_no, p.address_encrypted, NOT EXISTS ("
        "   SELECT 1 FROM registry_employment o WHERE o.person_id = e.person_id AND o.employer_id <> e.employer_id)"
        " FROM registry_employment e JOIN registry_person p ON p.id = e.person_id"
        " WHERE e.employer_id = %s AND e.id = ANY(%s::bigint[])",
        [employer_id, array(rows["employment_id"])],
    )
    found = cursor.fetchall()
    persons = [person_id for _, person_id, *_ in found]
    book, newcomers = address_book(persons), first_timers(persons)
    present = [
        {
            "employment_id": employment_id,
            "person_id": person_id,
            "location_present": location,
            "employee_no_present": employee_no,
            "address_present": _address(person_id, sealed_address),
            "phone_present": book.get(person_id, Reachable()).phone,
            "email_present": book.get(person_id, Reachable()).email,
            "may_write": alone and person_id in newcomers,
        }
        for employment_id, person_id, location, employee_no, sealed_address, alone in found
    ]
    schema = {
        "employment_id": pl.Int64,
        "person_id": pl.Int64,
        **{f"{name}_present": pl.String for name in (*_CONTACT, "location", "employee_no")},
        "may_write": pl.Boolean,
    }
    return rows.join(
        pl.DataFrame(present, schema=schema), on=["employment_id", "person_id"], how="left", maintain_order="left"
    )


def _address(person_id: int, closed: bytes | memoryview | None) -> str:
    try:
        return "" if closed is None else decrypt(closed, f"registry_person.address_encrypted:{person_id}").decode()
    except CannotDecrypt:
        return ""  # one row that was tampered with must not hold up the rest; what is written now replaces it


def _faults(rows: pl.DataFrame) -> list[WorkerFault]:
    with_contact = pl.any_horizontal(pl.col(name).is_not_null() for name in _CONTACT)
    rules: list[tuple[str, str, pl.Expr]] = [
        # Another firm's employment and one that does not exist get the same answer.
        ("employment_id", "not_here", pl.col("may_write").is_null()),
        ("employment_id", "repeated", pl.col("employment_id").is_duplicated()),
        ("person_id", "repeated", with_contact & (with_contact.sum().over("person_id") > 1)),
        *((name, "too_long", pl.col(name).str.len_chars() > most) for name, most in _LONGEST.items()),
    ]
    faults = [
        WorkerFault(row, column, code)
        for column, code, broken in rules
        for row in rows.filter(broken.fill_null(value=False))["row"]
    ]
    for kind in ("email", "phone"):
        given = rows.filter(pl.col(kind).is_not_null()).select("row", kind).iter_rows()
        faults += [WorkerFault(row, kind, "not_an_address") for row, value in given if not is_address(kind, value)]
    return sorted(faults, key=lambda fault: fault.row)


def _save_own(cursor: Any, rows: pl.DataFrame) -> None:
    cursor.execute(
        "UPDATE registry_employment e SET location = coalesce(new.location, e.location),"
        " employee_no = coalesce(new.employee_no, e.employee_no)"
        " FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[]) AS new (person_id, id, location, employee_no)"
        " WHERE e.person_id = new.person_id AND e.id = new.id",
        [rows[name].to_list() for name in ("person_id", "employment_id", "location", "employee_no")],
    )


def _save_contact(cursor: Any, actor: Actor, employer_id: int, rows: pl.DataFrame, now: datetime) -> None:
    for kind in ("email", "phone"):
        given = rows.filter(_differs(kind))
        if given.height:
            save_addresses(
                actor=actor,
                person_ids=given["person_id"].to_list(),
                kind=kind,
                values=given[kind].to_list(),
                cause=f"employer:{employer_id}",
                now=now,
            )
    given = rows.filter(_differs("address"))
    closed = sealed(given["address"], "registry_person.address_encrypted", given["person_id"])
    cursor.execute(
        "UPDATE registry_person p SET address_encrypted = new.sealed"
        " FROM unnest(%s::bigint[], %s::bytea[]) AS new (id, sealed) WHERE p.id = new.id",
        [array(given["person_id"]), array(closed)],
    )


def _leave_to_worker(cursor: Any, employer: Employer, rows: pl.DataFrame, now: datetime) -> None:
    """Tell them, where we know them to be, that their firm wrote something else: at most once in a while."""
    persons = rows["person_id"].to_list()
    lately = told_since(persons, kind="contact_differs", since=now - _NOT_AGAIN_WITHIN)
    if not (to_tell := [person_id for person_id in persons if person_id not in lately]):
        return
    (number,) = ids.draw(cursor, "registry_correction_id_seq")
    tell(
        batch=f"correction:{number}",
        kind="contact_differs",
        rows_sql="SELECT id, jsonb_build_object('employer', %s::text) FROM unnest(%s::bigint[]) AS new (id)",
        params=[employer.name, to_tell],
        now=now,
    )
