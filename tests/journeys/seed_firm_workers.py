"""`python -m tests.journeys.seed_firm_workers NPP HOW_MANY`: workers for a firm that has registered itself."""

import sys

from lindung.config.cli import django_setup

django_setup()

import polars as pl  # noqa: E402 # after the framework is ready

from lindung.lib import clock  # noqa: E402 # likewise
from lindung.registry.firm_queries import firm_by_npp  # noqa: E402 # likewise
from tests import builders  # noqa: E402 # likewise


def main(npp: str, workers: int) -> None:
    now = clock.now()
    employer_id = firm_by_npp(npp)
    assert employer_id is not None
    firm = builders.Firm(employer_id, npp, pl.DataFrame(), pl.DataFrame())
    for _ in range(workers):
        builders.join(firm, now=now, from_on=clock.wib_date(now).replace(day=1))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
