"""A firm's workers as the firm may see them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, LiteralString

from django.db import connection

from lindung.access.queries import first_timers
from lindung.contact.addresses import masked
from lindung.contact.queries import Reachable, address_book
from lindung.documents.registration import Registration
from lindung.law import Programme
from lindung.lib.clock import WIB, wib_date
from lindung.lib.crypto import decrypt
from lindung.registry.deadlines import report_exit_by
from lindung.registry.pages import Page, contains, place, starts
from lindung.registry.queries import employer


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One employment, ``until_on`` excluded; ``ended_by`` is a code of ``exit_causes``, empty while it runs."""

    employment_id: int
    person_id: int
    name: str
    kpj: str
    employee_no: str
    from_on: date
    until_on: date | None
    contract: str
    contract_until_on: date | None
    location: str
    ended_by: str
    exit_reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class WorkerView:
    """One employment. The contact data are masked, and empty where there are none or they are not this firm's to see.

    They are where the firm is the only one that ever told them: who has an account, or worked elsewhere too, may have
    others by now.
    """

    row: WorkerRow
    birth_on: date
    phone_masked: str
    email_masked: str
    has_account: bool


@dataclass(frozen=True, slots=True)
class LateExit:
    """An exit reported after its last day, and both days."""

    row: WorkerRow
    due_on: date
    reported_on: date


_ROW = (
    "SELECT e.id, e.person_id, p.name, m.kpj, e.employee_no, e.from_on, e.until_on, e.contract, e.contract_until_on,"
    " e.location, e.ended_by, e.exit_reported_at"
)
_FROM = (
    " FROM registry_employment e JOIN registry_person p ON p.id = e.person_id"
    " JOIN registry_membership m ON m.person_id = e.person_id AND m.id = e.membership_id"
    " WHERE e.employer_id = %s"
)


def workers_of(
    employer_id: int, *, search: str = "", state: Literal["active", "left"] = "active", page: int = 1, size: int = 50
) -> Page[WorkerRow]:
    """A firm's workers by name, or who left, the last first; ``search`` looks at name, employee number and KPJ."""
    condition: LiteralString = f"{_FROM} AND e.until_on IS {'NULL' if state == 'active' else 'NOT NULL'}"
    params: list[Any] = [employer_id]
    if search.strip():
        condition += " AND (p.name ILIKE %s OR e.employee_no ILIKE %s OR m.kpj LIKE %s)"
        params += [contains(search), contains(search), starts(search)]
    order: LiteralString = "p.name, e.id" if state == "active" else "e.until_on DESC, p.name, e.id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*){condition}", params)
        (total,) = cursor.fetchone()
        page, pages, before = place(total, page, size)
        cursor.execute(f"{_ROW}{condition} ORDER BY {order} LIMIT %s OFFSET %s", [*params, size, before])
        return Page([WorkerRow(*row) for row in cursor.fetchall()], page, pages, total)


def employments(employer_id: int, employment_ids: Collection[int]) -> list[WorkerRow]:
    """Those of these employments that are this firm's, by name; what is another's is left out as if it were none."""
    return [
        WorkerRow(*row) for row in _rows(" AND e.id = ANY(%s) ORDER BY p.name, e.id", [employer_id, [*employment_ids]])
    ]


def worker(employer_id: int, employment_id: int) -> WorkerView | None:
    """One employment of this firm; None for another firm's, as for none at all."""
    found = _rows(
        " AND e.id = %s",
        [employer_id, employment_id],
        ", p.birth_on, EXISTS (SELECT 1 FROM registry_employment o"
        " WHERE o.person_id = e.person_id AND o.employer_id <> e.employer_id)",
    )
    if not found:
        return None
    *fields, birth_on, elsewhere = found[0]
    row = WorkerRow(*fields)
    has_account = row.person_id not in first_timers([row.person_id])
    theirs = {} if has_account or elsewhere else address_book([row.person_id])
    reachable = theirs.get(row.person_id, Reachable())
    return WorkerView(row, birth_on, masked("phone", reachable.phone), masked("email", reachable.email), has_account)


def proof_of(employer_id: int, employment_id: int) -> Registration | None:
    """What stands on the proof that a worker of this firm is registered; None where the firm has no such employment."""
    found = _rows(
        " AND e.id = %s",
        [employment_id, employer_id, employment_id],
        ", p.birth_on, p.nik_encrypted, e.jkp_member, p.created_at,"
        " (SELECT max(decided_at) FROM registry_enrolment WHERE employment_id = %s AND state = 'enrolled')",
    )
    if not found:
        return None
    *fields, birth_on, nik_encrypted, jkp_member, created_at, decided_at = found[0]
    row = WorkerRow(*fields)
    firm = employer(employer_id)
    nik = decrypt(nik_encrypted, f"registry_person.nik_encrypted:{row.person_id}").decode()
    return Registration(
        number=f"BD-{employment_id:09d}",
        kpj=row.kpj,
        name=row.name,
        # Region and birth date are no secret, so that a few digits more would be the whole number.
        nik_masked=f"{'•' * (len(nik) - 4)}{nik[-4:]}",
        birth_on=birth_on,
        employer_name=firm.name,
        npp=firm.npp,
        programmes=[code for code in Programme if code in firm.programmes and (jkp_member or code != Programme.JKP)],
        from_on=row.from_on,
        registered_at=(decided_at or created_at).astimezone(WIB),
    )


def worker_counts(employer_id: int) -> Mapping[str, int]:
    """How many are ``active``, have ``left``, are ``waiting``, ``to_correct``, ``to_resolve``. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.active, w.gone, n.waiting, n.to_correct, n.to_resolve FROM"
            " (SELECT count(*) FILTER (WHERE until_on IS NULL) AS active, count(until_on) AS gone"
            "  FROM registry_employment WHERE employer_id = %s) w,"
            " (SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,"
            "  count(*) FILTER (WHERE state = 'to_correct') AS to_correct,"
            "  count(*) FILTER (WHERE state = 'to_resolve') AS to_resolve"
            "  FROM registry_enrolment WHERE employer_id = %s"
            "  AND state IN ('waiting', 'to_correct', 'to_resolve')) n",
            [employer_id, employer_id],
        )
        names = ("active", "left", "waiting", "to_correct", "to_resolve")
        return dict(zip(names, cursor.fetchone(), strict=True))


def contracts_over(employer_id: int, today: date) -> list[WorkerRow]:
    """Whose fixed term has run out while the employment still runs: an exit, or a new contract, is to be reported."""
    condition: LiteralString = (
        " AND e.until_on IS NULL AND e.contract = 'PKWT' AND e.contract_until_on <= %s"
        " ORDER BY e.contract_until_on, p.name, e.id"
    )
    return [WorkerRow(*row) for row in _rows(condition, [employer_id, today])]


def exits_reported_late(employer_id: int, *, since_on: date) -> list[LateExit]:
    """The exits that were reported after their last day (PP 44/2015 Pasal 9), of those who left on or after a day."""
    condition: LiteralString = (
        " AND e.until_on >= %s AND e.exit_reported_at > e.until_on ORDER BY e.until_on DESC, p.name, e.id"
    )
    told = [WorkerRow(*row) for row in _rows(condition, [employer_id, since_on])]
    late = []
    for row in told:
        if row.until_on is not None and row.exit_reported_at is not None:
            due_on, reported_on = report_exit_by(row.until_on), wib_date(row.exit_reported_at)
            if reported_on > due_on:
                late.append(LateExit(row, due_on, reported_on))
    return late


def _rows(condition: LiteralString, params: list[Any], more: LiteralString = "") -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROW}{more}{_FROM}{condition}", params)
        return list(cursor.fetchall())
