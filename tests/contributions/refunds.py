"""A firm's credit asked back in tests, and officers who answer."""

import itertools
from datetime import date, datetime, timedelta

from lindung.access.trail import Actor
from lindung.contributions import refund_queries, services
from lindung.contributions.refund_queries import RefundView
from lindung.ledger import queries as ledger
from lindung.ledger.chart import account
from lindung.lib.clock import wib_date
from tests.builders import Firm

CLERK, FIRST, SECOND, THIRD = (Actor("account", 8_000_000 + number) for number in range(4))
ACCOUNT = "1234567890"
_presses = itertools.count(1)


def ask(
    firm: Firm,
    amount_rupiah: int,
    now: datetime,
    *,
    account_no: str = ACCOUNT,
    bank: str = "014",
    name: str = "",
    press: str = "",
    actor: Actor = CLERK,
) -> RefundView:
    """Ask for it as the firm's page does; gives the request."""
    number = services.ask_refund(
        actor=actor,
        employer_id=firm.id,
        amount_rupiah=amount_rupiah,
        bank=bank,
        account_no=account_no,
        account_name=name or f"PT Contoh {firm.npp}",
        press=press or f"press-{next(_presses)}",
        now=now,
    )
    return next(one for one in refund_queries.refunds_of(employer_id=firm.id) if one.number == number)


def answer(
    found: RefundView,
    now: datetime,
    *,
    pay: bool = True,
    by: tuple[Actor, Actor] = (FIRST, SECOND),
    reason: str = "Rekening dan nama cocok",
) -> None:
    """Two officers say yes, or no."""
    proposal = services.propose_refund(actor=by[0], refund_id=found.id, pay=pay, reason=reason, now=now)
    services.decide_refund(actor=by[1], refund_id=found.id, proposal_id=proposal, now=now)


def opened_at(found: RefundView) -> datetime:
    """When anybody may open the account of a request."""
    return found.asked_at + timedelta(hours=refund_queries.NEW_ACCOUNT_HOURS)


def send(
    found: RefundView, now: datetime, *, transfer_no: str = "", sent_on: date | None = None, by: Actor = SECOND
) -> None:
    """The transfer: its account opened, as soon as a new one may be, and recorded."""
    now = max(now, opened_at(found))
    services.take_transfer(actor=by, refund_id=found.id, now=now)
    services.record_transfer(
        actor=by,
        refund_id=found.id,
        transfer_no=transfer_no or f"TRF-{found.id}",
        sent_on=sent_on or wib_date(now),
        now=now,
    )


def again(found: RefundView) -> RefundView:
    """How it stands now."""
    now_there = refund_queries.refund(found.id)
    assert now_there is not None
    return now_there


def due(found: RefundView) -> int:
    """What the ledger holds to be paid back by this request."""
    return ledger.agency_balance(account_no=account("refund_due", found.id))


def paid_out() -> int:
    """What left the paying account, all firms together."""
    return ledger.agency_balance(account_no=account("paid_out"))
