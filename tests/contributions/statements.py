"""Statements of a bank that never was, written as a bank writes them."""

import itertools
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lindung.access.partners import register_partner
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import services
from lindung.contributions.models import Payment, StatementLine, SuspenseItem
from lindung.ledger import queries as ledger
from lindung.ledger.chart import account
from lindung.lib.clock import WIB, wib_date
from lindung.lib.snap import format_amount, format_timestamp
from lindung.partners.bank.simulator import new_credentials
from tests.builders import Firm

FIRST_OFFICER, SECOND_OFFICER = Actor("account", 9_000_001), Actor("account", 9_000_002)
SERVICE_CODE = "77123"
_references = itertools.count(secrets.randbelow(10**9))
_OWN = new_credentials()


@dataclass(frozen=True)
class Bank:
    """A bank that we know."""

    id: int
    code: str


def bank(now: datetime) -> Bank:
    """A new bank."""
    code = f"B{secrets.token_hex(6)}"
    partner_id = register_partner(
        actor=SYSTEM,
        code=code,
        name=f"Bank Contoh {code}",
        client_id=code,
        partner_id=code,
        service_codes=[SERVICE_CODE],
        public_key_pem=_OWN.public_key_pem,
        secret=_OWN.secret,
        now=now,
    )
    return Bank(partner_id, code)


def reference() -> str:
    """One that was never used."""
    return f"R{next(_references)}"


def pay(at: Bank, customer_no: str, amount_rupiah: int, paid_at: datetime, *, ref: str = "") -> services.Receipt:
    """The bank tells us of a payment to a number."""
    return services.receive_payment(
        actor=Actor("partner", at.id),
        partner_id=at.id,
        reference=ref or reference(),
        customer_no=customer_no,
        amount_rupiah=amount_rupiah,
        channel="6011",
        bank_reference="J1",
        paid_at=paid_at,
        inquired_at=paid_at,
        now=paid_at,
    )


def line(booked_at: datetime, amount_rupiah: int, *, ref: str = "", journal: str = "", customer_no: str = "") -> str:
    """One line of a statement."""
    number = f"{SERVICE_CODE}{customer_no}" if customer_no else ""
    moment, amount = format_timestamp(booked_at.astimezone(WIB)), format_amount(amount_rupiah)
    return f"D,{moment},{number},{amount},IDR,{ref},{journal},6011"


def file(
    at: Bank, first_on: date, lines: Iterable[str], *, last_on: date | None = None, made_at: datetime | None = None
) -> bytes:
    """A statement of some days, made after the last of them was over."""
    body, last = list(lines), last_on or first_on
    made = made_at or datetime.combine(last + timedelta(days=1), time(0, 5), WIB)
    total = sum(int(row.split(",")[3].removesuffix(".00")) for row in body)
    head = f"H,{at.code},{SERVICE_CODE},{first_on},{last},{format_timestamp(made)}"
    return "\n".join([head, *body, f"T,{len(body)},{format_amount(total)}", ""]).encode()


def receive(at: Bank, content: bytes, now: datetime) -> services.ReceivedStatement:
    """The first officer sends a file."""
    return services.receive_statement(actor=FIRST_OFFICER, partner_id=at.id, content=content, now=now)


def stated(at: Bank, on: date, lines: Iterable[str], now: datetime) -> services.ReceivedStatement:
    """A closed day's statement is sent."""
    return receive(at, file(at, on, lines), now)


def day(now: datetime, back: int) -> date:
    """So many days before today."""
    return wib_date(now) - timedelta(days=back)


def noon(on: date) -> datetime:
    """The middle of a day."""
    return datetime.combine(on, time(12), WIB)


def at_bank(at: Bank) -> int:
    """What the ledger says is at the bank."""
    return -ledger.agency_balance(account_no=account("bank", at.id))


def items(at: Bank) -> list[SuspenseItem]:
    """Open items, oldest money first."""
    return list(SuspenseItem.objects.filter(partner_id=at.id, closed_at=None).order_by("money_on", "id"))


def picture(at: Bank) -> object:
    """All that matching decides about a bank: lines with their payments' references, and what is unexplained."""
    named = dict(Payment.objects.filter(partner_id=at.id).values_list("id", "reference")) | {None: ""}
    lines = StatementLine.objects.filter(partner_id=at.id).order_by("line_hash")
    return (
        [(bytes(row.line_hash), named[row.payment_id], row.unexplained_rupiah) for row in lines],
        sorted((named[item.payment_id], item.amount_rupiah) for item in items(at)),
        at_bank(at),
    )


def propose(
    item_id: int,
    way: str,
    now: datetime,
    *,
    firm: Firm | None = None,
    meant_for: str = "",
    other: int | None = None,
) -> int:
    """The first officer's word on an item."""
    return services.propose_explanation(
        actor=FIRST_OFFICER,
        item_id=item_id,
        way=way,
        employer_id=firm.id if firm else None,
        meant_for=meant_for,
        other_id=other,
        reason="Surat bank tanggal 20 November",
        now=now,
    )
