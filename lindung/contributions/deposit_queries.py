"""Whom money is for, and where it would go, told before it is booked."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from lindung.contributions.laying import bills_named, debts_paid


@dataclass(frozen=True, slots=True)
class Payer:
    """The employer whose money it is; ``customer_no`` is the number that was named, or empty."""

    employer_id: int
    npp: str
    name: str
    customer_no: str


@dataclass(frozen=True, slots=True)
class ForetoldBill:
    """A bill that would get something; ``left_rupiah``: what it would still ask for, with its penalty of that day."""

    number: str
    period: date
    contribution_rupiah: int
    penalty_rupiah: int
    left_rupiah: int


@dataclass(frozen=True, slots=True)
class Foretold:
    """Where money would go. ``credit_rupiah``: what no bill takes and is kept for the employer."""

    bills: list[ForetoldBill]
    credit_rupiah: int


@dataclass(frozen=True, slots=True)
class Deposit:
    """Money booked, as its receipt shows it. ``slip_no``: or the bank's journal number, or empty.

    ``bill_id`` where it is one whole bill and nothing else; ``order_id`` where it is an order; ``virtual_account``: the
    number that it was paid to or named, as it is typed at the bank, or empty; ``customer_no``: that it was exact for.
    """

    employer_id: int
    bill_id: int | None
    order_id: int | None
    customer_no: str
    virtual_account: str
    receipt_number: str
    employer_name: str
    npp: str
    bank_name: str
    slip_no: str
    amount_rupiah: int
    credited_rupiah: int
    paid_at: datetime


_CUSTOMER_NO = re.compile(r"(?:[0-9]{1,8})?([0-9]{13})")


def find_payer(text: str) -> Payer | None:
    """The employer with this NPP, or whose bills are paid to this number (with the company code or without)."""
    plain = _plain(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, npp, name FROM registry_employer WHERE npp = %s", [plain])
        row = cursor.fetchone()
        if row is not None:
            return Payer(row[0], row[1], row[2], "")
        cursor.execute(
            "SELECT f.id, f.npp, f.name, v.customer_no FROM contributions_virtualaccount v"
            " LEFT JOIN contributions_bill b ON b.id = v.bill_id"
            " JOIN registry_employer f ON f.id = coalesce(b.employer_id, v.employer_id)"
            " WHERE v.customer_no = %s",
            [customer_no_in(text)],
        )
        row = cursor.fetchone()
        return Payer(*row) if row else None


def customer_no_in(text: str) -> str:
    """The customer number that somebody typed, with the company code or without; empty where it is none."""
    number = _CUSTOMER_NO.fullmatch(_plain(text))
    return number[1] if number else ""


def _plain(text: str) -> str:
    return re.sub(r"[\s.-]", "", text).upper()


def foretell_deposit(*, employer_id: int, amount_rupiah: int, meant_for: str, paid_on: date) -> Foretold:
    """Where money of that day would go if it were booked now: the reckoning of the booking itself. Writes nothing."""
    named = bills_named(employer_id, meant_for) if meant_for else ()
    debts = debts_paid(employer_id, amount_rupiah, named, paid_on, for_update=False)
    bills = [
        ForetoldBill(
            debt.bill.number,
            debt.bill.period,
            debt.contribution_given,
            debt.penalty_given,
            debt.bill.contribution_left - debt.contribution_given + debt.penalty_left - debt.penalty_given,
        )
        for debt in debts
    ]
    placed = sum(bill.contribution_rupiah + bill.penalty_rupiah for bill in bills)
    return Foretold(bills, amount_rupiah - placed)


@dataclass(frozen=True, slots=True)
class LaidBill:
    """What a payment gave to a bill; ``left_rupiah``: the contribution that it still asks for now."""

    number: str
    period: date
    contribution_rupiah: int
    penalty_rupiah: int
    left_rupiah: int
    bill_id: int


_DEPOSITS = (
    "SELECT p.employer_id, p.bill_id, p.order_id, coalesce(p.customer_no, ''),"
    " coalesce(coalesce(k.service_codes->>0, '') || coalesce(nullif(p.meant_for, ''), p.customer_no), ''),"
    " p.receipt_number, f.name, f.npp, coalesce(k.name, ''), p.bank_reference, p.amount_rupiah, p.credited_rupiah,"
    " p.paid_at FROM contributions_payment p JOIN registry_employer f ON f.id = p.employer_id"
    " LEFT JOIN access_partner k ON k.id = p.partner_id"
)


def deposit_by_receipt(receipt_number: str) -> Deposit | None:
    """What was booked under a receipt's number."""
    return _deposit("p.receipt_number = %s", [receipt_number])


def deposit_of_slip(*, partner_id: int, slip_no: str) -> Deposit | None:
    """What was booked of a bank's slip, if it was."""
    return _deposit("p.partner_id = %s AND p.reference = %s", [partner_id, slip_no])


def _deposit(where: str, params: list[int | str]) -> Deposit | None:
    with connection.cursor() as cursor:
        cursor.execute(f"{_DEPOSITS} WHERE {where}", params)
        row = cursor.fetchone()
    return Deposit(*row) if row else None


def deposit_bills(receipt_number: str) -> list[LaidBill]:
    """Which bills got how much of it, by month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.number, b.period, g.contribution, g.penalty, b.amount_rupiah - b.contribution_paid_rupiah, b.id"
            " FROM ("
            " SELECT a.bill_id, a.contribution_rupiah AS contribution, a.penalty_rupiah AS penalty"
            "   FROM contributions_payment p JOIN contributions_allocation a ON a.payment_id = p.id"
            "   WHERE p.receipt_number = %s"
            " UNION ALL SELECT p.bill_id, p.amount_rupiah - p.penalty_rupiah, p.penalty_rupiah"
            "   FROM contributions_payment p WHERE p.receipt_number = %s AND p.bill_id IS NOT NULL"
            ") g JOIN contributions_bill b ON b.id = g.bill_id ORDER BY b.period, b.id",
            [receipt_number, receipt_number],
        )
        return [LaidBill(*row) for row in cursor.fetchall()]
