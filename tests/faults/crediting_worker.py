"""A background worker that dies in the middle of crediting.

It takes over the jobs of dead workers, then does what is queued about creditings and ends. Before or after one of its
own statements to the database it kills itself with signal 9, as the machine would.
"""

import itertools
import os
import signal
from typing import Any

from lindung.config.cli import django_setup

django_setup()

from django.db.backends.signals import connection_created  # noqa: E402 # after the framework is ready

from tests.faults import forge  # noqa: E402 # likewise


def die_at(statement: int, moment: str) -> None:
    said = itertools.count(1)

    def watched(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        here = next(said) == statement
        if here and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(sql, params, many, context)
        if here:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    def watch(connection: Any, **named: Any) -> None:
        connection.execute_wrappers.append(watched)

    connection_created.connect(watch, weak=False)


def work(url: str, statement: int, moment: str) -> None:
    """To be forked: dies before or after (``moment``) its own ``statement``-th statement; 0 is never."""
    die_at(statement, moment)
    forge.work_off("crediting", url)
