"""Bills and orders with their lines, the numbers they are paid to, where money went, and what development gave."""

from lindung.contributions.models.bills import Bill, BillLine, LineShare
from lindung.contributions.models.contradictions import Contradiction
from lindung.contributions.models.crediting import (
    CorrectedDevelopment,
    CreditedRange,
    Crediting,
    CreditingRehearsal,
    ProvisionalRate,
)
from lindung.contributions.models.late_months import LateMonth
from lindung.contributions.models.money import CASH, OUT_OF_SUSPENSE, Allocation, JoinedBill, Payment, VirtualAccount
from lindung.contributions.models.orders import Order, OrderLine, Project, ProjectAddendum, ProjectStage
from lindung.contributions.models.questions import PaymentQuestion
from lindung.contributions.models.reconciliation import (
    StatementFile,
    StatementLine,
    SuspenseItem,
    SuspenseProposal,
)
from lindung.contributions.models.refunds import Refund, RefundProposal
from lindung.contributions.models.wage_lists import ProjectWageLine, ProjectWageList

__all__ = [
    "CASH",
    "OUT_OF_SUSPENSE",
    "Allocation",
    "Bill",
    "BillLine",
    "Contradiction",
    "CorrectedDevelopment",
    "CreditedRange",
    "Crediting",
    "CreditingRehearsal",
    "JoinedBill",
    "LateMonth",
    "LineShare",
    "Order",
    "OrderLine",
    "Payment",
    "PaymentQuestion",
    "Project",
    "ProjectAddendum",
    "ProjectStage",
    "ProjectWageLine",
    "ProjectWageList",
    "ProvisionalRate",
    "Refund",
    "RefundProposal",
    "StatementFile",
    "StatementLine",
    "SuspenseItem",
    "SuspenseProposal",
    "VirtualAccount",
]
