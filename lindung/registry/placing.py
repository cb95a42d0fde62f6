"""How somebody comes to stand in the tables: person, card and employment. There is no other way.

Columns in, columns out; the caller holds the transaction and the firm's lock. A person is made only here, and only of
somebody whom the civil registry knows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString

import polars as pl

from lindung.access.trail import Actor
from lindung.contact.services import save_addresses
from lindung.lib import ids
from lindung.lib.copy import copy_rows
from lindung.registry import kpj
from lindung.registry.columns import array, sealed
from lindung.registry.models import Person

PEOPLE = {
    "row": pl.Int64,
    "nik": pl.String,
    "nik_index": pl.Binary,
    "name": pl.String,
    "birth_on": pl.Date,
    "sex": pl.String,
    "citizen": pl.Boolean,
    "mother_name": pl.String,
    "address": pl.String,
    "email": pl.String,
    "phone": pl.String,
    "employee_no": pl.String,
    "from_on": pl.Date,
    "contract": pl.String,
    "contract_until_on": pl.Date,
    "location": pl.String,
}
"""What is needed of each: ``address``, ``email``, ``phone`` and ``contract_until_on`` may be null. ``row`` names it."""

FOUND = {
    "row": pl.Int64,
    "person_id": pl.Int64,
    "name_known": pl.String,
    "birth_on_known": pl.Date,
    "membership_id": pl.Int64,
    "kpj": pl.String,
    "employment_id": pl.Int64,
    "left_on": pl.Date,
    "jkp_elsewhere": pl.Boolean,
}
"""Who somebody is to us. The card is the one of the employment that runs in this firm, else the newest; ``left_on`` is
when the last one here that ended did; null where there is nothing."""

_JKP_AGE_LIMIT_YEARS = 54


def lock_firm(cursor: Any, employer_id: int) -> None:
    """Let nobody else take people into or out of this firm until the transaction ends."""
    cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"workers of {employer_id}"])


def find_people(cursor: Any, employer_id: int, rows: Sequence[int], nik_indexes: Sequence[bytes]) -> pl.DataFrame:
    """Those whose NIK we have, as ``FOUND``."""
    return _found(
        cursor,
        "unnest(%s::bigint[], %s::bytea[]) AS given(row, nik_index)"
        " JOIN registry_nikindex n ON n.nik_index = given.nik_index",
        "NULL::bigint",
        employer_id,
        [array(rows), array(nik_indexes)],
    )


def find_cards(cursor: Any, employer_id: int, rows: Sequence[int], kpjs: Sequence[str]) -> pl.DataFrame:
    """Those whose card has this number, as ``FOUND``, with that card and no other."""
    return _found(
        cursor,
        "unnest(%s::bigint[], %s::text[]) AS given(row, kpj) JOIN registry_kpjindex n ON n.kpj = given.kpj",
        "n.membership_id",
        employer_id,
        [array(rows), array(kpjs)],
    )


def _found(
    cursor: Any, source: LiteralString, card: LiteralString, employer_id: int, params: list[object]
) -> pl.DataFrame:
    cursor.execute(
        # The directory first: then everything else of a person is asked where the person lies.
        f"WITH named AS MATERIALIZED (SELECT given.row, n.person_id, {card} AS card FROM {source}),"
        " people AS (SELECT named.row, p.name, p.birth_on, m.id AS membership_id, m.kpj, e.id AS employment_id,"
        "  l.until_on, j.held FROM named JOIN registry_person p ON p.id = named.person_id"
        "  LEFT JOIN LATERAL (SELECT id, membership_id FROM registry_employment WHERE person_id = p.id"
        "   AND employer_id = %s AND until_on IS NULL ORDER BY from_on DESC, id DESC LIMIT 1) e ON true"
        "  LEFT JOIN LATERAL (SELECT max(until_on) AS until_on FROM registry_employment WHERE person_id = p.id"
        "   AND employer_id = %s) l ON true"
        "  LEFT JOIN LATERAL (SELECT id, kpj FROM registry_membership WHERE person_id = p.id"
        "   ORDER BY id = coalesce(named.card, e.membership_id) DESC NULLS LAST, since_on DESC, id DESC LIMIT 1) m"
        "   ON true"
        "  LEFT JOIN LATERAL (SELECT true AS held FROM registry_employment WHERE person_id = p.id"
        "   AND jkp_member AND until_on IS NULL LIMIT 1) j ON true)"
        " SELECT named.row, named.person_id, name, birth_on, membership_id, kpj, employment_id, until_on, held"
        " FROM named LEFT JOIN people USING (row)",
        [*params, employer_id, employer_id],
    )
    return pl.DataFrame(cursor.fetchall(), schema=FOUND, orient="row")


def claim_people(cursor: Any, employer_id: int, people: pl.DataFrame) -> pl.DataFrame:
    """Enter the NIKs that nobody has; ``people`` with the columns of ``FOUND`` and ``known``.

    ``people`` has ``PEOPLE``, no NIK twice, and may have ``person_id``: the id of a person who is new, where it was
    drawn before. Who is not ``known`` must then be placed.
    """
    people = _with_ids(cursor, people).sort("nik_index")
    # The directory decides who is new: a rival who writes the same NIK is waited for, and then seen. In the order of
    # the index, so that two lists with the same people do not wait for each other in a ring.
    cursor.execute(
        "INSERT INTO registry_nikindex (nik_index, person_id)"
        " SELECT * FROM unnest(%s::bytea[], %s::bigint[]) ON CONFLICT DO NOTHING",
        [array(people["nik_index"]), array(people["person_id"])],
    )
    if cursor.rowcount == people.height:
        nothing = [pl.lit(None, dtype=kind).alias(name) for name, kind in FOUND.items() if name not in people.columns]
        return people.with_columns(*nothing, known=pl.lit(False))
    found = find_people(cursor, employer_id, people["row"].to_list(), people["nik_index"].to_list())
    drawn = people.select("row", drawn="person_id")
    return (
        people.drop("person_id")
        .join(found, on="row", maintain_order="left")
        .join(drawn, on="row", maintain_order="left")
        .with_columns(known=pl.col("person_id") != pl.col("drawn"))
        .drop("drawn")
    )


def _with_ids(cursor: Any, people: pl.DataFrame) -> pl.DataFrame:
    drawn = ids.draw(cursor, "registry_person_id_seq", people.height)
    fresh = people.with_columns(drawn=pl.Series(drawn, dtype=pl.Int64))
    if "person_id" in people.columns:
        return fresh.with_columns(person_id=pl.coalesce("person_id", "drawn")).drop("drawn")
    return fresh.rename({"drawn": "person_id"})


def place_people(
    cursor: Any, employer_id: int, in_jkp: bool, people: pl.DataFrame, *, actor: Actor, cause: str, now: datetime
) -> pl.DataFrame:
    """Give everybody what he lacks: a person's row, a card, an employment in this firm that runs.

    ``people`` as ``claim_people`` gives them; so they come back, with no null in ``membership_id``, ``kpj`` and
    ``employment_id``. Contact data are those of new persons only: nobody's messages are redirected. ``cause`` is
    as for ``save_addresses``. Raises ``BadAddress``, with the place among the new.
    """
    new = people.filter(~pl.col("known"))
    if new.height:
        _save_persons(cursor, new, now)
        for kind in ("email", "phone"):
            given = new.filter(pl.col(kind).is_not_null())
            if given.height:
                save_addresses(
                    actor=actor,
                    person_ids=given["person_id"].to_list(),
                    kind=kind,
                    values=given[kind].to_list(),
                    cause=cause,
                    now=now,
                )
    return _with_employments(cursor, _with_cards(cursor, people), employer_id, in_jkp)


def _save_persons(cursor: Any, people: pl.DataFrame, now: datetime) -> None:
    person_ids = people["person_id"]

    def closed(column: str, place: str) -> pl.Series:
        return sealed(people[column], f"registry_person.{place}", person_ids)

    copy_rows(
        cursor,
        "registry_person",
        people.select(
            pl.col("person_id").alias("id"),
            pl.col("name").str.strip_chars(),
            "birth_on",
            "sex",
            "citizen",
            nik_encrypted=closed("nik", "nik_encrypted"),
            nik_index="nik_index",
            mother_name_encrypted=closed("mother_name", "mother_name_encrypted"),
            address_encrypted=closed("address", "address_encrypted"),
            identity=pl.lit(Person.Identity.MATCHED.value),
            created_at=pl.lit(now.isoformat()),
        ),
    )


def _with_cards(cursor: Any, people: pl.DataFrame) -> pl.DataFrame:
    """Give a card to whoever has none."""
    without = people.filter(pl.col("membership_id").is_null())
    if without.is_empty():
        return people
    membership_ids = ids.draw(cursor, "registry_membership_id_seq", without.height).tolist()
    numbers = issue_numbers(cursor, without["person_id"].to_list(), membership_ids)
    cards = without.select(
        "person_id",
        id=pl.Series(membership_ids),
        kpj=pl.Series(numbers),
        segment=pl.lit("PU"),
        since_on="from_on",
    )
    copy_rows(cursor, "registry_membership", cards)
    issued = cards.select("person_id", membership_id="id", kpj="kpj")
    return people.update(issued, on="person_id")


def issue_numbers(cursor: Any, person_ids: list[int], membership_ids: list[int]) -> list[str]:
    """A fresh KPJ for each card, entered in the directory."""
    issued: dict[int, str] = {}
    waiting = dict(zip(membership_ids, person_ids, strict=True))
    while waiting:
        drawn = sorted((kpj.draw(), person_id, membership_id) for membership_id, person_id in waiting.items())
        cursor.execute(
            "INSERT INTO registry_kpjindex (kpj, person_id, membership_id)"
            " SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[])"
            " ON CONFLICT DO NOTHING RETURNING membership_id, kpj",
            [array(column) for column in zip(*drawn, strict=True)],
        )
        issued.update(cursor.fetchall())
        waiting = {card: person for card, person in waiting.items() if card not in issued}
    return [issued[membership_id] for membership_id in membership_ids]


def _with_employments(cursor: Any, people: pl.DataFrame, employer_id: int, in_jkp: bool) -> pl.DataFrame:
    """Give an employment in this firm to whoever has none that runs."""
    new = people.filter(pl.col("employment_id").is_null()).unique("person_id", keep="first", maintain_order=True)
    # PP 6/2025 Pasal 4: under 54 when registered, and with several employers in JKP through one.
    young = pl.col("birth_on").dt.offset_by(f"{_JKP_AGE_LIMIT_YEARS}y") > pl.col("from_on")
    employments = new.select(
        "person_id",
        "membership_id",
        "employee_no",
        "from_on",
        "contract",
        "contract_until_on",
        "location",
        id=pl.Series(ids.draw(cursor, "registry_employment_id_seq", new.height), dtype=pl.Int64),
        employer_id=pl.lit(employer_id),
        jkp_member=pl.lit(in_jkp) & young & pl.col("jkp_elsewhere").is_null(),
    )
    copy_rows(cursor, "registry_employment", employments)
    return people.update(employments.select("person_id", employment_id="id"), on="person_id")
