"""A year credited: members through the service beside the raw two statements, in the same server, range by range.

Run: ``python -m bench.crediting [--sizes 250000 1000000] [--without-kept]`` (5000000 needs some 60 GB of disk, a
quarter less without the third side). Every member has an opening balance and twelve contributions. Copies of one
database are credited in turns of one range: by the product, by two plain statements that both hold the formula, and
("kept") by hand with the formula computed once. Seconds are of
the processor, this process and the side's server process together, because other work on the machine changes those of
the clock. Exit code 1 when the product is slower than 0.8 of the two statements (median of the ranges' ratios), grows
faster than 1.05 in log-log, takes more memory for more members, or does not leave what the others leave.
"""

import argparse
import math
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from bench.floor_crediting import ByHand
from bench.ground import NOW, Ground, Laps, cpu_seconds_of, ground, peak_mb, say, seconds_of
from lindung.config.postgres import DATABASE
from lindung.lib.clock import WIB

YEAR, RATE = 2025, "0.0575"
HOLDERS_A_RANGE = 50_000
_WORKERS_OF_A_FIRM = 100
_LEAST_RATIO, _MOST_SLOPE, _MOST_GROWTH_MB = 0.8, 1.05, 64
SIDES = ("product", "two statements", "kept")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[250_000, 1_000_000])
    parser.add_argument("--without-kept", action="store_true", help="leave out the formula computed once, and its copy")
    args = parser.parse_args()
    sides = tuple(side for side in SIDES if side != "kept" or not args.without_kept)
    os.environ |= {"LINDUNG_DOOR": "command", "LINDUNG_NOW": NOW.isoformat()}
    totals: dict[int, dict[str, float]] = {}
    ratios: list[float] = []
    memory: list[int] = []
    wrong = False
    with ground("crediting") as base:
        there = 0
        for size in sorted(args.sizes):
            _fill(base, there, size)
            there = size
            names = {side: f"{side.replace(' ', '_')}_{size}" for side in sides}
            urls = {side: base.copy_database(name) for side, name in names.items()}
            for name in names.values():
                base.tidy(name)
            seconds, anonymous = _take_turns(names["product"], urls, size)
            totals[size] = {side: sum(turns) for side, turns in seconds.items()}
            two = [floor / own for floor, own in zip(seconds["two statements"], seconds["product"], strict=True)]
            ratios.append(statistics.median(two))
            memory.append(anonymous)
            say(
                f"{size:>9,} accounts, {len(two)} ranges: product {totals[size]['product']:.1f} s"
                f" ({size / totals[size]['product']:,.0f}/s), two statements {totals[size]['two statements']:.1f} s;"
                f" in speed {ratios[-1]:.2f} of the two statements (median);"
                f" memory {peak_mb()} MB here, {anonymous} MB in the server"
            )
            if "kept" in sides:
                kept = [floor / own for floor, own in zip(seconds["kept"], seconds["product"], strict=True)]
                say(f"once and kept {totals[size]['kept']:.1f} s; in speed {statistics.median(kept):.2f} of it")
            wrong |= not _same(urls, names["product"])
            for name in names.values():
                _drop(base, name)
    slope = 0.0
    if len(totals) > 1:
        low, high = min(totals), max(totals)
        slope = math.log(totals[high]["product"] / totals[low]["product"]) / math.log(high / low)
        floor = math.log(totals[high]["two statements"] / totals[low]["two statements"]) / math.log(high / low)
        say(f"log-log slope from {low:,} to {high:,}: product {slope:.3f} (target {_MOST_SLOPE}), raw {floor:.3f}")
    kept_flat = max(memory) - memory[0] <= _MOST_GROWTH_MB
    say(f"ratio {min(ratios):.2f} (target {_LEAST_RATIO}); memory of the server {memory} MB")
    return int(wrong or min(ratios) < _LEAST_RATIO or slope > _MOST_SLOPE or not kept_flat)


def _fill(base: Ground, there: int, size: int) -> None:
    """Members ``there + 1`` to ``size``: an entry for every firm and month, as time brought them."""
    laps = Laps()
    months = [datetime(YEAR - 1, 12, 5, tzinfo=WIB), *(datetime(YEAR, month, 5, tzinfo=WIB) for month in range(1, 13))]
    with psycopg.connect(base.server.app_url(), autocommit=True) as application:
        for number, happened_at in enumerate(months):
            first = 1 + number * 1_000_000
            params = {
                "there": there, "size": size, "first": first, "at": happened_at, "firm": _WORKERS_OF_A_FIRM,
                "opening": number == 0, "before": HOLDERS_A_RANGE - 1,
            }  # fmt: skip
            for statement in _FILL:
                application.execute(statement, params)
    with psycopg.connect(base.server.owner_url(DATABASE), autocommit=True) as owner:
        owner.execute("SELECT setval(pg_get_serial_sequence('ledger_entry', 'id'), 100000000)")
    laps.lap("fill")
    base.tidy()
    laps.lap("vacuum")
    say(f"{size:,} members filled in {laps.total:.0f} s")


_AMOUNT = "(CASE WHEN %(opening)s THEN 1000000 + h * 37 %% 50000000 ELSE 200000 + h * 7 %% 900000 END)::bigint"
_FILL = (
    f"""INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)
        SELECT h + %(before)s, (h + %(before)s) * 10 + 1, %(first)s + (h - 1) / %(firm)s, 1, {_AMOUNT}
        FROM generate_series(%(there)s::bigint + 1, %(size)s) AS h""",
    f"""INSERT INTO ledger_balance AS held (holder_id, account_no, balance_rupiah, version, entry_id)
        SELECT h + %(before)s, (h + %(before)s) * 10 + 1, {_AMOUNT}, 1, %(first)s + (h - 1) / %(firm)s
        FROM generate_series(%(there)s::bigint + 1, %(size)s) AS h
        ON CONFLICT (holder_id, account_no) DO UPDATE SET balance_rupiah = held.balance_rupiah
            + excluded.balance_rupiah, version = held.version + 1, entry_id = excluded.entry_id""",
    f"""INSERT INTO ledger_entry (id, key, body_sha256, kind, happened_at, line_count, credit_rupiah)
        SELECT entry, 'fill:' || entry, ''::bytea, 'payment', %(at)s, count(*) + 1, sum(amount)
        FROM (SELECT %(first)s + (h - 1) / %(firm)s AS entry, {_AMOUNT} AS amount
            FROM generate_series(%(there)s::bigint + 1, %(size)s) AS h) made GROUP BY entry ORDER BY entry""",
    """INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)
        SELECT 0, 210000000000000, id, 1, -credit_rupiah FROM ledger_entry
        WHERE id >= %(first)s + %(there)s / %(firm)s AND id <= %(first)s + (%(size)s - 1) / %(firm)s""",
)


def _take_turns(database: str, urls: dict[str, str], size: int) -> tuple[dict[str, list[float]], int]:
    """Seconds by side and range; and the most memory of its own that the product's server process had, in MB."""
    from django.db import connection

    from lindung.access.trail import Actor
    from lindung.contributions.crediting_queries import crediting_view
    from lindung.contributions.services import (
        credit_next_range,
        plan_crediting,
        rehearse_crediting,
        start_crediting,
    )

    _lead_to(database)
    planned = plan_crediting(
        actor=Actor("account", 1),
        year=YEAR,
        annual_rate=Decimal(RATE),
        citation="Keputusan percobaan",
        now=NOW,
        holders_a_range=HOLDERS_A_RANGE,
    )
    rehearsal = seconds_of(lambda: rehearse_crediting(crediting_id=planned, now=NOW))
    view = crediting_view(planned)
    if view is None or view.rehearsal is None:
        raise SystemExit("not rehearsed")
    say(f"{size:,}: rehearsed in {rehearsal:.1f} s: {view.rehearsal.totals.amount_rupiah:,} rupiah")
    start_crediting(actor=Actor("account", 2), crediting_id=planned, rehearsal_id=view.rehearsal.id, now=NOW)
    width = HOLDERS_A_RANGE
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    sides = tuple(urls)
    seconds: dict[str, list[float]] = {side: [] for side in sides}
    clocks = dict.fromkeys(sides, 0.0)
    anonymous = 0
    with ExitStack() as open_for_us:
        by_hand = {}
        for side in sides[1:]:
            raw = open_for_us.enter_context(psycopg.connect(urls[side], autocommit=True))
            # The same readiness as the product has after its rehearsal.
            raw.execute("SELECT count(*), sum(amount_rupiah) FROM ledger_line JOIN ledger_entry e ON e.id = entry_id")
            by_hand[side] = ByHand(raw, YEAR, RATE, keep=side == "kept")
        for first in range(width, width + size, width):
            turn = len(seconds["product"]) % len(sides)
            for side in sides[turn:] + sides[:turn]:
                work: Callable[[], object] = partial(credit_next_range, crediting_id=planned, now=NOW)
                pid = backend
                if side in by_hand:
                    work, pid = partial(by_hand[side].credit, first, first + width), by_hand[side].pid
                before = cpu_seconds_of(pid) + time.process_time()
                clocks[side] += seconds_of(work)
                seconds[side].append(cpu_seconds_of(pid) + time.process_time() - before)
            anonymous = max(anonymous, _anonymous_mb(backend))
        if credit_next_range(crediting_id=planned, now=NOW) is not None:
            raise SystemExit("there was a range more")
    say("by the clock: " + ", ".join(f"{side} {took:.1f} s" for side, took in clocks.items()))
    return seconds, anonymous


def _lead_to(database: str) -> None:
    from django.db import connections

    connections.close_all()
    connections.settings["default"]["NAME"] = database


def _anonymous_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0]) // 1024


def _same(urls: dict[str, str], product: str) -> bool:
    """Whether all sides left the same balances, and the platform's checks find nothing in the product's."""
    from django.db import connection

    from lindung.contributions.crediting_checks import CHECKS
    from lindung.ledger.checks import CHECKS as LEDGER

    found: set[Any] = set()
    for url in urls.values():
        with psycopg.connect(url) as application:
            found.add(
                application.execute(
                    "SELECT count(*), sum(balance_rupiah), sum(balance_rupiah %% (holder_id %% 97 + 1))"
                    " FROM ledger_balance".replace("%%", "%")
                ).fetchone()
            )
    broken = []
    _lead_to(product)
    laps = Laps()
    with connection.cursor() as cursor:
        cursor.execute("SET enable_nestloop = off")
        cursor.execute("SET work_mem = '128MB'")
        for name, statement in {**LEDGER, **CHECKS}.items():
            cursor.execute(f"SELECT * FROM ({statement}) AS broken LIMIT 1")
            broken += [name] * len(cursor.fetchall())
            laps.lap(name[:60])
    _lead_to(product)
    say("checks: " + ", ".join(f"{name} {took:.1f} s" for name, took in laps.seconds.items()))
    say(f"the same balances: {len(found) == 1}; broken: {broken or 'nothing'}")
    return len(found) == 1 and not broken


def _drop(base: Ground, name: str) -> None:
    from django.db import connections

    connections.close_all()
    with psycopg.connect(base.server.owner_url("postgres"), autocommit=True) as owner:
        owner.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    sys.exit(main())
