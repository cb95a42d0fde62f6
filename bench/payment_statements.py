"""``receive_payment`` by hand: the same statements, the product's own texts, sent by psycopg and nothing else.

What is left out is the product's Python: reading rows into what they mean, deciding, and saying what went wrong.
"""

import hashlib
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

_DEFER = (
    "SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[ROW('messages', 'lindung.contact.deliver_waiting', 1,"
    " 'lindung.contact.deliver_waiting', NULL, '{}'::jsonb, NULL)]::procrastinate_job_to_defer_v1[]))"
)
_TRAIL = (
    "INSERT INTO access_trailevent (actor_kind, actor_id, act, object_kind, object_id, detail, happened_at) VALUES "
    + ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * 3)
)


def pay_by_hand(url: str, numbers: Sequence[str], now: datetime) -> float:
    """Pay every number what it asks; gives seconds. The framework is set up: the texts come from its rooms."""
    from lindung.contact.services import message_sql
    from lindung.contributions import numbers as locked
    from lindung.contributions import postings
    from lindung.contributions.receipts import receipt_prefix
    from lindung.contributions.services.payments import PAYMENT_SQL
    from lindung.contributions.settling import TOLD_SQL
    from lindung.ledger.chart import AGENCY
    from lindung.ledger.services import entry_sql
    from lindung.ledger.years import DRAW_SQL, YEAR_LOCKS

    with psycopg.connect(url, autocommit=True, prepare_threshold=0) as db:
        begin = time.perf_counter()
        for number in numbers:
            with db.transaction():
                row = db.execute(locked.LOCK_SQL, [number]).fetchone()
                assert row is not None
                found = locked.number_of(row)
                bill, account = found.bill, found.account
                amount = account.contribution_rupiah + account.penalty_rupiah
                said = ["6011", "", receipt_prefix(now), now, now, number]
                payment = db.execute(
                    PAYMENT_SQL,
                    [
                        1,
                        f"hand-{number}",
                        number,
                        number,
                        bill.employer_id,
                        bill.pk,
                        amount,
                        account.penalty_rupiah,
                        *said,
                    ],
                ).fetchone()
                assert payment is not None
                key = f"payment:{payment[0]}"
                drawn = db.execute(DRAW_SQL, [YEAR_LOCKS, now.year, f"entry {key}"]).fetchone()
                assert drawn is not None
                own = postings.bill_paid(bill, partner_id=1, penalty_rupiah=account.penalty_rupiah)
                lines: list[Any] = [[line.account_no for line in own], [line.amount_rupiah for line in own]]
                held = postings.workers_credited(bill)
                digest = hashlib.sha256(held.facts.encode()).digest()
                entry = [key, AGENCY, *[drawn[0]] * 5, key, digest, "payment", now]
                written = db.execute(entry_sql(lines_sql=held.sql), [*held.params, *lines, *entry]).fetchone()
                assert written is not None
                told = [f"{bill.period:%Y-%m}", found.employer_name, bill.pk]
                said_to = ["contribution_received", key, now, *told, key]
                round_row = db.execute(message_sql(rows_sql=TOLD_SQL, few=True), said_to).fetchone()
                assert round_row is not None
                if not round_row[1]:
                    db.execute(_DEFER)
                acts = ("entry_posted", "persons_told", "payment_received")
                db.execute(_TRAIL, [v for act in acts for v in ("partner", 1, act, "bill", bill.pk, Jsonb({}), now)])
        return time.perf_counter() - begin
