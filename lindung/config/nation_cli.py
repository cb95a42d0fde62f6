"""`lindung nation`: a synthetic nation, described, written to files, or loaded into an empty database."""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lindung.config import env
from lindung.config.people_cli import reach_database
from lindung.config.processes import PROJECT

if TYPE_CHECKING:
    from lindung.nation.load import Progress
    from lindung.nation.plan import Plan

_SAY_EVERY_SECONDS = 2.0
_PICTURES = PROJECT / "var" / "nation-pictures"
_TRUTH = "nation-truth"  # in the data folder


def add_parsers(subparsers: Any) -> None:
    """Declare the subcommand."""
    parser = subparsers.add_parser(
        "nation",
        help="invent a nation and load it (the default), write it to files, or describe it",
        description="The same members, seed, months and day give the same nation on every machine.",
    )
    parser.add_argument("--members", type=int, required=True, help="how many human beings")
    parser.add_argument("--seed", type=int, required=True, help="a whole number; another one, another nation")
    parser.add_argument("--months", type=int, default=24, help="months of history (24)")
    parser.add_argument(
        "--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="its present: everything is before it (today)"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--load", action="store_true", help="into an empty database, with the truth in the data folder")
    where.add_argument("--out", type=Path, metavar="DIR", help="into files (parquet) in a new folder")
    parser.add_argument(
        "--describe",
        nargs="?",
        type=Path,
        const=_PICTURES,
        metavar="DIR",
        help=f"print statistics and write pictures to a folder ({_PICTURES.relative_to(PROJECT)})",
    )
    parser.add_argument("--data", type=Path, help="data folder of `lindung run`")


def run(args: argparse.Namespace) -> int:
    """Do what is asked; 1 when it cannot be done: then nothing was changed, unless the text says otherwise."""
    if env.production():
        return _refuse("invented people are refused in production.")
    from lindung.nation.plan import BadPlan, Plan

    try:
        today = _today()
        until_on = args.until or today
        if until_on > today:
            return _refuse(f"--until {until_on} is in the future.")
        plan = Plan(members=args.members, seed=args.seed, months=args.months, until_on=until_on)
        if args.load or not (args.out or args.describe):
            code = _load(plan, args.data)
        else:
            code = _write(plan, args.out) if args.out else 0
        return code or (_describe(plan, args.describe) if args.describe else 0)
    except (BadPlan, env.BadEnvironment) as error:
        return _refuse(f"{error}")
    except KeyboardInterrupt:
        return _refuse("broken off. What was loaded or written by then is half a nation: remove it.")


def _refuse(why: str) -> int:
    print(f"lindung nation: {why}", file=sys.stderr)
    return 1


def _today() -> date:
    from lindung.lib import clock

    return clock.wib_date(clock.now())


def _load(plan: "Plan", data: Path | None) -> int:
    reach_database(data)
    from lindung.config.cli import django_setup

    django_setup()
    from lindung.lib import clock
    from lindung.nation.bank import register_simulated_bank
    from lindung.nation.load import NationRefused, load_nation, refuse_unless_empty
    from lindung.nation.truth import FolderTaken, TruthFolder

    folder, now = Path(env.text("LINDUNG_DATA")), clock.now()
    teller = _Teller()
    try:
        refuse_unless_empty()
        truth = TruthFolder(folder / _TRUTH)
        bank = register_simulated_bank(folder=folder, now=now)
        load_nation(plan, partner_id=bank, now=now, folder=truth, progress=teller.tell)
    except (NationRefused, FolderTaken) as refused:
        return _refuse(f"{refused}")
    print(f"loaded {plan.members:,} members: {teller.rows:,} rows in {teller.seconds:.0f} s,", end=" ")
    print(f"{teller.rows / teller.seconds:,.0f} rows/s, peak memory {_peak_mb():,} MB")
    for table, rows in sorted(teller.by_table.items()):
        print(f"  {table:<32} {rows:>12,}")
    print(f"The truth is in {truth.folder}. `lindung self-check` audits what was loaded.")
    return 0


def _write(plan: "Plan", folder: Path) -> int:
    _load_framework()
    from lindung.nation import truth
    from lindung.nation.nation import Nation
    from lindung.nation.truth import FolderTaken, TruthFolder

    try:
        files = TruthFolder(folder)
    except FolderTaken as taken:
        return _refuse(f"{taken}")
    nation = Nation(plan)
    say = _every(_SAY_EVERY_SECONDS)
    done, began = 0, time.monotonic()
    for place, part in enumerate(nation.parts()):
        files.add(place, {**truth.tables(nation, part), "months": truth.months(nation, part)})
        done += part.people.height
        if say() or done == plan.members:
            print(_pace(done, plan.members, "people", time.monotonic() - began))
    files.add(0, truth.whole(nation))
    files.finish(plan)
    for table, rows in sorted(files.rows.items()):
        print(f"  {table:<32} {rows:>12,}  {truth.TABLES[table]}")
    print(f"written to {folder}, peak memory {_peak_mb():,} MB")
    return 0


def _load_framework() -> None:
    """What is ordered follows the contributions' own rules; no database is asked."""
    from lindung.config.cli import django_setup

    django_setup()


def _describe(plan: "Plan", folder: Path) -> int:
    _load_framework()
    from lindung.nation.nation import Nation
    from lindung.nation.pictures import write_pictures
    from lindung.nation.statistics import Statistics

    nation = Nation(plan)
    counted = Statistics(nation)
    for part in nation.parts():
        counted.add(part)
    print("\n".join(counted.lines()))
    print("\npictures:")
    for path in write_pictures(folder, list(counted.charts())):
        print(f"  {path}")
    return 0


class _Teller:
    """Prints how far a load is, now and then, and keeps the last word."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.rows, self.by_table = 0, dict[str, int]()
        self.seconds = 0.0
        self._say = _every(_SAY_EVERY_SECONDS)

    def tell(self, progress: "Progress") -> None:
        self.rows, self.by_table = progress.rows, progress.by_table
        self.seconds = max(time.monotonic() - self.began, 0.001)
        if self._say():
            people = f"{progress.people:,} of {progress.members:,} people"
            print(f"{people}, {_pace(progress.rows, progress.rows_expected, 'rows', self.seconds)}", flush=True)


def _pace(done: int, whole: int, what: str, seconds: float) -> str:
    """Done of all, how many a second until now, and how long the rest takes at that pace."""
    rate = done / max(seconds, 0.001)
    left = max(0, whole - done) / max(rate, 1)
    return f"{done:,} of about {whole:,} {what}, {rate:,.0f} a second, {left:,.0f} s left"


def _every(seconds: float) -> Callable[[], bool]:
    """Whether it is time to speak again."""
    last = time.monotonic()

    def due() -> bool:
        nonlocal last
        if time.monotonic() - last < seconds:
            return False
        last = time.monotonic()
        return True

    return due


def _peak_mb() -> int:
    """The most memory this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
