"""A connection to the database that the threads of a process use in turn."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


class OneConnection:
    """What is done over it, the server plans once for a process and not once for each of its threads.

    After the server or a process was killed, that is most of what the first payments wait for.
    """

    def __init__(self) -> None:
        self._database: BaseDatabaseWrapper | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile this thread speaks over it and not over its own, unless that is in a transaction.

        Two threads never hold it at once: who asks sees to that.
        """
        own = connections[DEFAULT_DB_ALIAS]
        if own.in_atomic_block:
            yield
            return
        if self._database is None:
            self._database = connections.create_connection(DEFAULT_DB_ALIAS)
            self._database.inc_thread_sharing()
        # As the framework does before each request with the thread's own: one that the server has ended is left.
        self._database.close_if_unusable_or_obsolete()
        connections[DEFAULT_DB_ALIAS] = self._database
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = own

    def close(self) -> None:
        """Let go of it; the next who holds it opens another."""
        if self._database is not None:
            self._database.close()
            self._database = None
