"""What several threads ask for at the same moment, done at one go by one of them."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")


@dataclass
class _Place(Generic[Asked, Given]):
    asked: Asked
    woken: threading.Event = field(default_factory=threading.Event)
    done: bool = False
    given: Given | None = None


class Gathering(Generic[Asked, Given]):
    """Nobody waits for company: who finds nobody at work begins at once. What is asked for meanwhile is gathered and
    done next, by the thread that has waited longest, at most ``most`` at a time.

    ``do_all`` is given what was asked, the longest-waiting first, and gives as many answers; None where it did nothing
    for one. If it raises, whose thread it is gets the error, and all others None.
    """

    def __init__(self, do_all: Callable[[Sequence[Asked]], Sequence[Given | None]], *, most: int) -> None:
        self._do_all = do_all
        self._most = most
        self._lock = threading.Lock()
        self._waiting: list[_Place[Asked, Given]] = []
        self._at_work = False

    def do(self, asked: Asked) -> Given | None:
        """The answer to what is asked, or None: then it is the caller's to do alone."""
        place = _Place[Asked, Given](asked)
        with self._lock:
            self._waiting.append(place)
            leads = not self._at_work
            self._at_work = True
        if not leads:
            place.woken.wait()
        if not place.done:
            self._lead()
        return place.given

    def _lead(self) -> None:
        with self._lock:
            taken, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            for place, given in zip(taken, self._do_all([place.asked for place in taken]), strict=True):
                place.given = given
        finally:
            for place in taken:
                place.done = True
                place.woken.set()
            with self._lock:
                self._at_work = bool(self._waiting)
                if self._waiting:
                    self._waiting[0].woken.set()
