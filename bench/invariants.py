"""All invariants over a nation: the platform's audit beside the same queries sent raw, and beside reading every table.

Run: ``python -m bench.invariants [--members N] [--months M] [--rounds N]``. The sides take turns; seconds are wall, all
cores. Raw is each query by psycopg in a session as the server gives it; ``read once`` counts the rows of every table
that has any, which no audit can do without. Exit code 1 when a target is missed or the audit finds something.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from bench.ground import NOW, Ground, ground, peak_of, say
from bench.nation import load_with_truth

MOST_OF_RAW, MOST_SECONDS, MILLION = 2.0, 60.0, 1_000_000
_SHOWN = 6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=MILLION)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with ground("invariants") as base:
        from lindung.nation.bank import register_simulated_bank
        from lindung.nation.plan import Plan

        plan = Plan(members=args.members, seed=1, months=args.months, until_on=NOW.date())
        rows = load_with_truth(plan, register_simulated_bank(folder=base.folder, now=NOW), base.folder)
        base.tidy()
        say(f"{args.members:,} members, {args.months} months, {sum(rows.values()):,} rows")
        kept = _compare(base, args.rounds)
    return 0 if kept else 1


def _compare(base: Ground, rounds: int) -> bool:
    from django.db import connections

    from lindung.config.selfcheck import CHECKS, CheckResult, run_checks

    sums: dict[str, list[float]] = {"audit": [], "raw": [], "read once": []}
    peak, broken = 0, set[str]()
    results: list[CheckResult] = []
    for turn in range(rounds):
        for side in list(sums)[:: 1 if turn % 2 else -1]:
            if side == "audit":
                began = time.perf_counter()
                results = list(run_checks(clock=time.perf_counter))
                sums[side].append(time.perf_counter() - began)
                broken |= {result.name for result in results if result.rows}
                peak = max(peak, *_peaks(base))
                connections.close_all()
            else:
                statements = CHECKS.values() if side == "raw" else _tables(base)
                with psycopg.connect(base.server.app_url(), autocommit=True) as db:
                    began = time.perf_counter()
                    _send(db, statements)
                    sums[side].append(time.perf_counter() - began)
    for result in sorted(results, key=lambda result: -result.seconds)[:_SHOWN]:
        say(f"  {result.seconds:6.2f} s  {result.name}")
    audit, raw, once = (statistics.median(seconds) for seconds in sums.values())
    ratio = statistics.median(ours / theirs for ours, theirs in zip(sums["audit"], sums["raw"], strict=True))
    say(f"{len(CHECKS)} invariants: {audit:.1f} s (target {MOST_SECONDS:.0f}); raw queries {raw:.1f} s")
    say(f"audit / raw: {ratio:.2f} (target {MOST_OF_RAW:.0f}); every table read once: {once:.1f} s")
    say(f"peak of one of the server's processes in the audit: {peak} MB; broken: {sorted(broken) or 'none'}")
    return ratio <= MOST_OF_RAW and audit <= MOST_SECONDS and not broken


def _send(db: psycopg.Connection[Any], statements: Iterable[str]) -> None:
    for statement in statements:
        db.execute(statement).fetchall()


def _tables(base: Ground) -> list[str]:
    with psycopg.connect(base.server.app_url()) as db:
        names = db.execute("SELECT relname FROM pg_stat_user_tables WHERE n_live_tup > 0").fetchall()
    return [f"SELECT count(*) FROM {name}" for (name,) in names]


def _peaks(base: Ground) -> Iterator[int]:
    """Of the connections that are open; shared buffers that a process touched count as its own."""
    with psycopg.connect(base.server.app_url()) as db:
        for (pid,) in db.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'").fetchall():
            if Path(f"/proc/{pid}").exists():
                yield peak_of(str(pid))


if __name__ == "__main__":
    sys.exit(main())
