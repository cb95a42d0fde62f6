"""How every firm stands in a month: reported or not, paid or not, fewer than before; what it owes and since when.

No person is in it. A handful of statements over whole tables; what is narrowed and counted afterwards is columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
from django.db import connection

from lindung.compliance import rules
from lindung.compliance.hint_queries import HINTED, hinted_params
from lindung.contributions.calendar import due_on
from lindung.law import Month
from lindung.lib.copy import fetch_columns

MONTHS_SHOWN: Final = 12
AGES: Final = (30, 90, 180)
"""Where arrears pass from one age to the next, in days after the due date."""

_FIRMS: Final[dict[str, type[pl.DataType]]] = {
    "employer_id": pl.Int64,
    "npp": pl.String,
    "name": pl.String,
    "size": pl.String,
    "jkk_class": pl.String,
    "place": pl.String,
    "line": pl.String,
    "at_work": pl.Int64,
    "bills": pl.Int64,
    "paid_bills": pl.Int64,
    "workers": pl.Int64,
    "wages": pl.Int64,
    "left_rupiah": pl.Int64,
    "paid_rupiah": pl.Int64,
    "before_bills": pl.Int64,
    "before_workers": pl.Int64,
    "before_wages": pl.Int64,
    "owed_months": pl.Int64,
    "owed_0": pl.Int64,
    "owed_1": pl.Int64,
    "owed_2": pl.Int64,
    "owed_3": pl.Int64,
    "oldest_on": pl.Date,
    "hints": pl.Int64,
}
# Of a month's bills: the workers and wages that stand after all corrections, by the bill's own sums.
_BILLED: Final = (
    "SELECT employer_id, count(*) AS bills, count(paid_at) AS paid_bills,"
    " coalesce(max(worker_count) FILTER (WHERE revision = first), 0)::bigint AS workers,"
    " sum(wage_rupiah)::bigint AS wages, sum(contribution_paid_rupiah)::bigint AS paid,"
    " sum(greatest(amount_rupiah, 0) - greatest(contribution_paid_rupiah, 0))::bigint AS left_rupiah FROM (SELECT *,"
    "   min(revision) OVER (PARTITION BY employer_id) AS first FROM contributions_bill"
    "   WHERE period = %s AND voided_at IS NULL) standing GROUP BY employer_id"
)


def firms_in(month: Month, today: date) -> pl.DataFrame:
    """Every firm that had workers in the month, reported it, or owes anything; with ``state``, ``less`` and ``owed``.

    ``state``: ``paid``, ``part``, ``unpaid``, ``unreported``, or ``none`` for who owes older months alone. Money in
    whole rupiah, contributions without penalties; ``owed_0`` to ``owed_3`` by ``AGES``; ``hints`` as ``HINTED``. Two
    statements.
    """
    ages = [
        f"sum(owed) FILTER (WHERE age > {low} AND age <= {high})::bigint AS owed_{place}"
        for place, (low, high) in enumerate(zip((0, *AGES), (*AGES, 1_000_000), strict=True))
    ]
    found = fetch_columns(
        # Who works where is asked of the employments once; the place is the firm's seat, or where most of it works.
        "WITH staff AS (SELECT employer_id, count(DISTINCT person_id) AS at_work,"
        "   coalesce(mode() WITHIN GROUP (ORDER BY location) FILTER (WHERE location <> ''), '') AS place"
        "   FROM registry_employment WHERE from_on < %s AND (until_on IS NULL OR until_on > %s) GROUP BY employer_id),"
        f" now AS ({_BILLED}), before AS ({_BILLED}),"
        f" owed AS (SELECT employer_id, count(DISTINCT period) AS months, min(due_on) AS oldest_on, {', '.join(ages)}"
        "   FROM (SELECT employer_id, period, due_on, amount_rupiah - contribution_paid_rupiah AS owed,"
        "     %s::date - due_on AS age FROM contributions_bill WHERE paid_at IS NULL AND voided_at IS NULL"
        "     AND due_on < %s) late GROUP BY employer_id),"
        f" hinted AS ({HINTED})"
        " SELECT f.id AS employer_id, f.npp, f.name, f.size, f.jkk_class,"
        " coalesce(nullif(seat.regency, ''), staff.place, '') AS place, coalesce(seat.line_of_business, '') AS line,"
        " coalesce(staff.at_work, 0) AS at_work, coalesce(now.bills, 0) AS bills,"
        " coalesce(now.paid_bills, 0) AS paid_bills, coalesce(now.workers, 0) AS workers,"
        " coalesce(now.wages, 0) AS wages, coalesce(now.left_rupiah, 0) AS left_rupiah,"
        " coalesce(now.paid, 0) AS paid_rupiah, coalesce(before.bills, 0) AS before_bills,"
        " coalesce(before.workers, 0) AS before_workers, coalesce(before.wages, 0) AS before_wages,"
        " coalesce(owed.months, 0) AS owed_months, coalesce(owed_0, 0) AS owed_0, coalesce(owed_1, 0) AS owed_1,"
        " coalesce(owed_2, 0) AS owed_2, coalesce(owed_3, 0) AS owed_3, owed.oldest_on,"
        " coalesce(hinted.hints, 0) AS hints"
        " FROM registry_employer f LEFT JOIN registry_firmprofile seat ON seat.employer_id = f.id"
        " LEFT JOIN staff ON staff.employer_id = f.id LEFT JOIN now ON now.employer_id = f.id"
        " LEFT JOIN before ON before.employer_id = f.id LEFT JOIN owed ON owed.employer_id = f.id"
        " LEFT JOIN hinted ON hinted.employer_id = f.id"
        " WHERE staff.employer_id IS NOT NULL OR now.employer_id IS NOT NULL OR owed.employer_id IS NOT NULL",
        [
            month.next().first_on,
            month.first_on,
            month.first_on,
            month.previous().first_on,
            today,
            today,
            *hinted_params(today),
        ],
        _FIRMS,
    )
    return _judged(found, today)


def _judged(found: pl.DataFrame, today: date) -> pl.DataFrame:
    share, workers = rules.falls()
    state = (
        pl.when((pl.col("bills") == 0) & (pl.col("at_work") == 0))
        .then(pl.lit("none"))
        .when(pl.col("bills") == 0)
        .then(pl.lit("unreported"))
        .when(pl.col("paid_bills") == pl.col("bills"))
        .then(pl.lit("paid"))
        .when(pl.col("paid_rupiah") > 0)
        .then(pl.lit("part"))
        .otherwise(pl.lit("unpaid"))
    )
    both = (pl.col("bills") > 0) & (pl.col("before_bills") > 0)
    fewer = (pl.col("before_workers") - pl.col("workers") >= workers) & _fell("workers", share)
    lower = (pl.col("before_workers") >= workers) & _fell("wages", share)
    return found.with_columns(
        state=state,
        fewer=both & fewer,
        lower=both & lower,
        owed=pl.sum_horizontal("owed_0", "owed_1", "owed_2", "owed_3"),
        oldest_days=(pl.lit(today) - pl.col("oldest_on")).dt.total_days().fill_null(0),
    )


def _fell(column: str, share: int) -> pl.Expr:
    """Whether a column fell by so many per cent of the month before; whole numbers on both sides."""
    before = pl.col(f"before_{column}")
    return (before - pl.col(column)) * 100 >= before * share


@dataclass(frozen=True, slots=True)
class Choice:
    """What an officer looks for; empty is everything. ``what`` is a key of ``WHAT``."""

    what: str = ""
    size: str = ""
    jkk_class: str = ""
    place: str = ""
    line: str = ""


WHAT: Final[dict[str, pl.Expr]] = {
    "unreported": pl.col("state") == "unreported",
    "unpaid": pl.col("state").is_in(["unpaid", "part"]),
    "paid": pl.col("state") == "paid",
    "fewer": pl.col("fewer"),
    "lower": pl.col("lower"),
    "owing": pl.col("owed") > 0,
    "hinted": pl.col("hints") > 0,
}
"""What can be the matter with a firm in a month, each as it is counted and as its rows are found: one definition."""


def narrowed(firms: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """The firms of a size, class, place and line of business, and with one thing the matter; what owes most first."""
    found = firms
    for column in ("size", "jkk_class", "place", "line"):
        if wanted := getattr(choice, column):
            found = found.filter(pl.col(column) == ("" if wanted == "-" else wanted))
    if choice.what:
        found = found.filter(WHAT[choice.what])
    return found.sort(["owed", "at_work", "employer_id"], descending=[True, True, False])


def counted(firms: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """Key of ``WHAT``, and ``all`` for who had workers or reported -> firms, and workers in them."""
    there = firms.filter(pl.col("state") != "none")
    out = {"all": (there.height, int(there["at_work"].sum()))}
    for what, wanted in WHAT.items():
        found = firms.filter(wanted)
        out[what] = (found.height, int(found["at_work"].sum()))
    return out


@dataclass(frozen=True, slots=True)
class Group:
    """Firms of one size, class, place or line of business: how many, how many of them owe, and how much."""

    key: str
    firms: int
    owing: int
    owed_rupiah: int


def grouped(firms: pl.DataFrame, column: str, most: int = 12) -> list[Group]:
    """By ``size``, ``jkk_class``, ``place`` or ``line``, who owes most first: of the month and in arrears."""
    found = (
        firms.group_by(column)
        .agg(firms=pl.len(), owing=(pl.col("owed") > 0).sum(), owed=pl.col("owed").sum())
        .sort(["owed", "firms", column], descending=[True, True, False])
        .head(most)
    )
    return [Group(row[0], int(row[1]), int(row[2]), int(row[3])) for row in found.iter_rows()]


def ages(firms: pl.DataFrame) -> list[tuple[int, int]]:
    """Firms and rupiah in arrears by ``AGES``, the newest debts first."""
    return [
        (firms.filter(pl.col(f"owed_{place}") > 0).height, int(firms[f"owed_{place}"].sum()))
        for place in range(len(AGES) + 1)
    ]


@dataclass(frozen=True, slots=True)
class MonthOfFirms:
    """One month over all firms: how many had workers, and of them how many reported and paid."""

    month: Month
    firms: int
    reported: int
    paid: int


def due_months(today: date, most: int = MONTHS_SHOWN) -> list[Month]:
    """The newest months whose due date has passed, newest first."""
    month = Month.of(today).previous()
    if due_on(month) >= today:
        month = month.previous()
    return [month.plus(-back) for back in range(most)]


def history(months: Sequence[Month]) -> list[MonthOfFirms]:
    """The months, oldest first. Two statements: what was billed and paid, and how long each firm had anybody."""
    asked = sorted(months, key=lambda month: month.first_on)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT period, count(*), count(*) FILTER (WHERE paid) FROM ("
            "  SELECT period, employer_id, bool_and(paid_at IS NOT NULL) AS paid FROM contributions_bill"
            "  WHERE period = ANY(%s::date[]) AND voided_at IS NULL GROUP BY 1, 2) each_firm GROUP BY 1",
            [[month.first_on for month in asked]],
        )
        billed = {period: (reported, paid) for period, reported, paid in cursor.fetchall()}
    # Many of a firm begin and end on the same days, and all that goes on ends on none.
    spans = fetch_columns(
        "SELECT employer_id, from_on, until_on FROM registry_employment"
        " WHERE from_on < %s AND (until_on IS NULL OR until_on > %s) GROUP BY 1, 2, 3",
        [asked[-1].next().first_on, asked[0].first_on],
        {"employer_id": pl.Int64, "from_on": pl.Date, "until_on": pl.Date},
    )
    found = []
    for month in asked:
        begun = pl.col("from_on") < month.next().first_on
        there = spans.filter(begun & (pl.col("until_on").is_null() | (pl.col("until_on") > month.first_on)))
        found.append(MonthOfFirms(month, there["employer_id"].n_unique(), *billed.get(month.first_on, (0, 0))))
    return found
