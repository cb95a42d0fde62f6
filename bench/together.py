"""Many bills of a large firm under one number, beside the same many paid one by one.

Run: ``python -m bench.together [--workers N] [--bills N] [--rounds N]``. Firms of 10,000 workers have 24 unpaid months
each. One firm's are joined, asked for by the bank and paid at once; another's are asked for and paid by their own
numbers. Each side runs in a process of its own, turn by turn, on a server with ``fsync`` on; messages are put in the
queue and not sent. Exit code 1 when the one payment takes more of the time than all single ones together, or the audit
finds something.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import polars as pl

from bench.ground import NOW, audit, ground, month_after, peak_of, say
from bench.payment_rate import pay
from bench.staffed import staffed_firm

SIDES = ("together", "one by one")
Told = dict[str, float]
"""Seconds and statements by step, peaks in megabytes."""

MOST_OF_SINGLE = 1.0
MOST_WORKERS = 20_000
_LAST = date(NOW.year, NOW.month - 1, 1)
_WAGE_RUPIAH = 5_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=10_000)
    parser.add_argument("--bills", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.side:
        return _one_side(args.side)
    told: dict[str, list[Told]] = {side: [] for side in SIDES}
    with ground("together") as base:
        from lindung.nation.bank import register_simulated_bank

        register_simulated_bank(folder=base.folder, now=NOW)
        of_large = args.workers, args.bills
        for turn in range(args.rounds):
            for place, side in enumerate(SIDES[:: 1 if turn % 2 else -1]):
                # A small firm first: a door that has been open for a while has read the law and its plans.
                firms = [_firm(4 * turn + 2 * place + size, *of) for size, of in enumerate(((5, 2), of_large))]
                base.tidy()
                told[side].append(_measured(side, firms))
        kept = _print(told, args.bills, args.workers)
        kept &= audit()
    return 0 if kept else 1


def _firm(number: int, workers: int, bills: int) -> dict[str, Any]:
    """A firm with so many months reported and unpaid."""
    from lindung.nation.history import report_month

    first = month_after(_LAST, 1 - bills)
    employer_id, _, hired = staffed_firm(
        npp=f"950000{number:02d}",
        name=f"PT Contoh Tunggak {number}",
        size="large",
        seed=6,
        first=number * MOST_WORKERS,
        workers=workers,
        since_on=first,
        now=NOW,
    )
    wages = hired.select("employment_id", wage_rupiah=pl.lit(_WAGE_RUPIAH, dtype=pl.Int64))
    issued = [
        report_month(employer_id=employer_id, period=month_after(first, place), wages=wages, now=NOW)
        for place in range(bills)
    ]
    return {
        "employer_id": employer_id,
        "bills": [[bill.bill_id, bill.customer_no, bill.amount_rupiah] for bill in issued],
    }


def _measured(side: str, firms: list[dict[str, Any]]) -> Told:
    argv = [sys.executable, "-m", "bench.together", "--side", side]
    ran = subprocess.run(argv, input=json.dumps(firms), stdout=subprocess.PIPE, text=True, check=True)
    told: Told = json.loads(ran.stdout)
    return told


def _one_side(side: str) -> int:
    from lindung.config.cli import django_setup

    django_setup()
    from django.db import connection

    work = _together if side == SIDES[0] else _one_by_one
    *_, told = (work(firm, NOW) for firm in json.load(sys.stdin))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told["server MB"] = peak_of(str(cursor.fetchone()[0]))
    told["process MB"] = peak_of("self")
    say(json.dumps(told))
    return 0


def _together(facts: dict[str, Any], now: datetime) -> Told:
    from lindung.access.trail import SYSTEM
    from lindung.contributions.queries import payable
    from lindung.contributions.services import join_bills

    told: Told = {}
    with _step(told, "number"):
        joint = join_bills(
            actor=SYSTEM,
            employer_id=facts["employer_id"],
            bill_ids=[bill_id for bill_id, _, _ in facts["bills"]],
            shown_rupiah=sum(rupiah for _, _, rupiah in facts["bills"]),
            now=now,
        )
    with _step(told, "inquiry"):
        asked = payable(joint.customer_no, now)
    if asked is None or len(asked.parts) != len(facts["bills"]):
        raise SystemExit("the bank is not told of all bills")
    with _step(told, "payment"):
        pay(joint.customer_no, joint.amount_rupiah, now)
    return told


def _one_by_one(facts: dict[str, Any], now: datetime) -> Told:
    from lindung.contributions.queries import payable

    told: Told = {"number": 0, "number statements": 0}
    with _step(told, "inquiry"):
        for _, customer_no, _ in facts["bills"]:
            payable(customer_no, now)
    with _step(told, "payment"):
        for _, customer_no, rupiah in facts["bills"]:
            pay(customer_no, rupiah, now)
    return told


@contextmanager
def _step(told: Told, name: str) -> Iterator[None]:
    """Seconds and statements of what is done meanwhile."""
    from django.db import connection

    statements = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(sql, params, many, context)

    began = time.perf_counter()
    with connection.execute_wrapper(count):
        yield
    told[name], told[f"{name} statements"] = time.perf_counter() - began, statements


def _print(told: dict[str, list[Told]], bills: int, workers: int) -> bool:
    say(f"{bills} bills of {workers:,} workers, medians of {len(told[SIDES[0]])} firms each")
    for side in SIDES:
        middle = {name: statistics.median(turn[name] for turn in told[side]) for name in told[side][0]}
        steps = ", ".join(
            f"{step} {middle[step] * 1000:,.0f} ms in {middle[f'{step} statements']:.0f} statements"
            for step in ("number", "inquiry", "payment")
        )
        say(f"  {side:<10} {steps}; peaks: process {middle['process MB']:.0f} MB, server {middle['server MB']:.0f} MB")
    ratio = statistics.median(
        (one["number"] + one["inquiry"] + one["payment"]) / (each["inquiry"] + each["payment"])
        for one, each in zip(told[SIDES[0]], told[SIDES[1]], strict=True)
    )
    say(f"together / one by one: {ratio:.2f} of the time (target {MOST_OF_SINGLE})")
    return ratio <= MOST_OF_SINGLE


if __name__ == "__main__":
    sys.exit(main())
