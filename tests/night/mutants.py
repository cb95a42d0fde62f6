"""`python -m tests.night.mutants`: every small wrong in the law, one at a time; do its tests notice?

First the quick way (``patched.py``). What stays unsure there runs in a fork of a process that has loaded the test tools
but nothing of the law: there the one module is compiled from its mutated text, and the room's tests run until the first
one fails. A test that runs far too long has noticed too. What survives is listed with its line; what cannot be noticed,
because it changes nothing that anybody can see, stands with its reason in ``equivalent_mutants.yaml``.

Ends with 1 when fewer than the promised share is killed, or when the tests fail without any mutant.
"""

import argparse
import json
import os
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
from tests.night.patched import KILLED, SURVIVED, UNSURE, Trials, fork, side_by_side

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "lindung.law"
ROOM = ROOT / "lindung" / "law"
TESTS = ROOT / "tests" / "law"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.yaml")
LEAST_KILLED_PERCENT = 90
# Tests of what other processes load, and of what a database computes, look at the room from outside.
_FROM_OUTSIDE = ("test_purity.py", "test_sql_in_postgres.py")
# Worked cases are quick and notice most.
_FIRST = ("test_cases", "test_reference")
# Hypothesis is loaded before the tests are, so that all forks share it.
_WARNINGS = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
_QUICK_SECONDS = 3600
_SAID = Path(os.environ.get("TMPDIR", "/tmp")) / f"lindung-mutants-{os.getpid()}.json"


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


def run_tests(files: list[Path], *plugins: object) -> int:
    """The tests of these files in this process, to the first failure; gives pytest's exit code."""
    with open(os.devnull, "wb") as sink:
        os.dup2(sink.fileno(), 1)
        os.dup2(sink.fileno(), 2)
    # Without the house's own configuration: neither the framework nor a database is needed here.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    quietly = ["-c", os.devnull, f"--rootdir={ROOT}", "--noconftest", "-p", "no:cacheprovider", "-W", "error"]
    return int(pytest.main([*quietly, "-x", "-q", "--tb=short", *_WARNINGS, *map(str, files)], list(plugins)))


def files_of_tests() -> list[Path]:
    return sorted(path for path in TESTS.rglob("test_*.py") if path.name not in _FROM_OUTSIDE)


def _quickly(todo: list[Mutant], processes: int) -> int:
    """Try every mutant the quick way; what came of it is written down for the process that started this one."""
    screen = os.fdopen(os.dup(1), "w")
    trials = Trials(ROOM, _FIRST, todo, processes)
    found = dict[str, str]()

    def decided(mutant: Mutant, verdict: str) -> None:
        found[mutant.name] = verdict
        if verdict == SURVIVED:
            print(f"survived, line {mutant.line}: {mutant.name}", file=screen, flush=True)
        if len(found) % 100 == 0:
            print(f"{len(found)} of {len(todo)}: {dict(Counter(found.values()))}", file=screen, flush=True)

    trials.decided = decided
    run_tests(files_of_tests(), trials)
    seconds = {str(path): seconds for path, seconds in trials.seconds.items()}
    _SAID.write_text(json.dumps({"failure": trials.failure, "found": found, "seconds": seconds}))
    return 0


def _afresh(mutant: Mutant, seconds: dict[str, float]) -> int:
    """The tests with the law loaded afresh, one module of it mutated: those that most likely notice come first."""
    sys.meta_path.insert(0, _MutatedModule(module_name(mutant.module), mutant.source))
    own = f"test_{Path(mutant.module).stem}"
    files = files_of_tests()
    files.sort(key=lambda path: (path.stem != own, path.stem not in _FIRST, seconds[str(path)]))
    # One after the other, so that what comes after a failure need not even be read.
    return next((code for code in map(run_tests, ([file] for file in files)) if code != pytest.ExitCode.OK), 0)


def verdicts(todo: list[Mutant], processes: int) -> Iterator[tuple[Mutant, str]]:
    """(mutant, ``killed`` or ``survived``). Raises AssertionError when the tests fail without any mutant."""
    pid = fork(lambda: _quickly(todo, processes), _QUICK_SECONDS)
    os.waitpid(pid, 0)
    said = json.loads(_SAID.read_text())
    _SAID.unlink()
    assert not said["failure"], f"the tests of the law fail without any mutant:\n{said['failure'][-3000:]}"
    unsure = []
    for mutant in todo:
        verdict = said["found"][mutant.name]
        if verdict == UNSURE:
            unsure.append(mutant)
        else:
            yield mutant, verdict
    seconds = said["seconds"]
    usual = sum(seconds.values())
    for mutant, passed in side_by_side(unsure, processes, lambda mutant: fork(lambda: _afresh(mutant, seconds), usual)):
        if passed:
            print(f"survived, line {mutant.line}: {mutant.name}", flush=True)
        yield mutant, SURVIVED if passed else KILLED


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", default="", help="a part of a module's path, such as programmes/jp")
    args = parser.parse_args(arguments)
    # A property finds the same examples each time, or a mutant would survive on some nights only.
    hypothesis.settings.register_profile(
        "mutants",
        max_examples=30,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutants")
    assert not any(name.startswith(PACKAGE) for name in sys.modules), "the law is loaded already"
    assert numpy.__version__  # loaded here once, for all forks
    started = time.monotonic()
    todo = all_mutants(args.only)
    reasons: dict[str, str] = yaml.safe_load(EQUIVALENT.read_text()) or {}
    found: Counter[str] = Counter()
    modules: dict[str, Counter[str]] = {}
    unnoticed = set()
    for mutant, verdict in verdicts(todo, args.processes):
        if verdict == SURVIVED and mutant.name in reasons:
            verdict = "equivalent"
            unnoticed.add(mutant.name)
        found[verdict] += 1
        modules.setdefault(mutant.module, Counter())[verdict] += 1
        if sum(found.values()) % 100 == 0:
            print(f"{sum(found.values())} of {len(todo)}: {dict(found)}", flush=True)
    tried = {mutant.module for mutant in todo}
    stale = {name for name in set(reasons) - unnoticed if not args.only or name.split(" ")[0] in tried}
    return report(found, modules, stale, started)


def report(found: Counter[str], modules: dict[str, Counter[str]], stale: set[str], started: float) -> int:
    for module, counts in sorted(modules.items()):
        told = ", ".join(f"{counts[name]} {name}" for name in ("killed", "equivalent", "survived") if counts[name])
        print(f"{module}: {told}")
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
