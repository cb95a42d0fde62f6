"""The firm's credit asked back: how much, to which account, all of it read once more, and sent to the officers."""

import re
import secrets
from typing import Any, Final, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from lindung.access.permissions import Permission
from lindung.channels.employer.firm import actor_of, firm_of, navigation, trail_to
from lindung.channels.shared.access import requires
from lindung.channels.shared.amounts import RupiahField
from lindung.channels.shared.components import Link, Status, SummaryRow
from lindung.channels.shared.fields import plain
from lindung.channels.shared.formats import rupiah
from lindung.channels.shared.forms import HouseForm
from lindung.contributions import refund_queries, services
from lindung.contributions.bank_accounts import BANKS, FEWEST_DIGITS, MOST_DIGITS, account_number, fits
from lindung.contributions.refund_queries import PROMISED_WORKING_DAYS, Refundable
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts

_PRESS: Final = re.compile(r"[0-9a-f]{32}")


class RefundForm(HouseForm):
    """How much, and the account. ``sure`` is asked where the account's name is not the firm's. ``press`` is drawn anew
    each time the page shows what it is about to send, so that two presses there are one request."""

    amount = RupiahField(label=_("Jumlah yang diminta kembali"), help_text=_("Semuanya, atau sebagian."))
    bank = forms.ChoiceField(label=_("Bank"), help_text=_("Bank Anda tidak ada di sini? Telepon 175."))
    account_no = forms.CharField(
        label=_("Nomor rekening"),
        help_text=_("Angkanya saja. Spasi dan tanda hubung boleh."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "24"}),
    )
    account_name = forms.CharField(
        label=_("Nama pemilik rekening"),
        help_text=_("Seperti di buku tabungan atau rekening koran."),
        max_length=140,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sure = forms.BooleanField(label=_("Nama ini lain dari nama perusahaan, dan memang benar"))
    press = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, firm: EmployerFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        banks = sorted(BANKS.items(), key=lambda bank: bank[1])
        cast(forms.ChoiceField, self.fields["bank"]).choices = [("", gettext("Pilih bank")), *banks]
        if not self.data.get("account_name") or fits(str(self.data["account_name"]), firm.name):
            del self.fields["sure"]

    def clean_amount(self) -> int:
        amount = cast(int, self.cleaned_data["amount"])
        if amount < 1:
            raise forms.ValidationError(gettext("Isi jumlah lebih dari nol."))
        return amount

    def clean_account_no(self) -> str:
        number = account_number(self.cleaned_data["account_no"])
        if number is None:
            lengths = {"fewest": FEWEST_DIGITS, "most": MOST_DIGITS}
            raise forms.ValidationError(
                gettext("Nomor rekening terdiri dari %(fewest)s sampai %(most)s angka. Salin lagi dari buku tabungan.")
                % lengths
            )
        return number

    def clean_account_name(self) -> str:
        return plain(self.cleaned_data["account_name"])


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REFUNDS_ASK)
def refund(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Ask for amount and account; POST shows all of it once more (``do=look``), goes back to it (``edit``) or sends it
    (``ask``)."""
    firm = firm_of(request, employer_id)
    could = refund_queries.refundable(employer_id=firm.id)
    do = request.POST.get("do", "")
    sending = do == "ask" and _PRESS.fullmatch(request.POST.get("press", ""))
    if could.open is not None and not sending:
        return HttpResponseRedirect(_credit_url(firm))
    if request.method != "POST" or ((could.owed_rupiah or not could.free_rupiah) and not sending):
        return _page(request, firm, could, _empty(firm, could))
    form = RefundForm(request.POST, firm=firm)
    if do == "edit":
        told = {name: request.POST.get(name, "") for name in form.fields}
        return _page(request, firm, could, RefundForm(initial=told, firm=firm))
    if not form.is_valid():
        return _page(request, firm, could, form)
    if sending:
        return _sent(request, firm, form)
    if form.cleaned_data["amount"] > could.free_rupiah:
        form.add_error("amount", _too_much(could.free_rupiah))
        return _page(request, firm, could, form)
    return _page(request, firm, could, form, looks=True)


@require_POST
@requires(Permission.REFUNDS_ASK)
def withdraw(request: HttpRequest, employer_id: int, refund_id: int) -> HttpResponse:
    """Take a request back while nobody agreed to it; later the page says how it stands."""
    firm = firm_of(request, employer_id)
    told = "withdrawn"
    try:
        services.withdraw_refund(actor=actor_of(request), employer_id=firm.id, refund_id=refund_id, now=clock.now())
    except (services.RefundMoved, LookupError):
        told = "moved"
    return HttpResponseRedirect(f"{_credit_url(firm)}?told={told}")


def _sent(request: HttpRequest, firm: EmployerFacts, form: RefundForm) -> HttpResponse:
    """Hand it in. Pressed twice, both lead to the one request, whatever became of it."""
    told = form.cleaned_data
    try:
        services.ask_refund(
            actor=actor_of(request),
            employer_id=firm.id,
            amount_rupiah=told["amount"],
            bank=told["bank"],
            account_no=told["account_no"],
            account_name=told["account_name"],
            press=told["press"],
            now=clock.now(),
        )
    except services.RefundRefused as refused:
        if refused.why == "open":
            return HttpResponseRedirect(_credit_url(firm))
        words = gettext("Ada tagihan baru sejak Anda melihatnya. Tagihan dibayar lebih dulu.")
        form.add_error("amount", _too_much(refused.rupiah) if refused.why == "credit" else words)
        return _page(request, firm, refund_queries.refundable(employer_id=firm.id), form)
    return HttpResponseRedirect(f"{_credit_url(firm)}?told=asked")


def _too_much(free_rupiah: int) -> str:
    return gettext("Saldo yang bebas %(most)s. Isi paling banyak sebesar itu.") % {"most": rupiah(free_rupiah)}


def _empty(firm: EmployerFacts, could: Refundable) -> RefundForm:
    # Grouped as it is written here, in any language: what the field reads in one way alone.
    start = {"amount": f"{could.free_rupiah:,}".replace(",", "."), "account_name": firm.name}
    return RefundForm(initial=start, firm=firm)


def _credit_url(firm: EmployerFacts) -> str:
    return reverse("employer:credit", args=[firm.id])


def _page(
    request: HttpRequest, firm: EmployerFacts, could: Refundable, form: RefundForm, *, looks: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "firm": firm,
        "navigation": navigation(request, firm, ""),
        "trail": trail_to(
            firm,
            Link(gettext("Tagihan"), reverse("employer:bills", args=[firm.id])),
            Link(gettext("Saldo"), _credit_url(firm)),
            Link(gettext("Minta dikembalikan"), "", current=True),
        ),
        "could": could,
        "form": form,
        "days": PROMISED_WORKING_DAYS,
    }
    if looks:
        told = form.cleaned_data
        context |= {
            "facts": _facts(firm, could, told),
            "again": [
                *((name, request.POST.get(name, "")) for name in form.fields if name != "press"),
                ("press", secrets.token_hex(16)),
            ],
            "ask": gettext("Minta %(amount)s dikembalikan") % {"amount": rupiah(told["amount"])},
        }
    return render(request, "employer/refund.html", context, status=422 if form.errors else 200)


def _facts(firm: EmployerFacts, could: Refundable, told: dict[str, Any]) -> list[SummaryRow]:
    rows = [
        SummaryRow(gettext("Diminta kembali"), told["amount"], kind="amount"),
        SummaryRow(gettext("Bank"), BANKS[told["bank"]]),
        SummaryRow(gettext("Nomor rekening"), told["account_no"], kind="number"),
        SummaryRow(gettext("Nama pemilik rekening"), told["account_name"]),
    ]
    if not fits(told["account_name"], firm.name):
        other = Status(gettext("Lain dari %(firm)s") % {"firm": firm.name}, "needs-you")
        rows.append(SummaryRow(gettext("Dibanding nama perusahaan"), other))
    left = could.credit_rupiah - told["amount"]
    return [*rows, SummaryRow(gettext("Saldo yang tinggal"), left, kind="amount")]
