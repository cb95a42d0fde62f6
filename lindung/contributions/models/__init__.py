"""Bills with their lines, the virtual accounts they are paid to, and payments."""

from lindung.contributions.models.bills import Bill, BillLine
from lindung.contributions.models.money import Payment, VirtualAccount

__all__ = ["Bill", "BillLine", "Payment", "VirtualAccount"]
