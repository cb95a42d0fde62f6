"""What a bank's door refuses is counted; one reference with two contents is told to officers once a day."""

from datetime import date

import pytest

from lindung.access import services as access
from lindung.access.models import RefusedCall, TrailEvent
from lindung.access.trail import SYSTEM
from lindung.contact.models import Message
from lindung.contributions.contradiction_queries import contradictions
from lindung.contributions.services import IssuedBill
from lindung.partners.bank.simulator import PAYMENT_PATH, BankSession
from tests.channels.bank.bank_door import Hand, booked, new_bill


def counts() -> dict[tuple[str, str], int]:
    return {(row.service, row.code): row.calls for row in RefusedCall.objects.all()}


@pytest.fixture
def bill(bank: BankSession, hand: Hand) -> IssuedBill:
    return new_bill(hand())


def test_a_forged_signature_is_counted_for_who_it_claims_to_be(bank: BankSession, bill: IssuedBill, hand: Hand) -> None:
    request = bank.request(PAYMENT_PATH, bank.payment_fields(bill.customer_no, bill.amount_rupiah))
    request.headers["X-SIGNATURE"] = "x"
    for _time in range(3):
        assert bank.send(request).status == 401
    request.headers["X-PARTNER-ID"] = "nobody of ours"
    assert bank.send(request).status == 401
    assert RefusedCall.objects.get(partner_id=0).calls == 1
    (known,) = RefusedCall.objects.exclude(partner_id=0)
    assert (known.service, known.code, known.calls, known.last_at) == ("25", "40100", 3, hand())
    assert not Message.objects.filter(kind="payment_clash").exists()


def test_one_reference_with_two_amounts_is_refused_counted_and_told_once(
    bank: BankSession, bill: IssuedBill, hand: Hand
) -> None:
    access.invite(
        actor=SYSTEM, display_name="P", names={"email": "p@contoh.example"}, role="officer", scope_id=0, now=hand()
    )
    fields = bank.payment_fields(bill.customer_no, bill.amount_rupiah)
    assert bank.call(PAYMENT_PATH, fields).status == 200
    before = booked()
    told = Message.objects.filter(kind="payment_clash")
    for _time in range(2):
        other = new_bill(hand())
        again = bank.call(
            PAYMENT_PATH,
            bank.payment_fields(other.customer_no, other.amount_rupiah)
            | {"paymentRequestId": fields["paymentRequestId"]},
        )
        assert again.code == "4042518"
    assert counts() == {("25", "40418"): 2}
    assert told.count() == 1
    assert TrailEvent.objects.filter(act="payment_clashed").count() == 1
    hand.move(days=1)
    bank.call(PAYMENT_PATH, fields | {"paidAmount": {"value": "1.00", "currency": "IDR"}})
    assert told.count() == 2
    assert booked()[0] == before[0]


def test_a_good_call_and_a_plain_refusal_are_not_counted(bank: BankSession, bill: IssuedBill) -> None:
    assert bank.inquire(bill.customer_no).status == 200
    assert bank.pay(bill.customer_no, bill.amount_rupiah + 1).code == "4042513"
    assert counts() == {}


def test_a_call_that_contradicts_an_earlier_one_is_kept_with_what_it_told(
    bank: BankSession, bill: IssuedBill, hand: Hand
) -> None:
    fields = bank.payment_fields(bill.customer_no, bill.amount_rupiah)
    assert bank.call(PAYMENT_PATH, fields).status == 200
    other = new_bill(hand())
    told = bank.payment_fields(other.customer_no, other.amount_rupiah) | {
        "paymentRequestId": fields["paymentRequestId"],
        "referenceNo": "B-77",
    }
    for _time in range(3):
        assert bank.call(PAYMENT_PATH, told).code == "4042518"
    assert bank.call(PAYMENT_PATH, told | {"referenceNo": "B-78"}).code == "4042518"
    first, second = sorted(contradictions(since=hand().date()), key=lambda one: one.id)
    assert (first.calls, first.customer_no, first.amount_rupiah) == (3, other.customer_no, other.amount_rupiah)
    assert (first.bank_reference, second.bank_reference, second.calls) == ("B-77", "B-78", 1)
    assert (first.reference, first.bank_name) == (fields["paymentRequestId"], second.bank_name)
    assert first.first is not None
    assert (first.first.customer_no, first.first.amount_rupiah) == (bill.customer_no, bill.amount_rupiah)
    assert TrailEvent.objects.filter(act="payment_contradicted").count() == 2


def test_a_calls_number_used_twice_is_kept_too_and_a_plain_repeat_is_not(bank: BankSession, bill: IssuedBill) -> None:
    request = bank.request(PAYMENT_PATH, bank.payment_fields(bill.customer_no, bill.amount_rupiah))
    assert bank.send(request).status == 200
    bank.send(request)
    assert contradictions(since=date(2026, 1, 1)) == []
    told = bank.payment_fields(bill.customer_no, bill.amount_rupiah)
    another = bank.request(PAYMENT_PATH, told, external_id=request.headers["X-EXTERNAL-ID"])
    assert bank.send(another).status == 409
    (kept,) = contradictions(since=date(2026, 1, 1))
    assert (kept.external_id, kept.first, kept.reference) == (
        request.headers["X-EXTERNAL-ID"],
        None,
        told["paymentRequestId"],
    )
