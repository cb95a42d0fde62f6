"""A whole nation into an empty database, by COPY, part by part, as the application's own role.

Each part is a transaction; the last one brings firms, bills, payments and entries, the trail, and the mark that all
is there. Until then everybody works for a firm that does not exist, so that half a nation fails the platform's own
audit at once, and nobody can load into it, nor mistake it for a whole one. Keys and indexes stay in place, because
only the owner of the tables could take them away; rows come in the order of their keys, so that keys grow at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import polars as pl
from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import SYSTEM
from lindung.lib import ids
from lindung.lib.copy import copy_rows
from lindung.nation import truth
from lindung.nation.books import AllBills, copy_bills, programme_lists
from lindung.nation.draws import Integers
from lindung.nation.entries import copy_entries, entries, order_entries
from lindung.nation.months import TOTALS
from lindung.nation.nation import PART_PEOPLE, Nation
from lindung.nation.numbers import Numbers, OrderNumbers, draw_numbers
from lindung.nation.order_books import AllOrders, copy_orders, copy_projects
from lindung.nation.plan import Plan
from lindung.nation.registering import register_part
from lindung.nation.reporting import NEVER
from lindung.nation.trails import Registrations, copy_trail
from lindung.nation.truth import TruthFolder

_BILLS_AT_ONCE = 50_000
_BEGUN, _LOADED = "nation_begun", "nation_loaded"


class NationRefused(Exception):
    """This database cannot take a nation; the text says why, and what to do."""


@dataclass
class Progress:
    """How far a load is: people of all, rows written, rows expected in the end (an estimate until people are done)."""

    members: int
    people: int = 0
    rows: int = 0
    rows_expected: int = 0
    by_table: dict[str, int] = field(default_factory=dict)

    def add(self, rows: dict[str, int]) -> None:
        """Count rows that were written."""
        for table, count in rows.items():
            self.by_table[table] = self.by_table.get(table, 0) + count
            self.rows += count


def load_nation(
    plan: Plan,
    *,
    partner_id: int,
    now: datetime,
    folder: TruthFolder | None = None,
    people_at_once: int = PART_PEOPLE,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> pl.DataFrame:
    """Load what ``plan`` describes, paid to ``partner_id``, with the truth into ``folder``.

    Gives the firms: ``employer_id``, ``npp``, ``name``, ``workers``. The parts are savepoints if the caller holds a
    transaction. Raises ``NationRefused`` and changes nothing when there is anybody already.
    """
    nation = Nation(plan)
    done = Progress(plan.members)
    numbers, order_numbers, employer_id = _begin(nation, now)
    orders = AllOrders(nation, order_numbers, employer_id)
    totals = np.zeros((nation.reports.paid_at.size, len(TOTALS)), dtype=np.int64)
    told = Registrations(nation)
    later = _rows_of_books(numbers, order_numbers)
    segments = nation.territory.segment_first
    earners, known = int((segments[:, 1] - segments[:, 0]).sum()), 0
    for place, part in enumerate(nation.parts(people_at_once)):
        with transaction.atomic(), connection.cursor() as cursor:
            written = register_part(
                cursor, nation, part, employer_id=employer_id, numbers=numbers, order_numbers=order_numbers
            )
        told.add(part, written)
        orders.add(part, written)
        totals[part.sums.bill] += part.sums.sums
        if folder is not None:
            frames = truth.tables(nation, part)
            frames["records"] = frames["records"].with_columns(person_id=pl.Series(written.person_id))
            folder.add(place, frames)
        done.people += part.people.height
        done.add(written.rows)
        # Nearly all rows are about wage earners, who come first in each region.
        known += len(np.unique(part.jobs.number))
        done.rows_expected = done.rows * max(earners, 1) // max(known, 1) + later
        progress(done)
    with transaction.atomic():
        bills = AllBills(nation, numbers, totals, employer_id)
        with connection.cursor() as cursor:
            done.add({"registry_employer": copy_rows(cursor, "registry_employer", _employers(nation, employer_id))})
            for first in range(0, len(bills.places), _BILLS_AT_ONCE):
                made = bills.some(bills.places[first : first + _BILLS_AT_ONCE])
                done.add(copy_bills(cursor, nation, made, partner_id=partner_id))
                done.add(copy_entries(cursor, entries(made, partner_id)))
                progress(done)
            done.add(copy_projects(cursor, orders))
            for first in range(0, len(orders.places), _BILLS_AT_ONCE):
                ordered = orders.some(orders.places[first : first + _BILLS_AT_ONCE])
                done.add(copy_orders(cursor, orders, ordered, partner_id=partner_id))
                done.add(copy_entries(cursor, order_entries(ordered, partner_id)))
                progress(done)
            for rows in copy_trail(cursor, bills, orders, told, partner_id=partner_id):
                done.add({"access_trailevent": rows})
                progress(done)
        _record(_LOADED, plan, now)
    if folder is not None:
        folder.add(0, truth.whole(nation))
        folder.finish(plan)
    return nation.firm_table.select(pl.Series("employer_id", employer_id), "npp", "name", "workers")


@transaction.atomic
def _begin(nation: Nation, now: datetime) -> tuple[Numbers, OrderNumbers, Integers]:
    """Refuse or begin: the ids of firms, and of everything that is to come of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('lindung nation', 0))")
    refuse_unless_empty()
    with connection.cursor() as cursor:
        employer_id = ids.draw(cursor, "registry_employer_id_seq", len(nation.firms))
        registered_at = nation.built.projects["registered_at"].to_numpy()
        numbers, order_numbers = draw_numbers(cursor, nation.reports, nation.orders, registered_at)
    _record(_BEGUN, nation.plan, now)
    return numbers, order_numbers, employer_id


def refuse_unless_empty() -> None:
    """Raise ``NationRefused`` where a nation would meet other people, or half a nation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM registry_person), EXISTS (SELECT 1 FROM registry_employer),"
            " (SELECT count(*) FROM access_trailevent WHERE object_kind = 'nation' AND act = %s),"
            " (SELECT count(*) FROM access_trailevent WHERE object_kind = 'nation' AND act = %s)",
            [_BEGUN, _LOADED],
        )
        people, firms, begun, loaded = cursor.fetchone()
    if begun > loaded:
        raise NationRefused(
            "A nation was begun in this database and is not whole: another load goes on, or was broken off."
            " A broken one cannot be mended; remove the database (or the data folder) and load again."
        )
    if people or firms:
        raise NationRefused(
            "There are people or firms in this database already, and a nation is loaded into an empty one only."
            " Name another database, or start one with `lindung run --empty --data FOLDER`."
        )


def _employers(nation: Nation, employer_id: Integers) -> pl.DataFrame:
    firms = nation.firm_table
    programmes = programme_lists(firms["programmes"])
    return firms.select(
        pl.Series("id", employer_id), "npp", "name", "size", "jkk_class", programmes.alias("programmes"), "since_on"
    )


def _record(act: str, plan: Plan, now: datetime) -> None:
    trail.record(
        actor=SYSTEM, act=act, object_kind="nation", object_id=plan.seed, now=now, detail=truth.described(plan)
    )


def _rows_of_books(numbers: Numbers, orders: OrderNumbers) -> int:
    """About how many rows the books and the trail will be."""
    bills, payments = (int((column != NEVER).sum()) for column in (numbers.bill, numbers.payment))
    renewed = int((numbers.renewed_customer != NEVER).sum())
    fined = int((numbers.entry_of_penalty != NEVER).sum()) + renewed
    ordered, paid = (int((column != NEVER).sum()) for column in (orders.order, orders.payment))
    of_orders = (1 + 1 + 1) * ordered + (1 + 1 + 3 + 2) * paid
    return of_orders + (1 + 1 + 1 + 2 + 2) * bills + (1 + 1 + 7 + 2) * payments + (1 + 2) * renewed + 4 * fined
