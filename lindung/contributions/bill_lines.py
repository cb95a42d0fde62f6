"""A bill worker by worker, as its employer may read it: a page at a time."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """One worker's month on a bill, both shares together, in whole rupiah."""

    name: str
    kpj: str
    wage_rupiah: int
    jht_rupiah: int
    jp_rupiah: int
    jkk_rupiah: int
    jkm_rupiah: int

    @property
    def amount_rupiah(self) -> int:
        return self.jht_rupiah + self.jp_rupiah + self.jkk_rupiah + self.jkm_rupiah


def lines_of(*, employer_id: int, bill_id: int, start: int, most: int) -> list[WorkerLine]:
    """The workers of one bill by name, ``most`` of them after the first ``start``. One statement.

    A bill of another employer has no lines. How many there are stands on the bill: ``worker_count``.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.name, m.kpj, l.wage_rupiah, l.jht_employer + l.jht_worker, l.jp_employer + l.jp_worker,"
            " l.jkk, l.jkm"
            " FROM contributions_billline l"
            " JOIN registry_person p ON p.id = l.person_id"
            " JOIN registry_membership m ON m.person_id = l.person_id AND m.id = l.membership_id"
            " WHERE l.bill_id = %s AND l.employer_id = %s"
            " ORDER BY p.name, l.person_id LIMIT %s OFFSET %s",
            [bill_id, employer_id, most, start],
        )
        return [WorkerLine(*row) for row in cursor.fetchall()]
