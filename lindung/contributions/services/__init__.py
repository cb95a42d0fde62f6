"""Every write about contributions: a month reported, a number to pay to, money received, paid back, a year credited."""

from lindung.contributions.correcting import MonthPartlyPaid, NotBilled, NothingToCorrect
from lindung.contributions.offers import CardMissing, OwnAccountTerms
from lindung.contributions.ordering import IssuedOrder
from lindung.contributions.receipts import Receipt
from lindung.contributions.services.clashes import (
    ContradictingCall,
    ContradictionClosed,
    close_contradiction,
    keep_contradiction,
    report_clash,
)
from lindung.contributions.services.contract_changes import ContractChangeRefused, change_contract
from lindung.contributions.services.corrections import Corrected, correct_month, correct_months
from lindung.contributions.services.credited_ranges import (
    RangeDone,
    ask_for_corrections,
    correct_next_range,
    credit_next_range,
)
from lindung.contributions.services.crediting import (
    CreditingGone,
    DecisionMissing,
    EarlierYearOpen,
    NotRehearsed,
    RateIsTheLaws,
    YearNotOver,
    YearTaken,
    ask_for_rehearsal,
    plan_crediting,
    rehearse_crediting,
    set_provisional_rate,
    start_crediting,
    withdraw_crediting,
)
from lindung.contributions.services.deposits import receive_deposit
from lindung.contributions.services.joint_numbers import (
    IssuedJointNumber,
    JointRefused,
    join_bills,
    separate_bills,
)
from lindung.contributions.services.late_months import tell_of_late_months
from lindung.contributions.services.months import report_wages
from lindung.contributions.services.orders import (
    OrderRefused,
    expire_orders,
    order_months,
    order_package,
    prolong_package,
)
from lindung.contributions.services.payments import receive_payment, receive_together
from lindung.contributions.services.projects import (
    ProjectRefused,
    bill_stage,
    register_listed_project,
    register_project,
)
from lindung.contributions.services.questions import ask_banks, note_unanswered, note_unpaid
from lindung.contributions.services.reconciliation import (
    ReceivedStatement,
    approve_explanation,
    assign_suspense,
    propose_explanation,
    receive_statement,
    reconcile,
    refuse_explanation,
)
from lindung.contributions.services.refunds import (
    ask_refund,
    decide_refund,
    propose_refund,
    record_transfer,
    refuse_refund_proposal,
    return_refund,
    take_transfer,
    withdraw_refund,
)
from lindung.contributions.services.refusals import (
    AlreadyBilled,
    BillNotFound,
    BillPaid,
    DepositRefused,
    FirmsOwnOfficer,
    ProposalMissing,
    ReferenceClash,
    RefundMoved,
    RefundRefused,
    SameOfficer,
    SlipExplained,
    SuspenseClosed,
    TransferEarly,
    TransferRefused,
    TransferTaken,
    VirtualAccountExpired,
    WayImpossible,
    WrongAmount,
)
from lindung.contributions.services.slips import book_order_slip, book_slip
from lindung.contributions.services.told import Told
from lindung.contributions.services.virtual_accounts import reissue_virtual_account
from lindung.contributions.services.wage_lists import WageListRefused, list_wages
from lindung.contributions.shapes import IssuedBill, WageRows
from lindung.contributions.statement_files import StatementFault, StatementRefused
from lindung.contributions.virtual_accounts import EMPLOYER_BILL

__all__ = [
    "EMPLOYER_BILL",
    "AlreadyBilled",
    "BillNotFound",
    "BillPaid",
    "CardMissing",
    "ContractChangeRefused",
    "ContradictingCall",
    "ContradictionClosed",
    "Corrected",
    "CreditingGone",
    "DecisionMissing",
    "DepositRefused",
    "EarlierYearOpen",
    "FirmsOwnOfficer",
    "IssuedBill",
    "IssuedJointNumber",
    "IssuedOrder",
    "JointRefused",
    "MonthPartlyPaid",
    "NotBilled",
    "NotRehearsed",
    "NothingToCorrect",
    "OrderRefused",
    "OwnAccountTerms",
    "ProjectRefused",
    "ProposalMissing",
    "RangeDone",
    "RateIsTheLaws",
    "Receipt",
    "ReceivedStatement",
    "ReferenceClash",
    "RefundMoved",
    "RefundRefused",
    "SameOfficer",
    "SlipExplained",
    "StatementFault",
    "StatementRefused",
    "SuspenseClosed",
    "Told",
    "TransferEarly",
    "TransferRefused",
    "TransferTaken",
    "VirtualAccountExpired",
    "WageListRefused",
    "WageRows",
    "WayImpossible",
    "WrongAmount",
    "YearNotOver",
    "YearTaken",
    "approve_explanation",
    "ask_banks",
    "ask_for_corrections",
    "ask_for_rehearsal",
    "ask_refund",
    "assign_suspense",
    "bill_stage",
    "book_order_slip",
    "book_slip",
    "change_contract",
    "close_contradiction",
    "correct_month",
    "correct_months",
    "correct_next_range",
    "credit_next_range",
    "decide_refund",
    "expire_orders",
    "join_bills",
    "keep_contradiction",
    "list_wages",
    "note_unanswered",
    "note_unpaid",
    "order_months",
    "order_package",
    "plan_crediting",
    "prolong_package",
    "propose_explanation",
    "propose_refund",
    "receive_deposit",
    "receive_payment",
    "receive_statement",
    "receive_together",
    "reconcile",
    "record_transfer",
    "refuse_explanation",
    "refuse_refund_proposal",
    "register_listed_project",
    "register_project",
    "rehearse_crediting",
    "reissue_virtual_account",
    "report_clash",
    "report_wages",
    "return_refund",
    "separate_bills",
    "set_provisional_rate",
    "start_crediting",
    "take_transfer",
    "tell_of_late_months",
    "withdraw_crediting",
    "withdraw_refund",
]
