"""Several bills paid together: which ones, what that comes to, and the one number that they are paid to."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer.bills import bill_name
from lindung.channels.employer.firm import actor_of, firm_of, navigation, trail_to
from lindung.channels.employer.forms import ActForm
from lindung.channels.employer.paying import account_rows, payment_rows
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, SummaryRow, Table
from lindung.channels.shared.formats import count, rupiah
from lindung.channels.shared.forms import HouseForm
from lindung.channels.shared.reloading import Reloading
from lindung.channels.shared.simulated_bank import simulator_url
from lindung.contributions import joint_queries, services
from lindung.contributions.joining import MOST_JOINED
from lindung.contributions.joint_queries import JointView, WaitingBill
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts

_SECONDS_TO_LOOK_AGAIN = 15


class TogetherForm(HouseForm):
    """``shown``: what the page said the ticked bills come to, in rupiah, so that a yes never holds for another sum."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def together(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Choose among the bills that wait (``?bill=7&bill=9``; all of them at first), see what they come to, and ask for
    one number."""
    firm = firm_of(request, employer_id)
    waiting = joint_queries.waiting(employer_id=firm.id, today=clock.wib_date(clock.now()))
    if request.method != "POST":
        if len(waiting) < 2:
            return HttpResponseRedirect(reverse("employer:bills", args=[firm.id]))
        asked = _ticked(request.GET.getlist("bill"))
        chosen = [bill for bill in waiting if bill.bill_id in asked] if asked else waiting[:MOST_JOINED]
        return _choice(request, firm, waiting, chosen)
    ticked = _ticked(request.POST.getlist("bill"))
    if request.POST.get("do") == "look":
        return HttpResponseRedirect(together_url(firm, ticked))
    chosen = [bill for bill in waiting if bill.bill_id in ticked]
    form = TogetherForm(request.POST)
    shown = joint_queries.joint_offer(employer_id=firm.id, chosen=chosen).to_pay_rupiah if chosen else 0
    few = len(ticked) < 2
    if form.is_valid() and not few and form.cleaned_data["shown"] != str(shown):
        form.add_error(None, _("Jumlahnya berubah sejak Anda melihatnya. Periksa lagi, lalu minta nomornya."))
    elif form.is_valid():
        try:
            number = services.join_bills(
                actor=actor_of(request), employer_id=firm.id, bill_ids=ticked, shown_rupiah=shown, now=clock.now()
            )
            return HttpResponseRedirect(number_url(firm, number.customer_no))
        except services.JointRefused as refused:
            form.add_error(None, _refusal_words(refused))
    return _choice(request, firm, waiting, chosen, form)


@require_safe
@requires(Permission.BILLS_READ)
def number(request: HttpRequest, employer_id: int, customer_no: int) -> HttpResponse:
    """One joint number: what is paid to it, month by month. While it can be paid the page looks again by itself."""
    firm = firm_of(request, employer_id)
    found = _number_or_404(firm, customer_no)
    now = clock.now()
    state = found.state(now)
    reloading = Reloading.asked(request, every=_SECONDS_TO_LOOK_AGAIN if state == "open" else 0)
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:bills"),
        "trail": _trail(firm, Link(number_title(found), "", current=True)),
        "title": number_title(found),
        "joint": found,
        "state": state,
        "last_on": clock.wib_date(found.expires_at - timedelta(seconds=1)),
        "table": _months_table(firm, found),
        "payment": _payment(found) if found.receipt_number else [],
        "account_rows": account_rows(found.service_code, found.customer_no),
        "simulator_url": simulator_url(found.virtual_account),
        "again_url": together_url(firm, [bill.bill_id for bill in found.bills]),
        "act": ActForm(),
        "reloading": reloading,
    }
    return reloading.applied(render(request, "employer/joint_number.html", context))


@require_POST
@requires(Permission.WAGES_REPORT)
def separate(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Give the joint number up; asked twice, or once it is paid, the bills simply show how they stand."""
    firm = firm_of(request, employer_id)
    services.separate_bills(actor=actor_of(request), employer_id=firm.id, now=clock.now())
    return HttpResponseRedirect(reverse("employer:bills", args=[firm.id]))


def together_url(firm: EmployerFacts, bill_ids: Collection[int] = ()) -> str:
    """Where bills are chosen; these are ticked there, or all of them."""
    address = reverse("employer:together", args=[firm.id])
    query = urlencode([("bill", bill_id) for bill_id in sorted(bill_ids)])
    return f"{address}?{query}" if query else address


def number_url(firm: EmployerFacts, customer_no: str) -> str:
    return reverse("employer:joint-number", args=[firm.id, int(customer_no)])


def number_title(found: JointView) -> str:
    """``Satu nomor untuk 5 tagihan``."""
    words = ngettext("Satu nomor untuk %(number)s tagihan", "Satu nomor untuk %(number)s tagihan", len(found.bills))
    return words % {"number": count(len(found.bills))}


def _number_or_404(firm: EmployerFacts, customer_no: int) -> JointView:
    found = joint_queries.joint_view(employer_id=firm.id, customer_no=str(customer_no))
    if found is None:
        raise Http404
    return found


def _ticked(texts: Sequence[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 18}


def _refusal_words(refused: services.JointRefused) -> str:
    return {
        "few": _("Centang paling sedikit dua tagihan. Satu tagihan dibayar dengan nomornya sendiri."),
        "many": _("Centang paling banyak %(number)s tagihan. Sisanya dengan nomor berikutnya.")
        % {"number": count(MOST_JOINED)},
        "moved": _("Ada tagihan yang berubah sejak Anda melihatnya. Periksa lagi, lalu minta nomornya."),
    }[refused.why]


def _trail(firm: EmployerFacts, *links: Link) -> list[Link]:
    return trail_to(firm, Link(_("Tagihan"), reverse("employer:bills", args=[firm.id])), *links)


def _choice(
    request: HttpRequest,
    firm: EmployerFacts,
    waiting: Sequence[WaitingBill],
    chosen: Sequence[WaitingBill],
    form: TogetherForm | None = None,
) -> HttpResponse:
    offer = joint_queries.joint_offer(employer_id=firm.id, chosen=chosen)
    ticked = {bill.bill_id for bill in chosen}
    fresh = TogetherForm({"shown": str(offer.to_pay_rupiah)})
    fresh.is_valid()
    for words in form.non_field_errors() if form is not None else ():
        fresh.add_error(None, words)
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:bills"),
        "trail": _trail(firm, Link(_("Bayar sekaligus"), "", current=True)),
        "rows": [(bill, bill_name(bill), bill.bill_id in ticked) for bill in waiting],
        "offer": offer,
        "chosen_count": len(chosen),
        "total_rupiah": offer.contribution_rupiah + offer.penalty_rupiah,
        "ask": _("Minta satu nomor untuk %(amount)s") % {"amount": rupiah(offer.to_pay_rupiah)},
        "most": MOST_JOINED if len(waiting) > MOST_JOINED else 0,
        "last_on": offer.last_on if chosen else None,
        "standing": joint_queries.open_joint_number(employer_id=firm.id),
        "form": fresh,
    }
    return render(request, "employer/together.html", context, status=422 if fresh.errors else 200)


def _months_table(firm: EmployerFacts, found: JointView) -> Table:
    columns = [
        Column(_("Bulan")),
        Column(_("Jumlah"), "amount"),
        Column(_("Iuran"), "amount"),
        Column(_("Denda"), "amount"),
    ]
    rows: list[list[object]] = [
        [
            Link(bill_name(bill), reverse("employer:bill", args=[firm.id, bill.bill_id])),
            bill.rupiah,
            bill.contribution_rupiah,
            bill.penalty_rupiah or None,
        ]
        for bill in found.bills
    ]
    total = found.contribution_rupiah + found.penalty_rupiah
    sums: list[object] = [_("Jumlah"), total, found.contribution_rupiah, found.penalty_rupiah or None]
    return Table(_("Bulan demi bulan"), columns, rows, sums)


def _payment(found: JointView) -> list[SummaryRow]:
    assert found.paid_at is not None
    return payment_rows(
        receipt_number=found.receipt_number,
        paid_at=found.paid_at,
        bank_name=found.bank_name,
        bank_reference=found.bank_reference,
    )
