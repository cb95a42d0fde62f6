"""The law's figures: a million rows against NumPy written by hand, one explained worker, one cold command.

Run: ``python bench/law.py``. Both sides compute the same nine columns of the same wages; the answers are
compared before anything is timed. The runs are interleaved, so a busy machine slows both sides alike.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from lindung.law import Month, Programme
from lindung.law.contributions import KEYS, assess, explain

ROWS = 1_000_000
RUNS = 7
PEOPLE = 2_000
MONTH = Month(2026, 2)
ALL = frozenset(Programme)
LEAST_RATIO = 0.9
MOST_EXPLAINED_MS = 0.1
MOST_COLD_MS = 500.0

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


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


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

    if not all(np.array_equal(left, right) for left, right in zip(hand(), law(), strict=True)):
        raise SystemExit("the two sides disagree")
    times = [(milliseconds(hand), milliseconds(law)) for _ in range(RUNS)]
    by_hand_ms, law_ms = (median(side) for side in zip(*times, strict=True))
    ratio = by_hand_ms / law_ms
    print(f"{ROWS:,} rows, {len(KEYS)} columns, median of {RUNS} runs")
    print(f"by hand {by_hand_ms:.1f} ms, law {law_ms:.1f} ms")
    print(f"law / by hand in speed: {ratio:.2f} (at least {LEAST_RATIO})")
    return bool(ratio >= LEAST_RATIO)


def one_explained_worker() -> bool:
    wages = [int(wage) for wage in np.random.default_rng(8).integers(2_000_000, 30_000_000, PEOPLE)]

    def work() -> None:
        for wage in wages:
            explain(month=MONTH, wage=wage, jkk_class="II", programmes=ALL, jkp_member=True)

    work()
    each = median(milliseconds(work) for _ in range(RUNS)) / PEOPLE
    print(f"one explained worker, nine lines, warm: {each:.3f} ms (at most {MOST_EXPLAINED_MS})")
    return each <= MOST_EXPLAINED_MS


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
    kept = [a_million_rows(), one_explained_worker(), one_cold_command()]
    sys.exit(0 if all(kept) else 1)
