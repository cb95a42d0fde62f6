"""Putting work on the queue: one row in the same PostgreSQL, in the caller's own transaction.

Arguments are ids and nothing else, so that no personal data ever lies in a queue.
"""

from collections.abc import Iterable, Mapping

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

_SHARED_PRIORITY = 1


def enqueue(name: str, *, lock: str | None = None, queueing_lock: str | None = None, **ids: int | str) -> None:
    """Queue the task ``name``; jobs of one ``lock`` run one after another.

    With ``queueing_lock`` the caller must expect ``AlreadyEnqueued`` when such a job is still waiting.
    """
    app.configure_task(name, lock=lock, queueing_lock=queueing_lock, allow_unknown=False).defer(**ids)


def enqueue_each(name: str, rows: Iterable[Mapping[str, int | str]], *, in_seconds: int) -> None:
    """Queue the task ``name`` once for each row of arguments, by one statement, to begin so many seconds from now."""
    app.configure_task(name, schedule_in={"seconds": in_seconds}, allow_unknown=False).batch_defer(
        *(dict[str, JSONValue](row) for row in rows)
    )


def enqueue_shared(name: str) -> None:
    """Queue a task that does for all what waits, one after another and before what is queued by ``enqueue``."""
    app.configure_task(name, lock=name, priority=_SHARED_PRIORITY, allow_unknown=False).defer()


def shared_is_queued_sql(name: str) -> str:
    """An expression that says whether such a job has not begun yet. ``name`` comes from code.

    Whoever then queues none relies on a job that may begin before his transaction ends, and not see what he wrote: the
    task must come by the clock as well. The priority leads an index of what waits, so a long queue costs nothing.
    """
    return (
        "EXISTS (SELECT 1 FROM procrastinate_jobs"
        f" WHERE status = 'todo' AND priority = {_SHARED_PRIORITY} AND task_name = '{name}')"
    )
