"""The one clock of the platform.

Read only in channels, tasks and command lines and passed down as ``now``; everything below takes a moment as
an argument, so that the same facts give the same answer whenever they are asked for.
"""

import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")


def shift() -> timedelta:
    """How far ``LINDUNG_NOW`` moves this process's clock.

    Accepts signed seconds (``+86400``, as the supervisor hands to its children so that all processes agree)
    or an ISO 8601 moment, which is taken as the present of the process that reads it first.
    Raises ``ValueError`` for anything else.
    """
    text = os.environ.get("LINDUNG_NOW", "")
    if not text:
        return timedelta(0)
    if text[0] in "+-":
        return timedelta(seconds=int(text))
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=WIB)
    seconds = round((moment - datetime.now(UTC)).total_seconds())
    os.environ["LINDUNG_NOW"] = f"{seconds:+d}"
    return timedelta(seconds=seconds)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + shift()


def wib_date(moment: datetime) -> date:
    """The calendar day in western Indonesia, by which the law's days are counted."""
    return moment.astimezone(WIB).date()
