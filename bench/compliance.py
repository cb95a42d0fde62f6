"""The agency's compliance view over a nation: how long an officer waits for the whole page's figures.

Run: ``python -m bench.compliance [--members N]`` (100,000, with 24 months). Every firm's month, the year's history and
the groups of the page, read and counted in this process; the median of the rounds, wall clock. Exit code 1 when it is
over a second.
"""

import argparse
import sys
from pathlib import Path
from statistics import median

from bench.ground import NOW, ground, say, seconds_of

MOST_SECONDS = 1
_ROUNDS = 7


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    args = parser.parse_args()
    with ground("compliance") as there:
        from lindung.compliance import firms
        from lindung.nation.bank import register_simulated_bank
        from lindung.nation.load import load_nation
        from lindung.nation.plan import Plan

        bank = register_simulated_bank(folder=Path(there.folder), now=NOW)
        load_nation(Plan(members=args.members, seed=1, months=24, until_on=NOW.date()), partner_id=bank, now=NOW)
        there.tidy()
        today = NOW.date()
        months = firms.due_months(today)
        found = firms.firms_in(months[0], today)

        def page() -> None:
            read = firms.narrowed(firms.firms_in(months[0], today), firms.Choice())
            firms.counted(read)
            firms.ages(read)
            for column in ("size", "jkk_class", "place"):
                firms.grouped(read, column)
            firms.history(months)

        parts = {
            "every firm's month": lambda: firms.firms_in(months[0], today),
            "the year's history": lambda: firms.history(months),
            "the whole page": page,
        }
        say(f"{args.members:,} members, {found.height:,} firms, {_ROUNDS} rounds")
        for name, work in parts.items():
            taken = median(seconds_of(work) for _ in range(_ROUNDS))
            say(f"{name:>20}: {taken * 1000:7.0f} ms")
    return int(taken > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
