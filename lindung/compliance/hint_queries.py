"""How many workers of a firm say, without their names, that it reports wages too low: never fewer than may be told."""

from datetime import date
from typing import Any, Final

from django.db import connection

from lindung.compliance import rules
from lindung.law import Month

HINTED: Final = (
    "SELECT employer_id, count(*) / %s * %s AS hints FROM compliance_wagehint WHERE given_on > %s GROUP BY employer_id"
)
"""Each firm with its hints, counted down to whole steps: fewer than one step is none. With ``hinted_params``."""


def hinted_params(today: date) -> list[Any]:
    """Of ``HINTED``: the step, and since when hints count."""
    at_least, months = rules.hints()
    return [at_least, at_least, Month.of(today).plus(-months).first_on]


def hints_about(*, employer_id: int, today: date) -> int:
    """The same of one firm; 0 for fewer than may be told. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT hints FROM ({HINTED}) h WHERE employer_id = %s", [*hinted_params(today), employer_id])
        row = cursor.fetchone()
    return row[0] if row else 0
