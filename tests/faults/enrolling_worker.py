"""A background worker that dies at a step of its own job.

It takes over the jobs of dead workers, then does what is queued about new workers and ends. The civil registry is in
memory and knows everybody, after as many seconds as it is given. At a step it kills itself with signal 9, as the
machine would.
"""

import os
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from lindung.config.cli import django_setup

django_setup()

from lindung.registry import enrolling, tasks  # noqa: E402 # after the framework is ready
from lindung.registry.services import verification  # noqa: E402 # likewise
from tests.faults import forge  # noqa: E402 # likewise
from tests.registry.registries import Registry, compared  # noqa: E402 # likewise

STEPS = (
    "before the questions",
    "between questions and transaction",
    "in the transaction, people placed",
    "in the transaction, at its end",
    "after the transaction",
)


def die_at(step: str, turn: int) -> None:
    turns = 0

    def reached(name: str) -> None:
        nonlocal turns
        if name == step and (turns := turns + 1) == turn:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any, **named: Any) -> Any:
            reached(name)
            return work(*given, **named)

        return done

    def after(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any, **named: Any) -> Any:
            result = work(*given, **named)
            reached(name)
            return result

        return done

    patched: Any = verification
    patched.Inquiries.ask = before(STEPS[0], patched.Inquiries.ask)
    patched._settle_slice = after(STEPS[4], before(STEPS[1], patched._settle_slice))
    placing: Any = enrolling
    placing.place_people = after(STEPS[2], placing.place_people)
    patched.settle = after(STEPS[3], patched.settle)


class SlowRegistry(Registry):
    """Knows everybody, in its own time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(otherwise=self._slowly)
        self._seconds = seconds

    def _slowly(self) -> Any:
        time.sleep(self._seconds)
        return compared()

    def __enter__(self) -> "SlowRegistry":
        return self

    def __exit__(self, *error: object) -> None:
        pass


def work(url: str, step: str, turn: int, seconds: float, told: Connection) -> None:
    """To be forked: dies at the TURN-th time that it reaches STEP, or tells at its end how many questions were put."""
    registry = SlowRegistry(seconds)
    patched: Any = tasks
    patched.from_settings = lambda: registry
    die_at(step, turn)
    forge.work_off("civil_registry", url)
    told.send(registry.asked.total())
