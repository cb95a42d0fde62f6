"""A bank's calls about payments, signed before any clock starts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bench.running import Platform
from bench.senders import wire

if TYPE_CHECKING:
    from lindung.contributions.services import IssuedBill


def signed_payments(platform: Platform, bills: "Sequence[IssuedBill]") -> list[bytes]:
    """One call a bill, exact, as it goes over the line."""
    from lindung.partners.bank.simulator import PAYMENT_PATH, BankSession, credentials

    with BankSession(credentials(platform.folder), platform.machines) as bank:
        told = [bank.payment_fields(bill.customer_no, bill.amount_rupiah) for bill in bills]
        return [wire(bank.request(PAYMENT_PATH, fields)) for fields in told]
