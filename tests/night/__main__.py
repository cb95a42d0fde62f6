"""`python -m tests.night [PART ...]`: what is too long for every change, part after part; `make night` is all of it.

Each part says in one line what it counted and how long it took. Ends with 1 when any of them failed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
# One test of the night may take as long as all tests of a change do.
_SECONDS_A_TEST = 3600


@dataclass(frozen=True)
class Part:
    """A command. ``counts`` makes its line out of what it printed and of the report that pytest wrote."""

    argv: tuple[str, ...]
    counts: Callable[[str, Path], str]
    environment: dict[str, str] = field(default_factory=dict)


def tested(folder: str, chosen: str) -> tuple[str, ...]:
    options = ("-n", "2", "--dist", "worksteal", f"--timeout={_SECONDS_A_TEST}", "-o", "junit_family=xunit1")
    return ("pytest", folder, "-m", chosen, *options)


def of_the_report(printed: str, report: Path) -> str:
    """Tests by their outcome, and the sums of what they recorded themselves."""
    outcomes, sums = Counter[str](), Counter[str]()
    for test in ElementTree.parse(report).getroot().iter("testcase"):
        outcomes[next((end.tag for end in test if end.tag in ("failure", "error", "skipped")), "passed")] += 1
        for recorded in test.iter("property"):
            sums[recorded.attrib["name"]] += int(recorded.attrib["value"])
    told = [f"{count:,} {name}" for name, count in sums.items()]
    ends = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    return ", ".join([*told, f"tests: {ends}"])


def of_the_last_line(printed: str, report: Path) -> str:
    return printed.strip().rpartition("\n")[2].partition(": ")[2]


def of_the_payments(printed: str, report: Path) -> str:
    return " ".join(
        line for line in printed.splitlines() if line.startswith(("payments ", "acknowledged ", "bills to be "))
    )


def of_the_files(printed: str, report: Path) -> str:
    return " ".join(line for line in printed.splitlines() if "killed" in line or line.startswith("bills "))


PARTS = {
    "properties": Part(tested("tests", "hypothesis"), of_the_report, {"HYPOTHESIS_PROFILE": "night"}),
    "crash points": Part(tested("tests/faults", "night"), of_the_report),
    "looks": Part(tested("tests/journeys", "night"), of_the_report),
    "branches": Part(("tests.night.branches",), of_the_last_line),
    "mutants": Part(("tests.night.mutants",), of_the_last_line),
    "payments": Part(
        ("bench.payments", "--payments", "20000", "--senders", "32", "--kill-every", "2"), of_the_payments
    ),
    "files": Part(("bench.files",), of_the_files),
    "a million payments": Part(
        ("bench.payments", "--payments", "1000000", "--senders", "32", "--kill-every", "2"), of_the_payments
    ),
    "400,000 rows": Part(
        ("bench.files", "--large", "100000", "--firms", "100", "--each", "1000", "--months", "2"), of_the_files
    ),
}


def run(name: str, folder: Path) -> tuple[bool, str]:
    """Run a part, showing what it prints; gives whether all was well, and its line."""
    part = PARTS[name]
    report = folder / f"{name.replace(' ', '-')}.xml"
    argv = [sys.executable, "-m", *part.argv] + [f"--junitxml={report}"] * (part.argv[0] == "pytest")
    print(f"\n== {name}: {' '.join(argv[1:])}", flush=True)
    started = time.monotonic()
    printed = []
    with subprocess.Popen(
        argv, cwd=ROOT, env={**os.environ, **part.environment}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            printed.append(line)
            print(line, end="", flush=True)
    seconds = time.monotonic() - started
    try:
        counted = part.counts("".join(printed), report)
    except (OSError, ElementTree.ParseError) as error:
        counted = f"told nothing ({error})"
    ending = "" if process.returncode == 0 else f", FAILED with {process.returncode}"
    return process.returncode == 0, f"{name}: {counted}; {seconds:,.0f} s{ending}"


def main() -> int:
    parser = argparse.ArgumentParser(description="What is too long for every change.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all of them by default")
    wanted = parser.parse_args().parts or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="lindung-night-") as folder:
        ends = [run(name, Path(folder)) for name in wanted]
    print("\n== the night")
    for _, line in ends:
        print(line)
    return 0 if all(good for good, _ in ends) else 1


if __name__ == "__main__":
    sys.exit(main())
