"""Workers who seem to have left a firm that never said so: not in its last two bills, or past the end of a contract."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

BILLS_LOOKED_AT: Final = 2


@dataclass(frozen=True, slots=True)
class Unreported:
    """One employment that still runs. ``last_billed_on`` is the first day of the last month billed for the worker here.

    ``contract_until_on`` (excluded) is there only where the contract has run out.
    """

    employment_id: int
    name: str
    kpj: str
    employee_no: str
    from_on: date
    last_billed_on: date | None
    contract_until_on: date | None


@dataclass(frozen=True, slots=True)
class LeftUnreported:
    """Some of them by name, and of all of them how many there are and whose contract ran out first."""

    items: tuple[Unreported, ...]
    total: int
    contracts_over: int
    first_contract_until_on: date | None


def left_unreported(*, employer_id: int, today: date, start: int = 0, most: int = 50) -> LeftUnreported:
    """Employments of a firm that run though the worker is probably gone: ``most`` of them after the first ``start``.

    Missing is who worked in both of the newest two billed months and stands on neither bill; a firm with fewer bills
    misses nobody. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            # Asked of each worker by the key of the lines: a join over whole bills costs several times that.
            "WITH older AS MATERIALIZED (SELECT min(period) AS period FROM (SELECT period FROM contributions_bill"
            "   WHERE employer_id = %s AND voided_at IS NULL GROUP BY period ORDER BY period DESC LIMIT %s) newest"
            "   HAVING count(*) = %s),"
            " gone AS (SELECT e.id, e.person_id, e.membership_id, e.employer_id, e.employee_no, e.from_on,"
            "   CASE WHEN e.contract_until_on <= %s THEN e.contract_until_on END AS contract_until_on"
            "   FROM registry_employment e WHERE e.employer_id = %s AND e.until_on IS NULL"
            "   AND (e.contract_until_on <= %s OR (e.from_on < (SELECT period FROM older) + interval '1 month'"
            "     AND NOT EXISTS (SELECT 1 FROM contributions_billline l JOIN contributions_bill b"
            "       ON b.id = l.bill_id AND b.voided_at IS NULL WHERE l.person_id = e.person_id"
            "       AND l.employer_id = e.employer_id AND l.period >= (SELECT period FROM older))))),"
            " listed AS (SELECT gone.*, p.name, m.kpj, count(*) OVER () AS total,"
            "   count(gone.contract_until_on) OVER () AS over, min(gone.contract_until_on) OVER () AS first_on"
            "   FROM gone JOIN registry_person p ON p.id = gone.person_id"
            "   JOIN registry_membership m ON m.person_id = gone.person_id AND m.id = gone.membership_id"
            "   ORDER BY p.name, gone.id LIMIT %s OFFSET %s),"
            " billed AS (SELECT person_id, max(period) AS last_on FROM contributions_billline WHERE employer_id = %s"
            "   AND person_id IN (SELECT person_id FROM listed) GROUP BY 1)"
            " SELECT id, name, kpj, employee_no, from_on, last_on, contract_until_on, total, over, first_on"
            " FROM listed LEFT JOIN billed USING (person_id) ORDER BY name, id",
            [employer_id, BILLS_LOOKED_AT, BILLS_LOOKED_AT, today, employer_id, today, most, start, employer_id],
        )
        rows = cursor.fetchall()
    items = tuple(Unreported(*row[:7]) for row in rows)
    return LeftUnreported(items, *(rows[0][7:] if rows else (0, 0, None)))
