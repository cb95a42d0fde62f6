"""Three banks that sign in their own ways, at a real door: base64, hex, and with their key alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from lindung.contributions.models import Payment, PaymentQuestion
from lindung.contributions.services import IssuedBill
from lindung.partners.bank.simulator import PAYMENT_PATH, BankSession
from tests.channels.bank.bank_door import Hand, listening, new_bill, open_bank

WAYS: dict[str, dict[str, Any]] = {
    "BANKUJI1": {"encoding": "base64"},
    "BANKUJI2": {"encoding": "hex"},
    "BANKUJI3": {"encoding": "base64", "signs_with_key": True},
}


@pytest.fixture
def banks(committed_db: None, hand: Hand) -> Iterator[dict[str, BankSession]]:
    """All three, registered, each with a session over the network."""
    with listening() as address:
        sessions = {
            name: BankSession(open_bank(hand, **way)[1].own, address, now=hand, **way) for name, way in WAYS.items()
        }
        yield sessions
        for session in sessions.values():
            session.close()


@pytest.fixture
def bill(committed_db: None, hand: Hand) -> IssuedBill:
    return new_bill(hand())


@pytest.mark.parametrize("name", WAYS)
def test_each_asks_and_pays_in_its_own_way(banks: dict[str, BankSession], bill: IssuedBill, name: str) -> None:
    bank = banks[name]
    asked = bank.inquire(bill.customer_no)
    assert (asked.code, asked.amount_rupiah) == ("2002400", bill.amount_rupiah)
    paid = bank.pay(bill.customer_no, bill.amount_rupiah, reference=asked.bill["inquiryRequestId"])
    assert paid.code == "2002500"
    assert paid.receipt_number


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("other", WAYS)
def test_a_signature_in_another_banks_way_is_none(
    banks: dict[str, BankSession], bill: IssuedBill, hand: Hand, name: str, other: str
) -> None:
    address = str(banks[name]._client.base_url)
    with BankSession(banks[name].own, address, now=hand, **WAYS[other]) as bank:
        if not WAYS[other].get("signs_with_key") and WAYS[other] != WAYS[name]:
            # The token, too, is asked for with a signature; what is looked at here is the call's own.
            bank._token, bank._token_ends_at = "none", hand().replace(year=2100)
        answer = bank.inquire(bill.customer_no)
    assert (answer.status == 200) == (name == other), answer.code


def test_paid_at_three_banks_at_once_it_is_taken_at_one(banks: dict[str, BankSession], bill: IssuedBill) -> None:
    with ThreadPoolExecutor(len(banks)) as threads:
        answers = list(threads.map(lambda bank: bank.pay(bill.customer_no, bill.amount_rupiah), banks.values()))
    assert sorted(answer.code for answer in answers) == ["2002500", "4042514", "4042514"]
    assert Payment.objects.filter(customer_no=bill.customer_no).count() == 1


def test_the_same_reference_at_two_banks_is_two_matters(banks: dict[str, BankSession], hand: Hand) -> None:
    first, second = new_bill(hand()), new_bill(hand())
    reference = banks["BANKUJI1"].new_reference()
    one = banks["BANKUJI1"].pay(first.customer_no, first.amount_rupiah, reference=reference)
    other = banks["BANKUJI2"].pay(second.customer_no, second.amount_rupiah, reference=reference)
    assert (one.code, other.code) == ("2002500", "2002500")
    assert one.receipt_number != other.receipt_number


@pytest.mark.parametrize("name", WAYS)
def test_told_again_under_a_new_external_id_gives_the_first_receipt(
    banks: dict[str, BankSession], bill: IssuedBill, name: str
) -> None:
    bank = banks[name]
    fields = bank.payment_fields(bill.customer_no, bill.amount_rupiah)
    first, again = bank.call(PAYMENT_PATH, fields), bank.call(PAYMENT_PATH, fields)
    assert (first.code, again.code) == ("2002500", "2002500")
    assert again.receipt_number == first.receipt_number


def test_expired_between_inquiry_and_payment_is_taken_and_unasked_is_not(
    banks: dict[str, BankSession], bill: IssuedBill, hand: Hand
) -> None:
    asked = banks["BANKUJI3"].inquire(bill.customer_no)
    hand.move(days=60)
    late = banks["BANKUJI2"].pay(bill.customer_no, bill.amount_rupiah)
    assert late.code == "4042519"
    paid = banks["BANKUJI3"].pay(bill.customer_no, bill.amount_rupiah, reference=asked.bill["inquiryRequestId"])
    assert paid.code == "2002500"


def test_a_payment_that_we_failed_to_answer_is_asked_about_in_a_quarter_of_an_hour(
    banks: dict[str, BankSession], bill: IssuedBill, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_all: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("lindung.contributions.services.payments.write_payments", broken)
    bank = banks["BANKUJI1"]
    fields = bank.payment_fields(bill.customer_no, bill.amount_rupiah)
    assert [bank.call(PAYMENT_PATH, fields).code for _time in range(2)] == ["5002500", "5002500"]
    question = PaymentQuestion.objects.get(reference=fields["paymentRequestId"])
    assert (question.customer_no, question.outcome) == (bill.customer_no, "")
    assert question.next_ask_at is not None
    assert (question.next_ask_at - hand()).total_seconds() == 900
