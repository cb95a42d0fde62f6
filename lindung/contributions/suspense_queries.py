"""Reading money in suspense: how much, how old, whose, and what may explain it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class SuspenseView:
    """One item. ``why``: ``not_on_statement``, ``amount_differs``, ``repeated_line``, ``paid_again``, ``not_called``,
    ``unknown_number`` or ``no_number``. ``age_days`` counts from the day of the money.

    ``employer_id`` is that behind the number in the line, if any; ``bank_rupiah`` and ``our_rupiah`` what each side
    says.
    """

    id: int
    bank_id: int
    bank_name: str
    amount_rupiah: int
    money_on: date
    age_days: int
    why: str
    owner_id: int | None
    owner_name: str
    closed_at: datetime | None
    way: str
    waits: bool
    customer_no: str
    reference: str
    journal_no: str
    bank_rupiah: int | None
    our_rupiah: int | None
    receipt_number: str
    employer_id: int | None
    npp: str
    employer_name: str
    deposit_receipt: str
    other_id: int | None

    @property
    def state(self) -> str:
        """``open`` (nobody's), ``assigned``, or ``resolved``."""
        if self.closed_at is not None:
            return "resolved"
        return "open" if self.owner_id is None else "assigned"


@dataclass(frozen=True, slots=True)
class Proposal:
    """How somebody would explain an item, and what became of it (``approved`` None: it waits)."""

    id: int
    way: str
    employer_id: int | None
    npp: str
    employer_name: str
    meant_for: str
    other_id: int | None
    reason: str
    proposed_by: int
    proposer_name: str
    proposed_at: datetime
    decider_name: str
    decided_at: datetime | None
    approved: bool | None


@dataclass(frozen=True, slots=True)
class Unexplained:
    """All open items together: what banks have more than we booked, and what they have less."""

    count: int
    over_rupiah: int
    short_rupiah: int
    oldest_days: int


_ITEMS = """
    SELECT i.id, i.partner_id, k.name, i.amount_rupiah, i.money_on, greatest(%(today)s::date - i.money_on, 0),
        CASE WHEN i.payment_id IS NOT NULL THEN 'not_on_statement'
            WHEN l.payment_id IS NOT NULL THEN 'amount_differs'
            WHEN l.match_key <> '' AND EXISTS (SELECT 1 FROM contributions_payment x
                WHERE x.partner_id = i.partner_id AND x.reference = l.match_key) THEN 'repeated_line'
            WHEN l.number = '' THEN 'no_number'
            WHEN v.customer_no IS NULL THEN 'unknown_number'
            WHEN b.paid_at IS NOT NULL OR EXISTS (SELECT 1 FROM contributions_payment x
                WHERE x.customer_no = v.customer_no) THEN 'paid_again' ELSE 'not_called' END,
        i.owner_id, coalesce(a.display_name, ''), i.closed_at, i.way,
        EXISTS (SELECT 1 FROM contributions_suspenseproposal w WHERE w.item_id = i.id AND w.decided_at IS NULL),
        coalesce(l.customer_no, p.meant_for, ''), coalesce(l.reference, p.reference, ''),
        coalesce(l.journal_no, p.bank_reference, ''), l.amount_rupiah, p.amount_rupiah, coalesce(p.receipt_number, ''),
        f.id, coalesce(f.npp, ''), coalesce(f.name, ''), coalesce(d.receipt_number, ''), i.other_id
    FROM contributions_suspenseitem i
    JOIN access_partner k ON k.id = i.partner_id
    LEFT JOIN access_account a ON a.id = i.owner_id
    LEFT JOIN contributions_statementline l ON l.id = i.line_id
    LEFT JOIN contributions_payment p ON p.id = coalesce(i.payment_id, l.payment_id)
    LEFT JOIN contributions_payment d ON d.id = i.deposit_id
    LEFT JOIN contributions_virtualaccount v ON v.customer_no = coalesce(l.customer_no, p.meant_for)
    LEFT JOIN contributions_bill b ON b.id = v.bill_id
    LEFT JOIN registry_employer f ON f.id = coalesce(p.employer_id, b.employer_id, v.employer_id)
"""


def unexplained(*, today: date) -> Unexplained:
    """The figure of all banks together."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(greatest(amount_rupiah, 0)), 0)::bigint,"
            " coalesce(-sum(least(amount_rupiah, 0)), 0)::bigint, coalesce(%s::date - min(money_on), 0)"
            " FROM contributions_suspenseitem WHERE closed_at IS NULL",
            [today],
        )
        return Unexplained(*cursor.fetchone())


def suspense_items(
    *, today: date, state: str = "", owner_id: int | None = None, waits: bool = False
) -> list[SuspenseView]:
    """Items, the oldest money first; ``state`` ``resolved`` gives those, newest first; else the open ones."""
    where, params = ["i.closed_at IS NULL"], {"today": today, "owner": owner_id, "most": MOST_SHOWN}
    order = "i.money_on, i.id"
    if state == "resolved":
        where, order = ["i.closed_at IS NOT NULL"], "i.closed_at DESC, i.id"
    elif state in ("open", "assigned"):
        where.append("i.owner_id IS NULL" if state == "open" else "i.owner_id IS NOT NULL")
    if owner_id is not None:
        where.append("i.owner_id = %(owner)s")
    if waits:
        where.append(
            "EXISTS (SELECT 1 FROM contributions_suspenseproposal w WHERE w.item_id = i.id AND w.decided_at IS NULL)"
        )
    return _items(f"WHERE {' AND '.join(where)} ORDER BY {order} LIMIT %(most)s", params)


def suspense_item(item_id: int, *, today: date) -> SuspenseView | None:
    """One item."""
    found = _items("WHERE i.id = %(item)s", {"today": today, "item": item_id})
    return found[0] if found else None


def opposite_items(item: SuspenseView, *, today: date) -> list[SuspenseView]:
    """Open items of the same bank that have as much as this one lacks, or lack as much as it has."""
    return _items(
        "WHERE i.closed_at IS NULL AND i.partner_id = %(bank)s AND i.amount_rupiah = %(opposite)s"
        " ORDER BY abs(i.money_on - %(on)s::date), i.id LIMIT 20",
        {"today": today, "bank": item.bank_id, "opposite": -item.amount_rupiah, "on": item.money_on},
    )


def proposals_of(item_id: int) -> list[Proposal]:
    """What was proposed about an item, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.id, w.way, w.employer_id, coalesce(f.npp, ''), coalesce(f.name, ''), w.meant_for, w.other_id,"
            " w.reason, w.proposed_by, coalesce(a.display_name, ''), w.proposed_at, coalesce(c.display_name, ''),"
            " w.decided_at, w.approved"
            " FROM contributions_suspenseproposal w LEFT JOIN registry_employer f ON f.id = w.employer_id"
            " LEFT JOIN access_account a ON a.id = w.proposed_by LEFT JOIN access_account c ON c.id = w.decided_by"
            " WHERE w.item_id = %s ORDER BY w.id DESC",
            [item_id],
        )
        return [Proposal(*row) for row in cursor.fetchall()]


def _items(where: str, params: dict[str, Any]) -> list[SuspenseView]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_ITEMS} {where}", params)
        return [SuspenseView(*row) for row in cursor.fetchall()]
