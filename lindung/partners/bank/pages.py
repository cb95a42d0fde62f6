"""The bank's page: ask about a number, pay it, do it wrong on purpose, and see what went over the wire."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lindung.lib.doors import open_door
from lindung.lib.snap import parse_amount
from lindung.partners.bank.scenarios import SCENARIOS, NoAmount, Order, pay
from lindung.partners.bank.simulator import INQUIRY_PATH, BankSession, Exchange, NoToken, credentials
from lindung.partners.bank.statements import keep_taken
from lindung.partners.simulated import folder

_SECRET_HEADERS = {"authorization", "x-signature"}
_SHOWN_TAIL = 4
# What the standard speaks of; everything else on the wire is HTTP's own.
_SHOWN_HEADERS = {
    "content-type",
    "authorization",
    "x-client-key",
    "x-timestamp",
    "x-signature",
    "x-partner-id",
    "x-external-id",
    "channel-id",
}
_CUSTOMER_NO_LENGTH = 13
_ASKED = re.compile(r"(?P<customer_no>[0-9]{1,20})/(?P<amount>[0-9]{1,16})/(?P<reference>[!-~]{0,128})")


class CounterForm(forms.Form):
    """What a payer would type: the number, and the amount if he knows it."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("Nomor VA"),
        help_text=_("Seperti tertulis di tagihan; spasi boleh."),
        error_messages={"required": _("Isi nomor VA.")},
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    amount = forms.RegexField(
        regex=r"^\s*[0-9.]{1,20}\s*$",
        required=False,
        label=_("Jumlah rupiah"),
        help_text=_("Bila kosong, bank menanyakan tagihannya lebih dulu."),
        error_messages={"invalid": _("Isi jumlah dengan angka saja, misalnya 1250000.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    asked = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_number(self) -> str:
        digits = re.sub(r"[\s.-]", "", self.cleaned_data["number"])
        if not re.fullmatch("[0-9]{1,28}", digits):
            raise forms.ValidationError(_("Nomor VA hanya berisi angka. Periksa kembali."))
        return digits

    def clean_amount(self) -> int | None:
        digits = re.sub(r"\D", "", self.cleaned_data["amount"])
        return int(digits) if digits else None


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as the page shows it: first line, headers without secrets, body with line breaks."""

    first_line: str
    headers: list[tuple[str, str]]
    body: str


@dataclass(frozen=True, slots=True)
class ShownExchange:
    """A call and what came back; ``kind`` is how it ended."""

    number: int
    ending: str
    kind: str
    request: Shown
    answer: Shown | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a summary list."""

    label: object
    value: object
    kind: str = "text"
    source: str = ""
    change_url: str = ""


@open_door
def counter(request: HttpRequest) -> HttpResponse:
    """``/bank/``: GET shows the counter, POST makes the calls of one button (``do``)."""
    if request.method != "POST":
        start = {"number": request.GET.get("va", "")}
        return _page(request, CounterForm(initial=start))
    form = CounterForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    own = credentials(folder().parent)
    with BankSession(own, f"http://127.0.0.1:{settings.PORT + 2}") as bank:
        exchanges, unreachable = _done(bank, request.POST.get("do", ""), _order(form, own.service_code))
    keep_taken(exchanges)
    bill = _bill(exchanges)
    again = {name: form.cleaned_data[name] for name in ("number", "amount")} | {"asked": _known(exchanges)}
    return _page(request, CounterForm(initial=again), exchanges=exchanges, bill=bill, unreachable=unreachable)


def _order(form: CounterForm, service_code: str) -> Order:
    digits = form.cleaned_data["number"]
    typed_whole = len(digits) > _CUSTOMER_NO_LENGTH and digits.startswith(service_code)
    customer_no = digits.removeprefix(service_code) if typed_whole else digits
    amount: int | None = form.cleaned_data["amount"]
    asked = _ASKED.fullmatch(form.cleaned_data["asked"])
    if asked is None or asked["customer_no"] != customer_no:
        return Order(customer_no, amount)
    return Order(customer_no, int(asked["amount"]) if amount is None else amount, asked["reference"])


def _known(exchanges: list[Exchange]) -> str:
    """What the page remembers of the last good answer: number, amount, and the reference a payment would carry.

    After a payment there is none: paying again is another debit.
    """
    last = exchanges[-1] if exchanges else None
    if last is None or last.status != 200 or not last.bill.get("totalAmount"):
        return ""
    return f"{last.bill['customerNo']}/{_whole(last.bill)}/{last.bill.get('inquiryRequestId', '')}"


def _whole(bill: Mapping[str, Any]) -> int:
    return parse_amount(bill["totalAmount"]["value"])


def _done(bank: BankSession, name: str, order: Order) -> tuple[list[Exchange], bool]:
    """The exchanges of one button, the token's first; and whether the door did not answer at all."""
    exchanges: list[Exchange] = []
    try:
        exchanges.append(bank.ask_token())
        if exchanges[0].status != 200:
            return exchanges, False
        if name in SCENARIOS:
            exchanges += SCENARIOS[name].run(bank, order)
        elif name == "pay":
            exchanges += pay(bank, order)
        else:
            exchanges.append(bank.inquire(order.customer_no))
    except NoAmount as stopped:
        exchanges += stopped.exchanges
    except NoToken as stopped:
        exchanges.append(stopped.exchange)
    except (httpx.HTTPError, OSError):
        return exchanges, True
    return exchanges, False


def _bill(exchanges: list[Exchange]) -> dict[str, Any]:
    """The bill to pay, when an inquiry found one and nothing was paid after it."""
    last = exchanges[-1] if exchanges else None
    return last.bill if last and last.status == 200 and last.path == INQUIRY_PATH else {}


def _page(
    request: HttpRequest,
    form: CounterForm,
    *,
    exchanges: list[Exchange] | None = None,
    bill: Mapping[str, Any] | None = None,
    unreachable: bool = False,
    status: int = 200,
) -> HttpResponse:
    shown = [_shown(number, exchange) for number, exchange in enumerate(exchanges or [], 1)]
    context = {
        "form": form,
        "bill_rows": _bill_rows(bill) if bill else [],
        "exchanges": shown,
        "last": shown[-1] if shown else None,
        "unreachable": unreachable,
        "scenarios": SCENARIOS.values(),
    }
    return render(request, "simulators/bank.html", context, status=status)


def _bill_rows(bill: Mapping[str, Any]) -> list[Row]:
    language = "english" if get_language() == "en" else "indonesia"
    notes = " · ".join(line[language] for line in bill["freeTexts"])
    return [
        Row(_("Nama"), bill["virtualAccountName"]),
        Row(_("Tagihan"), ", ".join(detail["billName"] for detail in bill["billDetails"])),
        Row(_("Jumlah"), _whole(bill), "amount"),
        Row(_("Keterangan"), notes),
    ]


def _shown(number: int, exchange: Exchange) -> ShownExchange:
    request = Shown(f"POST {exchange.path}", _headers(exchange.headers), _pretty(exchange.body))
    if exchange.status is None:
        return ShownExchange(number, str(_("jawaban tidak dibaca")), "quiet", request, None)
    answer = Shown(f"HTTP {exchange.status}", _headers(exchange.answer_headers), _pretty(exchange.answer))
    ending = f"{exchange.code} {_said(exchange)}".strip() or str(exchange.status)
    return ShownExchange(number, ending, "good" if exchange.status == 200 else "needs-you", request, answer)


def _said(exchange: Exchange) -> str:
    return str(exchange.json.get("responseMessage", ""))


def _headers(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (name, _masked(value) if name in _SECRET_HEADERS else value)
        for name, value in ((name.lower(), value) for name, value in headers.items())
        if name in _SHOWN_HEADERS
    ]


def _masked(value: str) -> str:
    scheme, _space, rest = value.rpartition(" ")
    return f"{scheme} {'•' * 8}{rest[-_SHOWN_TAIL:]}".strip()


def _pretty(body: bytes) -> str:
    try:
        read = json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
    if isinstance(read, dict) and "accessToken" in read:
        read["accessToken"] = _masked(read["accessToken"])
    return json.dumps(read, indent=2, ensure_ascii=False)
