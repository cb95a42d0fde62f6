"""The receipt of an order: what was paid, by whom, for which time; the same bytes whenever it is asked for."""

from dataclasses import replace
from datetime import date, datetime

from django.utils import translation

from lindung.documents import order_receipt
from lindung.documents.order_receipt import OrderPaid, order_receipt_pdf
from lindung.law.wording import Language
from lindung.lib.clock import WIB
from tests.documents.test_receipt import texts

PAID = OrderPaid(
    number="KW-202611-000000043",
    order_number="B202611000000007",
    kind="own_account",
    payer_name="Siti Contoh",
    payer_number="24018800041",
    from_on=date(2026, 11, 1),
    until_on=date(2027, 1, 31),
    parts=[("JKK", 59_000), ("JKM", 13_600), ("JHT", 177_000)],
    bank_name="Bank Contoh",
    bank_reference="BC1",
    virtual_account="771232000000000028",
    paid_at=datetime(2026, 11, 21, 9, 30, tzinfo=WIB),
)


def _said(paid: OrderPaid, language: Language = "id") -> list[str]:
    with translation.override(language):
        return texts(order_receipt._content(paid, language))


def test_a_member_reads_what_he_paid_for_which_time() -> None:
    said = _said(PAID)
    for text in ("Siti Contoh", "KPJ", "24018800041", "Rp249.600", "1 November 2026 – 31 Januari 2027", "Rp177.000"):
        assert text in said
    assert PAID.paid_rupiah == 249_600
    assert any("dua ratus empat puluh sembilan ribu enam ratus" in text.lower() for text in said)


def test_what_the_law_names_as_one_amount_is_one_line() -> None:
    package = replace(PAID, kind="migrant", parts=[("JKK+JKM", 370_000)])
    assert "Kecelakaan kerja dan kematian (JKK dan JKM)" in _said(package)


def test_a_stage_of_a_project_is_its_employers() -> None:
    stage = replace(
        PAID, kind="project", payer_name="PT Contoh", payer_number="99000123", about=[("Tahap", "1 dari 3")]
    )
    said = _said(stage)
    assert "NPP" in said
    assert "KPJ" not in said
    assert "1 dari 3" in said


def test_the_same_receipt_is_the_same_bytes_in_each_language() -> None:
    first = order_receipt_pdf(PAID, language="id")
    assert first == order_receipt_pdf(PAID, language="id")
    assert first.startswith(b"%PDF")
    assert order_receipt_pdf(PAID, language="en") != first
