"""The trail: one row for every act. The last line of every service writes here, in the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from lindung.access.models import TrailEvent


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
    TrailEvent.objects.create(
        actor_kind=actor.kind,
        actor_id=actor.id,
        act=act,
        object_kind=object_kind,
        object_id=object_id,
        detail=detail or {},
        happened_at=now,
    )
