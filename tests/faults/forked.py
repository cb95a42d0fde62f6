"""An act in a process of its own that is killed with -9 at one of its exchanges with the database.

The process is a fork of the test's, so it costs milliseconds and every point of an act can be tried. An exchange is one
round trip: a statement, a COPY's end, a commit.
"""

import itertools
import os
import signal
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connections


def killed(act: Callable[[], object], exchange: int, *, after: bool) -> bool:
    """Do ``act`` elsewhere and kill it before or after its ``exchange``-th exchange (from 1); False if it had fewer.

    ``after``: the server has done it and the answer is lost. Writes of ``act`` are real: for tests that commit.
    """
    # The child must not speak on our connection, nor close it.
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            _die_at(exchange, after=after)
            act()
            code = 0
        finally:
            os._exit(code)
    ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert ended in (0, -signal.SIGKILL), "the act itself went wrong"
    return ended != 0


def killed_everywhere(act: Callable[[], object], look: Callable[[], object], *, step: int = 1) -> int:
    """Kill ``act`` before and after every ``step``-th of its exchanges, until it has no further one; look after each.

    Gives how often it was killed. An act that was done in spite of it (after its commit) is done again from then on.
    """
    count = 0
    for exchange in itertools.count(1, step):
        for after in (False, True):
            if not killed(act, exchange, after=after):
                return count
            count += 1
            look()
    raise AssertionError("an act has an end")


def _die_at(exchange: int, *, after: bool) -> None:
    times = itertools.count(1)
    wait = psycopg.Connection.wait

    def watched(self: Any, *given: Any, **named: Any) -> Any:
        due = next(times) == exchange
        if due and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = wait(self, *given, **named)
        if due:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    psycopg.Connection.wait = watched  # type: ignore[method-assign] # in a process that ends with this act
