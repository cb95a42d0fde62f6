"""Every write about contributions: a month reported, a number to pay to, money received."""

from lindung.contributions.correcting import MonthPartlyPaid, NotBilled, NothingToCorrect
from lindung.contributions.receipts import Receipt
from lindung.contributions.services.corrections import Corrected, correct_month
from lindung.contributions.services.deposits import receive_deposit
from lindung.contributions.services.months import report_wages
from lindung.contributions.services.payments import receive_payment
from lindung.contributions.services.reconciliation import (
    ReceivedStatement,
    approve_explanation,
    assign_suspense,
    propose_explanation,
    receive_statement,
    reconcile,
    refuse_explanation,
)
from lindung.contributions.services.refusals import (
    AlreadyBilled,
    BillNotFound,
    BillPaid,
    DepositRefused,
    ProposalMissing,
    ReferenceClash,
    SameOfficer,
    SlipExplained,
    SuspenseClosed,
    VirtualAccountExpired,
    WayImpossible,
    WrongAmount,
)
from lindung.contributions.services.slips import book_slip
from lindung.contributions.services.virtual_accounts import reissue_virtual_account
from lindung.contributions.shapes import IssuedBill, WageRows
from lindung.contributions.statement_files import StatementFault, StatementRefused
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
    "ProposalMissing",
    "Receipt",
    "ReceivedStatement",
    "ReferenceClash",
    "SameOfficer",
    "SlipExplained",
    "StatementFault",
    "StatementRefused",
    "SuspenseClosed",
    "VirtualAccountExpired",
    "WageRows",
    "WayImpossible",
    "WrongAmount",
    "approve_explanation",
    "assign_suspense",
    "book_slip",
    "correct_month",
    "propose_explanation",
    "receive_deposit",
    "receive_payment",
    "receive_statement",
    "reconcile",
    "refuse_explanation",
    "reissue_virtual_account",
    "report_wages",
]
