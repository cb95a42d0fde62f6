"""Our one call to a bank: what became of a payment, over a real line to the simulated bank."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import include, path

from lindung.contributions import bank_questions
from lindung.contributions.models import Payment, PaymentQuestion
from lindung.contributions.services import IssuedBill, ask_banks, note_unanswered
from lindung.lib import clock
from lindung.partners.bank.client import Agreement, BankLine, NotTaken, Taken, own_key
from lindung.partners.bank.simulator import PAYMENT_PATH, BankSession, Credentials, Exchange
from lindung.partners.bank.statements import keep_taken
from lindung.partners.outcome import Unknown
from tests.channels.bank.bank_door import MIDDLEWARE, Hand, listening

urlpatterns = [path("bank/", include("lindung.partners.bank.urls"))]


@pytest.fixture
def address(own: Credentials, hand: Hand, settings: Any) -> Iterator[str]:
    settings.DOOR, settings.ROOT_URLCONF, settings.MIDDLEWARE = "simulators", __name__, MIDDLEWARE
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with listening() as found:
        yield f"{found}/bank"
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def agreement(address: str, own: Credentials, tmp_path: Path) -> Agreement:
    key = own_key(None, tmp_path)
    return Agreement(address, "lindung", own.partner_id, own.service_code, key, own.secret.encode(), "base64")


def lost(own: Credentials, hand: Hand, customer_no: str, rupiah: int) -> str:
    """The bank took money and never got an answer of ours; gives the reference."""
    with BankSession(own, "http://127.0.0.1:9", now=hand) as bank:
        fields = bank.payment_fields(customer_no, rupiah)
        body = httpx.Request("POST", "http://127.0.0.1", json=fields).read()
        keep_taken([Exchange(PAYMENT_PATH, {}, body, 503)])
        return str(fields["paymentRequestId"])


def test_what_the_bank_took_comes_back_with_amount_and_moment(
    agreement: Agreement, own: Credentials, hand: Hand
) -> None:
    reference = lost(own, hand, "1000000000018", 954_000)
    with BankLine(agreement, now=hand) as line:
        status = line.status(reference=reference, customer_no="1000000000018", external_id="1")
        assert status == Taken(954_000, hand().replace(microsecond=0), status.bank_reference)  # type: ignore[union-attr]
        assert line.status(reference="never", customer_no="1000000000018", external_id="2") == NotTaken()
        assert line.status(reference=reference, customer_no="1000000000026", external_id="3") == NotTaken()


@pytest.mark.parametrize("changed", [{"secret": b"somebody else's"}, {"address": "http://127.0.0.1:9/bank"}])
def test_a_refusal_and_a_dead_line_are_unknown(agreement: Agreement, hand: Hand, changed: dict[str, Any]) -> None:
    with BankLine(replace(agreement, **changed), now=hand, seconds=1) as line:
        assert isinstance(line.status(reference="x", customer_no="1000000000018", external_id="1"), Unknown)


@pytest.mark.parametrize(
    "said",
    [b"<html>", b"[]", b'{"responseCode":"2002600"}', b'{"responseCode":"2022600","responseMessage":"In Progress"}'],
)
def test_an_answer_of_another_shape_is_unknown(agreement: Agreement, hand: Hand, said: bytes) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        token = {"accessToken": "t"}
        return httpx.Response(200, json=token) if "token" in request.url.path else httpx.Response(200, content=said)

    with BankLine(agreement, now=hand) as line:
        line._client = httpx.Client(transport=httpx.MockTransport(answer))
        assert isinstance(line.status(reference="x", customer_no="1000000000018", external_id="1"), Unknown)


def test_a_payment_that_the_bank_took_and_we_did_not_book_is_settled(
    agreement: Agreement, own: Credentials, register: Any, bill: IssuedBill, hand: Hand, address: str
) -> None:
    from lindung.access.models import Partner

    partner_id = register()
    Partner.objects.filter(pk=partner_id).update(status_address=address)
    reference = lost(own, hand, bill.customer_no, bill.amount_rupiah)
    note_unanswered(partner_id=partner_id, reference=reference, customer_no=bill.customer_no, now=hand())
    hand.move(minutes=15)
    with bank_questions.open_lines(clock.now) as ask:
        ask_banks(ask=ask, now=hand())
    payment = Payment.objects.get(partner_id=partner_id, reference=reference)
    assert payment.paid_at == (hand() - timedelta(minutes=15)).replace(microsecond=0)
    assert PaymentQuestion.objects.get(reference=reference).outcome == "booked"


def test_the_day_asks_for_what_was_shown_and_is_open(
    register: Any, bill: IssuedBill, own: Credentials, hand: Hand
) -> None:
    partner_id = register()
    day = clock.wib_date(hand())
    before = len(bank_questions.asked_for(day))
    from lindung.access.partners import AnsweredCall, GivenAnswer, remember_answers

    body = json.dumps({"virtualAccountData": {"customerNo": bill.customer_no}})
    answer = GivenAnswer("asked-1", b"x" * 32, 200, datetime.fromisoformat(hand().isoformat()), body)
    remember_answers([AnsweredCall(partner_id, "24", "77", day, answer)])
    assert bank_questions.asked_for(day)[before:] == [(partner_id, "asked-1", bill.customer_no)]
