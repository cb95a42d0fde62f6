"""The schema could be spread over many nodes as it stands: the catalogue keeps the rules of Citus.

Citus itself is not here: `docs/how-to/citus.md` has the command that runs the tests of the money on it. What it refuses
of a schema is looked for here: a foreign key to what lies elsewhere, a unique key without the column that decides where
a row lies, a trigger.
"""

from pathlib import Path

import pytest
from django.db import NotSupportedError, connection, transaction

import lindung
from lindung.config.distribution import DIRECTORIES, DISTRIBUTED, EVERYWHERE, distribute

pytestmark = pytest.mark.django_db


def rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


_UNIQUE = """
    SELECT c.relname, i.relname, x.indisprimary,
        (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(x.indkey) WITH ORDINALITY AS k (no, place)
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.no)
    FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indisunique AND c.relnamespace = 'public'::regnamespace
"""


def test_what_names_a_person_is_spread_by_him_or_is_a_directory() -> None:
    named = {
        table
        for (table,) in rows(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind IN ('r', 'p')"
            " AND c.relnamespace = 'public'::regnamespace AND a.attname IN ('person_id', 'holder_id')"
        )
    }
    assert named | {"registry_person"} == set(DISTRIBUTED) | set(DIRECTORIES)


def test_the_column_that_decides_where_a_row_lies_leads_its_key_and_is_in_every_unique_one() -> None:
    wrong = []
    for table, index, primary, columns in rows(_UNIQUE):
        if column := DISTRIBUTED.get(table):
            fine = columns[0] == column if primary else column in columns
            wrong += [] if fine else [f"{index}: {columns}"]
    assert wrong == []


def test_the_column_that_decides_is_a_bigint_that_is_never_empty() -> None:
    found = rows(
        "SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull::text FROM pg_attribute a"
        " JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
    )
    for table, column in DISTRIBUTED.items():
        assert (table, column, "bigint", "true") in found


def test_no_statement_selects_nothing() -> None:
    package = Path(lindung.__file__).parent
    # Of a part that it runs by itself Citus makes a function's rows, and these must have a column.
    found = [str(path.relative_to(package)) for path in package.rglob("*.py") if "SELECT FROM" in path.read_text()]
    assert found == [], "write SELECT 1 FROM"


def test_no_foreign_key_crosses_into_or_out_of_what_is_spread() -> None:
    keys = rows("SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'")
    assert [key for key in keys if set(key) & set(DISTRIBUTED)] == []


def test_what_lies_on_every_node_is_there_once_and_needs_nothing_of_the_coordinators() -> None:
    tables = {table for (table,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert EVERYWHERE.keys() | DISTRIBUTED.keys() | DIRECTORIES.keys() <= tables
    assert EVERYWHERE.keys() & (DISTRIBUTED.keys() | DIRECTORIES.keys()) == set()
    keys = rows("SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'")
    assert [key for key in keys if key[0] in EVERYWHERE and key[1] not in EVERYWHERE] == []


def test_no_trigger_no_exclusion_and_no_inheritance_on_what_does_not_lie_on_the_coordinator_alone() -> None:
    triggers = rows("SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    exclusions = rows("SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'x'")
    inherited = rows("SELECT inhrelid::regclass::text FROM pg_inherits")
    bound = {*DISTRIBUTED, *EVERYWHERE}
    assert [table for (table,) in (*triggers, *exclusions, *inherited) if table in bound] == []


def test_a_server_without_the_extension_says_so() -> None:
    with pytest.raises(NotSupportedError, match="citus"), transaction.atomic(), connection.cursor() as cursor:
        distribute(cursor, role="somebody", make_role="SELECT 1")
