"""Money booked by hand from a slip: look where it would go, agree, and get a receipt number."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.branch.forms import SlipForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, SummaryRow, Table
from lindung.channels.shared.payment_receipts import payment_receipt
from lindung.contributions import services
from lindung.contributions.deposit_queries import (
    Foretold,
    LaidBill,
    Payer,
    deposit_bills,
    deposit_by_receipt,
    deposit_of_slip,
    find_payer,
    foretell_deposit,
)
from lindung.contributions.reconciliation_queries import banks
from lindung.lib import clock


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DEPOSITS_BOOK)
def deposits(request: HttpRequest) -> HttpResponse:
    """Ask for a slip; POST shows where its money would go (``do=look``), books it (``do=book``) or takes it up again
    to be changed (``do=change``). One that is booked already leads to its receipt."""
    known = banks()
    if request.method != "POST":
        return _page(request, SlipForm(banks=known))
    form = SlipForm(request.POST, banks=known)
    if not form.is_valid():
        return _page(request, form)
    payer = find_payer(form.cleaned_data["payer"])
    if payer is None:
        form.add_error("payer", _("Tidak ada perusahaan dengan NPP atau nomor VA ini. Periksa lagi slipnya."))
        return _page(request, form)
    if form.cleaned_data["paid_on"] > clock.wib_date(clock.now()):
        form.add_error("paid_on", _("Tanggal ini belum tiba. Periksa tanggal di slip."))
        return _page(request, form)
    if request.POST.get("do") == "book":
        number = _booked(request, form, payer)
        if number:
            return HttpResponseRedirect(reverse("staff:deposit", args=[number]))
        return _page(request, form)
    if form.cleaned_data["amount"] < 1:
        form.add_error("amount", _("Isi jumlah lebih dari nol."))
        return _page(request, form)
    if request.POST.get("do") == "change":
        return _page(request, form)
    told = form.cleaned_data
    booked = deposit_of_slip(partner_id=int(told["bank"]), slip_no=told["slip_no"])
    if booked is None:
        return _page(request, form, payer)
    if (booked.npp, booked.amount_rupiah) == (payer.npp, told["amount"]):
        return HttpResponseRedirect(f"{reverse('staff:deposit', args=[booked.receipt_number])}?again=1")
    form.add_error("slip_no", _clash())
    return _page(request, form)


@require_safe
@requires(Permission.DEPOSITS_BOOK)
def receipt(request: HttpRequest, receipt_number: str) -> HttpResponse:
    """What was booked under a receipt's number."""
    found = deposit_by_receipt(receipt_number)
    if found is None:
        raise Http404
    context = {
        "navigation": navigation("staff:deposits"),
        "deposit": found,
        "again": "again" in request.GET,
        "bills": _laid_table(deposit_bills(receipt_number)),
        "facts": [
            SummaryRow(_("Perusahaan"), f"{found.employer_name} ({found.npp})"),
            SummaryRow(_("Jumlah"), found.amount_rupiah, kind="amount"),
            SummaryRow(_("Tanggal di slip"), clock.wib_date(found.paid_at), kind="date"),
            SummaryRow(_("Bank"), found.bank_name),
            SummaryRow(_("Nomor slip atau jurnal bank"), found.slip_no or None),
        ],
    }
    return render(request, "branch/deposit.html", context)


@require_safe
@requires(Permission.DEPOSITS_BOOK)
def receipt_file(request: HttpRequest, receipt_number: str) -> HttpResponse:
    """The receipt of a slip as a PDF, to be printed for whoever stands at the counter."""
    found = deposit_by_receipt(receipt_number)
    if found is None or found.customer_no:
        raise Http404
    return payment_receipt(found, deposit_bills(receipt_number))


def _booked(request: HttpRequest, form: SlipForm, payer: Payer) -> str:
    """Book it; empty when the form says why not. The same slip again gives the first receipt."""
    told = form.cleaned_data
    try:
        return services.book_slip(
            actor=actor_of(request),
            partner_id=int(told["bank"]),
            slip_no=told["slip_no"],
            employer_id=payer.employer_id,
            amount_rupiah=told["amount"],
            channel=told["channel"],
            paid_on=told["paid_on"],
            meant_for=payer.customer_no,
            now=clock.now(),
        ).receipt_number
    except services.ReferenceClash:
        form.add_error("slip_no", _clash())
    except services.SlipExplained:
        form.add_error("slip_no", _("Uang ini sudah dicatat dari rekening koran oleh dua petugas. Jangan catat lagi."))
    except services.DepositRefused as refused:
        field = "amount" if refused.why == "amount" else "paid_on"
        form.add_error(field, _("Jumlah atau tanggal ini tidak dapat dicatat. Periksa slipnya."))
    return ""


def _clash() -> str:
    return _("Nomor slip ini sudah tercatat dengan jumlah atau perusahaan lain. Periksa slipnya.")


def _page(request: HttpRequest, form: SlipForm, payer: Payer | None = None) -> HttpResponse:
    context = {"navigation": navigation("staff:deposits"), "form": form}
    if payer is not None:
        told = form.cleaned_data
        foretold = foretell_deposit(
            employer_id=payer.employer_id,
            amount_rupiah=told["amount"],
            meant_for=payer.customer_no,
            paid_on=told["paid_on"],
        )
        context |= {
            "payer": payer,
            "facts": _told(payer, form),
            "table": foretold_table(foretold),
            "foretold": foretold,
            "again": [
                (name, request.POST.get(name, "")) for name in request.POST if name not in ("do", "csrfmiddlewaretoken")
            ],
        }
    return render(request, "branch/deposits.html", context, status=422 if form.errors else 200)


def _told(payer: Payer, form: SlipForm) -> list[SummaryRow]:
    told = form.cleaned_data
    return [
        SummaryRow(_("Perusahaan"), f"{payer.name} ({payer.npp})"),
        SummaryRow(_("Jumlah"), told["amount"], kind="amount"),
        SummaryRow(_("Tanggal di slip"), told["paid_on"], kind="date"),
        SummaryRow(_("Bank"), form.bank_name),
        SummaryRow(_("Nomor slip atau jurnal bank"), told["slip_no"]),
        SummaryRow(_("Cara setor"), form.channel_name),
    ]


def _laid_table(bills: list[LaidBill]) -> Table | None:
    columns = [
        Column(_("Bulan"), "month"),
        Column(pgettext("satu", "Tagihan")),
        Column(_("Untuk iuran"), "amount"),
        Column(_("Untuk denda"), "amount"),
        Column(_("Sisa iuran sekarang"), "amount"),
    ]
    rows: list[list[object]] = [
        [bill.period, bill.number, bill.contribution_rupiah, bill.penalty_rupiah or None, bill.left_rupiah]
        for bill in bills
    ]
    return Table(_("Tagihan yang dibayar"), columns, rows) if rows else None


def foretold_table(foretold: Foretold) -> Table:
    """Which bills would get how much, and what each still asks for afterwards."""
    columns = [
        Column(_("Bulan"), "month"),
        Column(pgettext("satu", "Tagihan")),
        Column(_("Untuk iuran"), "amount"),
        Column(_("Untuk denda"), "amount"),
        Column(_("Sisa tagihan"), "amount"),
    ]
    rows = [
        [bill.period, bill.number, bill.contribution_rupiah, bill.penalty_rupiah, bill.left_rupiah]
        for bill in foretold.bills
    ]
    return Table(_("Tagihan yang dibayar"), columns, rows)
