"""The posting core: one entry over 100,000 members beside raw set-based SQL, and beside django-hordak's bulk path.

Run: ``python -m bench.posting [--members N] [--lines N] [--rounds N] [--peer PYTHON]``. Both sides post an upload: rows
by binary COPY into a temporary table, a line for each, one balancing line, balances moved, sum proved, committed; in
the same server, turn by turn, on two copies of one ledger with a million accounts. Raw has no digest, no trail, no
repeatable key and proves only the sum. ``--peer`` is an interpreter that has ``requirements/peers.txt``; hordak then
gets as many postings as it can do in a while, in a database of its own. Exit code 1 when a target is missed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import psycopg

from bench.floor_month import wire
from bench.given_server import GivenServer
from bench.ground import NOW, cpu_seconds, ground, peak_mb, say
from lindung.config.postgres import EmbeddedServer

LEAST_OF_RAW, LEAST_OF_HORDAK = 0.7, 40
_SHARE_RUPIAH = 285_000
_STAGE = "CREATE TEMP TABLE staged (holder_id bigint, account_no bigint, amount_rupiah bigint) ON COMMIT DROP"
_HORDAK = Path(__file__).with_name("peer_hordak.py")
_HORDAK_RUNS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--peer", help="an interpreter with requirements/peers.txt")
    args = parser.parse_args()
    with ground("posting") as here:
        _post(np.arange(1, args.members + 1, dtype=np.int64), "everybody")
        here.tidy()
        raw_url = here.copy_database("raw")
        chance = np.random.default_rng(1)
        seconds: dict[str, list[float]] = {"product": [], "raw": []}
        processor: dict[str, list[float]] = {"product": [], "raw": []}
        with psycopg.connect(raw_url) as raw:
            for turn in range(args.rounds):
                holders = np.sort(chance.choice(args.members, args.lines, replace=False)).astype(np.int64) + 1
                for side in ("product", "raw")[:: 1 if turn % 2 else -1]:
                    backend = _backend() if side == "product" else raw.info.backend_pid
                    used, began = cpu_seconds(backend), time.perf_counter()
                    if side == "product":
                        _post(holders, f"turn-{turn}")
                    else:
                        _post_raw(raw, holders, f"turn-{turn}")
                    seconds[side].append(time.perf_counter() - began)
                    processor[side].append(cpu_seconds(backend) - used)
        kept = _say(args.lines, seconds, processor)
        say(f"peak of this process: {peak_mb()} MB")
        hordak = _hordak(here.server, args.peer)
        from django.db import connections

        connections.close_all()
    if hordak is not None:
        times = args.lines / statistics.median(processor["product"]) / hordak
        say(f"product / hordak's bulk path, per processor second: {times:.0f} (target {LEAST_OF_HORDAK})")
        kept &= times >= LEAST_OF_HORDAK
    return 0 if kept else 1


def _say(lines: int, seconds: dict[str, list[float]], processor: dict[str, list[float]]) -> bool:
    for side in seconds:
        wall, used = statistics.median(seconds[side]), statistics.median(processor[side])
        say(f"{side:>8}: {lines / wall:,.0f} postings/s wall, {lines / used:,.0f} a processor second (db + client)")
    # In speed: what raw takes of the time that the product takes, turn by turn.
    ratio = statistics.median(raw / ours for ours, raw in zip(processor["product"], processor["raw"], strict=True))
    wall_ratio = statistics.median(raw / ours for ours, raw in zip(seconds["product"], seconds["raw"], strict=True))
    say(
        f"product / raw in speed: {ratio:.2f} of processor time (target {LEAST_OF_RAW}), {wall_ratio:.2f} of the wall's"
    )
    return ratio >= LEAST_OF_RAW


def _columns(holders: Any) -> dict[str, Any]:
    # A member's account is his card and its kind; here everybody's card has his own number.
    return {
        "holder_id": holders,
        "account_no": holders * 10 + 1,
        "amount_rupiah": np.full(holders.size, _SHARE_RUPIAH, dtype=np.int64),
    }


def _post(holders: Any, name: str) -> None:
    from django.db import connection, transaction

    from lindung.access.trail import SYSTEM
    from lindung.ledger.chart import account
    from lindung.ledger.services import AgencyLine, HolderLines, post
    from lindung.lib.copy import copy_columns

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_STAGE)
            copy_columns(cursor, "staged", _columns(holders))
        post(
            actor=SYSTEM,
            key=f"upload:{name}",
            kind="payment",
            agency_lines=[AgencyLine(account("assessed"), -_SHARE_RUPIAH * holders.size)],
            holder_lines=HolderLines("SELECT * FROM staged", [], f"{holders.size} lines"),
            happened_at=NOW,
            now=NOW,
        )


def _post_raw(raw: psycopg.Connection[Any], holders: Any, name: str) -> None:
    """Two statements for the lines, one for the balances, one for the entry, one for the proof."""
    raw.execute(_STAGE)
    with raw.cursor().copy("COPY staged FROM STDIN (FORMAT binary)") as copy:
        copy.write(wire(_columns(holders), holders.size))
    row = raw.execute(
        "INSERT INTO ledger_entry (key, body_sha256, kind, happened_at, line_count, credit_rupiah)"
        " VALUES (%s, '', 'payment', %s, %s, %s) RETURNING id",
        [name, NOW, holders.size + 1, _SHARE_RUPIAH * holders.size],
    ).fetchone()
    assert row is not None
    entry = row[0]
    lines = "INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)"
    raw.execute(f"{lines} SELECT holder_id, account_no, %s, 1, amount_rupiah FROM staged ORDER BY 1, 2", [entry])
    raw.execute(f"{lines} SELECT 0, 210000000000000, %s, 1, -sum(amount_rupiah) FROM staged", [entry])
    raw.execute(
        "UPDATE ledger_balance b SET balance_rupiah = b.balance_rupiah + s.amount_rupiah, version = b.version + 1,"
        " entry_id = %s FROM staged s WHERE (b.holder_id, b.account_no) = (s.holder_id, s.account_no)",
        [entry],
    )
    row = raw.execute("SELECT sum(amount_rupiah) FROM ledger_line WHERE entry_id = %s", [entry]).fetchone()
    assert row == (0,)
    raw.commit()


def _backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _hordak(server: EmbeddedServer | GivenServer, peer: str | None) -> float | None:
    """hordak's postings a processor second, median of some runs; None where it is not there."""
    if peer is None:
        say("django-hordak: not measured (no --peer)")
        return None
    return statistics.median(_hordak_once(server, peer, f"hordak{turn}") for turn in range(_HORDAK_RUNS))


def _hordak_once(server: EmbeddedServer | GivenServer, peer: str, name: str) -> float:
    with psycopg.connect(server.owner_url("postgres"), autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name}")
    environment = {**os.environ, "PEER_DATABASE_URL": server.owner_url(name)}
    told = subprocess.run([peer, str(_HORDAK)], env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    wall, used = (float(number) for number in told.split()[-2:])
    say(f"  hordak: {wall:,.0f} postings/s wall, {used:,.0f} a processor second (bulk_create of transactions and legs)")
    return used


if __name__ == "__main__":
    sys.exit(main())
