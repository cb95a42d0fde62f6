"""What a carrier answered, and when to stop asking it."""

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """The carrier took the message and answers for it; ``reference`` is its name for it."""

    reference: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The carrier will never take this message for this recipient; asking again is useless."""

    code: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No usable answer: the message may or may not have been taken. Ask again later, under the same name.

    ``reason`` is one of our own words, never the carrier's: an answer may quote an address.
    """

    reason: str


Outcome = Accepted | Refused | Unknown


class Breaker:
    """Opens after a run of unknown answers, so that a carrier that is down costs five waits and not a thousand.

    One per carrier and delivery; the next delivery starts with a closed one. May be shared between threads.
    """

    def __init__(self, limit: int = 5) -> None:
        self._limit = limit
        self._in_a_row = 0
        self._lock = threading.Lock()

    @property
    def open(self) -> bool:
        """Whether the carrier is to be left alone."""
        return self._in_a_row >= self._limit

    def note(self, outcome: Outcome) -> None:
        """Count an answer; a usable one, even a refusal, shows that the carrier is there."""
        with self._lock:
            self._in_a_row = self._in_a_row + 1 if isinstance(outcome, Unknown) else 0
