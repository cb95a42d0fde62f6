"""Reading creditings: what one would move, how far one is, and what it gave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import connection

from lindung.contributions.models import Crediting, CreditingRehearsal, ProvisionalRate
from lindung.contributions.models.crediting import CreditingState
from lindung.law.development import sql_expression
from lindung.ledger.years import begins_at, month_begins, next_holder, year_sql

JHT = "jht"
EVERYTHING = 2**63 - 1
"""Above every entry's id: all that is known by now."""
_MILLION = 1_000_000
BANDS = (0, *(edge * _MILLION for edge in (1, 5, 10, 25, 50, 100, 250, 500)))
"""Lower edges of the bands of average balances by which a rehearsal is told."""


@dataclass(frozen=True, slots=True)
class RangeTotal:
    """What a range of holders gets."""

    range_no: int
    accounts: int
    amount_rupiah: int


@dataclass(frozen=True, slots=True)
class BandTotal:
    """What the accounts get whose average balance of the year is ``from_rupiah`` or more (until the next band)."""

    from_rupiah: int
    until_rupiah: int | None
    accounts: int
    amount_rupiah: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a crediting would move, by range of holders and by band of the average balance."""

    ranges: list[RangeTotal]
    bands: list[BandTotal]

    @property
    def accounts(self) -> int:
        return sum(total.accounts for total in self.ranges)

    @property
    def amount_rupiah(self) -> int:
        return sum(total.amount_rupiah for total in self.ranges)

    def as_json(self) -> dict[str, list[list[int]]]:
        """As it is kept; ``rehearsal_from`` reads it."""
        return {
            "ranges": [[total.range_no, total.accounts, total.amount_rupiah] for total in self.ranges],
            "bands": [[total.from_rupiah, total.accounts, total.amount_rupiah] for total in self.bands],
        }


def rehearsal_from(report: dict[str, list[list[int]]]) -> Rehearsal:
    """The other way round."""
    edges = [row[0] for row in report["bands"]]
    return Rehearsal(
        [RangeTotal(*row) for row in report["ranges"]],
        [
            BandTotal(row[0], until, row[1], row[2])
            for row, until in zip(report["bands"], [*edges[1:], None], strict=True)
        ],
    )


def range_params(*, year: int, range_no: int, holders_a_range: int, known_entry_id: int) -> dict[str, Any]:
    """What ``year_sql`` asks for, for one range of holders."""
    return {
        "begins": begins_at(year),
        "months": month_begins(year),
        "ends": begins_at(year + 1),
        "first": max(range_no * holders_a_range, 1),  # 0 is the agency
        "until": (range_no + 1) * holders_a_range,
        "known": known_entry_id,
    }


def amounts_sql(rate: Fraction) -> str:
    """``holder_id, account_no, rupiah_months, amount_rupiah`` of all who had any money; parameters as ``year_sql``.

    Whoever had less than nothing over the year, by money taken back for it, gets nothing.
    """
    return (
        "SELECT holder_id, account_no, opening_rupiah * 12 + contribution_rupiah_months AS rupiah_months,"
        f" {sql_expression(rate)} AS amount_rupiah FROM ({year_sql(JHT)}) AS year_of_account"
        " WHERE opening_rupiah * 12 + contribution_rupiah_months > 0"
    )


def rehearse(*, year: int, rate: Fraction, holders_a_range: int) -> Rehearsal:
    """What crediting the year would move as things are known now. Writes nothing; a statement for each range."""
    bands = [[0, 0] for _ in BANDS]
    ranges = []
    for range_no in _ranges(holders_a_range):
        params = range_params(year=year, range_no=range_no, holders_a_range=holders_a_range, known_entry_id=EVERYTHING)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT width_bucket(rupiah_months / 12, %(bands)s::bigint[]) - 1, count(*), sum(amount_rupiah)"
                f" FROM ({amounts_sql(rate)}) AS amounts WHERE amount_rupiah > 0 GROUP BY 1",
                {**params, "bands": list(BANDS)},
            )
            rows = [(int(band), int(accounts), int(amount)) for band, accounts, amount in cursor.fetchall()]
        for band, accounts, amount in rows:
            bands[band][0] += accounts
            bands[band][1] += amount
        ranges.append(RangeTotal(range_no, sum(row[1] for row in rows), sum(row[2] for row in rows)))
    untils = [*BANDS[1:], None]
    return Rehearsal(
        ranges, [BandTotal(edge, until, *total) for edge, until, total in zip(BANDS, untils, bands, strict=True)]
    )


def _ranges(holders_a_range: int) -> Iterator[int]:
    """The numbers of the ranges in which anybody has an account, ascending."""
    holder = next_holder(at_least=0)
    while holder is not None:
        yield holder // holders_a_range
        holder = next_holder(at_least=(holder // holders_a_range + 1) * holders_a_range)


@dataclass(frozen=True, slots=True)
class KeptRehearsal:
    """The newest rehearsal of a crediting."""

    id: int
    rehearsed_at: datetime
    totals: Rehearsal


@dataclass(frozen=True, slots=True)
class CreditingView:
    """A crediting as officers see it. ``credited_*`` is what was done so far, ``corrected_*`` what was put right."""

    id: int
    year: int
    rate: Fraction
    rate_source: str
    citation: str
    state: CreditingState
    planned_by_kind: str
    planned_by_id: int
    planned_by: str
    planned_at: datetime
    started_by: str
    started_at: datetime | None
    finished_at: datetime | None
    confirmed_accounts: int
    confirmed_rupiah: int
    credited_accounts: int
    credited_rupiah: int
    corrections: int
    corrected_accounts: int
    corrected_rupiah: int
    rehearsal: KeptRehearsal | None

    def planned_by_account(self, account_id: int) -> bool:
        """Whether this officer planned it, and so may not start it."""
        return (self.planned_by_kind, self.planned_by_id) == ("account", account_id)


_VIEW = """
    SELECT c.id, coalesce(planner.display_name, ''), coalesce(starter.display_name, ''),
        coalesce(h.accounts, 0), coalesce(h.amount_rupiah, 0), coalesce(d.accounts, 0), coalesce(d.amount, 0),
        coalesce(d.corrections, 0), coalesce(d.corrected, 0), coalesce(d.corrected_amount, 0)
    FROM contributions_crediting c
    LEFT JOIN access_account planner ON c.planned_by_kind = 'account' AND planner.id = c.planned_by_id
    LEFT JOIN access_account starter ON c.started_by_kind = 'account' AND starter.id = c.started_by_id
    LEFT JOIN contributions_creditingrehearsal h ON h.id = c.rehearsal_id
    LEFT JOIN (SELECT crediting_id,
            sum(accounts) FILTER (WHERE revision = 0)::bigint AS accounts,
            sum(amount_rupiah) FILTER (WHERE revision = 0)::bigint AS amount,
            count(*) FILTER (WHERE revision > 0) AS corrections,
            sum(accounts) FILTER (WHERE revision > 0)::bigint AS corrected,
            sum(amount_rupiah) FILTER (WHERE revision > 0)::bigint AS corrected_amount
        FROM contributions_creditedrange GROUP BY 1) d ON d.crediting_id = c.id
"""


def creditings() -> list[CreditingView]:
    """All creditings, newest year first; those withdrawn after the one that took their place."""
    return _views("", [])


def crediting_view(crediting_id: int) -> CreditingView | None:
    """One crediting with its newest rehearsal, or None."""
    found = _views("WHERE c.id = %s", [crediting_id])
    return found[0] if found else None


def _views(where: str, params: list[Any]) -> list[CreditingView]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_VIEW} {where} ORDER BY c.year DESC, c.id DESC", params)
        rows = cursor.fetchall()
    ids = [row[0] for row in rows]
    known = Crediting.objects.in_bulk(ids)
    rehearsed = CreditingRehearsal.objects.filter(crediting_id__in=ids).order_by("crediting_id", "-id")
    newest = {kept.crediting_id: kept for kept in rehearsed.distinct("crediting_id")}
    return [_view(known[row[0]], newest.get(row[0]), row) for row in rows]


def _view(crediting: Crediting, newest: CreditingRehearsal | None, row: tuple[Any, ...]) -> CreditingView:
    return CreditingView(
        id=crediting.pk,
        year=crediting.year,
        rate=crediting.rate,
        rate_source=crediting.rate_source,
        citation=crediting.citation,
        state=crediting.state,
        planned_by_kind=crediting.planned_by_kind,
        planned_by_id=crediting.planned_by_id,
        planned_by=row[1],
        planned_at=crediting.planned_at,
        started_by=row[2],
        started_at=crediting.started_at,
        finished_at=crediting.finished_at,
        confirmed_accounts=row[3],
        confirmed_rupiah=row[4],
        credited_accounts=row[5],
        credited_rupiah=row[6],
        corrections=row[7],
        corrected_accounts=row[8],
        corrected_rupiah=row[9],
        rehearsal=None
        if newest is None
        else KeptRehearsal(newest.pk, newest.rehearsed_at, rehearsal_from(newest.report)),
    )


@dataclass(frozen=True, slots=True)
class ProvisionalRateView:
    """The rate at which a year's growth is shown, and what it stands on."""

    year: int
    rate: Fraction
    citation: str


def provisional_rates() -> list[ProvisionalRateView]:
    """The rate that holds for each year that has one, newest year first."""
    newest = ProvisionalRate.objects.order_by("-year", "-id").distinct("year")
    return [ProvisionalRateView(rate.year, Fraction(rate.annual_rate), rate.citation) for rate in newest]
