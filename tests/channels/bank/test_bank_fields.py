"""The body of a call: what must be there, what it must look like, what goes back as it came."""

import json
from typing import Any

import pytest

from lindung.contributions.services import IssuedBill
from lindung.partners.bank.simulator import INQUIRY_PATH, PAYMENT_PATH, BankSession, Exchange
from tests.channels.bank.bank_door import Hand, booked, new_bill, remembered

DEEP = b'{"a":' * 5_000 + b"1" + b"}" * 5_000


@pytest.fixture
def bill(bank: BankSession, hand: Hand) -> IssuedBill:
    return new_bill(hand())


def pay_with(bank: BankSession, bill: IssuedBill, **changed: Any) -> Exchange:
    return bank.call(PAYMENT_PATH, {**bank.payment_fields(bill.customer_no, bill.amount_rupiah), **changed})


@pytest.mark.parametrize("path", [INQUIRY_PATH, PAYMENT_PATH])
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff", '{"a": "ä"}'.encode("utf-16"), b'{"a": 1, "a": 2}', b"[" * 60_000, DEEP,
     b"9" * 10_000, b"\xef\xbb\xbf{}"],
)  # fmt: skip
def test_what_is_no_json_object_is_a_bad_request(bank: BankSession, path: str, body: bytes) -> None:
    exchange = bank.call(path, body)
    assert (exchange.status, exchange.json["responseMessage"]) == (400, "Bad Request")
    assert exchange.code[5:] == "00"
    assert remembered() == 0


def test_an_amount_given_twice_books_neither(bank: BankSession, bill: IssuedBill) -> None:
    before = booked()
    body = json.dumps(bank.payment_fields(bill.customer_no, bill.amount_rupiah)).encode()
    twice = body.replace(b'"paidAmount": {', b'"paidAmount": {"value": "1.00", ')
    assert twice != body
    assert bank.call(PAYMENT_PATH, twice).code == "4002500"
    assert booked() == before


@pytest.mark.parametrize("nothing", [None, "", "left out"])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        *((INQUIRY_PATH, n) for n in ("partnerServiceId", "customerNo", "virtualAccountNo", "inquiryRequestId")),
        *((PAYMENT_PATH, n) for n in ("partnerServiceId", "customerNo", "virtualAccountNo", "paymentRequestId")),
        (PAYMENT_PATH, "paidAmount"),
    ],
)
def test_a_mandatory_field_that_is_missing_is_named(
    bank: BankSession, bill: IssuedBill, path: str, name: str, nothing: str | None
) -> None:
    before = booked()
    make = bank.inquiry_fields if path == INQUIRY_PATH else bank.payment_fields
    fields = make(bill.customer_no, *([bill.amount_rupiah] if path == PAYMENT_PATH else []))  # type: ignore[operator]
    fields[name] = nothing
    if nothing == "left out":
        del fields[name]
    exchange = bank.call(path, fields)
    assert exchange.code[:3] + exchange.code[5:] == "40002"
    assert exchange.json["responseMessage"] == f"Invalid Mandatory Field {name}"
    assert (booked(), remembered()) == (before, 0)


@pytest.mark.parametrize(
    ("header", "bad"), [("X-EXTERNAL-ID", "12a"), ("X-EXTERNAL-ID", "1" * 37), ("CHANNEL-ID", "123456")]
)
def test_a_header_of_the_wrong_form_is_named(bank: BankSession, bill: IssuedBill, header: str, bad: str) -> None:
    fields = bank.inquiry_fields(bill.customer_no)
    assert (
        bank.call(INQUIRY_PATH, fields, headers={header: bad}).json["responseMessage"]
        == f"Invalid Field Format {header}"
    )
    assert bank.call(INQUIRY_PATH, fields, headers={header: None}).code == "4002402"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("partnerServiceId", [77123, "77 123", "bank", "    77123", "\t77123", "٧٧١٢٣", []]),
        ("customerNo", [1000000000010, "1" * 21, "100000000001x", " 1000000000010", "1000000000010\n", [1]]),
        ("virtualAccountNo", ["77123", "   771239000000000000", "x", "  " * 20, 7]),
        ("paymentRequestId", [1, "x" * 129, "a\x00b", "\ud800", "  ", "a\nb", ["x"]]),
        ("referenceNo", [1, "x" * 65, "\x00"]),
        ("channelCode", ["teller", 60111, -1, 6011.5, True, {}]),
        ("flagAdvise", ["y", 1, "YES", ["Y"]]),
        ("trxDateTime", ["2026-11-21", "kemarin", 20261121]),
        ("paidAmount", ["1177200.00", 1177200, [1]]),
    ],
)
def test_a_field_of_the_wrong_form_is_named_and_nothing_is_booked(
    bank: BankSession, bill: IssuedBill, name: str, values: list[Any]
) -> None:
    before = booked()
    for value in values:
        exchange = pay_with(bank, bill, **{name: value})
        assert (exchange.code, exchange.json["responseMessage"]) == ("4002501", f"Invalid Field Format {name}"), value
    assert (booked(), remembered()) == (before, 0)


@pytest.mark.parametrize(
    "value",
    ["{}.001", "{}.0", "{}.50", "{}E0", "-{}.00", "+{}", "0x{}", "{},00", " {}.00", "{}.00 ", "12345678901234567.00"],
)
def test_an_amount_in_any_other_spelling_is_refused(bank: BankSession, bill: IssuedBill, value: str) -> None:
    before = booked()
    written = value.format(bill.amount_rupiah)
    exchange = pay_with(bank, bill, paidAmount={"value": written, "currency": "IDR"})
    assert (exchange.code, exchange.json["responseMessage"]) == ("4002501", "Invalid Field Format paidAmount.value")
    assert (booked(), remembered()) == (before, 0)


@pytest.mark.parametrize("written", ["{}", "{}.00"])
def test_an_amount_with_and_without_decimals_is_the_same_and_goes_back_as_it_came(
    bank: BankSession, bill: IssuedBill, written: str
) -> None:
    amount = {"value": written.format(bill.amount_rupiah), "currency": "IDR"}
    exchange = pay_with(bank, bill, paidAmount=amount)
    assert exchange.code == "2002500"
    assert exchange.bill["paidAmount"] == amount


@pytest.mark.parametrize(
    ("amount", "name"),
    [
        ({"value": "1.00"}, "Invalid Mandatory Field paidAmount.currency"),
        ({"currency": "IDR"}, "Invalid Mandatory Field paidAmount.value"),
        ({"value": 1, "currency": "IDR"}, "Invalid Field Format paidAmount.value"),
        ({"value": "1.00", "currency": "rupiah"}, "Invalid Field Format paidAmount.currency"),
        ({"value": "1.00", "currency": 1}, "Invalid Field Format paidAmount.currency"),
    ],
)
def test_half_an_amount_is_named(bank: BankSession, bill: IssuedBill, amount: dict[str, Any], name: str) -> None:
    assert pay_with(bank, bill, paidAmount=amount).json["responseMessage"] == name


@pytest.mark.parametrize(
    ("service_id", "number"),
    [("   77123", "   77123{}"), ("77123", "77123{}"), ("77123", "   77123{}"), ("   77123", "77123{}"),
     ("00077123", "00077123{}"), ("77123   ", "77123   {}")],
)  # fmt: skip
def test_the_company_code_may_be_padded_or_not_and_goes_back_exactly_as_it_came(
    bank: BankSession, bill: IssuedBill, service_id: str, number: str
) -> None:
    sent = {"partnerServiceId": service_id, "virtualAccountNo": number.format(bill.customer_no)}
    asked = bank.call(INQUIRY_PATH, {**bank.inquiry_fields(bill.customer_no), **sent})
    assert asked.code == "2002400"
    paid = pay_with(bank, bill, **sent)
    assert paid.code == "2002500"
    for exchange in (asked, paid):
        assert {name: exchange.bill[name] for name in sent} == sent
        assert exchange.bill["customerNo"] == bill.customer_no


def test_a_refusal_echoes_what_came_too_but_nothing_that_does_not_fit(bank: BankSession, bill: IssuedBill) -> None:
    refused = pay_with(bank, bill, customerNo="x" * 21, virtualAccountNo=["x"], totalAmount={"value": "9" * 99})
    assert refused.code == "4002501"
    assert (refused.bill["customerNo"], refused.bill["virtualAccountNo"]) == ("", "")
    assert refused.bill["partnerServiceId"] == "   77123"
    assert "totalAmount" not in refused.bill


def test_optional_fields_may_be_empty_or_absent(bank: BankSession, bill: IssuedBill) -> None:
    fields = bank.payment_fields(bill.customer_no, bill.amount_rupiah)
    for name in ("channelCode", "referenceNo", "trxDateTime", "totalAmount", "additionalInfo"):
        del fields[name]
    exchange = bank.call(PAYMENT_PATH, {**fields, "flagAdvise": "", "referenceNo": None, "trxDateTime": ""})
    assert exchange.code == "2002500"
    assert "totalAmount" not in exchange.bill
