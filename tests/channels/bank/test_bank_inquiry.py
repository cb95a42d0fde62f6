"""Service 24: what a bank is told of a number."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from lindung.access.models import PartnerRequest
from lindung.channels.bank.bills import bill_details, free_texts, payer_name
from lindung.contributions.order_queries import Payable
from lindung.contributions.queries import payable
from lindung.contributions.services import IssuedBill
from lindung.lib.clock import WIB
from lindung.lib.damm import check_digit
from lindung.partners.bank.simulator import INQUIRY_PATH, BankSession
from tests.channels.bank.bank_door import Hand, booked, new_bill

UNKNOWN = "9" + "0" * 11 + check_digit("9" + "0" * 11)


@pytest.fixture
def bill(bank: BankSession, hand: Hand) -> IssuedBill:
    return new_bill(hand())


def test_an_open_bill_is_described_whole(bank: BankSession, bill: IssuedBill) -> None:
    before = booked()
    exchange = bank.inquire(bill.customer_no, reference="202611210930000001")
    amount = {"value": f"{bill.amount_rupiah}.00", "currency": "IDR"}
    assert exchange.status == 200
    assert exchange.json == {
        "responseCode": "2002400",
        "responseMessage": "Successful",
        "virtualAccountData": {
            "inquiryStatus": "00",
            "inquiryReason": {"english": "Success", "indonesia": "Sukses"},
            "partnerServiceId": "   77123",
            "customerNo": bill.customer_no,
            "virtualAccountNo": f"   77123{bill.customer_no}",
            "inquiryRequestId": "202611210930000001",
            "virtualAccountName": "PT Contoh Maju Bersama",
            "totalAmount": amount,
            "subCompany": "00000",
            "billDetails": [
                {
                    "billCode": "01",
                    "billNo": bill.number,
                    "billName": "Iuran Nov 2026",
                    "billShortName": "IUR 1126",
                    "billDescription": {"english": "Contrib. Nov 2026", "indonesia": "Iuran Nov 2026"},
                    "billSubCompany": "00000",
                    "billAmount": amount,
                }
            ],
            "freeTexts": [{"english": "2 workers, due 15 Dec", "indonesia": "2 pekerja, tempo 15 Des"}],
            "virtualAccountTrxType": "C",
            "feeAmount": {"value": "0.00", "currency": "IDR"},
            "additionalInfo": {},
        },
    }
    assert booked() == before


def test_an_unknown_number_is_not_found(bank: BankSession) -> None:
    exchange = bank.inquire(UNKNOWN)
    assert (exchange.status, exchange.code, exchange.bill["inquiryStatus"]) == (404, "4042412", "01")
    assert exchange.json["responseMessage"] == "Invalid Bill/Virtual Account [Not Found]"
    assert exchange.bill["inquiryReason"] == {"english": "Bill not found", "indonesia": "Tagihan tidak ditemukan"}
    assert exchange.bill["customerNo"] == UNKNOWN


@pytest.mark.parametrize("number", [UNKNOWN[:-1] + str((int(UNKNOWN[-1]) + 1) % 10), "0", UNKNOWN + "0", "0" * 20])
def test_a_mistyped_number_is_told_from_an_unknown_one(bank: BankSession, number: str) -> None:
    assert bank.inquire(number).code == "4042411"


def test_a_company_code_that_is_not_this_banks_finds_nothing(bank: BankSession, bill: IssuedBill) -> None:
    fields = bank.inquiry_fields(bill.customer_no)
    for service_id in ("   77124", "7712300", "     123", "00771230", "       0"):
        other = {"partnerServiceId": service_id, "virtualAccountNo": f"{service_id}{bill.customer_no}"}
        assert bank.call(INQUIRY_PATH, {**fields, **other}).code == "4042412", service_id


def test_a_paid_bill_says_so(bank: BankSession, bill: IssuedBill) -> None:
    bank.pay(bill.customer_no, bill.amount_rupiah)
    exchange = bank.inquire(bill.customer_no)
    assert (exchange.status, exchange.code, exchange.bill["inquiryStatus"]) == (404, "4042414", "01")
    assert exchange.json["responseMessage"] == "Paid Bill"
    assert "totalAmount" not in exchange.bill


def test_an_expired_number_says_so(bank: BankSession, bill: IssuedBill, hand: Hand) -> None:
    found = payable(bill.customer_no, hand())
    assert found
    hand.moment = found.expires_at - timedelta(seconds=1)
    assert bank.inquire(bill.customer_no).code == "2002400"
    hand.move(seconds=1)
    exchange = bank.inquire(bill.customer_no)
    assert (exchange.status, exchange.code, exchange.bill["inquiryStatus"]) == (404, "4042419", "01")


def test_the_same_inquiry_again_gets_the_same_bytes_and_another_one_a_conflict(
    bank: BankSession, bill: IssuedBill, hand: Hand
) -> None:
    request = bank.request(INQUIRY_PATH, bank.inquiry_fields(bill.customer_no))
    first = bank.send(request)
    bank.pay(bill.customer_no, bill.amount_rupiah)
    hand.move(seconds=60)
    assert bank.send(request).answer == first.answer
    external_id = request.headers["X-EXTERNAL-ID"]
    other = bank.call(INQUIRY_PATH, bank.inquiry_fields(bill.customer_no), external_id=external_id)
    assert (other.status, other.code, other.bill["inquiryStatus"]) == (409, "4092400", "01")
    assert PartnerRequest.objects.filter(service="24").count() == 1


def test_an_external_id_is_new_again_the_next_day_in_jakarta(bank: BankSession, bill: IssuedBill, hand: Hand) -> None:
    hand.moment = hand.moment.replace(hour=23, minute=59)
    fields = bank.inquiry_fields(bill.customer_no)
    bank.call(INQUIRY_PATH, fields, external_id="7")
    hand.move(minutes=2)
    assert bank.call(INQUIRY_PATH, bank.inquiry_fields(bill.customer_no), external_id="7").code == "2002400"
    yesterday = hand() - timedelta(minutes=2)
    late = bank.call(INQUIRY_PATH, bank.inquiry_fields(bill.customer_no), external_id="7", sent_at=yesterday)
    assert late.code == "4092400"


def test_the_day_is_jakartas_whatever_offset_the_bank_writes(bank: BankSession, bill: IssuedBill, hand: Hand) -> None:
    hand.moment = hand.moment.replace(hour=23, minute=30)
    bank.call(INQUIRY_PATH, bank.inquiry_fields(bill.customer_no), external_id="7")
    body, timestamp = json.dumps(bank.inquiry_fields(bill.customer_no)).encode(), "2026-11-22T01:30:00+09:00"
    headers = {"X-TIMESTAMP": timestamp, "X-SIGNATURE": bank.sign(INQUIRY_PATH, body, timestamp, bank.token())}
    assert bank.call(INQUIRY_PATH, body, headers=headers).code == "2002400"
    assert bank.call(INQUIRY_PATH, body, external_id="7", headers=headers).code == "4092400"


def a_payable(**changed: object) -> Payable:
    usual = Payable(
        customer_no="1000000000010",
        bill_id=1,
        bill_number="202611000000001",
        period=date(2026, 8, 1),
        employer_name="PT Contoh",
        worker_count=87,
        amount_rupiah=12_345_600,
        contribution_rupiah=12_345_600,
        penalty_rupiah=0,
        due_on=date(2026, 9, 15),
        expires_at=datetime(2026, 12, 16, tzinfo=WIB),
        state="open",
    )
    return replace(usual, **changed)  # type: ignore[arg-type]


def test_a_penalty_is_part_of_the_sum_and_told_apart() -> None:
    late = a_payable(penalty_rupiah=246_912, amount_rupiah=12_592_512)
    assert bill_details(late)[0]["billAmount"]["value"] == "12592512.00"
    assert free_texts(late) == [
        {"english": "87 workers, due 15 Dec", "indonesia": "87 pekerja, tempo 15 Des"},
        {"english": "Incl. penalty Rp246,912", "indonesia": "Termasuk denda Rp246.912"},
    ]


@pytest.mark.parametrize("month", range(1, 13))
def test_no_text_is_longer_than_banks_take(month: int) -> None:
    bill = a_payable(
        period=date(2026, month, 1),
        employer_name="PT Contoh " * 40,
        worker_count=999_999,
        penalty_rupiah=9_999_999_999_999,
        bill_number="9" * 18,
    )
    (detail,) = bill_details(bill)
    limits = {"billCode": 2, "billNo": 18, "billName": 20, "billShortName": 10, "billSubCompany": 5}
    assert all(0 < len(detail[name]) <= limit for name, limit in limits.items())
    assert all(0 < len(text) <= 18 for text in detail["billDescription"].values())
    assert re.fullmatch(r"\d{1,16}\.00", detail["billAmount"]["value"])
    assert all(0 < len(text) <= 32 for line in free_texts(bill) for text in line.values())
    assert len(payer_name(bill)) <= 255
    assert str(bill.period.year) in detail["billDescription"]["english"]
