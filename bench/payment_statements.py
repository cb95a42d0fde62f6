"""``receive_payment`` by hand: the same statements, the product's own texts, sent by psycopg and nothing else.

What is left out is the product's Python: reading rows into what they mean, deciding, and saying what went wrong.
"""

import hashlib
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import psycopg

_DEFER = (
    "SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[ROW('messages', 'lindung.contact.deliver_waiting', 1,"
    " 'lindung.contact.deliver_waiting', NULL, '{}'::jsonb, NULL)]::procrastinate_job_to_defer_v1[]))"
)


def pay_by_hand(url: str, numbers: Sequence[str], now: datetime) -> float:
    """Pay every number what it asks; gives seconds. The framework is set up: the texts come from its rooms."""
    from lindung.access.trail import TRAIL_SQL
    from lindung.contact.services import message_sql
    from lindung.contributions import numbers as locked
    from lindung.contributions import postings
    from lindung.contributions.receipts import receipt_prefix
    from lindung.contributions.services.whole_bills import PAYMENTS_SQL
    from lindung.contributions.settling import TOLD_SQL
    from lindung.ledger.chart import AGENCY
    from lindung.ledger.new_entries import each_sql
    from lindung.ledger.years import DRAW_EACH_SQL, YEAR_LOCKS

    entry_sql = each_sql(postings.WORKERS_CREDITED_SQL)
    with psycopg.connect(url, autocommit=True, prepare_threshold=0) as db:
        begin = time.perf_counter()
        for number in numbers:
            with db.transaction():
                row = db.execute(locked.LOCK_SQL, [[number]]).fetchone()
                assert row is not None
                found = locked.number_of(row)
                bill, account = found.bill, found.account
                penalty = account.penalty_rupiah
                amount = account.contribution_rupiah + penalty
                said = [1, f"hand-{number}", number, bill.employer_id, bill.pk, amount, penalty, "6011", "", now]
                payment = db.execute(PAYMENTS_SQL, [*([value] for value in said), receipt_prefix(now), now]).fetchone()
                assert payment is not None
                key = f"payment:{payment[1]}"
                drawn = db.execute(DRAW_EACH_SQL, [YEAR_LOCKS, [now.year], 1]).fetchone()
                assert drawn is not None
                own = postings.bill_paid(bill, partner_id=1, penalty_rupiah=penalty)
                lines: list[Any] = [
                    [drawn[0]] * len(own),
                    list(range(len(own))),
                    [line.account_no for line in own],
                    [line.amount_rupiah for line in own],
                ]
                digest = hashlib.sha256(postings.facts_of(bill).encode()).digest()
                entry = [AGENCY, "payment", [drawn[0]], [key], [digest], [now]]
                written = db.execute(entry_sql, [[drawn[0]], [bill.pk], *lines, *entry]).fetchone()
                assert written is not None
                told = [[bill.pk], [f"{bill.period:%Y-%m}"], [found.employer_name]]
                said_to = ["contribution_received", [key], now, *told]
                round_row = db.execute(message_sql(rows_sql=TOLD_SQL, few=True), said_to).fetchone()
                assert round_row is not None
                if not round_row[2]:
                    db.execute(_DEFER)
                acts = ["entry_posted", "persons_told", "payment_received"]
                same = [["partner"] * 3, [1] * 3, acts, ["bill"] * 3, [bill.pk] * 3, ["{}"] * 3, [now] * 3]
                db.execute(TRAIL_SQL, same)
        return time.perf_counter() - begin
