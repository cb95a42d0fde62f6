"""Firms and people for the tests of this room, told as a firm tells of them; all invented."""

import json
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection

from lindung.access.trail import SYSTEM, Actor
from lindung.registry.checks import CHECKS
from lindung.registry.services import PROPOSED, WORKERS, Proposed, propose_workers, register_employer, register_workers

START = date(2026, 1, 1)
HR = Actor("account", 7)


def employer(now: datetime, npp: str = "ZZ1", **words: Any) -> int:
    given = {"name": "PT Contoh", "size": "medium", "jkk_class": "II", "since_on": START, **words}
    return register_employer(actor=SYSTEM, npp=npp, now=now, **given)


def worker(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "nik": f"99010101019{number:05d}",
        "name": f"Pekerja {number}",
        "birth_on": date(1990, 5, 5),
        "sex": "L",
        "mother_name": f"Ibu {number}",
        "email": f"p{number}@contoh.example",
        "phone": f"+62800{number:07d}",
        "employee_no": f"K{number}",
        "from_on": START,
        **changed,
    }


def register(employer_id: int, workers: list[dict[str, Any]], now: datetime) -> pl.DataFrame:
    frame = pl.DataFrame(workers, schema=WORKERS)
    return register_workers(actor=SYSTEM, employer_id=employer_id, workers=frame, now=now)


def proposal(number: int, **changed: Any) -> dict[str, Any]:
    return {
        **worker(number),
        "row_no": number,
        "contract": "PKWTT",
        "contract_until_on": None,
        "location": "Kantor Uji",
        "wage_rupiah": 6_000_000,
        "details": '{"address": "Jalan Contoh 1", "birth_place": "Kota Uji"}',
        "kpj": None,
        "citizen": True,
        **changed,
    }


def propose(employer_id: int, rows: list[dict[str, Any]], now: datetime, upload_id: int | None = None) -> Proposed:
    frame = pl.DataFrame(rows, schema=PROPOSED)
    return propose_workers(actor=HR, employer_id=employer_id, rows=frame, upload_id=upload_id, now=now)


def states(batch_id: int) -> list[tuple[Any, ...]]:
    """Row number, state, outcome and what differs, of each row of a batch."""
    return many(
        "SELECT row_no, state, outcome, differing FROM registry_enrolment WHERE batch_id = %s ORDER BY row_no", batch_id
    )


def enrolment_of(batch_id: int, row_no: int) -> int:
    (found,) = one("SELECT id FROM registry_enrolment WHERE batch_id = %s AND row_no = %s", batch_id, row_no)
    return int(found)


def told(person_id: int) -> list[tuple[Any, ...]]:
    """Kind and contents of what a person was told, in order."""
    messages = many("SELECT kind, params FROM contact_message WHERE person_id = %s ORDER BY id", person_id)
    return [(kind, json.loads(params)) for kind, params in messages]


_TABLES = (
    "registry_person",
    "registry_nikindex",
    "registry_membership",
    "registry_employment",
    "registry_enrolment",
    "registry_enrolmentbatch",
    "registry_identitycheck",
    "contact_address",
    "contact_message",
)
_before: dict[str, int] = {}


def count_from_here() -> None:
    """Begin to count what is added to the tables."""
    _before.update({table: int(one(f"SELECT count(*) FROM {table}")[0]) for table in _TABLES})


def added(table: str) -> int:
    """How many rows a table has more than when the test began."""
    return int(one(f"SELECT count(*) FROM {table}")[0]) - _before[table]


def many(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def one(statement: str, *params: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchone()


def assert_clean() -> None:
    for statement in CHECKS.values():
        assert one(f"SELECT count(*) FROM ({statement}) AS broken") == (0,)
