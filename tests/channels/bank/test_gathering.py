"""Threads that ask at the same moment: one works for all, nobody waits for company, nobody is forgotten."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from lindung.channels.bank.gathering import Gathering

PATIENCE = 10.0


class Slow:
    """Doubles numbers when it is let, and notes who was done with whom. An odd hundred is refused, 13 is a fault."""

    def __init__(self) -> None:
        self.together: list[list[int]] = []
        self.begun = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)

    def __call__(self, asked: Sequence[int]) -> list[int | None]:
        self.together.append(list(asked))
        self.begun.release()
        assert self.go_on.acquire(timeout=PATIENCE)
        if 13 in asked:
            raise ValueError("thirteen")
        return [None if number == 100 else 2 * number for number in asked]

    def wait(self) -> None:
        assert self.begun.acquire(timeout=PATIENCE)


@pytest.fixture
def slow() -> Slow:
    return Slow()


def asked_for(gathering: Gathering[int, int], numbers: Sequence[int], threads: ThreadPoolExecutor) -> list[Future[int]]:
    """Ask from a thread for each number, the next when the one before waits or works."""
    given = []
    for number in numbers:
        before = len(gathering._waiting)
        at_work = gathering._at_work
        given.append(threads.submit(gathering.do, number))
        until(lambda was=before, busy=at_work: len(gathering._waiting) > was if busy else gathering._at_work)
    return given


def until(there: Callable[[], bool]) -> None:
    tick = threading.Event()
    for _ in range(1_000):
        if there():
            return
        tick.wait(PATIENCE / 1_000)
    raise AssertionError("it does not come to that")


def test_who_asks_alone_is_served_at_once(slow: Slow) -> None:
    slow.go_on.release(2)
    gathering = Gathering(slow, most=4)
    assert [gathering.do(1), gathering.do(2)] == [2, 4]
    assert slow.together == [[1], [2]]


def test_who_asks_meanwhile_is_served_together_next_and_at_most_so_many(slow: Slow) -> None:
    gathering = Gathering(slow, most=4)
    with ThreadPoolExecutor(8) as threads:
        first = asked_for(gathering, [1], threads)
        slow.wait()
        others = asked_for(gathering, [2, 3, 100, 5, 6, 7], threads)
        slow.go_on.release(3)
        assert [future.result(PATIENCE) for future in first + others] == [2, 4, 6, None, 10, 12, 14]
    assert slow.together == [[1], [2, 3, 100, 5], [6, 7]]


def test_a_fault_is_told_to_one_and_leaves_the_others_to_themselves(slow: Slow) -> None:
    gathering = Gathering(slow, most=4)
    with ThreadPoolExecutor(4) as threads:
        first = asked_for(gathering, [1], threads)
        slow.wait()
        others = asked_for(gathering, [2, 13, 3], threads)
        slow.go_on.release(3)
        assert first[0].result(PATIENCE) == 2
        with pytest.raises(ValueError, match="thirteen"):
            others[0].result(PATIENCE)
        assert [future.result(PATIENCE) for future in others[1:]] == [None, None]
    assert gathering.do(4) == 8


def test_nobody_is_forgotten_and_nobody_gets_anothers_answer() -> None:
    gathering = Gathering(lambda asked: [number + 1 for number in asked], most=3)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(gathering.do, range(2_000))) == list(range(1, 2_001))
