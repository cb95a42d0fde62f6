"""Every write about contributions: a month reported, a number to pay to, a payment received."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contact.services import tell
from lindung.contributions import postings
from lindung.contributions.calendar import due_on, lateness
from lindung.contributions.models import Bill, BillLine, Payment, VirtualAccount
from lindung.law import Month, Programme
from lindung.law import contributions as law
from lindung.ledger.services import post
from lindung.lib.clock import WIB, wib_date
from lindung.lib.copy import copy_columns
from lindung.lib.damm import check_digit
from lindung.registry import queries as registry

EMPLOYER_BILL = "1"  # the kind of virtual account: first digit of the customer number


class AlreadyBilled(Exception):
    """This employer's month has a bill; ``number`` names it. Nothing was written."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class BillNotFound(Exception):
    """No bill is paid to this number."""


class BillPaid(Exception):
    """The bill behind this number is paid: a second payment is refused."""


class VirtualAccountExpired(Exception):
    """The number's time is over, or a newer one took its place."""


class WrongAmount(Exception):
    """The number takes one amount, no more and no less; ``expected_rupiah`` says which."""

    def __init__(self, expected_rupiah: int) -> None:
        super().__init__(str(expected_rupiah))
        self.expected_rupiah = expected_rupiah


class ReferenceClash(Exception):
    """The bank used this reference before for another number or amount."""


@dataclass(frozen=True, slots=True, eq=False)
class WageRows:
    """One month's wages as columns of equal length, one row per worker, persons ascending and not repeated."""

    person_id: npt.NDArray[np.int64]
    employment_id: npt.NDArray[np.int64]
    membership_id: npt.NDArray[np.int64]
    wage_rupiah: npt.NDArray[np.int64]
    jp_liable: npt.NDArray[np.bool_]
    jkp_member: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class IssuedBill:
    """A bill and the number to pay it to."""

    bill_id: int
    number: str
    customer_no: str
    amount_rupiah: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a payment gives back; ``repeated`` tells that the first receipt was given again."""

    payment_id: int
    receipt_number: str
    bill_id: int
    amount_rupiah: int
    paid_at: datetime
    repeated: bool


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
    account = _open_virtual_account(bill, actor=actor, owed_rupiah=0, now=now)
    trail.record(
        actor=actor,
        act="bill_issued",
        object_kind="bill",
        object_id=bill.pk,
        now=now,
        detail={"number": bill.number, "amount_rupiah": bill.amount_rupiah, "workers": bill.worker_count},
    )
    return _issued(bill, account)


@transaction.atomic
def reissue_virtual_account(*, actor: Actor, employer_id: int, bill_id: int, now: datetime) -> IssuedBill:
    """Give an unpaid bill whose number has expired a new one, with the penalty of the law as it stands today.

    The new number is good until the penalty would grow. Asking twice gives the number that is open already.
    Raises ``BillNotFound`` or ``BillPaid``.
    """
    bill = Bill.objects.select_for_update().filter(pk=bill_id, employer_id=employer_id).first()
    if bill is None:
        raise BillNotFound
    if bill.paid_at is not None:
        raise BillPaid
    open_account = VirtualAccount.objects.get(bill_id=bill.pk, closed_at=None)
    if open_account.expires_at > now:
        return _issued(bill, open_account)
    VirtualAccount.objects.filter(pk=open_account.pk).update(closed_at=now)
    account = _open_virtual_account(bill, actor=actor, owed_rupiah=open_account.penalty_rupiah, now=now)
    trail.record(
        actor=actor,
        act="virtual_account_reissued",
        object_kind="bill",
        object_id=bill.pk,
        now=now,
        detail={"penalty_rupiah": account.penalty_rupiah, "months_late": account.months_late},
    )
    return _issued(bill, account)


@transaction.atomic
def receive_payment(
    *,
    actor: Actor,
    partner_id: int,
    reference: str,
    customer_no: str,
    amount_rupiah: int,
    channel: str,
    bank_reference: str,
    paid_at: datetime,
    inquired_at: datetime | None,
    now: datetime,
) -> Receipt:
    """Book money that a bank took for us, once per (partner, reference), for ever.

    One transaction: payment, ledger entry with a line per worker, balances, a message per worker, trail. A repeat
    gives the first receipt. A payment after the number's end is taken if its inquiry was answered before it.
    Raises ``BillNotFound``, ``BillPaid``, ``VirtualAccountExpired``, ``WrongAmount``, ``ReferenceClash``.
    """
    account = VirtualAccount.objects.filter(pk=customer_no).first()
    if account is not None:
        # Everything about one bill happens one after another from here on.
        bill = Bill.objects.select_for_update().get(pk=account.bill_id)
    first = Payment.objects.filter(partner_id=partner_id, reference=reference).first()
    if first is not None:
        if (first.customer_no, first.amount_rupiah) != (customer_no, amount_rupiah):
            raise ReferenceClash
        return _receipt(first, repeated=True)
    if account is None:
        raise BillNotFound
    if bill.paid_at is not None:
        raise BillPaid
    account.refresh_from_db()
    asked_in_time = inquired_at is not None and inquired_at < account.expires_at
    if account.closed_at is not None or (now >= account.expires_at and not asked_in_time):
        raise VirtualAccountExpired
    due_rupiah = account.contribution_rupiah + account.penalty_rupiah
    if amount_rupiah != due_rupiah:
        raise WrongAmount(due_rupiah)
    payment = _save_payment(account, bill, partner_id, reference, amount_rupiah, channel, bank_reference, paid_at, now)
    post(
        actor=actor,
        key=f"payment:{payment.pk}",
        kind="payment",
        agency_lines=postings.bill_paid(bill, partner_id=partner_id, penalty_rupiah=account.penalty_rupiah),
        holder_lines=postings.workers_credited(bill),
        happened_at=paid_at,
        now=now,
    )
    _tell_workers(bill, payment, now)
    trail.record(
        actor=actor,
        act="payment_received",
        object_kind="bill",
        object_id=bill.pk,
        now=now,
        detail={"receipt": payment.receipt_number, "amount_rupiah": amount_rupiah},
    )
    return _receipt(payment, repeated=False)


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
    bill_id = _next("contributions_bill_id_seq")
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


def _open_virtual_account(bill: Bill, *, actor: Actor, owed_rupiah: int, now: datetime) -> VirtualAccount:
    """A new number for what the law asks today: good until the due date, or, when late, until the penalty grows.

    ``owed_rupiah`` is the penalty that was posted before; the difference is posted now.
    """
    today = wib_date(now)
    late = lateness(bill.period, bill.amount_rupiah, today)
    penalty_rupiah = late.penalty.amount_rupiah if late else 0
    digits = f"{EMPLOYER_BILL}{_next('contributions_virtual_account_seq'):011d}"
    account = VirtualAccount.objects.create(
        customer_no=digits + check_digit(digits),
        bill_id=bill.pk,
        contribution_rupiah=bill.amount_rupiah,
        penalty_rupiah=penalty_rupiah,
        months_late=late.months_late if late else 0,
        opened_at=now,
        expires_at=datetime.combine((late.last_on if late else bill.due_on) + timedelta(days=1), time(0), WIB),
    )
    if penalty_rupiah != owed_rupiah:
        post(
            actor=actor,
            key=f"penalty:{account.customer_no}",
            kind="penalty",
            agency_lines=postings.penalty_added(bill, penalty_rupiah - owed_rupiah),
            holder_lines=None,
            happened_at=now,
            now=now,
        )
    return account


def _save_payment(
    account: VirtualAccount,
    bill: Bill,
    partner_id: int,
    reference: str,
    amount_rupiah: int,
    channel: str,
    bank_reference: str,
    paid_at: datetime,
    now: datetime,
) -> Payment:
    payment_id = _next("contributions_payment_id_seq")
    payment = Payment.objects.create(
        id=payment_id,
        partner_id=partner_id,
        reference=reference,
        customer_no=account.pk,
        bill_id=bill.pk,
        amount_rupiah=amount_rupiah,
        penalty_rupiah=account.penalty_rupiah,
        channel=channel,
        bank_reference=bank_reference,
        receipt_number=f"KW-{wib_date(now):%Y%m}-{payment_id:09d}",
        paid_at=paid_at,
    )
    Bill.objects.filter(pk=bill.pk).update(paid_at=paid_at, payment_id=payment_id)
    VirtualAccount.objects.filter(pk=account.pk).update(closed_at=now)
    return payment


def _tell_workers(bill: Bill, payment: Payment, now: datetime) -> None:
    employer = registry.employer(bill.employer_id)
    tell(
        batch=f"payment:{payment.pk}",
        kind="contribution_received",
        rows_sql=(
            "SELECT l.person_id, jsonb_build_object('kpj', m.kpj, 'period', %s::text, 'employer', %s::text,"
            " 'jht_rupiah', l.jht_employer + l.jht_worker)"
            " FROM contributions_billline l"
            " JOIN registry_membership m ON m.person_id = l.person_id AND m.id = l.membership_id"
            " WHERE l.bill_id = %s"
        ),
        params=[f"{bill.period:%Y-%m}", employer.name, bill.pk],
        now=now,
    )


def _next(sequence: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        return int(cursor.fetchone()[0])


def _issued(bill: Bill, account: VirtualAccount) -> IssuedBill:
    return IssuedBill(bill.pk, bill.number, account.customer_no, account.contribution_rupiah + account.penalty_rupiah)


def _receipt(payment: Payment, *, repeated: bool) -> Receipt:
    return Receipt(
        payment.pk, payment.receipt_number, payment.bill_id, payment.amount_rupiah, payment.paid_at, repeated
    )
