"""The receipt of a payment of any amount as a PDF, the same for whoever paid it and for the officer who booked it."""

from collections.abc import Sequence

from django.http import HttpResponse

from lindung.channels.shared.downloads import pdf
from lindung.channels.shared.formats import language
from lindung.contributions.deposit_queries import Deposit, LaidBill
from lindung.contributions.joint_queries import JoinedView
from lindung.documents.payment_receipt import BillPaid, PaymentReceipt, payment_receipt_pdf
from lindung.lib import clock


def payment_receipt(paid: Deposit, bills: Sequence[LaidBill | JoinedView]) -> HttpResponse:
    """To be saved under its number. ``bills``: where the money went, or what its joint number asked for; what they come
    to less became credit, what they come to more credit paid."""
    receipt = PaymentReceipt(
        number=paid.receipt_number,
        employer_name=paid.employer_name,
        npp=paid.npp,
        bills=[BillPaid(bill.number, bill.period, bill.contribution_rupiah, bill.penalty_rupiah) for bill in bills],
        paid_rupiah=paid.amount_rupiah,
        bank_name=paid.bank_name,
        bank_reference=paid.slip_no,
        virtual_account=paid.virtual_account,
        paid_at=paid.paid_at.astimezone(clock.WIB),
        by_day=not paid.customer_no,
    )
    return pdf(payment_receipt_pdf(receipt, language=language()), f"kuitansi-{paid.receipt_number}")
