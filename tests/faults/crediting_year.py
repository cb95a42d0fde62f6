"""2,000 members with a year to be credited, and what each must have in the end.

`python -m tests.faults.crediting_year begin` makes them in the database that the environment names and starts the
crediting; `... look` says with its exit code whether everybody was credited once.
"""

import sys
from datetime import date
from fractions import Fraction

import numpy as np

if __name__ == "__main__":
    from lindung.config.cli import django_setup

    django_setup()

from lindung.contributions.crediting_queries import creditings  # after the framework is ready
from lindung.law.development import assess
from tests.contributions.crediting_money import RATE, at, broken, got, planned, rows

MEMBERS = 2_000
A_RANGE = 100
RANGES = MEMBERS // A_RANGE
HOLDERS = list(range(20_000_000, 20_000_000 + MEMBERS))
LINES_BEFORE = 4 * MEMBERS
_PLACES = np.arange(MEMBERS, dtype=np.int64)
_OPENINGS, _MONTHLY = 1_000_000 + _PLACES * 777, 100_000 + _PLACES * 13
_MONTHS = (1, 7, 12)


def begin() -> None:
    """Members with an opening balance and three contributions; their year planned, rehearsed and started."""
    from tests.conftest import NOW

    got(dict(zip(HOLDERS, _OPENINGS.tolist(), strict=True)), at(date(2024, 8, 8)))
    for month in _MONTHS:
        got(dict(zip(HOLDERS, _MONTHLY.tolist(), strict=True)), at(date(2025, month, 8)))
    planned(2025, NOW, holders_a_range=A_RANGE).start()


def ranges_done() -> int:
    return int(rows("SELECT count(*) FROM contributions_creditedrange")[0][0])


def assert_everybody_once() -> None:
    """Nobody lost, nobody doubled, and the platform knows that it is done."""
    given = assess(
        openings=_OPENINGS, rupiah_months=_MONTHLY * sum(13 - month for month in _MONTHS), annual_rate=Fraction(RATE)
    )
    expected = (_OPENINGS + len(_MONTHS) * _MONTHLY + given).tolist()
    found = rows("SELECT holder_id, balance_rupiah FROM ledger_balance ORDER BY 1")
    assert found == list(zip(HOLDERS, expected, strict=True))
    lines = rows(
        "SELECT count(*), count(DISTINCT l.holder_id) FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id"
        " WHERE e.kind = 'development' AND l.holder_id <> 0"
    )
    assert lines == [(MEMBERS, MEMBERS)]
    (view,) = creditings()
    assert view.state == "finished"
    assert (view.credited_accounts, view.credited_rupiah) == (view.confirmed_accounts, view.confirmed_rupiah)
    assert ranges_done() == RANGES
    assert rows("SELECT id FROM procrastinate_jobs WHERE queue_name = 'crediting' AND status <> 'succeeded'") == []
    assert broken() == []


if __name__ == "__main__":
    {"begin": begin, "look": assert_everybody_once}[sys.argv[1]]()
