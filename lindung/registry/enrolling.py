"""The last step of an enrolment, whichever way it came: a place in the firm, and word of it to the worker."""

from datetime import datetime
from typing import Any

import polars as pl

from lindung.access.trail import SYSTEM
from lindung.contact.services import tell
from lindung.law import Programme
from lindung.registry.enrolment_rows import told as told_in
from lindung.registry.models import Employer
from lindung.registry.placing import FOUND, PEOPLE, place_people
from lindung.registry.queries import employer as employer_facts

ENROLLED = ("row", "person_id", "membership_id", "employment_id", "known")


def as_people(opened: pl.DataFrame) -> pl.DataFrame:
    """Rows as ``enrolment_rows.OPENED`` in the columns of ``placing.PEOPLE``."""
    return opened.with_columns(
        address=pl.Series([told_in(details).get("address") for details in opened["details"]], dtype=pl.String)
    ).select(*PEOPLE)


def employ(cursor: Any, employer: Employer, people: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Place people (``PEOPLE``, ``FOUND``, ``known``) in a firm and tell each of them; gives ``ENROLLED``.

    Who works there already is told nothing. The caller holds the transaction and the firm's lock.
    """
    if people.is_empty():
        return pl.DataFrame(schema={**dict.fromkeys(ENROLLED[:4], pl.Int64), "known": pl.Boolean})
    at_work = people.filter(pl.col("employment_id").is_not_null())["row"]
    first = int(people["row"].to_numpy().min())
    placed = place_people(
        cursor,
        employer.pk,
        Programme.JKP in employer_facts(employer.pk).programmes,
        people.select(*PEOPLE, *(name for name in FOUND if name != "row"), "known"),
        actor=SYSTEM,
        cause=f"enrolment:{first}",
        now=now,
    )
    told = placed.filter(~pl.col("row").is_in(at_work.to_list())).unique("person_id", keep="first")
    for kind, group in (("membership_started", ~pl.col("known")), ("employment_started", pl.col("known"))):
        _tell(kind, employer.name, told.filter(group), now)
    return placed.select(*ENROLLED)


def _tell(kind: str, employer_name: str, people: pl.DataFrame, now: datetime) -> None:
    if people.is_empty():
        return
    # Every row is enrolled once, so the first of those enrolled together is a name for this telling.
    tell(
        batch=f"enrolment:{people['row'].to_numpy().min()}",
        kind=kind,
        rows_sql=(
            "SELECT person_id, jsonb_build_object('kpj', kpj, 'employer', %s::text, 'from_on', from_on)"
            " FROM unnest(%s::bigint[], %s::text[], %s::date[]) AS new (person_id, kpj, from_on)"
        ),
        params=[employer_name, *(people[name].to_list() for name in ("person_id", "kpj", "from_on"))],
        now=now,
    )
