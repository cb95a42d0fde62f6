"""Statements of the hot paths, bound and kept by the server: read once for a connection, not every time.

A kept statement's plan may soon be one for all values, and is after ``plan_once``. Where a value decides how much there
is to do (a firm of five workers or of a hundred thousand), the caller says whether it is worth keeping.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime
from types import NoneType
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.numeric import Int8


class _Kept(psycopg.Cursor[tuple[Any, ...]]):
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True, **options)


def run(sql: str, params: Sequence[Any], *, keep: bool = True) -> list[tuple[Any, ...]]:
    """Run one statement on Django's connection, in its transaction, and give its rows; none where it has none.

    ``sql`` comes from code. What is kept has its values bound by the server, so a value whose type cannot be told from
    its place needs a cast (``%s::text``), as does every list (``%s::bigint[]``); whole numbers are always bigint.
    Errors are Django's.
    """
    database = connections[DEFAULT_DB_ALIAS]  # looked up once: behind its name there is a search at every use
    if keep and not database.queries_logged:  # whoever logs statements wants to read their values too
        database.ensure_connection()
        own = _cursor_of(database)
        database.make_cursor(own).execute(sql, [_bound(value) for value in params])
        with database.wrap_database_errors:
            # Asking the cursor to describe its columns would cost as much as half the statement.
            return list(own.fetchall()) if own.pgresult and own.pgresult.nfields else []
    with database.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


def plan_once() -> None:
    """Until the end of this transaction, one plan of a kept statement is for all values, however few a list holds.

    By itself the server never believes that its plan for a list of ten is as good for one, and plans anew each time. It
    holds for whatever has values bound by the server, so it is no setting for a whole connection: what is read by many
    ids at once has to be planned for them. A Citus coordinator needs the values: they say where the rows lie.
    """
    run(_PLAN_ONCE_SQL, [])


_PLAN_ONCE_SQL = (
    "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"
    " WHERE NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus')"
)


class _Here(threading.local):
    def __init__(self) -> None:
        self.cursors = WeakKeyDictionary[BaseDatabaseWrapper, _Kept]()


_here = _Here()


def _cursor_of(database: BaseDatabaseWrapper) -> Any:
    # One for all statements of a connection, and of a thread: to make one costs more than to run a statement with it.
    own = _here.cursors.get(database)
    if own is None or own.connection is not database.connection:
        own = _here.cursors[database] = _Kept(database.connection)
    return own


def _bound(value: Any) -> Any:
    # By itself a small number would be bound as a smallint, and every size would be another statement to keep.
    if type(value) is int:
        return Int8(value)
    # The driver looks at every element several times; for these kinds that costs more than the statement.
    if type(value) is list:
        return "{" + ",".join([_ELEMENT[type(element)](element) for element in value]) + "}"
    return value


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_ELEMENT: dict[type, Callable[[Any], str]] = {
    NoneType: lambda _: "NULL",
    bool: str,
    int: str,
    str: _quoted,
    bytes: lambda octets: f'"\\\\x{octets.hex()}"',
    date: date.isoformat,
    datetime: datetime.isoformat,
}
"""An element of an array as the server reads it. Any other kind is a ``KeyError``."""
