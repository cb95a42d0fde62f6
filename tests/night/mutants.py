"""`python -m tests.night.mutants`: every small wrong in the law, one at a time; do its tests notice?

Each mutant runs in a fork of a process that has loaded the test tools but nothing of the law: there the one module is
compiled from its mutated text, and the room's tests run until the first one fails. A test that runs far too long has
noticed too. What survives is listed with its line; what cannot be noticed, because it changes nothing that anybody can
see, stands with its reason in ``equivalent_mutants.yaml``.

Ends with 1 when fewer than the promised share is killed, or when the tests fail without any mutant.
"""

import argparse
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

import hypothesis
import numpy
import pytest
import yaml

from tests.night.mutations import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "lindung.law"
ROOM = ROOT / "lindung" / "law"
TESTS = ROOT / "tests" / "law"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.yaml")
LEAST_KILLED_PERCENT = 90
# Tests of what other processes load, and of what a database computes, look at the room from outside.
_FROM_OUTSIDE = ("test_purity.py", "test_sql_in_postgres.py")
# Worked cases are quick and notice most.
_FIRST = "test_cases.py"
_MEMORY_BYTES = 4 * 2**30
# Hypothesis is loaded before the tests are, so that all forks share it.
_WARNINGS = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
_MOST_SECONDS = 600
# How many times longer than without a mutant the tests may take.
_TIMES = 5


class _MutatedCode(SourceFileLoader):
    """Loads a module from other text than stands in its file."""

    text = ""

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec")


class _MutatedModule(MetaPathFinder):
    """Finds the one module that is wrong."""

    def __init__(self, name: str, text: str) -> None:
        self._name, self._text = name, text

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        spec = PathFinder.find_spec(fullname, path)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = loader = _MutatedCode(fullname, spec.origin)
        loader.text = self._text
        return spec


def all_mutants(only: str) -> list[Mutant]:
    """Of the whole room, or of the modules whose path contains ``only``."""
    return [
        mutant
        for path in sorted(ROOM.rglob("*.py"))
        if only in (module := str(path.relative_to(ROOM)))
        for mutant in mutants(module, path.read_text())
    ]


def module_name(module: str) -> str:
    """``programmes/jp.py`` as it is imported."""
    return ".".join((PACKAGE, *Path(module).with_suffix("").parts)).removesuffix(".__init__")


def run_tests(mutant: Mutant | None, said: Path) -> int:
    """The room's tests in this process, to the first failure; gives pytest's exit code."""
    if mutant is not None:
        sys.meta_path.insert(0, _MutatedModule(module_name(mutant.module), mutant.source))
    with said.open("wb") as sink:
        os.dup2(sink.fileno(), 1)
        os.dup2(sink.fileno(), 2)
    # Without the house's own configuration: neither the framework nor a database is needed here.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    quietly = ["-c", os.devnull, f"--rootdir={ROOT}", "--noconftest", "-p", "no:cacheprovider", "-W", "error"]
    for files in _in_turn(mutant):
        code = int(pytest.main([*quietly, "-x", "-q", "--tb=short", *_WARNINGS, *map(str, files)]))
        if code != pytest.ExitCode.OK:
            break
    return code


def _in_turn(mutant: Mutant | None) -> list[list[Path]]:
    """The files of tests: first those that most likely notice, so that the others need not even be read."""
    files = sorted(path for path in TESTS.glob("test_*.py") if path.name not in _FROM_OUTSIDE)
    stem = Path(mutant.module).stem if mutant else ""
    first = [path for path in files if path.name == _FIRST or (stem and stem in path.stem)]
    return [first, [path for path in files if path not in first]]


def _fork(mutant: Mutant | None, said: Path, most_seconds: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        # Processor time: a wrong that never ends is ended by the kernel, however busy the machine is.
        resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))
        code = run_tests(mutant, said)
    finally:
        os._exit(code)


def verdicts(todo: list[Mutant], processes: int, most_seconds: int) -> Iterator[tuple[Mutant, str]]:
    """(mutant, ``killed`` or ``survived``), as they are decided, some at a time."""
    waiting, running = todo[::-1], dict[int, Mutant]()
    while waiting or running:
        while waiting and len(running) < processes:
            mutant = waiting.pop()
            running[_fork(mutant, Path(os.devnull), most_seconds)] = mutant
        pid, status = os.wait()
        survived = os.waitstatus_to_exitcode(status) == pytest.ExitCode.OK
        yield running.pop(pid), "survived" if survived else "killed"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", default="", help="a part of a module's path, such as programmes/jp")
    args = parser.parse_args(arguments)
    # A property finds the same examples each time, or a mutant would survive on some nights only.
    hypothesis.settings.register_profile("mutants", max_examples=60, derandomize=True, deadline=None, database=None)
    hypothesis.settings.load_profile("mutants")
    assert not any(name.startswith(PACKAGE) for name in sys.modules), "the law is loaded already"
    assert numpy.__version__  # loaded here once, for all forks
    started = time.monotonic()
    said = Path(os.environ.get("TMPDIR", "/tmp")) / f"lindung-mutants-{os.getpid()}.txt"
    _, status, used = os.wait4(_fork(None, said, _MOST_SECONDS), 0)
    text = said.read_text(errors="replace")
    said.unlink()
    if os.waitstatus_to_exitcode(status) != pytest.ExitCode.OK:
        print(f"the tests of the law fail without any mutant:\n{text[-3000:]}")
        return 1
    todo = all_mutants(args.only)
    reasons: dict[str, str] = yaml.safe_load(EQUIVALENT.read_text()) or {}
    found: Counter[str] = Counter()
    modules: dict[str, Counter[str]] = {}
    survivors = []
    unnoticed = set()
    for mutant, verdict in verdicts(todo, args.processes, 20 + round(_TIMES * used.ru_utime)):
        if verdict == "survived" and mutant.name in reasons:
            verdict = "equivalent"
            unnoticed.add(mutant.name)
        found[verdict] += 1
        modules.setdefault(mutant.module, Counter())[verdict] += 1
        if verdict == "survived":
            survivors.append(mutant)
        if sum(found.values()) % 100 == 0:
            print(f"{sum(found.values())} of {len(todo)}: {dict(found)}", flush=True)
    return report(found, modules, survivors, set(reasons) - unnoticed if not args.only else set(), started)


def report(
    found: Counter[str], modules: dict[str, Counter[str]], survivors: list[Mutant], stale: set[str], started: float
) -> int:
    for module, counts in sorted(modules.items()):
        told = ", ".join(f"{counts[name]} {name}" for name in ("killed", "equivalent", "survived") if counts[name])
        print(f"{module}: {told}")
    for mutant in sorted(survivors, key=lambda mutant: (mutant.module, mutant.line)):
        print(f"survived, line {mutant.line}: {mutant.name}")
    for name in sorted(stale):
        print(f"listed as equivalent, but gone or killed: {name}")
    decided = found["killed"] + found["survived"]
    percent = 100 * found["killed"] / decided if decided else 100
    print(
        f"mutants: {sum(found.values())} made, {found['killed']} killed, {found['survived']} survived,"
        f" {found['equivalent']} equivalent: {percent:.1f}% killed in {time.monotonic() - started:.0f} s"
    )
    return 0 if percent >= LEAST_KILLED_PERCENT else 1


if __name__ == "__main__":
    sys.exit(main())
