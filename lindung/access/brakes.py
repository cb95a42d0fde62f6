"""The brakes: what may be tried only so often, by the name that is tried and the address it is tried from."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lindung.access.models import Throttle

_FREE = {"name": 5, "address": 100, "application": 20, "mailbox": 3}
"""Tries in a day before the wait begins; it doubles from a minute to an hour."""
_LONGEST_LOCK = timedelta(hours=1)
_FORGET_AFTER = timedelta(hours=24)


class TooManyTries(Exception):
    """Guessing is slowed down; ``until`` is when the next try is looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__(str(until))
        self.until = until


def look_at_brakes(brakes: Mapping[str, bytes], now: datetime) -> None:
    """Lock the rows of these brakes (label -> blind index). Raises ``TooManyTries`` while one of them holds."""
    rows = Throttle.objects.select_for_update().filter(pk__in=list(brakes.values())).order_by("pk")
    locks = [row.locked_until for row in rows if row.locked_until and row.locked_until > now]
    if locks:
        raise TooManyTries(max(locks))


def count_try(label: str, key: bytes, now: datetime) -> None:
    """Count one try against a brake; beyond the free ones it holds for a while."""
    row, made = Throttle.objects.select_for_update().get_or_create(
        pk=key, defaults={"failures": 1, "last_failed_at": now}
    )
    if made:
        return
    row.failures = 1 if now - row.last_failed_at > _FORGET_AFTER else row.failures + 1
    row.last_failed_at = now
    beyond = row.failures - _FREE[label]
    row.locked_until = now + min(timedelta(minutes=2 ** min(beyond, 6)), _LONGEST_LOCK) if beyond >= 0 else None
    row.save()
