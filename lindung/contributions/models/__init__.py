"""Bills with their lines, the virtual accounts they are paid to, and where money went."""

from lindung.contributions.models.bills import Bill, BillLine, LineShare
from lindung.contributions.models.money import Allocation, Payment, VirtualAccount
from lindung.contributions.models.reconciliation import (
    StatementFile,
    StatementLine,
    SuspenseItem,
    SuspenseProposal,
)

__all__ = [
    "Allocation",
    "Bill",
    "BillLine",
    "LineShare",
    "Payment",
    "StatementFile",
    "StatementLine",
    "SuspenseItem",
    "SuspenseProposal",
    "VirtualAccount",
]
