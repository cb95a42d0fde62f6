"""A firm's receipts: one for each payment, in the shape of what it paid."""

from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer.costs import shares
from lindung.channels.employer.firm import firm_of
from lindung.channels.shared.access import requires
from lindung.channels.shared.downloads import pdf
from lindung.channels.shared.formats import language
from lindung.channels.shared.payment_receipts import payment_receipt
from lindung.contributions import joint_queries, queries
from lindung.contributions.deposit_queries import deposit_bills, deposit_by_receipt
from lindung.contributions.joint_queries import JointView
from lindung.contributions.queries import BillView
from lindung.documents.payment_receipt import BillPaid, PaymentReceipt, payment_receipt_pdf
from lindung.documents.receipt import ProgrammePaid, Receipt, receipt_pdf
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts


@require_safe
@requires(Permission.BILLS_READ)
def receipt(request: HttpRequest, employer_id: int, receipt_number: str) -> HttpResponse:
    """A payment's receipt as a PDF, in the language of the page it was asked from.

    Of a month paid whole it says what each programme got; of several bills, a part or more, what each bill got.
    """
    firm = firm_of(request, employer_id)
    paid = deposit_by_receipt(receipt_number)
    if paid is None or paid.employer_id != firm.id or paid.order_id is not None:
        raise Http404
    bill = queries.bill_view(employer_id=firm.id, bill_id=paid.bill_id) if paid.bill_id else None
    if bill is not None:
        return pdf(_of_month(firm, bill), f"kuitansi-{receipt_number}")
    joint = joint_queries.joint_view(employer_id=firm.id, customer_no=paid.customer_no) if paid.customer_no else None
    if joint is not None:
        return pdf(_of_joint_number(firm, joint), f"kuitansi-{receipt_number}")
    return payment_receipt(paid, deposit_bills(receipt_number))


def _of_month(firm: EmployerFacts, bill: BillView) -> bytes:
    receipt = Receipt(
        number=bill.receipt_number,
        bill_number=bill.number,
        period=bill.period,
        employer_name=firm.name,
        npp=firm.npp,
        worker_count=bill.worker_count,
        wage_rupiah=bill.wage_rupiah,
        programmes=[ProgrammePaid(programme, *paid) for programme, paid in shares(bill).items() if any(paid)],
        penalty_rupiah=bill.penalty_rupiah,
        months_late=bill.months_late,
        bank_name=bill.bank_name,
        bank_reference=bill.bank_reference,
        virtual_account=bill.virtual_account,
        paid_at=cast(datetime, bill.paid_at).astimezone(clock.WIB),
    )
    return receipt_pdf(receipt, language=language())


def _of_joint_number(firm: EmployerFacts, joint: JointView) -> bytes:
    receipt = PaymentReceipt(
        number=joint.receipt_number,
        employer_name=firm.name,
        npp=firm.npp,
        bills=[
            BillPaid(bill.number, bill.period, bill.contribution_rupiah, bill.penalty_rupiah) for bill in joint.bills
        ],
        paid_rupiah=joint.amount_rupiah,
        bank_name=joint.bank_name,
        bank_reference=joint.bank_reference,
        virtual_account=joint.virtual_account,
        paid_at=cast(datetime, joint.paid_at).astimezone(clock.WIB),
    )
    return payment_receipt_pdf(receipt, language=language())
