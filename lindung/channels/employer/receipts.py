"""A firm's receipts: one for each payment, in the shape of what it paid."""

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
from lindung.contributions.deposit_queries import Deposit, LaidBill, deposit_bills, deposit_by_receipt
from lindung.contributions.queries import BillView
from lindung.documents.receipt import ProgrammePaid, Receipt, receipt_pdf
from lindung.lib import clock


@require_safe
@requires(Permission.BILLS_READ)
def receipt(request: HttpRequest, employer_id: int, receipt_number: str) -> HttpResponse:
    """A payment's receipt as a PDF, in the language of the page it was asked from.

    Of one month paid whole it says what each programme got; of several bills, a part or more, what each bill got.
    """
    firm = firm_of(request, employer_id)
    paid = deposit_by_receipt(receipt_number)
    if paid is None or paid.employer_id != firm.id or paid.order_id is not None:
        raise Http404
    joint = joint_queries.joint_view(employer_id=firm.id, customer_no=paid.customer_no) if paid.customer_no else None
    if joint is not None:
        return payment_receipt(paid, joint.bills)
    bills = deposit_bills(receipt_number)
    month = _whole_month(paid, bills)
    return pdf(_of_month(paid, month), f"kuitansi-{receipt_number}") if month else payment_receipt(paid, bills)


def _whole_month(paid: Deposit, bills: list[LaidBill]) -> BillView | None:
    """The one bill that all of it went to and that it paid whole, at one go."""
    if len(bills) != 1:
        return None
    bill = queries.bill_view(employer_id=paid.employer_id, bill_id=bills[0].bill_id)
    if bill is None or paid.bill_id:
        return bill
    # Of a slip nothing says for how many months its penalty was.
    exact = (bills[0].contribution_rupiah, bills[0].penalty_rupiah, paid.credited_rupiah) == (bill.amount_rupiah, 0, 0)
    return bill if exact and bill.penalty_rupiah == 0 else None


def _of_month(paid: Deposit, bill: BillView) -> bytes:
    receipt = Receipt(
        number=paid.receipt_number,
        bill_number=bill.number,
        period=bill.period,
        employer_name=paid.employer_name,
        npp=paid.npp,
        worker_count=bill.worker_count,
        wage_rupiah=bill.wage_rupiah,
        programmes=[ProgrammePaid(programme, *got) for programme, got in shares(bill).items() if any(got)],
        penalty_rupiah=bill.penalty_rupiah,
        months_late=bill.months_late,
        bank_name=paid.bank_name,
        bank_reference=paid.slip_no,
        virtual_account=paid.virtual_account,
        paid_at=paid.paid_at.astimezone(clock.WIB),
        by_day=not paid.customer_no,
    )
    return receipt_pdf(receipt, language=language())
