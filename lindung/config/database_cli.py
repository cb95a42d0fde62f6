"""`lindung migrate` and `lindung self-check`."""

import argparse
import os
import time
from typing import Any

from lindung.config.env import BadEnvironment


def add_parsers(subparsers: Any) -> None:
    """Declare the two subcommands."""
    migrate = subparsers.add_parser("migrate", help="bring the database to its present shape, as its owner")
    migrate.add_argument(
        "--distributed", action="store_true", help="spread the members' tables over a Citus coordinator's nodes"
    )
    subparsers.add_parser("self-check", help="run every query that must return nothing")


def run(args: argparse.Namespace) -> int:
    """Run one of them; self-check gives 1 when a query returned something."""
    return _migrate(args.distributed) if args.command == "migrate" else _self_check()


def _migrate(distributed: bool) -> int:
    owner = os.environ.get("DATABASE_OWNER_URL")
    if not owner:
        raise BadEnvironment("DATABASE_OWNER_URL is not set: migrate needs the owner of the tables.")
    # Only here does a process of ours speak as the owner.
    os.environ["DATABASE_URL"] = owner
    from lindung.config.cli import django_setup

    django_setup()
    from lindung.config.migrate import migrate

    migrate(distributed=distributed)
    return 0


def _self_check() -> int:
    from lindung.config.cli import django_setup

    django_setup()
    from lindung.config.selfcheck import run_checks

    broken = 0
    for result in run_checks(clock=time.perf_counter):
        mark = "ok  " if not result.rows else "FAIL"
        print(f"{mark} {result.seconds:7.2f} s  {result.name}")
        for row in result.rows:
            print("       ", row)
        broken += bool(result.rows)
    print("clean" if not broken else f"{broken} invariants are broken")
    return 1 if broken else 0
