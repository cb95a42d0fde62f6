"""Bills with their lines, the virtual accounts they are paid to, and where money went."""

from lindung.contributions.models.bills import Bill, BillLine, LineShare
from lindung.contributions.models.money import Allocation, Payment, VirtualAccount

__all__ = ["Allocation", "Bill", "BillLine", "LineShare", "Payment", "VirtualAccount"]
