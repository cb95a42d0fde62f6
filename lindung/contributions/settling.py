"""Money laid on bills: allocations, every worker's share, one entry, and the workers told of whole months.

The caller has locked the employer's money and the bills, and has decided how much goes where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from django.db import connection

from lindung.access.trail import Actor
from lindung.contact.services import tell
from lindung.contributions import postings
from lindung.contributions.models import Allocation, Bill, LineShare, VirtualAccount
from lindung.contributions.virtual_accounts import open_virtual_account, to_pay
from lindung.law.allocation import share_out
from lindung.law.contributions import BILLED_KEYS
from lindung.ledger.new_entries import FEW
from lindung.ledger.services import post
from lindung.lib import statements
from lindung.lib.copy import copy_columns, fetch_columns
from lindung.registry import queries as registry

Rupiah = npt.NDArray[np.int64]
# The part of a line that is split off goes with the part that it is split off from.
_SPLIT_OF = {"jkp_from_jkk": "jkk", "jkp_from_jkm": "jkm"}
_PARTS = (*BILLED_KEYS, *_SPLIT_OF)


@dataclass(frozen=True, slots=True)
class Placing:
    """So much of some money goes to this bill, whole rupiah."""

    bill: Bill
    contribution_rupiah: int
    penalty_rupiah: int

    @property
    def completes(self) -> bool:
        """Whether the contribution is whole with it."""
        return 0 < self.contribution_rupiah == self.bill.contribution_left


@dataclass(frozen=True, slots=True)
class Money:
    """What is placed: a payment that came, or, where ``payment_id`` is empty, credit that was there.

    ``credit_used_rupiah``: beside a payment, the credit that pays the same bills too. ``suspense_id``: the item of
    suspense that the money leaves, where it was at the bank before anybody knew whose it is.
    """

    employer_id: int
    payment_id: int | None
    partner_id: int
    amount_rupiah: int
    credit_used_rupiah: int
    paid_at: datetime
    suspense_id: int = 0


def place_money(money: Money, placings: Sequence[Placing], *, actor: Actor, key: str, now: datetime) -> None:
    """Write where the money goes. What no placing takes is the employer's credit.

    As many statements for many bills as for one, but for those that are paid in parts: two more each.
    """
    whole: list[int] = []
    shared: list[int] = []
    parts: list[postings.Parts] = []
    completed: list[Bill] = []
    for placing, allocation in zip(placings, _allocate(money, placings), strict=True):
        bill = placing.bill
        in_parts = placing.contribution_rupiah > 0 and (bill.split or not placing.completes)
        if in_parts:
            parts.append(_share(bill, placing, allocation.pk))
            shared.append(allocation.pk)
        elif placing.contribution_rupiah:
            parts.append(bill)
            whole.append(bill.pk)
        if placing.completes:
            completed.append(bill)
        _mark(bill, placing, money, in_parts)
    _store_marks([placing.bill for placing in placings])
    sums = postings.Sums.of(parts)
    post(
        actor=actor,
        key=key,
        kind="payment" if money.payment_id else "credit",
        agency_lines=postings.money_placed(
            employer_id=money.employer_id,
            partner_id=money.partner_id,
            suspense_id=money.suspense_id,
            amount_rupiah=money.amount_rupiah,
            parts=sums,
            penalty_rupiah=sum(placing.penalty_rupiah for placing in placings),
        ),
        holder_lines=postings.workers_credited_in_parts(
            whole_bill_ids=whole, allocation_ids=shared, jht_rupiah=sums.jht_rupiah
        )
        if sums.jht_rupiah
        else None,
        happened_at=money.paid_at,
        now=now,
    )
    if len(completed) > 1:
        _tell_of_months(completed, now=now)
    elif completed:
        tell_workers(completed[0], now=now)


def _allocate(money: Money, placings: Sequence[Placing]) -> list[Allocation]:
    """Write a row a placing for the payment, and one for what credit paid of it, if any; one that is credit's alone has
    no other. Gives the one of each that shares hang on.

    Beside a payment, credit pays the first of what it pays, contribution before penalty, and the payment the rest.
    """
    credit_left = money.credit_used_rupiah if money.payment_id else 0
    rows: list[Allocation] = []
    of_placings: list[Allocation] = []
    for placing in placings:
        by_credit = min(credit_left, placing.contribution_rupiah)
        penalty_by_credit = min(credit_left - by_credit, placing.penalty_rupiah)
        credit_left -= by_credit + penalty_by_credit
        rest = placing.contribution_rupiah - by_credit, placing.penalty_rupiah - penalty_by_credit
        if by_credit or penalty_by_credit:
            rows.append(_allocation(placing, money, None, by_credit, penalty_by_credit))
        if any(rest) or not (by_credit or penalty_by_credit):
            rows.append(_allocation(placing, money, money.payment_id, *rest))
        of_placings.append(rows[-1])
    Allocation.objects.bulk_create(rows)
    return of_placings


def _allocation(
    placing: Placing, money: Money, payment_id: int | None, contribution_rupiah: int, penalty_rupiah: int
) -> Allocation:
    return Allocation(
        payment_id=payment_id,
        bill_id=placing.bill.pk,
        contribution_rupiah=contribution_rupiah,
        penalty_rupiah=penalty_rupiah,
        paid_at=money.paid_at,
    )


def _mark(bill: Bill, placing: Placing, money: Money, in_parts: bool) -> None:
    if placing.completes:
        bill.paid_at, bill.payment_id = money.paid_at, money.payment_id
    bill.contribution_paid_rupiah += placing.contribution_rupiah
    bill.penalty_paid_rupiah += placing.penalty_rupiah
    bill.split = bill.split or in_parts


def _store_marks(bills: Sequence[Bill]) -> None:
    statements.run(_MARKS_SQL, [[getattr(bill, name) for bill in bills] for name in ("pk", *_MARKS)])


_MARKS: Final = {
    "paid_at": "timestamptz",
    "payment_id": "bigint",
    "contribution_paid_rupiah": "bigint",
    "penalty_paid_rupiah": "bigint",
    "split": "boolean",
}
_MARKS_SQL: Final = (
    f"UPDATE contributions_bill b SET {', '.join(f'{name} = new.{name}' for name in _MARKS)}"
    f" FROM unnest(%s::bigint[], {', '.join(f'%s::{kind}[]' for kind in _MARKS.values())})"
    f" AS new (id, {', '.join(_MARKS)}) WHERE b.id = new.id"
)


def _share(bill: Bill, placing: Placing, allocation_id: int) -> postings.Sums:
    """Every worker's every line gets the same part of what it is still owed (decision 0010); gives the sums."""
    left = _left_of_lines(bill)
    owed = np.column_stack([left[key].to_numpy() for key in BILLED_KEYS]).astype(np.int64)
    paid = share_out(placing.contribution_rupiah, owed.ravel()).reshape(owed.shape)
    columns = {key: np.ascontiguousarray(paid[:, place]) for place, key in enumerate(BILLED_KEYS)}
    for split, whole in _SPLIT_OF.items():
        columns[split] = _split_off(columns[whole], left[whole].to_numpy(), left[split].to_numpy())
    count = left.height
    same = np.ones(count, dtype=np.int64)
    with connection.cursor() as cursor:
        copy_columns(
            cursor,
            LineShare._meta.db_table,
            {
                "person_id": left["person_id"].to_numpy(),
                "allocation_id": same * allocation_id,
                "bill_id": same * bill.pk,
                "membership_id": left["membership_id"].to_numpy(),
                **columns,
            },
        )
    return postings.Sums(**{key: int(columns[key].sum()) for key in _PARTS})


def _split_off(paid: Rupiah, owed: Rupiah, owed_split: Rupiah) -> Rupiah:
    """Of what was paid of a line, the part that goes on to JKP: its share, cut down; all of it with the last part."""
    return np.where(paid == owed, owed_split, owed_split * paid // np.maximum(owed, 1))


def _left_of_lines(bill: Bill) -> pl.DataFrame:
    """``person_id``, ``membership_id`` and of every part what is not paid yet, int64, persons ascending."""
    left = ", ".join(f"l.{key} - coalesce(s.{key}, 0) AS {key}" for key in _PARTS)
    given = ", ".join(f"sum({key})::bigint AS {key}" for key in _PARTS)
    return fetch_columns(
        f"SELECT l.person_id, l.membership_id, {left} FROM contributions_billline l"
        f" LEFT JOIN (SELECT person_id, {given} FROM contributions_lineshare WHERE bill_id = %s GROUP BY 1) s"
        " ON s.person_id = l.person_id WHERE l.bill_id = %s",
        [bill.pk, bill.pk],
        dict.fromkeys(("person_id", "membership_id", *_PARTS), pl.Int64),
    ).sort("person_id")


def offer_number(bill: Bill, *, actor: Actor, now: datetime) -> VirtualAccount:
    """Open a number for a bill; where the employer's credit pays it all, the bill is paid and the number closed."""
    account = open_virtual_account(bill, actor=actor, now=now)
    if to_pay(account) == 0:
        placing = Placing(bill, account.contribution_rupiah, account.penalty_rupiah)
        pay_by_credit(account, bill.employer_id, [placing], actor=actor, now=now)
    return account


def pay_by_credit(
    account: VirtualAccount, employer_id: int, placings: Sequence[Placing], *, actor: Actor, now: datetime
) -> None:
    """The employer's credit pays all that a number asks for, and the number is closed."""
    credit = Money(
        employer_id=employer_id,
        payment_id=None,
        partner_id=0,
        amount_rupiah=0,
        credit_used_rupiah=0,
        paid_at=now,
    )
    place_money(credit, placings, actor=actor, key=f"credit:{account.pk}", now=now)
    VirtualAccount.objects.filter(pk=account.pk).update(closed_at=now)


def close_number(bill: Bill, now: datetime) -> bool:
    """Close the open number of a bill, if it has one."""
    return bool(VirtualAccount.objects.filter(bill_id=bill.pk, closed_at=None).update(closed_at=now))


def tell_workers(bill: Bill, *, now: datetime) -> None:
    """Every worker on a bill that became whole hears that the month's contribution is there."""
    tell(
        batch=f"bill-paid:{bill.pk}",
        kind=RECEIVED,
        rows_sql=f"SELECT person_id, params FROM ({TOLD_SQL}) AS placed",
        params=[[bill.pk], [f"{bill.period:%Y-%m}"], [registry.employer(bill.employer_id).name]],
        now=now,
        few=bill.worker_count <= FEW,
    )


def _tell_of_months(bills: Sequence[Bill], *, now: datetime) -> None:
    """Every worker on several bills of one employer that became whole together hears it once. One statement."""
    tell(
        batch=f"bill-paid:{min(bill.pk for bill in bills)}",
        kind="contributions_received",
        rows_sql=_TOLD_OF_MONTHS_SQL,
        params=[registry.employer(bills[0].employer_id).name, [bill.pk for bill in bills]],
        now=now,
        few=sum(bill.worker_count for bill in bills) <= FEW,
    )


_TOLD_OF_MONTHS_SQL: Final = (
    "SELECT l.person_id, jsonb_build_object('kpj', (array_agg(m.kpj ORDER BY l.period DESC))[1],"
    " 'period', to_char(min(l.period), 'YYYY-MM'), 'last_period', to_char(max(l.period), 'YYYY-MM'),"
    " 'months', count(DISTINCT l.period), 'employer', %s::text,"
    " 'jht_rupiah', sum(l.jht_employer + l.jht_worker)::bigint)"
    " FROM contributions_billline l"
    " JOIN registry_membership m ON m.person_id = l.person_id AND m.id = l.membership_id"
    " WHERE l.bill_id = ANY(%s::bigint[]) GROUP BY l.person_id"
)
RECEIVED: Final = "contribution_received"
TOLD_SQL: Final = (
    "SELECT paid.place, l.person_id, jsonb_build_object('kpj', m.kpj, 'period', paid.period, 'employer', paid.employer,"
    " 'jht_rupiah', l.jht_employer + l.jht_worker) AS params"
    " FROM unnest(%s::bigint[], %s::text[], %s::text[]) WITH ORDINALITY AS paid (bill_id, period, employer, place)"
    " JOIN contributions_billline l ON l.bill_id = paid.bill_id"
    " JOIN registry_membership m ON m.person_id = l.person_id AND m.id = l.membership_id"
)
"""What every worker on some bills is told; parameters are the bills, their months (``2026-10``) and employers."""
