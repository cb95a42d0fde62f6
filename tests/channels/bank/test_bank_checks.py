"""What every signed call is checked for, in which order, and that a refused call changes nothing."""

import json
import logging
from typing import Any

import pytest

from lindung.access.models import Partner
from lindung.contributions.services import IssuedBill
from lindung.partners.bank.simulator import INQUIRY_PATH, PAYMENT_PATH, BankSession, Exchange, Fields
from tests.channels.bank.bank_door import Hand, booked, new_bill, open_bank, remembered

SERVICES = {"24": INQUIRY_PATH, "25": PAYMENT_PATH}
BASE64 = "ym3EymfH7VhQymZ7w4F2/0OnuHAo148M4Us8jDBsu/iPcHWhdPjiWz+ImuX8y6PRTNi1QSM7m3wtQDaDvAuclA=="


@pytest.fixture(params=["24", "25"])
def service(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bill(bank: BankSession, hand: Hand) -> IssuedBill:
    return new_bill(hand())


def good_fields(bank: BankSession, service: str, bill: IssuedBill) -> Fields:
    if service == "24":
        return bank.inquiry_fields(bill.customer_no)
    return bank.payment_fields(bill.customer_no, bill.amount_rupiah)


def refused(exchange: Exchange, code: str, message: str) -> None:
    """Whoever shows to be the bank is told what is wrong; whoever does not learns nothing of any bill."""
    assert exchange.status == int(code[:3])
    assert (exchange.code, exchange.json["responseMessage"]) == (code, message)
    assert exchange.answer_headers["x-timestamp"]
    if exchange.status == 401:
        assert exchange.json.keys() == {"responseCode", "responseMessage"}
    else:
        verdict = "inquiry" if code[3:5] == "24" else "paymentFlag"
        assert exchange.bill[f"{verdict}Status"] == "01"
        assert exchange.bill[f"{verdict}Reason"].keys() == {"english", "indonesia"}
        assert "virtualAccountName" not in exchange.bill


@pytest.mark.parametrize(
    ("headers", "number", "message"),
    [
        ({"X-PARTNER-ID": None}, "00", "Unauthorized. [Unknown client]"),
        ({"X-PARTNER-ID": "nobody"}, "00", "Unauthorized. [Unknown client]"),
        ({"X-PARTNER-ID": "\x00"}, "00", "Unauthorized. [Unknown client]"),
        ({"Authorization": None}, "01", "Invalid Token (B2B)"),
        ({"Authorization": "Bearer"}, "01", "Invalid Token (B2B)"),
        ({"Authorization": "Bearer T0k3nContoh"}, "01", "Invalid Token (B2B)"),
        ({"X-SIGNATURE": None}, "00", "Unauthorized. [Signature]"),
        ({"X-SIGNATURE": BASE64}, "00", "Unauthorized. [Signature]"),
        ({"X-SIGNATURE": "\x00"}, "00", "Unauthorized. [Signature]"),
    ],
)
def test_a_call_that_does_not_show_to_be_the_bank_learns_nothing(
    bank: BankSession, bill: IssuedBill, service: str, headers: dict[str, Any], number: str, message: str
) -> None:
    before = booked()
    exchange = bank.call(SERVICES[service], good_fields(bank, service, bill), headers=headers)
    refused(exchange, f"401{service}{number}", message)
    assert (booked(), remembered()) == (before, 0)


def test_a_timestamp_that_cannot_be_read_is_a_bad_format(bank: BankSession, bill: IssuedBill, service: str) -> None:
    for timestamp in (None, "", "kemarin", "2026-11-21T09:30:00", "2026-11-21 09:30:00+07:00"):
        exchange = bank.call(SERVICES[service], good_fields(bank, service, bill), headers={"X-TIMESTAMP": timestamp})
        refused(exchange, f"400{service}01", "Invalid Field Format X-TIMESTAMP")


@pytest.mark.parametrize(("seconds", "good"), [(-301, False), (-300, True), (300, True), (301, False)])
def test_a_call_is_good_for_five_minutes_around_its_timestamp(
    bank: BankSession, bill: IssuedBill, hand: Hand, service: str, seconds: int, good: bool
) -> None:
    before = booked()
    request = bank.request(SERVICES[service], good_fields(bank, service, bill))
    hand.move(seconds=-seconds)
    exchange = bank.send(request)
    if good:
        assert exchange.code == f"200{service}00"
    else:
        refused(exchange, f"401{service}00", "Unauthorized. [Timestamp]")
        assert (booked(), remembered()) == (before, 0)


@pytest.mark.parametrize(
    "options",
    [
        {"secret": "rahasia-klien-lain"},
        {"signed_path": "/v1.0/transfer-va/inquiry"},
        {"signed_path": "/snap/v1.0/transfer-va/status"},
        {"headers": {"X-TIMESTAMP": "2026-11-21T09:30:01+07:00"}},
    ],
)
def test_a_signature_over_anything_else_is_refused(
    bank: BankSession, bill: IssuedBill, service: str, options: dict[str, Any]
) -> None:
    before = booked()
    exchange = bank.call(SERVICES[service], good_fields(bank, service, bill), **options)
    refused(exchange, f"401{service}00", "Unauthorized. [Signature]")
    assert (booked(), remembered()) == (before, 0)


def test_a_signature_over_another_body_is_refused(bank: BankSession, bill: IssuedBill, service: str) -> None:
    fields = good_fields(bank, service, bill)
    request = bank.request(SERVICES[service], fields)
    forged = bank.request(SERVICES[service], {**fields, "customerNo": "1000000123455"})
    forged.headers["X-SIGNATURE"] = request.headers["X-SIGNATURE"]
    refused(bank.send(forged), f"401{service}00", "Unauthorized. [Signature]")


def test_a_call_may_be_formatted_anyhow_and_says_more_than_we_know(
    bank: BankSession, bill: IssuedBill, service: str
) -> None:
    fields = {**good_fields(bank, service, bill), "passApp": "", "newThing": {"a": [1.50, None]}}
    exchange = bank.call(SERVICES[service], json.dumps(fields, indent=3).encode())
    assert exchange.code == f"200{service}00"


def test_a_token_is_good_for_its_own_bank_only_and_for_900_seconds(
    bank: BankSession, bill: IssuedBill, hand: Hand, service: str
) -> None:
    other = open_bank(hand)[1]
    fields = good_fields(bank, service, bill)
    stolen = bank.call(SERVICES[service], fields, headers={"Authorization": f"Bearer {other.token()}"})
    refused(stolen, f"401{service}01", "Invalid Token (B2B)")
    token = bank.token()
    hand.move(seconds=900)
    late = bank.call(SERVICES[service], fields, headers={"Authorization": f"Bearer {token}"})
    refused(late, f"401{service}01", "Invalid Token (B2B)")


def test_the_first_check_that_fails_answers(bank: BankSession, bill: IssuedBill, hand: Hand, service: str) -> None:
    """Everything is wrong; each round mends what the answer before it named."""
    bank.token()
    partner = Partner.objects.filter(client_id=bank.own.client_id)
    partner.update(allowed_addresses=["203.0.113.1"])
    headers: dict[str, str | None] = {
        "X-PARTNER-ID": "nobody", "Authorization": "Bearer x", "X-TIMESTAMP": "x", "X-SIGNATURE": "x",
        "X-EXTERNAL-ID": None,
    }  # fmt: skip
    used = bank.new_external_id()
    good = good_fields(bank, service, bill)
    body: object = b"{"

    def said() -> str:
        return str(bank.call(SERVICES[service], body, headers=headers).json["responseMessage"])

    assert said() == "Unauthorized. [Unknown client]"
    del headers["X-PARTNER-ID"]
    assert said() == "Unauthorized. [Connection not allowed]"
    partner.update(allowed_addresses=[])
    assert said() == "Invalid Token (B2B)"
    del headers["Authorization"]
    assert said() == "Invalid Field Format X-TIMESTAMP"
    del headers["X-TIMESTAMP"]
    assert said() == "Unauthorized. [Signature]"
    del headers["X-SIGNATURE"]
    assert said() == "Bad Request"
    body = {**good, "customerNo": "x"}
    assert said() == "Invalid Mandatory Field X-EXTERNAL-ID"
    headers["X-EXTERNAL-ID"] = used
    assert said() == "Invalid Field Format customerNo"
    assert remembered() == 0
    unknown = good_fields(bank, service, bill) | bank.number_fields("9000000000000")
    assert bank.call(SERVICES[service], unknown, external_id=used).status == 404
    body = good
    assert said() == "Conflict"
    headers["X-EXTERNAL-ID"] = bank.new_external_id()
    assert said() == "Successful"


def test_a_body_over_64_kb_is_refused_before_anything_else(bank: BankSession, bill: IssuedBill, service: str) -> None:
    fields = good_fields(bank, service, bill)
    spare = 65_536 - len(json.dumps({**fields, "more": ""}).encode())
    exchange = bank.call(SERVICES[service], {**fields, "more": "x" * (spare + 1)}, headers={"X-SIGNATURE": "x"})
    refused(exchange, f"400{service}00", "Bad Request")
    assert bank.call(SERVICES[service], {**fields, "more": "x" * spare}).code == f"200{service}00"


def test_a_prefix_that_a_proxy_takes_off_is_part_of_what_the_bank_signs(db: None, hand: Hand, service: str) -> None:
    _id, bank = open_bank(hand, signed_path_prefix="/openapi/lindung")
    bill = new_bill(hand())
    fields = good_fields(bank, service, bill)
    refused(bank.call(SERVICES[service], fields), f"401{service}00", "Unauthorized. [Signature]")
    signed = f"/openapi/lindung{SERVICES[service]}"
    assert bank.call(SERVICES[service], fields, signed_path=signed).code == f"200{service}00"


def test_query_parameters_are_signed_sorted(bank: BankSession, bill: IssuedBill, service: str) -> None:
    path = SERVICES[service]
    fields = good_fields(bank, service, bill)
    assert bank.call(f"{path}?b=2&a=x%20y", fields, signed_path=f"{path}?a=x%20y&b=2").code == f"200{service}00"


def test_a_bank_that_writes_hex_signs_in_hex(db: None, hand: Hand, service: str) -> None:
    _id, bank = open_bank(hand, encoding="hex")
    bill = new_bill(hand())
    assert bank.call(SERVICES[service], good_fields(bank, service, bill)).code == f"200{service}00"


def test_nothing_of_a_call_stands_in_the_log(
    bank: BankSession, bill: IssuedBill, service: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "lindung")
    request = bank.request(SERVICES[service], good_fields(bank, service, bill), secret="another secret of a bank")
    bank.send(request)
    assert f"401{service}00" in caplog.text
    for secret in (request.headers["X-SIGNATURE"], bank.token(), bill.customer_no, bank.own.partner_id):
        assert secret not in caplog.text


def test_only_post_is_answered(bank: BankSession, service: str) -> None:
    answer = bank._client.get(SERVICES[service])
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json() == {
        "responseCode": f"405{service}00",
        "responseMessage": "Requested Function Is Not Supported",
    }
