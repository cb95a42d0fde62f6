"""`lindung credit`: what crediting a year would move. It writes nothing; officers plan and start it on their pages."""

import argparse
import sys
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from lindung.config.people_cli import reach_database


def add_parsers(subparsers: Any) -> None:
    """Declare the subcommand."""
    credit = subparsers.add_parser("credit", help="what crediting a year's JHT development would move; writes nothing")
    credit.add_argument("act", choices=["rehearse"])
    credit.add_argument("--year", type=int, required=True)
    credit.add_argument("--rate", type=_percent, help="percent a year, where the law does not know it: 5.59")
    credit.add_argument("--data", type=Path, help="data folder of `lindung run`")


def _percent(text: str) -> Decimal:
    try:
        rate = Decimal(text.rstrip("%").replace(",", ".")) / 100
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is not a percentage such as 5.59") from None
    if not 0 <= rate <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 0 and 100 percent")
    return rate


def run(args: argparse.Namespace) -> int:
    """Print the totals by range and by average balance; 2 when the words given are wrong."""
    from lindung.law.development import rate_of
    from lindung.law.errors import LawError, NotKnown

    try:
        rate = rate_of(args.year).rate
    except NotKnown as unknown:
        if args.rate is None:
            print(f"lindung credit: {unknown}: name it with --rate", file=sys.stderr)
            return 2
        rate = Fraction(args.rate)
    except LawError as wrong:
        print(f"lindung credit: {wrong}", file=sys.stderr)
        return 2
    else:
        if args.rate is not None and Fraction(args.rate) != rate:
            print(f"lindung credit: the law knows the rate of {args.year}; leave --rate out", file=sys.stderr)
            return 2
    reach_database(args.data)
    from lindung.config.cli import django_setup

    django_setup()
    from lindung.contributions.crediting_queries import rehearse
    from lindung.contributions.services.crediting import HOLDERS_A_RANGE
    from lindung.law.wording import rate_text

    totals = rehearse(year=args.year, rate=rate, holders_a_range=HOLDERS_A_RANGE)
    print(f"{args.year} at {rate_text(rate, 'en')}: {totals.accounts:,} accounts, {totals.amount_rupiah:,} rupiah")
    for part in totals.ranges:
        print(f"  range {part.range_no:>5}: {part.accounts:>9,} accounts {part.amount_rupiah:>20,} rupiah")
    for band in totals.bands:
        until = f"{band.until_rupiah:,}" if band.until_rupiah else "more"
        print(
            f"  average balance {band.from_rupiah:>11,} to {until:>11}: {band.accounts:>9,} accounts"
            f" {band.amount_rupiah:>20,} rupiah"
        )
    print("Nothing was written.")
    return 0
