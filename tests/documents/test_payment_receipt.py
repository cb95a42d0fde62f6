"""The receipt of a payment for several bills, a part or more: each bill with its penalty, and what was credit's."""

from dataclasses import replace
from datetime import date, datetime

from django.utils import translation

from lindung.documents import payment_receipt
from lindung.documents.payment_receipt import BillPaid, PaymentReceipt, payment_receipt_pdf
from lindung.lib.clock import WIB
from tests.documents.test_receipt import texts

PAID = PaymentReceipt(
    number="KW-202611-000000044",
    employer_name="PT Contoh Maju",
    npp="99000123",
    bills=[
        BillPaid("202608000000001", date(2026, 8, 1), 1_908_000, 114_480),
        BillPaid("202611000000002", date(2026, 11, 1), 1_908_000, 0),
    ],
    paid_rupiah=3_930_480,
    bank_name="Bank Contoh",
    bank_reference="BC1",
    virtual_account="771233000000000028",
    paid_at=datetime(2026, 11, 21, 9, 30, tzinfo=WIB),
)


def _said(paid: PaymentReceipt) -> str:
    with translation.override("id"):
        return " ".join(texts(payment_receipt._content(paid, "id")))


def test_every_month_is_listed_with_its_penalty_and_the_sum() -> None:
    said = _said(PAID)
    assert "Agustus 2026 · 202608000000001 Rp1.908.000 Rp114.480 Rp2.022.480" in said
    assert "November 2026 · 202611000000002 Rp1.908.000 – Rp1.908.000" in said
    assert "Jumlah dibayar Rp3.816.000 Rp114.480 Rp3.930.480" in said
    assert "saldo perusahaan" not in said


def test_what_credit_paid_is_taken_off() -> None:
    said = _said(replace(PAID, paid_rupiah=3_430_480))
    assert "Dibayar dari saldo perusahaan – – -Rp500.000" in said
    assert "Rp3.430.480" in said


def test_a_part_of_a_bill_and_penalties_alone_stand_as_they_were_paid() -> None:
    parts = [replace(PAID.bills[0], penalty_rupiah=0, contribution_rupiah=500_000)]
    said = _said(replace(PAID, bills=parts, paid_rupiah=500_000))
    assert "Agustus 2026 · 202608000000001 Rp500.000 – Rp500.000" in said
    assert "Jumlah dibayar Rp500.000 – Rp500.000" in said
    fine = [replace(PAID.bills[0], contribution_rupiah=0)]
    assert "202608000000001 – Rp114.480 Rp114.480" in _said(replace(PAID, bills=fine, paid_rupiah=114_480))


def test_what_is_over_becomes_credit_and_a_slip_has_no_number_it_was_paid_to() -> None:
    over = replace(PAID, paid_rupiah=4_000_000, virtual_account="", by_day=True)
    said = _said(over)
    assert "Dibayar pada 21 November 2026 Melalui" in said
    assert "Dibayar pada 21 November 2026, 09.30 WIB" in _said(PAID)
    assert "Menjadi saldo perusahaan – – Rp69.520" in said
    assert "Nomor bayar" not in said
    assert "nomor bayar" not in said
    assert payment_receipt_pdf(replace(over, bills=[]), language="id").startswith(b"%PDF")


def test_two_years_of_months_are_one_document() -> None:
    months = [replace(PAID.bills[0], period=date(2025 + place // 12, place % 12 + 1, 1)) for place in range(24)]
    document = payment_receipt_pdf(replace(PAID, bills=months, paid_rupiah=24 * 2_022_480), language="en")
    assert document.startswith(b"%PDF")
    assert document == payment_receipt_pdf(replace(PAID, bills=months, paid_rupiah=24 * 2_022_480), language="en")
