"""`python -m tests.night.mutants`: every small wrong in the law, one at a time; do its tests notice?

First the quick way (``patched.py``). What stays unsure there runs in a fork of a process that has loaded the test tools
but nothing of the law: there the one module is compiled from its mutated text, and the room's tests run until the first
one fails. A test that runs far too long has noticed too. What survives is listed with its line; what cannot be noticed,
because it changes nothing that anybody can see, stands with its reason in ``equivalent_mutants.yaml``.

Ends with 1 when fewer than the promised share is killed, or when the tests fail without any mutant.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
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
# The pages of the reference and the worked cases are quick and notice most.
_FIRST = ("test_reference", "test_cases")
# Hypothesis is loaded before the tests are, so that all forks share it.
_WARNINGS = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
_QUICK_SECONDS = 3600
_AFRESH_SECONDS = 30


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


def _quickly(todo: list[Mutant], processes: int, decided: Callable[[Mutant, str], None]) -> int:
    """Try every mutant the quick way."""
    screen = os.fdopen(os.dup(1), "w")
    trials = Trials(ROOM, _FIRST, todo, processes, decided)
    run_tests(files_of_tests(), trials)
    if trials.failure:
        print(f"the tests of the law fail without any mutant:\n{trials.failure[-3000:]}", file=screen, flush=True)
    return int(bool(trials.failure))


def _afresh(mutant: Mutant) -> int:
    """The tests with the law loaded afresh, one module of it mutated: those that most likely notice come first."""
    sys.meta_path.insert(0, _MutatedModule(module_name(mutant.module), mutant.source))
    own = f"test_{Path(mutant.module).stem}"
    # The pages of the reference say most of what stands outside functions, and are written at once.
    likely = [*_FIRST, own]
    files = sorted(files_of_tests(), key=lambda path: likely.index(path.stem) if path.stem in likely else len(likely))
    # One after the other, so that what comes after a failure need not even be read.
    return next((code for code in map(run_tests, ([file] for file in files)) if code != pytest.ExitCode.OK), 0)


def decided_in(results: Path) -> dict[str, str]:
    """Name of a mutant -> the last verdict that was written down."""
    lines = results.read_text().splitlines() if results.exists() else []
    return {name: verdict for verdict, _, name in (line.partition(" ") for line in lines)}


def try_all(todo: list[Mutant], processes: int, way: str, decided: Callable[[Mutant, str], None]) -> bool:
    """Have every mutant decided; whether the tests pass without any."""
    static = [mutant for mutant in todo if mutant.is_static]
    if way != "afresh":
        for mutant in static:
            decided(mutant, UNSURE)
        inside = [mutant for mutant in todo if not mutant.is_static]
        pid = fork(lambda: _quickly(inside, processes, decided), _QUICK_SECONDS)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    for mutant, passed in side_by_side(todo, processes, lambda one: fork(lambda: _afresh(one), _AFRESH_SECONDS)):
        decided(mutant, SURVIVED if passed else KILLED)
    return True


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", default="", help="a part of a module's path, such as programmes/jp")
    parser.add_argument("--results", type=Path, help="a file of verdicts: what is decided there is not tried again")
    parser.add_argument("--way", choices=("quick", "afresh", "both", "none"), default="both", help="the ways to try")
    args = parser.parse_args(arguments)
    # A property finds the same examples each time, or a mutant would survive on some nights only.
    hypothesis.settings.register_profile(
        "mutants",
        max_examples=15,
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
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lindung-mutants-"))
        results: Path = args.results or Path(folder) / "results"
        sink = stack.enter_context(results.open("a"))

        def decided(mutant: Mutant, verdict: str) -> None:
            # Two processes write here, each a whole line at once.
            sink.write(f"{verdict} {mutant.name}\n")
            sink.flush()

        known = decided_in(results)
        if args.way in ("quick", "both") and not try_all(
            [mutant for mutant in todo if mutant.name not in known], args.processes, "quick", decided
        ):
            return 1
        known = decided_in(results)
        if args.way in ("afresh", "both"):
            unsure = [mutant for mutant in todo if known.get(mutant.name, UNSURE) == UNSURE]
            if args.way == "afresh":
                unsure = [mutant for mutant in unsure if mutant.is_static or mutant.name in known]
            try_all(unsure, args.processes, "afresh", decided)
        known = decided_in(results)
    return report(todo, known, reasons, time.monotonic() - started)


def report(todo: list[Mutant], known: dict[str, str], reasons: dict[str, str], seconds: float) -> int:
    """What came of every mutant, module by module; 0 where enough were killed and none is undecided."""
    found = Counter[str]()
    modules: dict[str, Counter[str]] = {}
    for mutant in todo:
        verdict = known.get(mutant.name, UNSURE)
        if verdict == SURVIVED and mutant.name in reasons:
            verdict = "equivalent"
        found[verdict] += 1
        modules.setdefault(mutant.module, Counter())[verdict] += 1
        if verdict == SURVIVED:
            print(f"survived, line {mutant.line}: {mutant.name}")
    for module, counts in sorted(modules.items()):
        told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        print(f"{module}: {told}")
    for name in sorted(name for name in reasons if name.split(" ")[0] in modules and known.get(name) != SURVIVED):
        print(f"listed as equivalent, but gone or killed: {name}")
    tried = found[KILLED] + found[SURVIVED]
    percent = 100 * found[KILLED] / tried if tried else 100
    print(
        f"mutants: {found.total()} made, {found[KILLED]} killed, {found[SURVIVED]} survived, {found['equivalent']} "
        f"equivalent, {found[UNSURE]} undecided: {percent:.1f}% killed in {seconds:.0f} s"
    )
    return 0 if percent >= LEAST_KILLED_PERCENT and not found[UNSURE] else 1


if __name__ == "__main__":
    sys.exit(main())
