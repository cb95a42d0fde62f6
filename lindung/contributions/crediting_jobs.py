"""What of a crediting is done in the background, and how it gets on the queue: one thing of a crediting at a time."""

from contextlib import suppress
from typing import Final

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from lindung.lib import jobs

REHEARSE_TASK: Final = "lindung.contributions.rehearse_creditings"
CREDIT_TASK: Final = "lindung.contributions.credit_ranges"
CORRECT_TASK: Final = "lindung.contributions.correct_ranges"


def queue_rehearsal(crediting_id: int) -> None:
    """Have the totals computed."""
    jobs.enqueue(REHEARSE_TASK, lock=_lock(crediting_id), crediting_id=crediting_id)


def queue_crediting(crediting_id: int) -> None:
    """Have the ranges that are left credited, unless that waits already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        jobs.enqueue(
            CREDIT_TASK, lock=_lock(crediting_id), queueing_lock=_lock(crediting_id), crediting_id=crediting_id
        )


def queue_corrections(crediting_id: int, from_range: int) -> None:
    """Have late money looked for from a range on."""
    jobs.enqueue(CORRECT_TASK, lock=_lock(crediting_id), crediting_id=crediting_id, from_range=from_range)


def _lock(crediting_id: int) -> str:
    return f"crediting {crediting_id}"
