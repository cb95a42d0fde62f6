"""Money told to the services in tests, and what became of it."""

import itertools
from datetime import datetime

from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import joint_queries, queries, services
from lindung.contributions.owing import credit_of
from lindung.ledger import queries as ledger
from lindung.ledger.chart import account
from lindung.lib.clock import wib_date
from tests.builders import Firm

BANK = Actor("partner", 1)
_references = itertools.count(1)


def pay(
    customer_no: str, amount_rupiah: int, now: datetime, *, reference: str = "", partner_id: int = 1
) -> services.Receipt:
    """Pay a number as a bank tells it."""
    return services.receive_payment(
        actor=BANK,
        partner_id=partner_id,
        reference=reference or f"exact-{next(_references)}",
        customer_no=customer_no,
        amount_rupiah=amount_rupiah,
        channel="6011",
        bank_reference="B1",
        paid_at=now,
        inquired_at=None,
        now=now,
    )


def deposit(
    firm: Firm,
    amount_rupiah: int,
    now: datetime,
    *,
    paid_at: datetime | None = None,
    meant_for: str = "",
    reference: str = "",
    partner_id: int = 1,
) -> services.Receipt:
    """Money of any amount, as an officer books it."""
    return services.receive_deposit(
        actor=SYSTEM,
        partner_id=partner_id,
        reference=reference or f"deposit-{next(_references)}",
        employer_id=firm.id,
        amount_rupiah=amount_rupiah,
        channel="6010",
        bank_reference="SLIP 1",
        paid_at=paid_at or now,
        meant_for=meant_for,
        now=now,
    )


def join(firm: Firm, now: datetime, *bill_ids: int) -> services.IssuedJointNumber:
    """One number for these bills, or for all that wait, at what the page would show."""
    waiting = joint_queries.waiting(employer_id=firm.id, today=wib_date(now))
    wanted = bill_ids or [bill.bill_id for bill in waiting]
    chosen = [bill for bill in waiting if bill.bill_id in wanted]
    shown = joint_queries.joint_offer(employer_id=firm.id, chosen=chosen).to_pay_rupiah
    return services.join_bills(actor=SYSTEM, employer_id=firm.id, bill_ids=wanted, shown_rupiah=shown, now=now)


def jht(person_id: int) -> int:
    """What a worker's balance is."""
    return sum(held.balance_rupiah for held in ledger.balances(holder_id=person_id))


def jht_of(firm: Firm) -> list[int]:
    """The balances of a firm's workers, by person."""
    return [jht(person) for person in firm.people.sort("person_id")["person_id"]]


def owed_by(firm: Firm) -> int:
    """What the ledger says a firm owes."""
    return -ledger.agency_balance(account_no=account("receivable", firm.id))


def credit(firm: Firm) -> int:
    """A firm's money that has paid nothing yet."""
    return credit_of(firm.id)


def bills(firm: Firm) -> list[queries.BillView]:
    """A firm's bills that stand, oldest month first."""
    return queries.bills_of(employer_id=firm.id)[::-1]
