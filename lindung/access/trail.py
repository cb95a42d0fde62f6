"""The trail: one row for every act. The last line of every service writes here, in the same transaction."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from lindung.lib import statements


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, a partner (a bank), or the platform itself (id 0)."""

    kind: Literal["account", "partner", "system"]
    id: int


SYSTEM = Actor("system", 0)


def record(
    *,
    actor: Actor,
    act: str,
    object_kind: str,
    object_id: int,
    now: datetime,
    detail: dict[str, int | str] | None = None,
) -> None:
    """Write one act. ``act`` is a past participle such as ``bill_issued``; ``detail`` holds no personal data."""
    row = (actor.kind, actor.id, act, object_kind, object_id, json.dumps(detail or {}), now)
    gathered = _gathered.get()
    if gathered is None:
        _write([row])
    else:
        gathered.append(row)


@contextmanager
def together() -> Iterator[None]:
    """Write all that is recorded inside by one statement, at the end; for services that call services.

    Inside a transaction that an exception undoes as a whole: what was gathered until then is forgotten with it.
    """
    if _gathered.get() is not None:
        yield
        return
    rows: list[_Row] = []
    mark = _gathered.set(rows)
    try:
        yield
    finally:
        _gathered.reset(mark)
    if rows:
        _write(rows)


_Row = tuple[Any, ...]
_gathered: ContextVar[list[_Row] | None] = ContextVar("gathered", default=None)


def _write(rows: list[_Row]) -> None:
    statements.run(TRAIL_SQL, [list(column) for column in zip(*rows, strict=True)])


TRAIL_SQL = (
    "INSERT INTO access_trailevent (actor_kind, actor_id, act, object_kind, object_id, detail, happened_at)"
    " SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::jsonb[],"
    " %s::timestamptz[])"
)
