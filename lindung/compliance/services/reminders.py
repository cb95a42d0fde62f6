"""Firms are reminded of a month before it is due, and after, until it is paid; each step once, by day."""

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import SYSTEM
from lindung.compliance import rules
from lindung.contact.addressees import OF_ACCOUNT_SQL
from lindung.contact.services import tell
from lindung.contributions.calendar import due_on
from lindung.law import Month, arrears
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of

_MONTHS_BACK: Final = 3
# Whoever only reads a firm's pages can do nothing about its bill.
_TOLD_ROLES: Final = ["firm_entry", "firm_approval", "firm_admin"]


@transaction.atomic
def remind_firms(*, now: datetime) -> int:
    """Remind every firm whose month is at a step of ``rules.yaml`` and is not paid. Gives how many firms.

    That is: somebody worked there in the month and nothing is billed, or a bill of it is not settled. Once for each
    firm, month and step, however often it is asked; a handful of statements for any number of firms.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('reminders', 0))")
    today = wib_date(now)
    reminded = 0
    for back in range(1, _MONTHS_BACK + 1):
        month = Month.of(today).plus(-back)
        step = rules.step_on(due_on(month), due_on(month.next()), today)
        if step is not None:
            reminded += _remind_of(month, step.name, now)
    if reminded:
        trail.record(
            actor=SYSTEM, act="firms_reminded", object_kind="month", object_id=0, now=now, detail={"firms": reminded}
        )
    return reminded


def _remind_of(month: Month, step: str, now: datetime) -> int:
    run_id = next_of("compliance_run_seq")
    first_on, next_on = month.first_on, month.next().first_on
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH firms AS MATERIALIZED (SELECT f.id, b.id AS bill_id, b.bills, b.left_rupiah FROM registry_employer f"
            " LEFT JOIN LATERAL (SELECT min(id) FILTER (WHERE paid_at IS NULL) AS id, count(*) AS bills,"
            "   sum(greatest(amount_rupiah, 0) - greatest(contribution_paid_rupiah, 0)"
            "     + penalty_rupiah - penalty_paid_rupiah)::bigint AS left_rupiah"
            "   FROM contributions_bill WHERE employer_id = f.id AND period = %s AND voided_at IS NULL) b ON true"
            " WHERE f.id NOT IN (SELECT employer_id FROM compliance_reminder WHERE period = %s AND step = %s)),"
            " working AS (SELECT DISTINCT e.employer_id FROM registry_employment e JOIN firms f ON f.id = e.employer_id"
            "   WHERE f.bills = 0 AND e.from_on < %s AND (e.until_on IS NULL OR e.until_on > %s))"
            " INSERT INTO compliance_reminder (employer_id, period, step, bill_id, amount_rupiah, run_id, told_at)"
            " SELECT id, %s::date, %s, bill_id, left_rupiah, %s, %s FROM firms"
            " WHERE left_rupiah > 0 OR id IN (SELECT employer_id FROM working)"
            " ORDER BY id ON CONFLICT DO NOTHING",
            [first_on, first_on, step, next_on, first_on, first_on, step, run_id, now],
        )
        count = int(cursor.rowcount)
    if count:
        _tell_run(run_id, month, now)
    return count


def _tell_run(run_id: int, month: Month, now: datetime) -> None:
    """A letter for each firm to each of its users. Who has several firms gets them in several batches: one a fact."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(nth), 0) FROM ({_LETTERS}) AS letter", [_TOLD_ROLES, run_id])
        most = int(cursor.fetchone()[0])
    penalty = arrears.penalty(0, 1, month)
    month_due_on = due_on(month)
    for nth in range(1, most + 1):
        tell(
            batch=f"reminder-run:{next_of('compliance_run_seq')}",
            kind="month_due",
            rows_sql=f"{_ROWS} FROM ({_LETTERS}) AS letter WHERE nth = %s",
            params=[
                f"{month.first_on:%Y-%m}",
                month_due_on.isoformat(),
                wib_date(now) > month_due_on,
                penalty.rate_text,
                penalty.article,
                now,
                _TOLD_ROLES,
                run_id,
                nth,
            ],
            now=now,
        )


# Every user of every firm of a run, with the how-manieth of his firms it is.
_LETTERS: Final = (
    "SELECT g.account_id, r.employer_id, r.bill_id, r.amount_rupiah,"
    " row_number() OVER (PARTITION BY g.account_id ORDER BY r.id) AS nth FROM compliance_reminder r"
    " JOIN (SELECT DISTINCT account_id, scope_id FROM access_grant WHERE role = ANY(%s) AND ended_at IS NULL) g"
    "   ON g.scope_id = r.employer_id"
    " JOIN access_account a ON a.id = g.account_id AND a.closed_at IS NULL WHERE r.run_id = %s"
)
# The number only while it can be paid to; where one is open it takes exactly what it says.
_ROWS: Final = (
    f"SELECT {OF_ACCOUNT_SQL.format(account_id='letter.account_id')}, (SELECT jsonb_build_object("
    "'employer', f.name, 'period', %s::text, 'due_on', %s::text, 'late', %s::boolean, 'rate', %s::text,"
    " 'article', %s::text, 'billed', letter.bill_id IS NOT NULL,"
    " 'amount_rupiah', coalesce(v.contribution_rupiah + v.penalty_rupiah - v.credit_rupiah, letter.amount_rupiah),"
    " 'account', coalesce(coalesce((SELECT service_codes->>0 FROM access_partner WHERE active ORDER BY id LIMIT 1), '')"
    "   || v.customer_no, '')) FROM registry_employer f"
    " LEFT JOIN contributions_virtualaccount v ON v.bill_id = letter.bill_id AND v.closed_at IS NULL"
    "   AND v.expires_at > %s WHERE f.id = letter.employer_id)"
)
