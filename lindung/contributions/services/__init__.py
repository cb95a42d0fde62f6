"""Every write about contributions: a month reported, a number to pay to, money received."""

from lindung.contributions.correcting import MonthPartlyPaid, NotBilled, NothingToCorrect
from lindung.contributions.receipts import Receipt
from lindung.contributions.services.corrections import Corrected, correct_month
from lindung.contributions.services.deposits import receive_deposit
from lindung.contributions.services.months import report_wages
from lindung.contributions.services.payments import receive_payment
from lindung.contributions.services.refusals import (
    AlreadyBilled,
    BillNotFound,
    BillPaid,
    DepositRefused,
    ReferenceClash,
    VirtualAccountExpired,
    WrongAmount,
)
from lindung.contributions.services.virtual_accounts import reissue_virtual_account
from lindung.contributions.shapes import IssuedBill, WageRows
from lindung.contributions.virtual_accounts import EMPLOYER_BILL

__all__ = [
    "EMPLOYER_BILL",
    "AlreadyBilled",
    "BillNotFound",
    "BillPaid",
    "Corrected",
    "DepositRefused",
    "IssuedBill",
    "MonthPartlyPaid",
    "NotBilled",
    "NothingToCorrect",
    "Receipt",
    "ReferenceClash",
    "VirtualAccountExpired",
    "WageRows",
    "WrongAmount",
    "correct_month",
    "receive_deposit",
    "receive_payment",
    "reissue_virtual_account",
    "report_wages",
]
