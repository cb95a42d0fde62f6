"""The receipt: the same bytes for the same payment, in two languages, with nothing of a worker."""

import re
import zlib
from dataclasses import fields, replace
from datetime import date, datetime

import pytest

from lindung.documents import receipt as receipts
from lindung.documents.receipt import ProgrammePaid, Receipt, receipt_pdf
from lindung.lib.clock import WIB

PAID = Receipt(
    number="KW-202611-000000042",
    bill_number="202610000000042",
    period=date(2026, 10, 1),
    employer_name="PT Contoh Sejahtera",
    npp="99000123",
    worker_count=1204,
    wage_rupiah=6_812_450_000,
    programmes=[
        ProgrammePaid("JHT", 252_060_650, 136_249_000),
        ProgrammePaid("JP", 136_249_000, 68_124_500),
        ProgrammePaid("JKK", 36_787_230, 0),
        ProgrammePaid("JKM", 20_437_350, 0),
    ],
    penalty_rupiah=0,
    months_late=0,
    bank_name="Bank Contoh",
    bank_reference="BC20261116-99812",
    virtual_account="880811000000000427",
    paid_at=datetime(2026, 11, 14, 14, 5, tzinfo=WIB),
)


def texts(value: object) -> list[str]:
    """Every text of a receipt's content, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for part in value for text in texts(part)] if isinstance(value, list) else []


def content(receipt: Receipt, language: receipts.Language = "id") -> list[str]:
    from django.utils import translation

    with translation.override(language):
        return texts(receipts._content(receipt, language))


def inflated(pdf: bytes) -> bytes:
    """The streams of a PDF, unpacked."""
    unpacked = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return b"\n".join(unpacked)


def test_the_same_payment_gives_the_same_bytes_whenever_it_is_asked_for() -> None:
    assert receipt_pdf(PAID, language="id") == receipt_pdf(PAID, language="id")


def test_it_is_one_a4_page() -> None:
    pdf = receipt_pdf(PAID, language="id")
    assert pdf.startswith(b"%PDF-")
    everything = pdf + inflated(pdf)
    assert len(re.findall(rb"/Type\s*/Page\b", everything)) == 1
    assert re.search(rb"/MediaBox\s*\[\s*0 0 595\.\d+ 841\.\d+\s*\]", everything)


@pytest.mark.parametrize(("language", "tag"), [("id", rb"/Lang\s*\(id\)"), ("en", rb"/Lang\s*\(en\)")])
def test_it_tells_its_title_and_its_language_to_a_reader_that_speaks(language: receipts.Language, tag: bytes) -> None:
    pdf = receipt_pdf(PAID, language=language)
    everything = pdf + inflated(pdf)
    assert re.search(tag, everything)
    assert b"KW-202611-000000042" in everything
    assert b"pdfuaid:part" in everything


def test_what_was_paid_is_the_sum_of_both_shares_and_the_penalty() -> None:
    late = replace(PAID, penalty_rupiah=12_998_154, months_late=1)
    assert PAID.paid_rupiah == 649_907_730
    assert late.paid_rupiah == 649_907_730 + 12_998_154
    assert "Rp662.905.884" in content(late)
    assert "Denda terlambat 1 bulan" in content(late)


def test_a_payment_in_time_says_nothing_of_a_penalty() -> None:
    assert not [text for text in content(PAID) if "denda" in text.lower()]


def test_it_names_firm_month_bank_reference_and_moment() -> None:
    assert {
        "KW-202611-000000042",
        "PT Contoh Sejahtera",
        "99000123",
        "Oktober 2026",
        "Bank Contoh",
        "BC20261116-99812",
        "14 November 2026, 14.05 WIB",
        "Rp649.907.730",
    } <= set(content(PAID))


def test_it_says_how_it_can_be_checked() -> None:
    assert any("175" in text and "KW-202611-000000042" in text for text in content(PAID))


def test_english_has_english_dates_amounts_and_words() -> None:
    english = content(PAID, "en")
    assert "October 2026" in english
    assert "Rp649,907,730" in english
    assert "14 November 2026, 14:05 WIB" in english
    assert any(text.startswith("Six hundred forty-nine million") for text in english)


def test_a_firm_whose_name_looks_like_markup_is_only_a_name() -> None:
    awkward = replace(PAID, employer_name='PT #sys.inputs *Contoh* $x$ \\ "Abadi" <a> // CV @b')
    assert receipt_pdf(awkward, language="id").startswith(b"%PDF-")


def test_a_long_name_still_fits_on_the_page() -> None:
    long = replace(PAID, employer_name="PT Contoh " + "Nusantara " * 19, penalty_rupiah=1, months_late=30)
    pdf = receipt_pdf(long, language="id")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf + inflated(pdf))) == 1


def test_there_is_no_place_for_a_worker_on_it() -> None:
    names = {field.name for field in fields(Receipt)}
    assert not names & {"workers", "names", "nik", "kpj", "lines"}
