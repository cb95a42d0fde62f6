"""Firms and people for the tests of this room, told as a firm tells of them; all invented."""

from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection

from lindung.access.trail import SYSTEM
from lindung.registry.checks import CHECKS
from lindung.registry.services import WORKERS, register_employer, register_workers

START = date(2026, 1, 1)


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


def one(statement: str, *params: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchone()


def assert_clean() -> None:
    for statement in CHECKS.values():
        assert one(f"SELECT count(*) FROM ({statement}) AS broken") == (0,)
