"""Every write about employers, persons, their cards and where they work."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import polars as pl
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contact.addresses import BadAddress
from lindung.contact.services import save_addresses
from lindung.law import Programme
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.lib import ids
from lindung.lib.crypto import blind_index_column, encrypt_column
from lindung.lib.damm import check_digit
from lindung.registry.models import Employer

WORKERS = {
    "nik": pl.String,
    "name": pl.String,
    "birth_on": pl.Date,
    "sex": pl.String,
    "mother_name": pl.String,
    "email": pl.String,
    "phone": pl.String,
    "employee_no": pl.String,
    "from_on": pl.Date,
}
"""What is told of a new worker; only ``email`` and ``phone`` (E.164) may be null."""

_MUST: dict[str, frozenset[Programme]] = {
    "large": frozenset({Programme.JKK, Programme.JKM, Programme.JHT, Programme.JP}),
    "medium": frozenset({Programme.JKK, Programme.JKM, Programme.JHT, Programme.JP}),
    "small": frozenset({Programme.JKK, Programme.JKM, Programme.JHT}),
    "micro": frozenset({Programme.JKK, Programme.JKM}),
}
"""Perpres 109/2013 Pasal 6 ayat 3."""
# PP 6/2025 Pasal 4. Of a small firm's workers it is not known here whether they have the health insurance that the
# same article wants, so a small firm has JKP only when it is named.
_WITH_JKP_UNASKED = frozenset({"large", "medium"})
_JKP_AGE_LIMIT_YEARS = 54
_FICTITIOUS_PROVINCE = "99"
_ROWS_AT_ONCE = 25_000
_LOWEST_CARD, _CARDS = 10**9, 9 * 10**9  # ten digits, none of which a spreadsheet would drop as a leading zero


class NppTaken(Exception):
    """Another employer has this NPP."""


class EmployerRefused(Exception):
    """An employer cannot be registered like this; the text says why."""


@dataclass(frozen=True, slots=True)
class WorkerFault:
    """What is wrong with one row: its number from 0, the column, and a code such as ``repeated``."""

    row: int
    column: str
    code: str


class WorkersRefused(Exception):
    """Some rows cannot be taken, so none was; ``faults`` names them all."""

    def __init__(self, faults: Sequence[WorkerFault]) -> None:
        first = faults[0]
        super().__init__(f"{len(faults)} faults, the first in row {first.row}: {first.column} {first.code}")
        self.faults = tuple(faults)


@transaction.atomic
def register_employer(
    *,
    actor: Actor,
    npp: str,
    name: str,
    size: str,
    jkk_class: str,
    now: datetime,
    since_on: date,
    programmes: frozenset[str] | None = None,
) -> int:
    """Register a firm and give its id.

    ``size`` is ``micro`` to ``large``, ``jkk_class`` I to V. Without ``programmes`` it has those that its size
    must have (Perpres 109/2013 Pasal 6 ayat 3); named ones may be more, never fewer. Raises ``NppTaken`` or
    ``EmployerRefused``.
    """
    if size not in _MUST or jkk_class not in RISK_CLASSES:
        raise EmployerRefused(f"there is no size {size!r} or no risk class {jkk_class!r}")
    if programmes is None:
        programmes = _MUST[size] | ({Programme.JKP} if size in _WITH_JKP_UNASKED else set())
    if unknown := programmes - set(Programme):
        raise EmployerRefused(f"no such programme: {', '.join(sorted(unknown))}")
    if missing := _MUST[size] - programmes:
        raise EmployerRefused(f"a {size} firm must have {', '.join(sorted(missing))} too")
    if not (npp.isascii() and npp.isalnum() and len(npp) <= 16 and name.strip()):
        raise EmployerRefused("an NPP is up to 16 letters and digits, and a firm has a name")
    try:
        with transaction.atomic():
            employer = Employer.objects.create(
                npp=npp.upper(),
                name=name.strip(),
                size=size,
                jkk_class=jkk_class,
                programmes=sorted(programmes),
                since_on=since_on,
            )
    except IntegrityError as error:
        raise NppTaken(npp) from error
    trail.record(
        actor=actor,
        act="employer_registered",
        object_kind="employer",
        object_id=employer.pk,
        now=now,
        detail={"size": size, "jkk_class": jkk_class},
    )
    return employer.pk


@transaction.atomic
def register_workers(
    *,
    actor: Actor,
    employer_id: int,
    workers: pl.DataFrame,
    now: datetime,
    identity: Literal["matched", "waiting"] = "waiting",
) -> pl.DataFrame:
    """Take people into a firm: who is new becomes a person with a card, who is known gets an employment.

    ``workers`` has the columns of ``WORKERS``, one row per person. Gives, in the same order, ``person_id``,
    ``membership_id``, ``employment_id`` (int64), ``kpj`` and ``known``. A known NIK never makes a second person:
    its employment goes on the newest card, its contact data stay as they are (an employer may not redirect
    somebody's messages), and where it is at work in this firm already, that employment is given back.
    Raises ``WorkersRefused``, ``Employer.DoesNotExist``.
    """
    employer = Employer.objects.get(pk=employer_id)
    if faults := _faults(workers):
        raise WorkersRefused(faults)
    in_jkp = Programme.JKP in employer.programmes
    # By NIK index, so that two lists with the same people take their locks in the same order.
    indexed = workers.with_columns(
        pl.Series("nik_index", blind_index_column("nik", workers["nik"].to_list()), dtype=pl.Binary)
    ).with_row_index("row")
    placed = []
    for part in indexed.sort("nik_index").iter_slices(_ROWS_AT_ONCE):
        with connection.cursor() as cursor:
            people = _place(cursor, employer_id, in_jkp, part, identity, now)
        _save_addresses(actor, employer_id, people.filter(~pl.col("known")), now)
        placed.append(people.select("row", *_PLACED))
    result = pl.concat(placed).sort("row").drop("row") if placed else pl.DataFrame(schema=_PLACED)
    trail.record(
        actor=actor,
        act="workers_registered",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={"workers": workers.height, "known": int(result["known"].sum())},
    )
    return result


@transaction.atomic
def end_employments(*, actor: Actor, employer_id: int, ends: pl.DataFrame, now: datetime) -> int:
    """End running employments of one firm; ``ends`` has ``employment_id`` (int64) and ``until_on``, excluded.

    Gives how many ended. What has ended already, or is another firm's, stays as it is.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_employment e SET until_on = given.until_on"
            " FROM unnest(%s::bigint[], %s::date[]) AS given(id, until_on)"
            " WHERE e.id = given.id AND e.employer_id = %s AND e.until_on IS NULL",
            [_array(ends["employment_id"]), _array(ends["until_on"]), employer_id],
        )
        ended = int(cursor.rowcount)
    trail.record(
        actor=actor,
        act="employments_ended",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={"workers": ended},
    )
    return ended


_PLACED = {
    "person_id": pl.Int64,
    "membership_id": pl.Int64,
    "employment_id": pl.Int64,
    "kpj": pl.String,
    "known": pl.Boolean,
}


def _faults(workers: pl.DataFrame) -> list[WorkerFault]:
    if dict(workers.schema) != WORKERS:
        raise TypeError(f"workers must have the columns {', '.join(WORKERS)}")
    rules = [(name, "missing", pl.col(name).is_null()) for name in WORKERS if name not in ("email", "phone")]
    rules += [
        ("nik", "not_a_nik", ~pl.col("nik").str.contains("^[0-9]{16}$")),
        ("nik", "repeated", pl.col("nik").is_duplicated()),
        ("name", "empty", pl.col("name").str.strip_chars() == ""),
        ("sex", "unknown", ~pl.col("sex").is_in(["L", "P"])),
        ("birth_on", "after_start", pl.col("birth_on") >= pl.col("from_on")),
    ]
    if settings.PRODUCTION:
        rules.append(("nik", "invented", pl.col("nik").str.starts_with(_FICTITIOUS_PROVINCE)))
    faults = []
    for column, code, broken in rules:
        rows = workers.select(broken.fill_null(False).arg_true()).to_series()
        faults += [WorkerFault(row, column, code) for row in rows]
    return sorted(faults, key=lambda fault: fault.row)


def _place(
    cursor: Any, employer_id: int, in_jkp: bool, part: pl.DataFrame, identity: str, now: datetime
) -> pl.DataFrame:
    """Write one part of a list; gives it back with the columns of ``_PLACED``."""
    drawn = ids.draw(cursor, "registry_person_id_seq", part.height)
    # The directory decides who is new: a rival who writes the same NIK is waited for, and then seen.
    cursor.execute(
        "INSERT INTO registry_nikindex (nik_index, person_id)"
        " SELECT * FROM unnest(%s::bytea[], %s::bigint[]) ON CONFLICT DO NOTHING",
        [_array(part["nik_index"]), _array(drawn)],
    )
    if cursor.rowcount == part.height:
        found = part.select("row", person_id=pl.Series(drawn), known=pl.lit(False)).with_columns(
            pl.lit(None, dtype=kind).alias(name) for name, kind in _FOUND.items() if name not in ("row", "person_id")
        )
    else:
        found = _find(cursor, employer_id, part)
    people = part.join(
        found.with_columns(known=pl.col("person_id").is_in(drawn.tolist()).not_()), on="row", maintain_order="left"
    )
    strangers = people.filter(pl.col("known") & (pl.col("birth_on") != pl.col("birth_on_known")))
    if strangers.height:
        raise WorkersRefused([WorkerFault(row, "nik", "somebody_elses") for row in sorted(strangers["row"])])
    _save_persons(cursor, people.filter(~pl.col("known")), identity, now)
    people = _with_cards(cursor, people)
    return _with_employments(cursor, people, employer_id, in_jkp)


_FOUND = {
    "row": pl.UInt32,
    "person_id": pl.Int64,
    "birth_on_known": pl.Date,
    "membership_id": pl.Int64,
    "kpj": pl.String,
    "employment_id": pl.Int64,
    "jkp_elsewhere": pl.Boolean,
}


def _find(cursor: Any, employer_id: int, part: pl.DataFrame) -> pl.DataFrame:
    """Who these people are to us: the columns of ``_FOUND``; null where we have nothing yet."""
    cursor.execute(
        "SELECT given.row, n.person_id, p.birth_on, m.id, m.kpj, e.id, j.held"
        " FROM unnest(%s::bigint[], %s::bytea[]) AS given(row, nik_index)"
        " JOIN registry_nikindex n ON n.nik_index = given.nik_index"
        " LEFT JOIN registry_person p ON p.id = n.person_id"
        " LEFT JOIN LATERAL (SELECT id, membership_id FROM registry_employment WHERE person_id = n.person_id"
        "   AND employer_id = %s AND until_on IS NULL ORDER BY from_on DESC, id DESC LIMIT 1) e ON true"
        " LEFT JOIN LATERAL (SELECT id, kpj FROM registry_membership WHERE person_id = n.person_id"
        "   ORDER BY id = e.membership_id DESC NULLS LAST, since_on DESC, id DESC LIMIT 1) m ON true"
        " LEFT JOIN LATERAL (SELECT true AS held FROM registry_employment WHERE person_id = n.person_id"
        "   AND jkp_member AND until_on IS NULL LIMIT 1) j ON true",
        [_array(part["row"]), _array(part["nik_index"]), employer_id],
    )
    return pl.DataFrame(cursor.fetchall(), schema=_FOUND, orient="row")


def _save_persons(cursor: Any, people: pl.DataFrame, identity: str, now: datetime) -> None:
    person_ids = people["person_id"].to_list()

    def sealed(column: str, place: str) -> pl.Series:
        return pl.Series(
            encrypt_column(people[column].to_list(), f"registry_person.{place}", person_ids), dtype=pl.Binary
        )

    _copy(
        cursor,
        "registry_person",
        people.select(
            pl.col("person_id").alias("id"),
            pl.col("name").str.strip_chars(),
            "birth_on",
            "sex",
            citizen=pl.lit(True),
            nik_encrypted=sealed("nik", "nik_encrypted"),
            nik_index="nik_index",
            mother_name_encrypted=sealed("mother_name", "mother_name_encrypted"),
            identity=pl.lit(identity),
            created_at=pl.lit(now.isoformat()),
        ),
    )


def _save_addresses(actor: Actor, employer_id: int, people: pl.DataFrame, now: datetime) -> None:
    for kind in ("email", "phone"):
        given = people.filter(pl.col(kind).is_not_null())
        try:
            save_addresses(
                actor=actor,
                person_ids=given["person_id"].to_list(),
                kind=kind,
                values=given[kind].to_list(),
                cause=f"employer:{employer_id}",
                now=now,
            )
        except BadAddress as bad:
            raise WorkersRefused([WorkerFault(given["row"][bad.row], kind, "not_an_address")]) from bad


def _with_cards(cursor: Any, people: pl.DataFrame) -> pl.DataFrame:
    """Give a card to whoever has none."""
    without = people.filter(pl.col("membership_id").is_null())
    if without.is_empty():
        return people
    membership_ids = ids.draw(cursor, "registry_membership_id_seq", without.height).tolist()
    numbers = _issue_numbers(cursor, without["person_id"].to_list(), membership_ids)
    cards = without.select(
        "person_id",
        id=pl.Series(membership_ids),
        kpj=pl.Series(numbers),
        segment=pl.lit("PU"),
        since_on="from_on",
    )
    _copy(cursor, "registry_membership", cards)
    issued = cards.select("person_id", membership_id="id", kpj="kpj")
    return people.update(issued, on="person_id")


def _issue_numbers(cursor: Any, person_ids: list[int], membership_ids: list[int]) -> list[str]:
    """A fresh KPJ for each card, entered in the directory; drawn by chance, so that none tells another."""
    issued: dict[int, str] = {}
    waiting = dict(zip(membership_ids, person_ids, strict=True))
    while waiting:
        drawn = []
        for membership_id, person_id in waiting.items():
            digits = str(_LOWEST_CARD + secrets.randbelow(_CARDS))
            drawn.append((digits + check_digit(digits), person_id, membership_id))
        columns = [_array(column) for column in zip(*sorted(drawn), strict=True)]
        cursor.execute(
            "INSERT INTO registry_kpjindex (kpj, person_id, membership_id)"
            " SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[])"
            " ON CONFLICT DO NOTHING RETURNING membership_id, kpj",
            columns,
        )
        issued.update(cursor.fetchall())
        waiting = {card: person for card, person in waiting.items() if card not in issued}
    return [issued[membership_id] for membership_id in membership_ids]


def _with_employments(cursor: Any, people: pl.DataFrame, employer_id: int, in_jkp: bool) -> pl.DataFrame:
    """Give an employment in this firm to whoever has none that runs."""
    new = people.filter(pl.col("employment_id").is_null())
    # PP 6/2025 Pasal 4: under 54 when registered, and with several employers in JKP through one.
    young = pl.col("birth_on").dt.offset_by(f"{_JKP_AGE_LIMIT_YEARS}y") > pl.col("from_on")
    employments = new.select(
        "person_id",
        "membership_id",
        "employee_no",
        "from_on",
        id=pl.Series(ids.draw(cursor, "registry_employment_id_seq", new.height), dtype=pl.Int64),
        employer_id=pl.lit(employer_id),
        jkp_member=pl.lit(in_jkp) & young & pl.col("jkp_elsewhere").is_null(),
    )
    _copy(cursor, "registry_employment", employments)
    return people.update(employments.select("person_id", employment_id="id"), on="person_id")


def _array(values: Iterable[object]) -> str:
    """Numbers, dates, digits or bytes as the text of a PostgreSQL array: one parameter instead of thousands."""
    return "{" + ",".join(rf'"\\x{v.hex()}"' if isinstance(v, bytes) else str(v) for v in values) + "}"


def _copy(cursor: Any, table: str, rows: pl.DataFrame) -> None:
    """Append rows to a table; names come from code. Empty texts stay empty, nulls become NULL."""
    columns = ", ".join(f'"{name}"' for name in rows.columns)
    hexed = rows.with_columns(
        pl.concat_str(pl.lit("\\x"), pl.col(name).bin.encode("hex")).alias(name)
        for name, kind in rows.schema.items()
        if kind == pl.Binary
    )
    with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN (FORMAT csv)') as sink:
        sink.write(hexed.write_csv(include_header=False).encode())
