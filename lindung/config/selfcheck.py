"""The standing audit: every room's queries that must return nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from lindung.compliance.checks import CHECKS as compliance
from lindung.contact.checks import CHECKS as contact
from lindung.contributions.checks import CHECKS as contributions
from lindung.evidence.checks import CHECKS as evidence
from lindung.ledger.checks import CHECKS as ledger
from lindung.registry.checks import CHECKS as registry
from lindung.uploads.checks import CHECKS as uploads

CHECKS = {**ledger, **registry, **contributions, **compliance, **uploads, **contact, **evidence}
# Every check reads whole tables, each once and with all cores. Where much was loaded a moment ago and statistics are
# still those of empty tables, the planner would choose loops within loops: minutes where seconds do. It also takes the
# order of an index for a gift, and pays for it with a visit of the table for every row. Ranges of holders are found
# by bitmaps of an index, which stay allowed.
_WHOLE_TABLES = (
    "enable_nestloop = off",
    "enable_indexscan = off",
    "parallel_setup_cost = 100",
    "parallel_tuple_cost = 0.005",
    "work_mem = '128MB'",
    "hash_mem_multiplier = 4",
)
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One invariant: the first rows that break it (none when it holds), and how long it took."""

    name: str
    rows: list[tuple[Any, ...]]
    seconds: float


def run_checks(clock: Callable[[], float]) -> Iterator[CheckResult]:
    """Run all checks, each over one and the same snapshot, while the platform goes on working."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for setting in _WHOLE_TABLES:
            cursor.execute(f"SET LOCAL {setting}")
        for name, statement in CHECKS.items():
            started = clock()
            cursor.execute(f"SELECT * FROM ({statement}) AS broken LIMIT {_MOST_SHOWN}")
            rows = cursor.fetchall()
            yield CheckResult(name, rows, clock() - started)
