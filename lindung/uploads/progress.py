"""How far a job is, for the page that waits: written outside the job's own transaction, a few times a second."""

import logging
import threading
import time
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

log = logging.getLogger(__name__)

Step = Literal[
    "reading", "matching", "law", "judging", "saving", "booking", "posting", "enrolling", "ending", "changing", "done"
]
_LEAST_SECONDS: Final = 0.2


class _Own(threading.local):
    """The connection that progress is written by: opened once in the life of a thread, again when it is lost."""

    connection: BaseDatabaseWrapper | None = None

    def get(self) -> BaseDatabaseWrapper:
        # Another database under the same name (a test's) is another connection.
        if self.connection is None or self.connection.settings_dict["NAME"] != connection.settings_dict["NAME"]:
            self.close()
            opened = connection.copy()
            with opened.cursor() as cursor:
                # Progress need not outlive a crash, so nobody waits for the disk.
                cursor.execute("SET synchronous_commit = off")
            self.connection = opened
        return self.connection

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


_own = _Own()


class Meter:
    """Moves one upload's progress. Its connection is its own; what goes wrong here never stops the work."""

    def __init__(self, upload_id: int, now: datetime) -> None:
        self._upload_id = upload_id
        self._now = now
        self._started = time.monotonic()
        self._moved_seconds = 0.0
        self._step = ""

    def move(self, step: Step, rows_done: int = 0, rows_total: int = 0) -> None:
        """Say where the work is. The same step again within 0.2 s is not written."""
        elapsed = time.monotonic() - self._started
        if step == self._step and elapsed - self._moved_seconds < _LEAST_SECONDS:
            return
        self._step, self._moved_seconds = step, elapsed
        try:
            with _own.get().cursor() as cursor:
                cursor.execute(
                    "INSERT INTO uploads_progress (upload_id, step, rows_done, rows_total, moved_at)"
                    " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (upload_id) DO UPDATE SET step = excluded.step,"
                    " rows_done = excluded.rows_done, rows_total = excluded.rows_total,"
                    " moved_at = excluded.moved_at",
                    [self._upload_id, step, rows_done, rows_total, self._now + timedelta(seconds=elapsed)],
                )
        except DatabaseError:
            _own.close()
            log.warning("progress of upload %s was not written", self._upload_id)
