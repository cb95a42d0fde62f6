"""The receipt of several bills paid at once: each month with its penalty, and what the firm's credit paid of it."""

from dataclasses import replace
from datetime import date, datetime

from django.utils import translation

from lindung.documents import joint_receipt
from lindung.documents.joint_receipt import JointPaid, MonthPaid, joint_receipt_pdf
from lindung.lib.clock import WIB
from tests.documents.test_receipt import texts

PAID = JointPaid(
    number="KW-202611-000000044",
    employer_name="PT Contoh Maju",
    npp="99000123",
    months=[
        MonthPaid("202608000000001", date(2026, 8, 1), 1_908_000, 114_480),
        MonthPaid("202611000000002", date(2026, 11, 1), 1_908_000, 0),
    ],
    paid_rupiah=3_930_480,
    bank_name="Bank Contoh",
    bank_reference="BC1",
    virtual_account="771233000000000028",
    paid_at=datetime(2026, 11, 21, 9, 30, tzinfo=WIB),
)


def _said(paid: JointPaid) -> str:
    with translation.override("id"):
        return " ".join(texts(joint_receipt._content(paid, "id")))


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


def test_two_years_of_months_are_one_document() -> None:
    months = [replace(PAID.months[0], period=date(2025 + place // 12, place % 12 + 1, 1)) for place in range(24)]
    document = joint_receipt_pdf(replace(PAID, months=months, paid_rupiah=24 * 2_022_480), language="en")
    assert document.startswith(b"%PDF")
    assert document == joint_receipt_pdf(replace(PAID, months=months, paid_rupiah=24 * 2_022_480), language="en")
