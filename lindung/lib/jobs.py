"""Putting work on the queue: one row in the same PostgreSQL, in the caller's own transaction.

Arguments are ids and nothing else, so that no personal data ever lies in a queue.
"""

from procrastinate.contrib.django import app


def enqueue(name: str, *, lock: str | None = None, queueing_lock: str | None = None, **ids: int | str) -> None:
    """Queue the task ``name``; jobs of one ``lock`` run one after another.

    With ``queueing_lock`` the caller must expect ``AlreadyEnqueued`` when such a job is still waiting.
    """
    app.configure_task(name, lock=lock, queueing_lock=queueing_lock, allow_unknown=False).defer(**ids)
