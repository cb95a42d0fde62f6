"""Calls of banks that were refused: counted by day, bank and case, so that somebody sees what a log would hide."""

from dataclasses import dataclass
from datetime import date, datetime

from lindung.access.models import Partner, RefusedCall
from lindung.lib import statements
from lindung.lib.clock import wib_date


@dataclass(frozen=True, slots=True)
class Counted:
    """The count that a call was added to; ``first``: it is the first of its kind today."""

    id: int
    partner_id: int
    bank_name: str
    first: bool


@dataclass(frozen=True, slots=True)
class RefusedCalls:
    """Calls of one day, bank and case; ``bank_name`` is empty where no bank of ours was named."""

    day_on: date
    bank_name: str
    service: str
    code: str
    calls: int
    last_at: datetime


def count_refused_call(*, named: str, service: str, code: str, now: datetime) -> Counted:
    """Count one refused call. ``named`` is what the caller said to be, a partner or client id; it may be a lie."""
    row = statements.run(_COUNT_SQL, [wib_date(now), named, named, service, code, now])[0]
    return Counted(row[0], row[1], row[3], row[2] == 1)


_COUNT_SQL = """
INSERT INTO access_refusedcall AS r (day_wib, partner_id, service, code, calls, last_at)
VALUES (%s, coalesce((SELECT id FROM access_partner WHERE partner_id = %s::text OR client_id = %s::text LIMIT 1), 0),
    %s, %s, 1, %s)
ON CONFLICT (day_wib, partner_id, service, code) DO UPDATE
    SET calls = r.calls + 1, last_at = greatest(r.last_at, excluded.last_at)
RETURNING id, partner_id, calls, coalesce((SELECT name FROM access_partner p WHERE p.id = r.partner_id), '')
"""


def refused_calls(*, since: date) -> list[RefusedCalls]:
    """What was refused since a day, the newest day first."""
    names = dict(Partner.objects.values_list("pk", "name"))
    rows = RefusedCall.objects.filter(day_wib__gte=since).order_by("-day_wib", "-last_at")
    return [
        RefusedCalls(row.day_wib, names.get(row.partner_id, ""), row.service, row.code, row.calls, row.last_at)
        for row in rows
    ]
