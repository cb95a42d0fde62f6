"""A member's development: what past years gave him, and what the year under way has grown to at a provisional rate."""

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connection

from lindung.law.development import MONTHS_OF_A_YEAR
from lindung.ledger.chart import member_kind
from lindung.ledger.queries import AccountBalance

_JHT = f"mod({{}}.account_no, 10) = {member_kind('jht')}"
_BEGINS = "make_timestamptz(y.year, 1, 1, 0, 0, 0, 'Asia/Jakarta')"
_ENDS = "make_timestamptz(y.year + 1, 1, 1, 0, 0, 0, 'Asia/Jakarta')"
_DEVELOPMENT, _OPENING = -1, 0
# The year's own development, the opening balance, or the month.
_PLACE = (
    f"CASE WHEN e.happened_at < {_BEGINS} THEN {_OPENING} WHEN e.kind = 'development' THEN {_DEVELOPMENT}"
    " ELSE extract(month FROM e.happened_at AT TIME ZONE 'Asia/Jakarta')::int END"
)


@dataclass(frozen=True, slots=True)
class YearOfAccount:
    """What an account had in a year, as it was known when it was credited, or now where it is not.

    ``contributions`` are those of the twelve months; ``credited_rupiah`` is 0 for what is provisional.
    """

    year: int
    account_no: int
    rate: Fraction
    rate_source: str
    citation: str
    opening_rupiah: int
    contributions: tuple[int, ...]
    credited_rupiah: int


@dataclass(frozen=True, slots=True)
class MoneyOfMember:
    """Balances in account order, and the years that grow: none where no officer has set a provisional rate."""

    balances: list[AccountBalance]
    growing: list[YearOfAccount]

    @property
    def balance_rupiah(self) -> int:
        return sum(balance.balance_rupiah for balance in self.balances)


def money_of(*, person_id: int, today: date) -> MoneyOfMember:
    """Everything a member has, with the growth of this year and of the last one while it is not credited.

    One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MONEY, {"person": person_id, "years": [today.year - 1, today.year]})
        rows = cursor.fetchall()
    growing = [
        _year(row[0], "decision", grown["year"], grown["rate"], grown["citation"], grown["places"])
        for row in rows
        for grown in _read(row[3]) or ()
    ]
    return MoneyOfMember([AccountBalance(*row[:3]) for row in rows], sorted(growing, key=lambda year: -year.year))


_MONEY = f"""
    SELECT b.account_no, b.balance_rupiah, b.version, (
        SELECT jsonb_agg(jsonb_build_object('year', y.year, 'rate', y.annual_rate::text, 'citation', y.citation,
            'places', (SELECT jsonb_object_agg(place, rupiah) FROM (
                SELECT {_PLACE} AS place, sum(l.amount_rupiah) AS rupiah
                FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
                WHERE l.holder_id = %(person)s AND l.account_no = b.account_no AND e.happened_at < {_ENDS}
                GROUP BY 1) sums)))
        FROM (
            SELECT DISTINCT ON (p.year) p.year, p.annual_rate, p.citation FROM contributions_provisionalrate p
            WHERE p.year = ANY(%(years)s) AND {_JHT.format("b")} AND NOT EXISTS (
                SELECT 1 FROM contributions_crediting c JOIN contributions_creditedrange r ON r.crediting_id = c.id
                    AND r.range_no = b.holder_id / c.holders_a_range
                WHERE c.year = p.year)
            ORDER BY p.year, p.id DESC) y)
    FROM ledger_balance b WHERE b.holder_id = %(person)s ORDER BY 1
"""


def years_credited(*, person_id: int) -> list[YearOfAccount]:
    """The years in which a member was credited anything, newest first, each account apart. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_CREDITED, {"person": person_id})
        return [
            _year(row[0], row[1], row[2], row[3], row[4], row[5])
            for row in cursor.fetchall()
            if _read(row[5]).get(str(_DEVELOPMENT))
        ]


_CREDITED = f"""
    SELECT sums.account_no, y.rate_source, y.year, y.annual_rate::text, y.citation,
        jsonb_object_agg(sums.place, sums.rupiah)
    FROM (
        SELECT c.year, c.annual_rate, c.rate_source, c.citation, max(r.known_entry_id) AS known
        FROM contributions_crediting c JOIN contributions_creditedrange r
            ON r.crediting_id = c.id AND r.range_no = %(person)s / c.holders_a_range
        GROUP BY c.id) y
    CROSS JOIN LATERAL (
        SELECT l.account_no, {_PLACE} AS place, sum(l.amount_rupiah) AS rupiah
        FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
        WHERE l.holder_id = %(person)s AND {_JHT.format("l")} AND e.happened_at < {_ENDS}
            AND (l.entry_id < y.known OR (e.kind = 'development' AND e.happened_at >= {_BEGINS}))
        GROUP BY 1, 2) sums
    GROUP BY 1, 2, 3, 4, 5 ORDER BY y.year DESC, sums.account_no
"""


def _year(account_no: int, source: str, year: int, rate: str, citation: str, places: Any) -> YearOfAccount:
    sums = _read(places) or {}
    return YearOfAccount(
        year=year,
        account_no=account_no,
        rate=Fraction(rate),
        rate_source=source,
        citation=citation,
        opening_rupiah=sums.get(str(_OPENING), 0),
        contributions=tuple(sums.get(str(month), 0) for month in range(1, MONTHS_OF_A_YEAR + 1)),
        credited_rupiah=sums.get(str(_DEVELOPMENT), 0),
    )


def _read(value: Any) -> Any:
    """The framework asks the driver for JSON as text."""
    return json.loads(value) if isinstance(value, str) else value
