"""What a firm was reminded of."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class ReminderView:
    """One reminder; ``amount_rupiah`` is what was to be paid then, None where the month was not reported."""

    period: date
    step: str
    amount_rupiah: int | None
    told_at: datetime


def reminders_of(*, employer_id: int, most: int = 12) -> list[ReminderView]:
    """A firm's reminders, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT period, step, amount_rupiah, told_at FROM compliance_reminder WHERE employer_id = %s"
            " ORDER BY id DESC LIMIT %s",
            [employer_id, most],
        )
        return [ReminderView(*row) for row in cursor.fetchall()]
