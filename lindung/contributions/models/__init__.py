"""Bills with their lines, the virtual accounts they are paid to, payments, and the crediting of development."""

from lindung.contributions.models.bills import Bill, BillLine
from lindung.contributions.models.crediting import (
    CorrectedDevelopment,
    CreditedRange,
    Crediting,
    CreditingRehearsal,
    ProvisionalRate,
)
from lindung.contributions.models.money import Payment, VirtualAccount

__all__ = [
    "Bill",
    "BillLine",
    "CorrectedDevelopment",
    "CreditedRange",
    "Crediting",
    "CreditingRehearsal",
    "Payment",
    "ProvisionalRate",
    "VirtualAccount",
]
