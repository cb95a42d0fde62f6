"""A firm's month through the product beside the same month by hand, with a million members in the base.

Run: ``python -m bench.month [--members N] [--runs N]``. Files of 10,000 and 100,000 rows, csv and xlsx. Product and
floors take turns, month after month, so that a busy machine slows all of them alike; medians are printed. Every run
of the product is a process of its own, warmed up with a month of a firm of twenty, so that its peak of memory is its
own. Exit code 1 when the ratio to the floor is above its target.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import polars as pl
import xlsxwriter

from bench import floor_upload
from bench.floor_month import HandMonth, Month
from bench.floor_upload import SimpleUpload
from bench.ground import NOW, Ground, Laps, audit, ground, moment_of, month_after, peak_mb, say

MOST_RATIO = {10_000: 1.5, 100_000: 1.3}
MOST_GROWTH = 11.0
MOST_READER_MB, MOST_WORKER_MB = 600, 600
SIZES = (10_000, 100_000)
KINDS = ("csv", "xlsx")
_WARM_UP = 20
_RAISED_IN_A_HUNDRED = 5


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm of the base and its files by kind."""

    id: int
    name: str
    npp: str
    files: dict[str, Path]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    with ground("month") as base:
        from lindung.nation.bank import register_simulated_bank

        bank = register_simulated_bank(folder=base.folder, now=NOW)
        firms = _populate(base, bank, args.members)
        hand_url = base.copy_database("floor")
        base.tidy("floor")
        simple_url = floor_upload.prepare(base)
        results = _measure(firms, bank, hand_url, simple_url, args.runs)
        kept = audit()
        kept &= _print(results)
    return 0 if kept else 1


def _populate(base: Ground, bank: int, members: int) -> dict[int, Firm]:
    from lindung.nation.firms import big_sizes
    from lindung.nation.load import load_nation
    from lindung.nation.plan import Plan
    from lindung.nation.rates import STEADY

    sizes = (_WARM_UP, *big_sizes(members - _WARM_UP))
    missing = set(SIZES) - set(sizes)
    if missing:
        raise SystemExit(f"{members:,} people make no firm of {sorted(missing)}")
    laps = Laps()
    plan = Plan(members=members, seed=1, months=1, until_on=NOW.date(), rates=STEADY, sizes=sizes)
    made = load_nation(plan, partner_id=bank, now=NOW)
    laps.lap("populate")
    base.tidy()
    laps.lap("vacuum")
    say(f"base of {members:,} members in {laps.seconds['populate']:.0f} s, peak {peak_mb()} MB")
    chosen = made.filter(pl.col("workers").is_in((_WARM_UP, *SIZES))).unique("workers", keep="first")
    return {
        workers: Firm(employer_id, name, npp, _files(base, employer_id, npp))
        for employer_id, npp, name, workers in chosen.iter_rows()
    }


def _files(base: Ground, employer_id: int, npp: str) -> dict[str, Path]:
    """A wage report of everybody in the firm as csv and as xlsx, each with other wages than the other."""
    from django.db import connection

    from lindung.lib.crypto import decrypt
    from lindung.registry.queries import employments_in

    last = month_after(NOW.date(), -1)
    workers = employments_in(employer_id=employer_id, month_on=last)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.nik_encrypted, l.wage_rupiah FROM contributions_billline l JOIN registry_person p"
            " ON p.id = l.person_id WHERE l.employer_id = %s AND l.period = %s",
            [employer_id, last],
        )
        told = [(i, decrypt(s, f"registry_person.nik_encrypted:{i}").decode(), w) for i, s, w in cursor.fetchall()]
    rows = workers.join(pl.DataFrame(told, schema=["person_id", "NIK", "wage"], orient="row"), on="person_id")
    # As a firm keeps its people: by its own numbers, which are not the order of our keys.
    rows = rows.sort("employee_no")
    random = np.random.default_rng(employer_id)
    paths = {kind: base.folder / f"{npp}.{kind}" for kind in KINDS}
    for path in paths.values():
        raised = random.integers(0, 100, rows.height) < _RAISED_IN_A_HUNDRED
        table = rows.select(
            "NIK",
            NO_PEGAWAI="employee_no",
            KPJ="kpj",
            NAMA_LENGKAP="name",
            TGL_LAHIR=pl.col("birth_on").dt.strftime("%d-%m-%Y"),
            UPAH=pl.col("wage") + pl.Series(raised.astype(np.int64) * 100_000),
            NPP=pl.lit(npp),
        )
        if path.suffix == ".csv":
            table.write_csv(path)
        else:
            _write_workbook(table, path)
    return paths


def _write_workbook(table: pl.DataFrame, path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("data_upah")
    sheet.write_row(0, 0, table.columns)
    for place, column in enumerate(table.columns):
        sheet.write_column(1, place, table[column].to_list())
    book.close()


@dataclass(frozen=True, slots=True)
class Run:
    """One month of one firm on all three sides: seconds by step, and more about the product.

    ``small_seconds`` is what a file of twenty rows took, the peaks are in MB, ``hand_cpu`` and ``cpu_seconds`` are
    processor time.
    """

    product: dict[str, float]
    hand: dict[str, float]
    simple: dict[str, float]
    hand_cpu: float
    cpu_seconds: float
    small_seconds: float
    reader_mb: int
    worker_mb: int


Results = dict[tuple[int, str], list[Run]]


def _measure(firms: dict[int, Firm], bank: int, hand_url: str, simple_url: str, runs: int) -> Results:
    from lindung.lib.crypto import keyring

    results: Results = {}
    turns = itertools.count()
    for month, (_, kind) in enumerate(itertools.product(range(runs), KINDS)):
        # A month's wages differ from those of the month before, because the two kinds of file take turns.
        period = month_after(NOW.date(), month)
        for size in SIZES:
            firm, turn = firms[size], next(turns)
            told = Month(firm.id, firm.name, period, firm.files[kind], bank, moment_of(period))
            # Whoever comes first finds the disk idle, so they take turns at that too.
            if turn % 2:
                product = _product(told, firms[_WARM_UP], turn)
            hand, hand_cpu, amount = HandMonth(hand_url, keyring().index_key).run(told)
            simple = SimpleUpload(simple_url).run(told.file, turn)
            if not turn % 2:
                product = _product(told, firms[_WARM_UP], turn)
            if (amount, size) != (product["amount_rupiah"], product["rows"]):
                raise SystemExit(f"product and floor disagree on the bill: {product}, {amount}")
            kept = {name: product[name] for name in ("cpu_seconds", "small_seconds", "reader_mb", "worker_mb")}
            run = Run(product["seconds"], hand, simple, hand_cpu, **kept)
            results.setdefault((size, kind), []).append(run)
            say(
                f"  {period:%Y-%m} {size:>7,} {kind:4}  product {sum(run.product.values()):6.2f} s"
                f"  by hand {sum(hand.values()):6.2f} s  simple {sum(simple.values()):6.2f} s"
            )
    return results


def _product(month: Month, warm: Firm, turn: int) -> dict[str, Any]:
    warm_file = str(warm.files[month.file.suffix[1:]])
    orders = {
        "bank": month.partner_id,
        "warm": [
            [warm.id, month_after(NOW.date(), place).isoformat(), warm_file] for place in (2 * turn, 2 * turn + 1)
        ],
        "firm": [month.employer_id, month.period.isoformat(), str(month.file)],
    }
    argv = [sys.executable, "-m", "bench.month_product", json.dumps(orders)]
    ran = subprocess.run(argv, env={**os.environ, "LINDUNG_DOOR": "worker"}, capture_output=True, text=True)
    if ran.returncode:
        raise SystemExit(ran.stderr)
    answer: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return answer


def _print(results: Results) -> bool:
    kept = True
    totals: dict[tuple[int, str], float] = {}
    for (size, kind), runs in results.items():
        say(f"\n{size:,} rows, {kind}, median of {len(runs)}")
        for side in ("product", "hand", "simple"):
            laps: list[dict[str, float]] = [getattr(run, side) for run in runs]
            steps = "  ".join(f"{step} {median(lap[step] for lap in laps):.3f}" for step in laps[0])
            say(f"  {side:8} {median(sum(lap.values()) for lap in laps):6.2f} s   {steps}")
        for phase, (ours, theirs) in _PHASES.items():
            product = median(sum(run.product[step] for step in ours) for run in runs)
            hand = median(sum(run.hand[step] for step in theirs) for run in runs)
            say(f"    {phase:20} product {product:6.2f} s, by hand {hand:6.2f} s: {product / hand:.2f}")
        totals[size, kind] = median(sum(run.product.values()) for run in runs)
        # Taken turn by turn, so that what slowed one side slowed the other.
        by_hand, simple = (
            median(sum(run.product.values()) / sum(getattr(run, side).values()) for run in runs)
            for side in ("hand", "simple")
        )
        kept &= _target("product / by hand", by_hand, MOST_RATIO[size])
        cpu, hand_cpu = median(run.cpu_seconds for run in runs), median(run.hand_cpu for run in runs)
        say(f"  processor time: product {cpu:.2f} s, by hand {hand_cpu:.2f} s: {cpu / hand_cpu:.2f}")
        say(f"  product / simple floor: {simple:.2f}")
        say(f"  of it fixed (a file of {_WARM_UP} rows): {median(run.small_seconds for run in runs):.2f} s")
        kept &= _target("peak of the reading child, MB", max(run.reader_mb for run in runs), MOST_READER_MB)
        kept &= _target("peak of the worker, MB", max(run.worker_mb for run in runs), MOST_WORKER_MB)
    say("")
    for kind in KINDS:
        growth = totals[SIZES[1], kind] / totals[SIZES[0], kind]
        kept &= _target(f"ten times the rows, {kind}, times the time", growth, MOST_GROWTH)
    return kept


def _target(what: str, value: float, most: float) -> bool:
    say(f"  {what}: {value:.2f} (at most {most:g}){'' if value <= most else '   ABOVE'}")
    return value <= most


_PHASES = {
    "file to findings": (
        ("receive", "check", "confirm"),
        ("read", "check", "NIK index", "employments, last month", "match, differences"),
    ),
    "findings to bill": (("book",), ("law", "bill lines", "bill, entry, commit")),
    "payment to balances": (("pay",), ("payment", "ledger lines, balances, proof", "notices", "commit")),
}


if __name__ == "__main__":
    sys.exit(main())
