"""Opening a number that a bill is paid to."""

from datetime import datetime, time, timedelta

from lindung.access.trail import Actor
from lindung.contributions import postings
from lindung.contributions.calendar import lateness
from lindung.contributions.models import Bill, VirtualAccount
from lindung.contributions.shapes import IssuedBill
from lindung.ledger.services import post
from lindung.lib.clock import WIB, wib_date
from lindung.lib.damm import check_digit
from lindung.lib.ids import next_of

EMPLOYER_BILL = "1"  # the kind of virtual account: first digit of the customer number


def open_virtual_account(bill: Bill, *, actor: Actor, owed_rupiah: int, now: datetime) -> VirtualAccount:
    """A new number for what the law asks today: good until the due date, or, when late, until the penalty grows.

    ``owed_rupiah`` is the penalty that was posted before; the difference is posted now.
    """
    today = wib_date(now)
    late = lateness(bill.period, bill.amount_rupiah, today)
    penalty_rupiah = late.penalty.amount_rupiah if late else 0
    digits = f"{EMPLOYER_BILL}{next_of('contributions_virtual_account_seq'):011d}"
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


def issued(bill: Bill, account: VirtualAccount) -> IssuedBill:
    return IssuedBill(bill.pk, bill.number, account.customer_no, account.contribution_rupiah + account.penalty_rupiah)
