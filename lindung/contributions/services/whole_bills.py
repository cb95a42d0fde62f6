"""Payments for numbers of bills, and the way of nearly all of them: a whole bill at one go, nothing over.

Several at once cost as many statements as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lindung.access.trail import Actor
from lindung.contact.services import tell_each
from lindung.contributions import postings
from lindung.contributions.numbers import Number
from lindung.contributions.receipts import Receipt, receipt_number_sql, receipt_prefix
from lindung.contributions.services.told import Told
from lindung.contributions.settling import RECEIVED, TOLD_SQL
from lindung.ledger.new_entries import FEW, NewEntry, post_each
from lindung.lib import statements


@dataclass(frozen=True, slots=True)
class Take:
    """A number, locked, that takes what is told of it, and whose act that is."""

    number: Number
    told: Told
    actor: Actor

    @property
    def customer_no(self) -> str:
        return self.told.customer_no


def write_payments(*, takes: Sequence[Take], now: datetime) -> dict[str, Receipt]:
    """The payments of different numbers, each number closed, and its bill paid if it is the whole bill: receipts by
    number, none where the reference is taken."""
    rows = [
        (
            take.told.partner_id,
            take.told.reference,
            take.customer_no,
            take.number.bill.employer_id,
            take.number.bill.pk if take.number.untouched else None,
            take.told.amount_rupiah,
            take.number.account.penalty_rupiah,
            take.told.channel,
            take.told.bank_reference,
            take.told.paid_at,
        )
        for take in takes
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    written = statements.run(PAYMENTS_SQL, [*columns, receipt_prefix(now), now])
    given = {customer_no: (payment_id, number) for customer_no, payment_id, number in written}
    return {
        take.customer_no: Receipt(
            *given[take.customer_no],
            take.told.amount_rupiah,
            0,
            take.told.paid_at,
            repeated=False,
            paid=take.number.when_paid(),
        )
        for take in takes
        if take.customer_no in given
    }


# The unique key of partner and reference decides who is first; what hangs on it then finds no payment.
PAYMENTS_SQL = f"""
WITH told AS MATERIALIZED (
    SELECT nextval('contributions_payment_id_seq') AS id, given.* FROM unnest(%s::bigint[], %s::text[], %s::text[],
        %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::timestamptz[])
    AS given (partner_id, reference, customer_no, employer_id, bill_id, amount_rupiah, penalty_rupiah, channel,
        bank_reference, paid_at)),
paid AS (
    INSERT INTO contributions_payment (id, partner_id, reference, customer_no, meant_for, employer_id, bill_id,
        amount_rupiah, penalty_rupiah, channel, bank_reference, receipt_number, paid_at)
    SELECT id, partner_id, reference, customer_no, customer_no, employer_id, bill_id, amount_rupiah, penalty_rupiah,
        channel, bank_reference, {receipt_number_sql("id")}, paid_at FROM told ORDER BY partner_id, reference
    ON CONFLICT (partner_id, reference) DO NOTHING RETURNING id, customer_no, bill_id, receipt_number, paid_at),
closed AS (
    UPDATE contributions_virtualaccount AS v SET closed_at = %s FROM paid WHERE v.customer_no = paid.customer_no),
whole AS (
    UPDATE contributions_bill AS b SET paid_at = paid.paid_at, payment_id = paid.id,
        contribution_paid_rupiah = b.amount_rupiah, penalty_paid_rupiah = b.penalty_rupiah
    FROM paid WHERE b.id = paid.bill_id)
SELECT customer_no, id, receipt_number FROM paid
"""


def post_whole(*, takes: Sequence[Take], receipts: Mapping[str, Receipt], now: datetime) -> None:
    """Entries of whole bills that these receipts are for, balances, and a message to every worker."""
    bills = [take.number.bill for take in takes]
    keys = [f"payment:{receipts[take.customer_no].payment_id}" for take in takes]
    few = all(bill.worker_count <= FEW for bill in bills)
    post_each(
        kind="payment",
        entries=[
            NewEntry(
                actor=take.actor,
                key=key,
                agency_lines=postings.bill_paid(
                    bill, partner_id=take.told.partner_id, penalty_rupiah=take.number.account.penalty_rupiah
                ),
                facts=postings.facts_of(bill),
                happened_at=take.told.paid_at,
            )
            for take, bill, key in zip(takes, bills, keys, strict=True)
        ],
        holders_sql=postings.WORKERS_CREDITED_SQL,
        params=[[bill.pk for bill in bills]],
        now=now,
        few=few,
    )
    tell_each(
        batches=keys,
        kind=RECEIVED,
        rows_sql=TOLD_SQL,
        params=[
            [bill.pk for bill in bills],
            [f"{bill.period:%Y-%m}" for bill in bills],
            [take.number.employer_name for take in takes],
        ],
        now=now,
        few=few,
    )
