"""A firm's month reported: assessed, billed, owed."""

from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions import postings
from lindung.contributions.calendar import due_on
from lindung.contributions.models import Bill, BillLine
from lindung.contributions.services.refusals import AlreadyBilled
from lindung.contributions.settling import offer_number
from lindung.contributions.shapes import IssuedBill, WageRows
from lindung.contributions.virtual_accounts import issued
from lindung.law import Month, Programme
from lindung.law import contributions as law
from lindung.ledger.services import post
from lindung.lib.copy import copy_columns
from lindung.lib.ids import next_of
from lindung.registry import queries as registry


@transaction.atomic
def report_wages(
    *, actor: Actor, employer_id: int, period: date, upload_id: int | None, rows: WageRows, now: datetime
) -> IssuedBill:
    """Assess a month for a whole firm and issue its bill with one virtual account.

    One transaction: bill, a line per worker, the ledger entry, the trail. Reports of one employer's month run
    one after another; the second gets ``AlreadyBilled``.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"month {employer_id} {period}"])
    earlier = Bill.objects.filter(employer_id=employer_id, period=period, revision=0).first()
    if earlier is not None:
        raise AlreadyBilled(earlier.number)
    bill, assessment = _assess(registry.employer(employer_id), period, upload_id, rows, now)
    bill.save(force_insert=True)
    _copy_lines(bill, rows, assessment)
    post(
        actor=actor,
        key=f"bill:{bill.pk}",
        kind="bill",
        agency_lines=postings.bill_issued(bill),
        holder_lines=None,
        happened_at=now,
        now=now,
    )
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


def _assess(
    employer: registry.EmployerFacts, period: date, upload_id: int | None, rows: WageRows, now: datetime
) -> tuple[Bill, law.Assessment]:
    month = Month.of(period)
    assessment = law.assess(
        month=month,
        jkk_class=employer.jkk_class,
        programmes=frozenset(Programme(code) for code in employer.programmes),
        wages=rows.wage_rupiah,
        jp_liable=rows.jp_liable,
        jkp_member=rows.jkp_member,
    )
    totals = assessment.totals()
    bill_id = next_of("contributions_bill_id_seq")
    bill = Bill(
        id=bill_id,
        number=f"{period:%Y%m}{bill_id:09d}",
        employer_id=employer.id,
        period=period,
        upload_id=upload_id,
        worker_count=len(rows.person_id),
        wage_rupiah=int(rows.wage_rupiah.sum()),
        **{key: totals[key] for key in law.BILLED_KEYS},
        jkp_from_jkk=totals["jkp_from_jkk"],
        jkp_from_jkm=totals["jkp_from_jkm"],
        amount_rupiah=totals["amount"],
        law={name: list(row) for name, row in assessment.law.items()},
        jkk_class=employer.jkk_class,
        programmes=sorted(employer.programmes),
        due_on=due_on(month),
        issued_at=now,
    )
    return bill, assessment


def _copy_lines(bill: Bill, rows: WageRows, assessment: law.Assessment) -> None:
    count = len(rows.person_id)
    same = np.ones(count, dtype=np.int64)
    columns: dict[str, npt.NDArray[Any]] = {
        "person_id": rows.person_id,
        "employer_id": same * bill.employer_id,
        "period": np.full(count, np.datetime64(bill.period, "D")),
        "revision": np.full(count, bill.revision, dtype=np.int16),
        "bill_id": same * bill.pk,
        "membership_id": rows.membership_id,
        "employment_id": rows.employment_id,
        "wage_rupiah": rows.wage_rupiah,
        **{key: getattr(assessment, key) for key in (*law.BILLED_KEYS, "jkp_from_jkk", "jkp_from_jkm")},
        "jp_liable": rows.jp_liable,
        "jkp_member": rows.jkp_member,
    }
    with connection.cursor() as cursor:
        copy_columns(cursor, BillLine._meta.db_table, columns)
