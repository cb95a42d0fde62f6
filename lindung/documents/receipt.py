"""The receipt of an employer's month: what was paid, for what, through whom, and how to check it."""

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
class ProgrammePaid:
    """One programme of a paid month, by share; 0 where a share does not exist."""

    code: str
    employer_rupiah: int
    worker_rupiah: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything that stands on a receipt. Nothing of any worker but how many they are.

    ``paid_at`` is already in the zone it is to be shown in; ``by_day``: a slip says its day and no hour.
    """

    number: str
    bill_number: str
    period: date
    employer_name: str
    npp: str
    worker_count: int
    wage_rupiah: int
    programmes: Sequence[ProgrammePaid]
    penalty_rupiah: int
    months_late: int
    bank_name: str
    bank_reference: str
    virtual_account: str
    paid_at: datetime
    by_day: bool = False

    @property
    def employer_rupiah(self) -> int:
        return sum(row.employer_rupiah for row in self.programmes)

    @property
    def worker_rupiah(self) -> int:
        return sum(row.worker_rupiah for row in self.programmes)

    @property
    def paid_rupiah(self) -> int:
        """Contribution of both shares and penalty: the one amount that the bank took."""
        return self.employer_rupiah + self.worker_rupiah + self.penalty_rupiah


def receipt_pdf(receipt: Receipt, *, language: Language) -> bytes:
    """The receipt as a PDF of one A4 page, by the same bytes whenever it is asked for."""
    with translation.override(language):
        return typeset("receipt", _content(receipt, language), made_at=receipt.paid_at)


def _content(receipt: Receipt, language: Language) -> dict[str, object]:
    """The page as texts in one language; the template only places them."""
    return {
        **head(receipt.number, receipt.paid_rupiah, language),
        "facts": _facts(receipt, language),
        "heads": [
            gettext("Program"),
            gettext("Bagian perusahaan"),
            gettext("Bagian pekerja"),
            gettext("Jumlah"),
        ],
        "rows": [
            [
                f"{programme_name(row.code)} ({row.code})",
                *(
                    or_dash(amount, language)
                    for amount in (
                        row.employer_rupiah,
                        row.worker_rupiah,
                        row.employer_rupiah + row.worker_rupiah,
                    )
                ),
            ]
            for row in receipt.programmes
        ],
        "penalty": _penalty(receipt, language),
        "total": [
            gettext("Jumlah dibayar"),
            rupiah_text(receipt.employer_rupiah + receipt.penalty_rupiah, language),
            rupiah_text(receipt.worker_rupiah, language),
            rupiah_text(receipt.paid_rupiah, language),
        ],
        "verify": how_to_check(receipt.number),
        "footer": gettext("Kuitansi %(number)s, tagihan %(bill)s")
        % {"number": receipt.number, "bill": receipt.bill_number},
    }


def _facts(receipt: Receipt, language: Language) -> list[list[str]]:
    return [
        [gettext("Dari"), receipt.employer_name],
        [gettext("NPP"), receipt.npp],
        [gettext("Iuran bulan"), date_format(receipt.period, "F Y")],
        [gettext("Nomor tagihan"), receipt.bill_number],
        [gettext("Jumlah pekerja"), rupiah_text(receipt.worker_count, language).removeprefix("Rp")],
        [gettext("Jumlah upah"), rupiah_text(receipt.wage_rupiah, language)],
        *bank_facts(
            paid_at=receipt.paid_at,
            bank_name=receipt.bank_name,
            bank_reference=receipt.bank_reference,
            virtual_account=receipt.virtual_account,
            language=language,
            by_day=receipt.by_day,
        ),
    ]


def _penalty(receipt: Receipt, language: Language) -> list[str]:
    if not receipt.penalty_rupiah:
        return []
    amount = rupiah_text(receipt.penalty_rupiah, language)
    label = gettext("Denda terlambat %(months)s bulan") % {"months": receipt.months_late}
    return [label, amount, "–", amount]


def programme_name(code: str) -> str:
    """The name of a programme in the active language."""
    return {
        "JHT": gettext("Jaminan Hari Tua"),
        "JP": gettext("Jaminan Pensiun"),
        "JKK": gettext("Jaminan Kecelakaan Kerja"),
        "JKM": gettext("Jaminan Kematian"),
        "JKP": gettext("Jaminan Kehilangan Pekerjaan"),
    }[code]
