"""A process that stops in the middle of an act, says so, and waits to be killed."""

import itertools
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from lindung.config.cli import django_setup

django_setup()

from django.db import connection  # noqa: E402 # after the framework is ready

from tests.faults import forge  # noqa: E402 # likewise


def do(url: str, stop: int, told: Connection, act: Callable[..., object], given: Mapping[str, Any]) -> None:
    """To be forked: says "reached" before its ``stop``-th statement; past the last one it ends by itself, "ended"."""
    count = itertools.count(1)

    def stopping(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if next(count) == stop:
            told.send("reached")
            time.sleep(60)
        return execute(sql, params, many, context)

    forge.use(url)
    with connection.execute_wrapper(stopping):
        act(**given)
    told.send("ended")
