"""The receipt of one payment for several bills: every month of it, with its penalty."""

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
class MonthPaid:
    """One bill of the payment. Whole rupiah."""

    bill_number: str
    period: date
    contribution_rupiah: int
    penalty_rupiah: int


@dataclass(frozen=True, slots=True)
class JointPaid:
    """Everything that stands on it. ``paid_rupiah`` is what the bank took; what the months come to beyond that the
    firm's credit paid.

    ``paid_at`` is already in the zone it is to be shown in.
    """

    number: str
    employer_name: str
    npp: str
    months: Sequence[MonthPaid]
    paid_rupiah: int
    bank_name: str
    bank_reference: str
    virtual_account: str
    paid_at: datetime

    @property
    def contribution_rupiah(self) -> int:
        return sum(month.contribution_rupiah for month in self.months)

    @property
    def penalty_rupiah(self) -> int:
        return sum(month.penalty_rupiah for month in self.months)

    @property
    def credit_rupiah(self) -> int:
        return self.contribution_rupiah + self.penalty_rupiah - self.paid_rupiah


def joint_receipt_pdf(paid: JointPaid, *, language: Language) -> bytes:
    """The receipt as a PDF, by the same bytes whenever it is asked for."""
    with translation.override(language):
        return typeset("receipt", _content(paid, language), made_at=paid.paid_at)


def _content(paid: JointPaid, language: Language) -> dict[str, object]:
    credit = []
    if paid.credit_rupiah:
        credit = [gettext("Dibayar dari saldo perusahaan"), "–", "–", f"-{rupiah_text(paid.credit_rupiah, language)}"]
    return {
        **head(paid.number, paid.paid_rupiah, language),
        "facts": _facts(paid, language),
        "heads": [gettext("Bulan dan tagihan"), gettext("Iuran"), gettext("Denda"), gettext("Jumlah")],
        "rows": [_row(month, language) for month in paid.months],
        "penalty": credit,
        "total": [
            gettext("Jumlah dibayar"),
            rupiah_text(paid.contribution_rupiah, language),
            or_dash(paid.penalty_rupiah, language),
            rupiah_text(paid.paid_rupiah, language),
        ],
        "verify": how_to_check(paid.number),
        "footer": gettext("Kuitansi %(number)s, nomor bayar %(account)s")
        % {"number": paid.number, "account": paid.virtual_account},
    }


def _row(month: MonthPaid, language: Language) -> list[str]:
    return [
        f"{date_format(month.period, 'F Y')} · {month.bill_number}",
        rupiah_text(month.contribution_rupiah, language),
        or_dash(month.penalty_rupiah, language),
        rupiah_text(month.contribution_rupiah + month.penalty_rupiah, language),
    ]


def _facts(paid: JointPaid, language: Language) -> list[list[str]]:
    return [
        [gettext("Dari"), paid.employer_name],
        [gettext("NPP"), paid.npp],
        [gettext("Jumlah tagihan"), str(len(paid.months))],
        *bank_facts(
            paid_at=paid.paid_at,
            bank_name=paid.bank_name,
            bank_reference=paid.bank_reference,
            virtual_account=paid.virtual_account,
            language=language,
        ),
    ]
