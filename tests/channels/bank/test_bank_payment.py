"""Service 25: money that a bank took for us is booked once, for the right bill, or refused with a reason."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lindung.contributions.models import Bill, Payment
from lindung.contributions.queries import payable
from lindung.contributions.services import IssuedBill, whole_bills
from lindung.lib.damm import check_digit
from lindung.partners.bank.simulator import PAYMENT_PATH, BankSession, Exchange
from tests.channels.bank.bank_door import Hand, booked, new_bill, remembered

UNKNOWN = "9" + "0" * 11 + check_digit("9" + "0" * 11)


@pytest.fixture
def bill(bank: BankSession, hand: Hand) -> IssuedBill:
    return new_bill(hand())


@pytest.fixture
def expires_at(bill: IssuedBill, hand: Hand) -> datetime:
    found = payable(bill.customer_no, hand())
    assert found
    return found.expires_at


def refused(exchange: Exchange, code: str) -> None:
    assert (exchange.status, exchange.code) == (int(code[:3]), code)
    assert exchange.bill["paymentFlagStatus"] == "01"
    assert all(exchange.bill["paymentFlagReason"].values())
    assert not exchange.receipt_number


def test_an_exact_payment_is_booked_and_answered_with_its_receipt(bank: BankSession, bill: IssuedBill) -> None:
    fields = bank.payment_fields(bill.customer_no, bill.amount_rupiah, reference="202611210930000002")
    exchange = bank.call(PAYMENT_PATH, fields)
    payment = Payment.objects.get()
    amount = {"value": f"{bill.amount_rupiah}.00", "currency": "IDR"}
    assert exchange.status == 200
    assert exchange.json == {
        "responseCode": "2002500",
        "responseMessage": "Successful",
        "virtualAccountData": {
            "paymentFlagStatus": "00",
            "paymentFlagReason": {"english": "Success", "indonesia": "Sukses"},
            "partnerServiceId": "   77123",
            "customerNo": bill.customer_no,
            "virtualAccountNo": f"   77123{bill.customer_no}",
            "paymentRequestId": "202611210930000002",
            "trxDateTime": fields["trxDateTime"],
            "referenceNo": fields["referenceNo"],
            "paidAmount": amount,
            "totalAmount": amount,
            "virtualAccountName": "PT Contoh Maju Bersama",
            "billDetails": [
                {
                    "billCode": "01",
                    "billNo": bill.number,
                    "billName": "Iuran Nov 2026",
                    "billShortName": "IUR 1126",
                    "billDescription": {"english": "Contrib. Nov 2026", "indonesia": "Iuran Nov 2026"},
                    "billSubCompany": "00000",
                    "billAmount": amount,
                    "billerReferenceId": payment.receipt_number,
                    "status": "00",
                    "reason": {"english": "Success", "indonesia": "Sukses"},
                }
            ],
            "additionalInfo": {},
        },
    }
    assert (payment.reference, payment.channel, payment.bank_reference) == (
        "202611210930000002",
        "6011",
        fields["referenceNo"],
    )
    assert Bill.objects.get(pk=bill.bill_id).payment_id == payment.pk


def test_without_a_channel_code_the_channel_is_the_headers(bank: BankSession, bill: IssuedBill) -> None:
    fields = bank.payment_fields(bill.customer_no, bill.amount_rupiah)
    del fields["channelCode"]
    bank.call(PAYMENT_PATH, fields)
    assert Payment.objects.get().channel == "95231"


@pytest.mark.parametrize(
    ("written", "paid_at"),
    [
        ("2026-11-21T09:12:34+07:00", datetime(2026, 11, 21, 2, 12, 34, tzinfo=UTC)),
        ("2026-11-21T11:12:34+09:00", datetime(2026, 11, 21, 2, 12, 34, tzinfo=UTC)),
        ("2027-01-01T00:00:00+07:00", datetime(2026, 11, 21, 2, 30, tzinfo=UTC)),
        ("", datetime(2026, 11, 21, 2, 30, tzinfo=UTC)),
    ],
)
def test_a_payment_happened_when_the_bank_says_but_never_in_the_future(
    bank: BankSession, bill: IssuedBill, written: str, paid_at: datetime
) -> None:
    fields = bank.payment_fields(bill.customer_no, bill.amount_rupiah) | {"trxDateTime": written}
    assert bank.call(PAYMENT_PATH, fields).code == "2002500"
    assert Payment.objects.get().paid_at == paid_at


@pytest.mark.parametrize("difference", [-1, 1, 1_000_000])
def test_another_amount_is_refused_and_the_bill_stays_open(
    bank: BankSession, bill: IssuedBill, difference: int
) -> None:
    before = booked()
    refused(bank.pay(bill.customer_no, bill.amount_rupiah + difference), "4042513")
    assert booked() == before
    assert bank.inquire(bill.customer_no).code == "2002400"


def test_another_currency_is_a_wrong_amount(bank: BankSession, bill: IssuedBill) -> None:
    before = booked()
    amount = {"value": f"{bill.amount_rupiah}.00", "currency": "USD"}
    fields = bank.payment_fields(bill.customer_no, bill.amount_rupiah) | {"paidAmount": amount}
    refused(bank.call(PAYMENT_PATH, fields), "4042513")
    assert booked() == before


def test_an_unknown_number_and_a_mistyped_one_are_refused(bank: BankSession, bill: IssuedBill) -> None:
    before = booked()
    refused(bank.pay(UNKNOWN, bill.amount_rupiah), "4042512")
    refused(bank.pay(UNKNOWN[:-1] + str((int(UNKNOWN[-1]) + 1) % 10), bill.amount_rupiah), "4042511")
    other = bank.payment_fields(bill.customer_no, bill.amount_rupiah) | {
        "partnerServiceId": "   77124",
        "virtualAccountNo": f"   77124{bill.customer_no}",
    }
    refused(bank.call(PAYMENT_PATH, other), "4042512")
    assert booked() == before


def test_a_second_debit_for_a_paid_bill_is_refused(bank: BankSession, bill: IssuedBill) -> None:
    assert bank.pay(bill.customer_no, bill.amount_rupiah).code == "2002500"
    before = booked()
    refused(bank.pay(bill.customer_no, bill.amount_rupiah), "4042514")
    assert booked() == before


def test_a_payment_after_the_end_without_an_inquiry_is_refused(
    bank: BankSession, bill: IssuedBill, hand: Hand, expires_at: datetime
) -> None:
    hand.moment = expires_at
    before = booked()
    refused(bank.pay(bill.customer_no, bill.amount_rupiah), "4042519")
    assert booked() == before


def test_a_payment_after_the_end_is_taken_when_its_inquiry_was_answered_before(
    bank: BankSession, bill: IssuedBill, hand: Hand, expires_at: datetime
) -> None:
    hand.moment = expires_at - timedelta(microseconds=1)
    reference = bank.inquire(bill.customer_no).bill["inquiryRequestId"]
    hand.move(hours=3)
    exchange = bank.pay(bill.customer_no, bill.amount_rupiah, reference=reference)
    assert exchange.code == "2002500"
    assert exchange.receipt_number


def test_the_earliest_inquiry_counts(bank: BankSession, bill: IssuedBill, hand: Hand, expires_at: datetime) -> None:
    reference = bank.inquire(bill.customer_no).bill["inquiryRequestId"]
    hand.moment = expires_at + timedelta(minutes=1)
    assert bank.inquire(bill.customer_no, reference=reference).code == "4042419"
    assert bank.pay(bill.customer_no, bill.amount_rupiah, reference=reference).code == "2002500"


def test_an_inquiry_about_another_number_or_after_the_end_or_of_another_bank_does_not_help(
    bank: BankSession, bill: IssuedBill, hand: Hand, expires_at: datetime
) -> None:
    other = new_bill(hand())
    about_other = bank.inquire(other.customer_no).bill["inquiryRequestId"]
    hand.moment = expires_at
    too_late = bank.inquire(bill.customer_no).bill["inquiryRequestId"]
    before = booked()
    for reference in (about_other, too_late, bank.new_reference()):
        refused(bank.pay(bill.customer_no, bill.amount_rupiah, reference=reference), "4042519")
    assert booked() == before


def test_what_nobody_foresaw_is_a_general_error_with_nothing_booked_and_nothing_told(
    bank: BankSession, bill: IssuedBill, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "lindung")
    before = booked()
    request = bank.request(PAYMENT_PATH, bank.payment_fields(bill.customer_no, bill.amount_rupiah))
    with monkeypatch.context() as broken:

        def fails(*_arguments: Any, **_named: Any) -> None:
            raise RuntimeError(f"a bug that speaks of {bill.customer_no}")

        broken.setattr(whole_bills, "tell_each", fails)
        exchange = bank.send(request)
    refused(exchange, "5002500")
    assert exchange.json["responseMessage"] == "General Error"
    assert (booked(), remembered()) == (before, 0)
    assert "RuntimeError" in caplog.text
    assert bill.customer_no not in caplog.text
    assert bank.send(request).code == "2002500"


def test_no_answer_holds_anything_of_a_worker(bank: BankSession, bill: IssuedBill) -> None:
    for exchange in (bank.inquire(bill.customer_no), bank.pay(bill.customer_no, bill.amount_rupiah)):
        text = exchange.answer.decode().lower()
        for word in ("nik", "kpj", "wage", "upah", "9000000"):
            assert word not in text
