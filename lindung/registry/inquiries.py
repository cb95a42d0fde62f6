"""Questions to the civil registry, several at once and none of them with the database in hand."""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from lindung.access.trail import Actor
from lindung.partners.dukcapil.answers import Outcome, Unavailable, UnavailableKind

AT_ONCE = 8
# Of one process, however many lists it has in hand: the registry is everybody's.
_LINES = threading.BoundedSemaphore(AT_ONCE)
MOST_SILENT = 5
"""So many answers in a row that say nothing, and it is left alone for a while."""

# Said once, these hold for everybody: no further question is put.
_FOR_ALL: frozenset[UnavailableKind] = frozenset({"quota", "hours", "config"})


class Registry(Protocol):
    """The civil registry as ``partners.dukcapil.client`` speaks with it; may be called by several threads."""

    def verify(self, nik: str, given: Mapping[str, str], *, purpose: str, actor: str) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Question:
    """Whether these elements are those of this NIK."""

    nik: str
    given: Mapping[str, str]


class Inquiries:
    """Puts questions, ``AT_ONCE`` at a time, until an answer says that there is no use in it; a context manager.

    ``stopped`` is then the kind of trouble, as ``Unavailable`` names it.
    """

    def __init__(self, registry: Registry, *, purpose: str, actor: Actor) -> None:
        self._registry = registry
        self._purpose = purpose
        self._actor = f"{actor.kind}:{actor.id}"
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="civil-registry")
        self._lock = threading.Lock()
        self._silent = 0
        self.stopped: UnavailableKind | None = None

    def __enter__(self) -> "Inquiries":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)

    def ask(self, questions: Sequence[Question]) -> list[Future[Outcome | None]]:
        """Put the questions; their answers come in this order. None is a question that was not put."""
        return [self._threads.submit(self._ask, question) for question in questions]

    def _ask(self, question: Question) -> Outcome | None:
        if self.stopped is not None:
            return None
        with _LINES:
            outcome = self._registry.verify(question.nik, question.given, purpose=self._purpose, actor=self._actor)
        with self._lock:
            self._note(outcome)
        return outcome

    def _note(self, outcome: Outcome) -> None:
        if not isinstance(outcome, Unavailable):
            self._silent = 0
            return
        self._silent += 1
        if self.stopped is None and (outcome.kind in _FOR_ALL or self._silent >= MOST_SILENT):
            self.stopped = outcome.kind
