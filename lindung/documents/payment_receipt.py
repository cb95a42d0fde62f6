"""The receipt of one payment that is not of one whole month: for several bills, for a part of one, or for more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from lindung.documents.receipt_sheet import bank_facts, head, how_to_check, or_dash
from lindung.documents.typesetting import typeset
from lindung.law.wording import Language, rupiah_text


@dataclass(frozen=True, slots=True)
class BillPaid:
    """What it pays of one bill. Whole rupiah."""

    bill_number: str
    period: date
    contribution_rupiah: int
    penalty_rupiah: int


@dataclass(frozen=True, slots=True)
class PaymentReceipt:
    """Everything that stands on it. ``paid_rupiah`` is what the bank took. What the bills come to beyond that, the
    firm's credit paid; what they come to less became its credit.

    ``virtual_account`` is empty where no number was paid to. ``paid_at`` is already in the zone it is to be shown in;
    ``by_day``: a slip says its day and no hour.
    """

    number: str
    employer_name: str
    npp: str
    bills: Sequence[BillPaid]
    paid_rupiah: int
    bank_name: str
    bank_reference: str
    virtual_account: str
    paid_at: datetime
    by_day: bool = False

    @property
    def contribution_rupiah(self) -> int:
        return sum(bill.contribution_rupiah for bill in self.bills)

    @property
    def penalty_rupiah(self) -> int:
        return sum(bill.penalty_rupiah for bill in self.bills)

    @property
    def kept_rupiah(self) -> int:
        """What became credit; below zero what credit paid."""
        return self.paid_rupiah - self.contribution_rupiah - self.penalty_rupiah


def payment_receipt_pdf(receipt: PaymentReceipt, *, language: Language) -> bytes:
    """The receipt as a PDF, by the same bytes whenever it is asked for."""
    with translation.override(language):
        return typeset("receipt", _content(receipt, language), made_at=receipt.paid_at)


def _content(receipt: PaymentReceipt, language: Language) -> dict[str, object]:
    return {
        **head(receipt.number, receipt.paid_rupiah, language),
        "facts": _facts(receipt, language),
        "heads": [gettext("Bulan dan tagihan"), gettext("Iuran"), gettext("Denda"), gettext("Jumlah")],
        "rows": [_row(bill, language) for bill in receipt.bills],
        "penalty": _credit(receipt, language),
        "total": [
            gettext("Jumlah dibayar"),
            or_dash(receipt.contribution_rupiah, language),
            or_dash(receipt.penalty_rupiah, language),
            rupiah_text(receipt.paid_rupiah, language),
        ],
        "verify": how_to_check(receipt.number),
        "footer": _footer(receipt),
    }


def _row(bill: BillPaid, language: Language) -> list[str]:
    return [
        f"{date_format(bill.period, 'F Y')} · {bill.bill_number}",
        or_dash(bill.contribution_rupiah, language),
        or_dash(bill.penalty_rupiah, language),
        rupiah_text(bill.contribution_rupiah + bill.penalty_rupiah, language),
    ]


def _credit(receipt: PaymentReceipt, language: Language) -> list[str]:
    if receipt.kept_rupiah > 0:
        return [gettext("Menjadi saldo perusahaan"), "–", "–", rupiah_text(receipt.kept_rupiah, language)]
    if receipt.kept_rupiah < 0:
        return [gettext("Dibayar dari saldo perusahaan"), "–", "–", f"-{rupiah_text(-receipt.kept_rupiah, language)}"]
    return []


def _facts(receipt: PaymentReceipt, language: Language) -> list[list[str]]:
    return [
        [gettext("Dari"), receipt.employer_name],
        [gettext("NPP"), receipt.npp],
        [gettext("Jumlah tagihan"), str(len(receipt.bills))],
        *bank_facts(
            paid_at=receipt.paid_at,
            bank_name=receipt.bank_name,
            bank_reference=receipt.bank_reference,
            virtual_account=receipt.virtual_account,
            language=language,
            by_day=receipt.by_day,
        ),
    ]


def _footer(receipt: PaymentReceipt) -> str:
    if not receipt.virtual_account:
        return gettext("Kuitansi %(number)s") % {"number": receipt.number}
    facts = {"number": receipt.number, "account": receipt.virtual_account}
    return gettext("Kuitansi %(number)s, nomor bayar %(account)s") % facts
