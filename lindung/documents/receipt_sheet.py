"""What stands on every receipt, whatever was paid. Texts are in the active language."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext

from lindung.documents.words import amount_in_words
from lindung.law.wording import Language, rupiah_text


def head(number: str, paid_rupiah: int, language: Language) -> dict[str, object]:
    """The texts that the sheet begins with, and the title of how to check it; ``paid_rupiah`` is what the bank took."""
    return {
        "language": language,
        "title": gettext("Kuitansi iuran"),
        "number": number,
        "number_label": gettext("Nomor kuitansi"),
        "paid_label": gettext("Diterima"),
        "paid": rupiah_text(paid_rupiah, language),
        "in_words": amount_in_words(paid_rupiah, language),
        "verify_title": gettext("Cara memeriksa kuitansi ini"),
    }


def bank_facts(
    *,
    paid_at: datetime,
    bank_name: str,
    bank_reference: str,
    virtual_account: str,
    language: Language,
    by_day: bool = False,
) -> list[list[str]]:
    """When, through whom and to which number, if any, it was paid; ``paid_at`` is in the zone it is to be shown in.
    ``by_day``: its hour is not known."""
    clock = "H:i" if language == "en" else "H.i"
    moment = date_format(paid_at, "j F Y") if by_day else f"{date_format(paid_at, f'j F Y, {clock}')} WIB"
    return [
        [gettext("Dibayar pada"), moment],
        [gettext("Melalui"), bank_name],
        [gettext("Acuan bank"), bank_reference or "–"],
        *([[gettext("Nomor bayar"), virtual_account]] if virtual_account else []),
    ]


def how_to_check(number: str) -> list[str]:
    """What stands under it on receipts of employers, which name no worker."""
    return [
        gettext("Telepon 175 dan sebutkan nomor kuitansi %(number)s.") % {"number": number},
        gettext("Petugas menyebutkan bulan iuran, jumlah, dan tanggal bayar. Ketiganya harus sama."),
        gettext("Kuitansi ini dibuat otomatis dan tidak memuat data pekerja."),
    ]


def or_dash(rupiah: int, language: Language) -> str:
    """An amount, or a dash for none."""
    return rupiah_text(rupiah, language) if rupiah else "–"
