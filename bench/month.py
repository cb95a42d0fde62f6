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
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import polars as pl
import xlsxwriter

from bench import floor_upload
from bench.floor_month import HandMonth, Month
from bench.ground import NOW, Ground, Laps, audit, ground, moment_of, month_after, peak_mb, register_bank, say

MOST_RATIO = 1.5
MOST_GROWTH = 11.0
MOST_READER_MB, MOST_WORKER_MB = 512, 768
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
        bank = register_bank(base.folder)
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
    from lindung.nation.populate import populate

    sizes = [_WARM_UP, *big_sizes(members - _WARM_UP)]
    missing = set(SIZES) - set(sizes)
    if missing:
        raise SystemExit(f"{members:,} people make no firm of {sorted(missing)}")
    laps = Laps()
    made = populate(members=members, seed=1, now=NOW, partner_id=bank, sizes=sizes)
    laps.lap("populate")
    base.tidy()
    laps.lap("vacuum")
    say(f"base of {members:,} members in {laps.seconds['populate']:.0f} s, peak {peak_mb()} MB")
    chosen = {firm.workers: firm for firm in reversed(made) if firm.workers in (_WARM_UP, *SIZES)}
    return {
        workers: Firm(firm.id, f"PT Contoh Besar {firm.npp[2:].lstrip('0')}", firm.npp, _files(base, firm.id, firm.npp))
        for workers, firm in chosen.items()
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


Result = dict[str, Any]
Results = dict[tuple[int, str], list[Result]]


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
            result: Result = {}
            sides = {
                "product": lambda firm=firm, turn=turn: _product(firm, firms[_WARM_UP], kind, period, turn, bank),
                "hand": lambda told=told: HandMonth(hand_url, index_key).run(told),
                "simple": lambda firm=firm, turn=turn: SimpleUpload(simple_url).run(firm.files[kind], turn),
            }
            # Whoever comes first pays for what the one before left to be written: they take turns at that too.
            for side in sides if turn % 2 else reversed(sides):
                result[side] = sides[side]()
def _product(firm: Firm, warm: Firm, kind: str, period: date, warm_period: date, bank: int) -> Result:
    orders = {
        "bank": bank,
        "warm": [warm.id, warm_period.isoformat(), str(warm.files[kind])],
        "firm": [firm.id, period.isoformat(), str(firm.files[kind])],
    }
    argv = [sys.executable, "-m", "bench.month_product", json.dumps(orders)]
    ran = subprocess.run(argv, env={**os.environ, "LINDUNG_DOOR": "worker"}, capture_output=True, text=True)
    if ran.returncode:
        raise SystemExit(ran.stderr)
    answer: Result = json.loads(ran.stdout.splitlines()[-1])
    return answer


def _print(results: Results) -> bool:
    kept = True
    totals: dict[tuple[int, str], float] = {}
    for (size, kind), runs in results.items():
        sides = {
            "product": [run["seconds"] for run in runs],
            "by hand": [run["hand"] for run in runs],
            "simple": [run["simple"] for run in runs],
        }
        say(f"\n{size:,} rows, {kind}, median of {len(runs)}")
        for side, laps in sides.items():
            steps = "  ".join(f"{step} {median(lap[step] for lap in laps):.3f}" for step in laps[0])
            say(f"  {side:8} {_median_total(laps):6.2f} s   {steps}")
        for phase, (ours, theirs) in _PHASES.items():
            product = median(sum(lap[step] for step in ours) for lap in sides["product"])
            hand = median(sum(lap[step] for step in theirs) for lap in sides["by hand"])
            say(f"    {phase:20} product {product:6.2f} s, by hand {hand:6.2f} s: {product / hand:.2f}")
        # Taken turn by turn, so that what slowed one side slowed the other.
        ratio = median(
            sum(ours.values()) / sum(theirs.values())
            for ours, theirs in zip(sides["product"], sides["by hand"], strict=True)
        )
        totals[size, kind] = _median_total(sides["product"])
        kept &= _target("product / by hand", ratio, MOST_RATIO)
        say(f"  product / simple floor: {totals[size, kind] / _median_total(sides['simple']):.2f}")
        kept &= _target("peak of the reading child, MB", max(run["reader_mb"] for run in runs), MOST_READER_MB)
        kept &= _target("peak of the worker, MB", max(run["worker_mb"] for run in runs), MOST_WORKER_MB)
    say("")
    for kind in KINDS:
        kept &= _target(
            f"ten times the rows, {kind}: times the time", totals[SIZES[1], kind] / totals[SIZES[0], kind], MOST_GROWTH
        )
    return kept


def _median_total(laps: list[dict[str, float]]) -> float:
    return median(sum(lap.values()) for lap in laps)


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
