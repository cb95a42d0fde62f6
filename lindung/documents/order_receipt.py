"""The receipt of an order: what a member paid for himself, or an employer for a stage of a project."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from lindung.documents.receipt import programme_name
from lindung.documents.receipt_sheet import bank_facts, head
from lindung.documents.typesetting import typeset
from lindung.law.wording import Language, rupiah_text


@dataclass(frozen=True, slots=True)
class OrderPaid:
    """Everything that stands on it. ``payer_number`` is the KPJ of a member, the NPP of an employer; ``until_on`` the
    last day; ``parts`` programme codes with whole rupiah, ``JKK+JKM`` where the law names one amount for both.

    ``paid_at`` is already in the zone it is to be shown in. ``about``: a further fact, such as the project's name.
    """

    number: str
    order_number: str
    kind: Literal["own_account", "migrant", "project"]
    payer_name: str
    payer_number: str
    from_on: date
    until_on: date
    parts: Sequence[tuple[str, int]]
    bank_name: str
    bank_reference: str
    virtual_account: str
    paid_at: datetime
    about: Sequence[tuple[str, str]] = ()

    @property
    def paid_rupiah(self) -> int:
        return sum(rupiah for _code, rupiah in self.parts)


def order_receipt_pdf(paid: OrderPaid, *, language: Language) -> bytes:
    """The receipt as a PDF of one A4 page, by the same bytes whenever it is asked for."""
    with translation.override(language):
        return typeset("receipt", _content(paid, language), made_at=paid.paid_at)


def _content(paid: OrderPaid, language: Language) -> dict[str, object]:
    verify = [
        gettext("Telepon 175 dan sebutkan nomor kuitansi %(number)s.") % {"number": paid.number},
        gettext("Petugas menyebutkan masa perlindungan, jumlah, dan tanggal bayar. Ketiganya harus sama."),
        gettext("Kuitansi ini dibuat otomatis."),
    ]
    return {
        **head(paid.number, paid.paid_rupiah, language),
        "facts": _facts(paid, language),
        "heads": [gettext("Program"), gettext("Jumlah")],
        "rows": [[_name(code), rupiah_text(rupiah, language)] for code, rupiah in paid.parts],
        "penalty": [],
        "total": [gettext("Jumlah dibayar"), rupiah_text(paid.paid_rupiah, language)],
        "verify": verify,
        "footer": gettext("Kuitansi %(number)s, pesanan %(order)s")
        % {"number": paid.number, "order": paid.order_number},
    }


def _facts(paid: OrderPaid, language: Language) -> list[list[str]]:
    of_employer = paid.kind == "project"
    return [
        [gettext("Dari"), paid.payer_name],
        [gettext("NPP") if of_employer else gettext("KPJ"), paid.payer_number],
        *([label, text] for label, text in paid.about),
        [gettext("Untuk masa"), f"{date_format(paid.from_on, 'j F Y')} – {date_format(paid.until_on, 'j F Y')}"],
        [gettext("Nomor pesanan"), paid.order_number],
        *bank_facts(
            paid_at=paid.paid_at,
            bank_name=paid.bank_name,
            bank_reference=paid.bank_reference,
            virtual_account=paid.virtual_account,
            language=language,
        ),
    ]


def _name(code: str) -> str:
    if "+" in code:
        return gettext("Kecelakaan kerja dan kematian (JKK dan JKM)")
    return f"{programme_name(code)} ({code})"
