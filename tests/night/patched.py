"""The quick way to try a mutant: in a fork of a process that has read all tests, one function gets the mutated code.

Only those tests run that called the function when nothing was wrong, the likeliest and quickest first. What is settled
when a module is loaded (constants, classes, defaults, functions called by then) keeps its unmutated value here, so a
mutant of these that survives is only ``unsure``.
"""

import functools
import gc
import os
import resource
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import NamedTuple

import pytest

from tests.night.mutations import Mutant

KILLED, SURVIVED, UNSURE = "killed", "survived", "unsure"
_MEMORY_BYTES = 4 * 2**30
# How many times longer than without a mutant the tests may take, and what they may take in any case.
_TIMES, _LEAST_SECONDS = 5, 5
# Tests that take longer than this wait for the others.
_SLOW = 0.05


def fork(work: Callable[[], int], usual_seconds: float) -> int:
    """The id of a process that ends with what ``work`` gives."""
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        # Processor time: a wrong that never ends is ended by the kernel, however busy the machine is.
        most = _LEAST_SECONDS + round(_TIMES * usual_seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))
        code = work()
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def side_by_side(
    todo: list[Mutant], processes: int, start: Callable[[Mutant], int | None]
) -> Iterator[tuple[Mutant, bool | None]]:
    """(mutant, whether the tests passed), as they are decided; None where ``start`` started no process."""
    waiting, running = todo[::-1], dict[int, Mutant]()
    while waiting or running:
        while waiting and len(running) < processes:
            mutant = waiting.pop()
            pid = start(mutant)
            if pid is None:
                yield mutant, None
            else:
                running[pid] = mutant
        if running:
            pid, status = os.wait()
            yield running.pop(pid), os.waitstatus_to_exitcode(status) == pytest.ExitCode.OK


class _Tried(NamedTuple):
    """A test: the functions of the room that it calls, and how long it takes."""

    item: pytest.Item
    calls: frozenset[tuple[str, str]]
    seconds: float


class Trials:
    """A plugin of pytest: instead of running the tests once, it tries every mutant on those that reach it."""

    def __init__(
        self,
        room: Path,
        first: tuple[str, ...],
        todo: list[Mutant],
        processes: int,
        decided: Callable[[Mutant, str], None],
    ) -> None:
        self._room, self._first = f"{room}{os.sep}", first
        self._todo, self._processes, self._decided = todo, processes, decided
        self._called = set[CodeType]()
        self._failed = ""
        self._modules, self._caches = 0, set[Callable[..., object]]()
        self.failure = ""
        """What a test said that fails without any mutant."""

    def pytest_collection(self) -> None:
        sys.setprofile(self._watch)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed = f"{report.nodeid}\n{report.longreprtext}"

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        at_loading = self._calls()
        tests = [self._tried(item) for item in session.items]
        sys.setprofile(None)
        if self.failure or session.testsfailed:
            self.failure = self.failure or "some tests cannot be read"
            return True
        functions = self._functions()
        # What is there now is not looked at again by the forks, or each would copy all of it.
        gc.collect()
        gc.freeze()
        for mutant, passed in side_by_side(
            self._todo, self._processes, lambda mutant: self._start(mutant, functions, tests)
        ):
            if passed is None or (passed and _is_called(mutant, at_loading)):
                self._decided(mutant, UNSURE)
            else:
                self._decided(mutant, SURVIVED if passed else KILLED)
        return True

    def _watch(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self._called.add(frame.f_code)

    def _calls(self) -> frozenset[tuple[str, str]]:
        """What was called of the room since the last look."""
        called, self._called = self._called, set()
        return frozenset(
            (code.co_filename.removeprefix(self._room), code.co_qualname.replace(".<locals>", ""))
            for code in called
            if code.co_filename.startswith(self._room)
        )

    def _tried(self, item: pytest.Item) -> _Tried:
        # What an earlier test left in a cache would not be called again.
        self._empty_caches()
        self._calls()
        started = time.process_time()
        if not self._passes(item):
            self.failure = self._failed
        return _Tried(item, self._calls(), time.process_time() - started)

    def _passes(self, item: pytest.Item) -> bool:
        self._failed = ""
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return not self._failed

    def _empty_caches(self) -> None:
        """Of all functions that keep what they gave; new ones come with new modules only."""
        if self._modules != len(sys.modules):
            self._modules = len(sys.modules)
            self._caches.update(one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper))
        for one in self._caches:
            if one.__module__.startswith(("lindung.", "tests.")):
                one.cache_clear()

    def _functions(self) -> dict[tuple[str, str], list[FunctionType]]:
        """The functions of the room that exist now, those of one name in the order of their lines."""
        found = defaultdict(list)
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(self._room):
                found[one.__code__.co_filename.removeprefix(self._room), one.__code__.co_qualname].append(one)
        return {name: sorted(some, key=lambda one: one.__code__.co_firstlineno) for name, some in found.items()}

    def _start(
        self, mutant: Mutant, functions: dict[tuple[str, str], list[FunctionType]], tests: list[_Tried]
    ) -> int | None:
        changed = _changed(mutant, f"{self._room}{mutant.module}", functions)
        if not changed:
            return None
        likely = (f"test_{Path(mutant.module).stem}", *self._first)
        reached = [test for test in tests if _is_called(mutant, test.calls)]
        reached.sort(key=lambda test: (test.seconds > _SLOW, test.item.path.stem not in likely, test.seconds))

        def work() -> int:
            for function, code in changed:
                function.__code__ = code
            self._empty_caches()
            passed = all(self._passes(test.item) for test in reached)
            return int(pytest.ExitCode.OK if passed else pytest.ExitCode.TESTS_FAILED)

        return fork(work, sum(test.seconds for test in reached))


def _is_called(mutant: Mutant, calls: frozenset[tuple[str, str]]) -> bool:
    """Whether the function that holds the mutant is called; lambdas and the like inside it have a longer name."""
    return any(
        module == mutant.module and (name == mutant.where or name.startswith(f"{mutant.where}."))
        for module, name in calls
    )


def _changed(
    mutant: Mutant, path: str, functions: dict[tuple[str, str], list[FunctionType]]
) -> list[tuple[FunctionType, CodeType]]:
    """The function whose code the mutant changes, with its code; nothing where it changes no function's code."""
    made = defaultdict(list)
    for code in _codes(compile(mutant.source, path, "exec", dont_inherit=True)):
        made[code.co_qualname].append(code)
    # A function inside another is made anew by the outer one, whose code holds the inner one's.
    names = [mutant.where.split(".")[:parts] for parts in range(1, mutant.where.count(".") + 2)]
    for name in map(".".join, names):
        now = functions.get((mutant.module, name), [])
        if now and len(now) == len(made[name]):
            pairs = zip(now, made[name], strict=True)
            return [(one, code) for one, code in pairs if _plain(one.__code__) != _plain(code)]
    return []


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _codes(part)


def _plain(code: CodeType) -> object:
    """What a code does, without its lines."""
    parts = tuple(_plain(part) if isinstance(part, CodeType) else (type(part), part) for part in code.co_consts)
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, parts
