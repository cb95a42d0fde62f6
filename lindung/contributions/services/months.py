"""A firm's month reported: assessed, billed, owed."""

from datetime import date, datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions.issuing import BillOf, issue_bill, parts_of
from lindung.contributions.owing import lock_month
from lindung.contributions.queries import bill_of
from lindung.contributions.services.refusals import AlreadyBilled
from lindung.contributions.settling import offer_number
from lindung.contributions.shapes import IssuedBill, WageRows
from lindung.contributions.virtual_accounts import issued
from lindung.law import Month, Programme
from lindung.law import contributions as law
from lindung.registry import queries as registry


@transaction.atomic
def report_wages(
    *, actor: Actor, employer_id: int, period: date, upload_id: int | None, rows: WageRows, now: datetime
) -> IssuedBill:
    """Assess a month for a whole firm and issue its bill with one virtual account.

    One transaction: bill, a line per worker, the ledger entry, the trail. Reports of one employer's month run
    one after another; the second gets ``AlreadyBilled``. Where the employer's credit pays all of it, it is paid.
    """
    lock_month(employer_id, period)
    earlier = bill_of(employer_id=employer_id, period=period)
    if earlier is not None:
        raise AlreadyBilled(earlier.number)
    employer = registry.employer(employer_id, month_on=period)
    assessment = law.assess(
        month=Month.of(period),
        jkk_class=employer.jkk_class,
        programmes=frozenset(Programme(code) for code in employer.programmes),
        wages=rows.wage_rupiah,
        jp_liable=rows.jp_liable,
        jkp_member=rows.jkp_member,
    )
    month = BillOf(
        employer_id=employer_id,
        period=period,
        revision=0,
        upload_id=upload_id,
        jkk_class=employer.jkk_class,
        programmes=list(employer.programmes),
        law=assessment.law,
    )
    bill = issue_bill(month, rows, parts_of(assessment), actor=actor, now=now)
    account = offer_number(bill, actor=actor, now=now)
    trail.record(
        actor=actor,
        act="bill_issued",
        object_kind="bill",
        object_id=bill.pk,
        now=now,
        detail={"number": bill.number, "amount_rupiah": bill.amount_rupiah, "workers": bill.worker_count},
    )
    return issued(bill, account)
