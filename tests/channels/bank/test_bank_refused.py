"""What a bank's door refuses is counted; one reference with two contents is told to officers once a day."""

import pytest

from lindung.access import services as access
from lindung.access.models import RefusedCall, TrailEvent
from lindung.access.trail import SYSTEM
from lindung.contact.models import Message
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
