"""The proof that a worker is registered: whose card it is, by which firm and since when, and how to check it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from lindung.documents.receipt import programme_name
from lindung.documents.typesetting import typeset
from lindung.law.wording import Language


@dataclass(frozen=True, slots=True)
class Registration:
    """Everything that stands on a proof of registration. It is the worker's paper: nobody else stands there.

    ``nik_masked`` shows no more than its owner needs to know it again. ``registered_at`` is already in the zone it is
    to be shown in.
    """

    number: str
    kpj: str
    name: str
    nik_masked: str
    birth_on: date
    employer_name: str
    npp: str
    programmes: Sequence[str]
    from_on: date
    registered_at: datetime


def registration_pdf(registration: Registration, *, language: Language) -> bytes:
    """The proof as a PDF of one A4 page, by the same bytes whenever it is asked for."""
    with translation.override(language):
        return typeset("registration", _content(registration, language), made_at=registration.registered_at)


def _content(registration: Registration, language: Language) -> dict[str, object]:
    """The page as texts in one language; the template only places them."""
    clock = "H:i" if language == "en" else "H.i"
    return {
        "language": language,
        "title": gettext("Bukti pendaftaran peserta"),
        "number": registration.number,
        "number_label": gettext("Nomor bukti"),
        "kpj_label": gettext("Nomor kartu (KPJ)"),
        "kpj": _groups(registration.kpj),
        "name": registration.name,
        "facts": [
            [gettext("Tanggal lahir"), date_format(registration.birth_on, "j F Y")],
            [gettext("NIK"), registration.nik_masked],
            [gettext("Didaftarkan oleh"), registration.employer_name],
            [gettext("NPP"), registration.npp],
            [gettext("Bekerja sejak"), date_format(registration.from_on, "j F Y")],
            [
                gettext("Terdaftar pada"),
                f"{date_format(registration.registered_at, f'j F Y, {clock}')} WIB",
            ],
        ],
        "programmes_title": gettext("Program yang diikuti"),
        "programmes": [f"{programme_name(code)} ({code})" for code in registration.programmes],
        "verify_title": gettext("Cara memeriksa bukti ini"),
        "verify": [
            gettext("Telepon 175 dan sebutkan nomor bukti %(number)s.") % {"number": registration.number},
            gettext("Petugas menyebutkan nama perusahaan dan tanggal terdaftar. Keduanya harus sama."),
            gettext("Bukti ini milik pekerja. Simpan, dan jangan berikan salinannya kepada orang yang tidak berhak."),
        ],
        "footer": gettext("Bukti pendaftaran %(number)s") % {"number": registration.number},
    }


def _groups(number: str) -> str:
    return "\N{NO-BREAK SPACE}".join(number[start : start + 4] for start in range(0, len(number), 4))
