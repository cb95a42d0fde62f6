"""The law's figures: a million wage rows and a million JHT years against NumPy by hand; explaining, importing.

Run: ``python -m bench.law``. Both sides compute the same columns of the same rows; the answers are compared
before anything is timed. Times are of the processor, the runs are interleaved: a busy machine slows both sides
alike. OpenFisca's country template would join the run where it is installed.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from lindung.law import Month, Programme, development
from lindung.law.contributions import KEYS, assess, explain

ROWS = 1_000_000
RUNS = 7
PASSES = 5
"""One run of a side, so that a run is long beside the clock's own noise."""
PEOPLE = 2_000
MONTH = Month(2026, 2)
ALL = frozenset(Programme)
LEAST_RATIO = 0.9
MOST_EXPLAINED_MS = 0.1
MOST_IMPORT_MS = 150.0
MOST_COLD_MS = 500.0
IMPORT_AND_ASK = (
    "import lindung.law as law; law.answer('PU', '2026-02', {'wage': 12000000, 'jkk_class': 'II', 'jkp_member': True})"
)

Column = NDArray[np.int64]
Flags = NDArray[np.bool_]


def half_up(base: Column, rate: int) -> Column:
    """``rate`` hundredths of a percent of ``base``, rounded half up."""
    amounts: Column = (base * rate * 2 + 10_000) // 20_000
    return amounts


def by_hand(wages: Column, jp_liable: Flags, jkp_member: Flags) -> list[Column]:
    """The nine columns of February 2026, risk class II, as one would write them without the law room."""
    pension = np.minimum(wages, 10_547_400) * jp_liable
    job_loss = np.minimum(wages, 5_000_000) * jkp_member
    return [
        half_up(wages, 370),
        half_up(wages, 200),
        half_up(pension, 200),
        half_up(pension, 100),
        half_up(wages, 54),
        half_up(wages, 30),
        half_up(job_loss, 22),
        half_up(job_loss, 14),
        np.zeros(len(wages), np.int64),
    ]


def milliseconds(work: Callable[[], object], passes: int = 1) -> float:
    """Processor time of one pass, here and in the children waited for: what others do does not count."""
    began = _spent()
    for _ in range(passes):
        work()
    return (_spent() - began) * 1000 / passes


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def a_million_rows() -> bool:
    random = np.random.default_rng(7)
    wages = random.integers(2_000_000, 30_000_000, ROWS, dtype=np.int64)
    jp_liable = random.random(ROWS) < 0.95
    jkp_member = random.random(ROWS) < 0.6

    def hand() -> list[Column]:
        return by_hand(wages, jp_liable, jkp_member)

    def law() -> list[Column]:
        answer = assess(
            month=MONTH,
            jkk_class="II",
            programmes=ALL,
            wages=wages,
            jp_liable=jp_liable,
            jkp_member=jkp_member,
        )
        return [getattr(answer, key) for key in KEYS]

    return beside_hand(f"{ROWS:,} wage rows, {len(KEYS)} columns", hand, law)


def a_million_years_of_development() -> bool:
    random = np.random.default_rng(9)
    openings = random.integers(0, 500_000_000, ROWS, dtype=np.int64)
    rupiah_months = random.integers(0, 78 * 1_500_000, ROWS, dtype=np.int64)

    def hand() -> list[Column]:
        return [((openings * 12 + rupiah_months) * 559 * 2 + 120_000) // 240_000]

    def law() -> list[Column]:
        return [development.assess(openings=openings, rupiah_months=rupiah_months, annual_rate=Fraction(559, 10_000))]

    return beside_hand(f"{ROWS:,} years of JHT development", hand, law)


def beside_hand(what: str, hand: Callable[[], list[Column]], law: Callable[[], list[Column]]) -> bool:
    """Compare the answers, then the times, turn by turn."""
    if not all(np.array_equal(left, right) for left, right in zip(hand(), law(), strict=True)):
        raise SystemExit(f"{what}: the two sides disagree")
    times = [(milliseconds(hand, PASSES), milliseconds(law, PASSES)) for _ in range(RUNS)]
    by_hand_ms, law_ms = (median(side) for side in zip(*times, strict=True))
    ratio = median(one / other for one, other in times)
    print(f"{what}, median of {RUNS} runs: by hand {by_hand_ms:.1f} ms, law {law_ms:.1f} ms")
    print(f"  law / by hand in speed: {ratio:.2f} (at least {LEAST_RATIO})")
    return ratio >= LEAST_RATIO


def one_explained_worker() -> bool:
    wages = [int(wage) for wage in np.random.default_rng(8).integers(2_000_000, 30_000_000, PEOPLE)]

    def work() -> None:
        for wage in wages:
            explain(month=MONTH, wage=wage, jkk_class="II", programmes=ALL, jkp_member=True)

    work()
    each = median(milliseconds(work) for _ in range(RUNS)) / PEOPLE
    print(f"one explained worker, nine lines, warm: {each:.3f} ms (at most {MOST_EXPLAINED_MS})")
    return each <= MOST_EXPLAINED_MS


def importing_and_one_case() -> bool:
    def empty() -> None:
        subprocess.run([sys.executable, "-c", "pass"], check=True)

    def asked() -> None:
        subprocess.run([sys.executable, "-c", IMPORT_AND_ASK], check=True, cwd=Path(__file__).parent.parent)

    asked()
    spent = median(milliseconds(asked) - milliseconds(empty) for _ in range(RUNS))
    print(f"importing and one explained case, above an empty process: {spent:.0f} ms (at most {MOST_IMPORT_MS:.0f})")
    return spent <= MOST_IMPORT_MS


def one_cold_command() -> bool:
    facts = ["--segment", "PU", "--wage", "12000000", "--month", "2026-02", "--jkk-class", "II", "--json"]
    command = [sys.executable, "-m", "lindung.config.cli", "law", "contributions", *facts]
    project = Path(__file__).parent.parent

    def work() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=project)

    cold = median(milliseconds(work) for _ in range(RUNS))
    print(f"`lindung law contributions`, whole process: {cold:.0f} ms (at most {MOST_COLD_MS:.0f})")
    return cold <= MOST_COLD_MS


if __name__ == "__main__":
    kept = [
        a_million_rows(),
        a_million_years_of_development(),
        one_explained_worker(),
        importing_and_one_case(),
        one_cold_command(),
    ]
    if find_spec("openfisca_core") is None:
        print("OpenFisca is not installed: no order of magnitude from its country template")
    sys.exit(0 if all(kept) else 1)
