"""The proof of registration: the same bytes for the same worker, in two languages, no more of him than is needed."""

import re
import zlib
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.utils import translation

from lindung.documents import registration as registrations
from lindung.documents.registration import Registration, registration_pdf
from lindung.lib.clock import WIB

REGISTERED = Registration(
    number="BD-000000042",
    kpj="26000000123",
    name="Dewi Contoh Lestari",
    nik_masked="••••••••••••0001",
    birth_on=date(1990, 5, 5),
    employer_name="PT Contoh Sejahtera",
    npp="99000123",
    programmes=["JHT", "JP", "JKK", "JKM", "JKP"],
    from_on=date(2026, 11, 2),
    registered_at=datetime(2026, 11, 20, 14, 5, tzinfo=WIB),
)


def content(registration: Registration, language: registrations.Language = "id") -> str:
    with translation.override(language):
        return str(registrations._content(registration, language))


def everything(pdf: bytes) -> bytes:
    """A PDF with its streams unpacked."""
    parts = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            parts.append(stream)
    return b"\n".join(parts)


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_is_one_tagged_page_and_the_same_bytes_again(language: registrations.Language) -> None:
    pdf = registration_pdf(REGISTERED, language=language)
    assert pdf == registration_pdf(REGISTERED, language=language)
    inside = everything(pdf)
    assert len(re.findall(rb"/Type\s*/Page\b", inside)) == 1
    assert re.search(rb"/Lang\s*\(" + language.encode() + rb"\)", inside)
    assert b"pdfuaid:part" in inside
    assert b"BD-000000042" in inside


def test_it_names_the_worker_the_card_the_firm_and_both_days() -> None:
    words = content(REGISTERED)
    for text in (
        "2600\\xa00000\\xa0123",
        "Dewi Contoh Lestari",
        "••••••••••••0001",
        "5 Mei 1990",
        "PT Contoh Sejahtera",
        "99000123",
        "2 November 2026",
        "20 November 2026, 14.05 WIB",
        "Jaminan Kehilangan Pekerjaan (JKP)",
    ):
        assert text in words, text


def test_it_says_how_it_can_be_checked() -> None:
    assert "Telepon 175 dan sebutkan nomor bukti BD-000000042." in content(REGISTERED)


def test_names_that_look_like_markup_are_only_names() -> None:
    awkward = replace(REGISTERED, name='#sys.inputs *Dewi* $x$ "Abadi" <a> // @b', employer_name="PT \\ #Contoh")
    assert registration_pdf(awkward, language="id").startswith(b"%PDF-")


def test_the_longest_names_still_fit_on_the_page() -> None:
    long = replace(REGISTERED, name="Raden " * 33, employer_name="PT " + "Nusantara " * 19)
    assert len(re.findall(rb"/Type\s*/Page\b", everything(registration_pdf(long, language="id")))) == 1
