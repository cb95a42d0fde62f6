"""A nation generated and loaded, beside bare COPY of the very same rows into the same tables, keys and indexes.

Run: ``python -m bench.nation [--members N] [--months M]``. First the nation is made without any database, to know what
that alone costs; then it is loaded as ``lindung nation`` loads it, with the truth in files; then every table is
written to a file as the server's own binary COPY and read back from it into an empty copy of the database. The
platform's audit runs over what was loaded. Exit code 1 when it finds something or a target is missed.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from bench.ground import NOW, Ground, Laps, audit, cpu_seconds, ground, peak_mb, say

if TYPE_CHECKING:
    from lindung.nation.plan import Plan

MOST_MINUTES = 15
MOST_MB = 1_500
MILLION = 1_000_000
_MEGABYTE = 1 << 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=MILLION)
    parser.add_argument("--months", type=int, default=24)
    args = parser.parse_args()
    with ground("nation") as base:
        from lindung.nation.bank import register_simulated_bank
        from lindung.nation.plan import Plan

        empty = base.copy_database("floor")
        plan = Plan(members=args.members, seed=1, months=args.months, until_on=NOW.date())
        laps = Laps()
        _generate(plan)
        laps.lap("generated, no database")
        bank = register_simulated_bank(folder=base.folder, now=NOW)
        backend = _backend()
        before = cpu_seconds(backend)
        laps.start()
        rows = load_with_truth(plan, bank, base.folder)
        laps.lap("generated and loaded")
        ours = cpu_seconds(backend) - before
        peak = peak_mb()
        kept = _self_check()
        floor, bare = _bare_copy(base, empty, rows)
        kept &= _print(args.members, rows, laps.seconds, floor, peak)
        say(f"processor time of client and server: product {ours:.0f} s, bare COPY {bare:.0f} s: {ours / bare:.2f}")
    return 0 if kept else 1


def _generate(plan: "Plan") -> None:
    from lindung.nation.nation import Nation

    for part in Nation(plan).parts():
        del part


def load_with_truth(plan: "Plan", bank: int, folder: Path) -> dict[str, int]:
    from lindung.nation.load import Progress, load_nation
    from lindung.nation.truth import TruthFolder

    last: list[Progress] = []

    def note(progress: Progress) -> None:
        last[:] = [progress]

    load_nation(plan, partner_id=bank, now=NOW, folder=TruthFolder(folder / "truth"), progress=note)
    return last[0].by_table


def _self_check() -> bool:
    began = time.perf_counter()
    clean = audit()
    say(f"self-check took {time.perf_counter() - began:.0f} s")
    return clean


def _backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _bare_copy(base: Ground, empty: str, rows: dict[str, int]) -> tuple[dict[str, float], float]:
    """Seconds by table to read the same rows from a file into an empty table, and processor time for all of it."""
    from django.db import connections

    connections.close_all()
    seconds, cpu = {}, 0.0
    with (
        psycopg.connect(base.server.app_url()) as source,
        psycopg.connect(empty, autocommit=True) as target,
    ):
        for table in rows:
            file = base.folder / f"{table}.copy"
            with source.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as out, file.open("wb") as sink:
                for block in out:
                    sink.write(block)
            began, before = time.perf_counter(), cpu_seconds(target.info.backend_pid)
            with target.cursor().copy(f"COPY {table} FROM STDIN (FORMAT binary)") as into, file.open("rb") as blocks:
                while block := blocks.read(_MEGABYTE):
                    into.write(block)
            seconds[table] = time.perf_counter() - began
            cpu += cpu_seconds(target.info.backend_pid) - before
            file.unlink()
    return seconds, cpu


def _print(members: int, rows: dict[str, int], seconds: dict[str, float], floor: dict[str, float], peak: int) -> bool:
    whole, alone, bare = sum(rows.values()), seconds["generated, no database"], sum(floor.values())
    ours = seconds["generated and loaded"]
    for table, count in sorted(rows.items(), key=lambda row: -row[1]):
        say(f"  {table:<32} {count:>12,} rows, bare COPY {floor[table]:7.1f} s, {count / floor[table]:>10,.0f} rows/s")
    say(f"{members:,} members generated without a database: {alone:.0f} s")
    say(f"generated and loaded: {whole:,} rows in {ours:.0f} s, {whole / ours:,.0f} rows/s, peak {peak:,} MB")
    say(f"bare COPY of the same rows: {bare:.0f} s, {whole / bare:,.0f} rows/s; product / bare COPY {ours / bare:.2f}")
    most_seconds = MOST_MINUTES * 60 * max(members, MILLION // 10) / MILLION
    kept = ours <= most_seconds and peak <= MOST_MB
    say(f"at most {most_seconds:.0f} s and {MOST_MB:,} MB{'' if kept else '   ABOVE'}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
