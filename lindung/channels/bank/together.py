"""Payments that are told of at the same moment: booked, answered and remembered by one transaction of a few statements.

A bank pays its day's bills in a burst. Each call would be seven statements and a commit; together they are eight.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from lindung.access.partners import remember_answers
from lindung.channels.bank.answers import Answer, Refused, Service, success
from lindung.channels.bank.bills import CURRENCY
from lindung.channels.bank.calls import Call
from lindung.channels.bank.exchange import remembered
from lindung.channels.bank.gathering import Gathering
from lindung.channels.bank.one_connection import OneConnection
from lindung.channels.bank.paying import booked_fields, told_by
from lindung.contributions import services
from lindung.contributions.services import EMPLOYER_BILL, Told
from lindung.lib.statements import plan_once

log = logging.getLogger("lindung.bank")

MOST: Final = 32
"""So many at most wait for one another."""


@dataclass(frozen=True, slots=True)
class _Payment:
    call: Call
    told: Told


def answer_together(call: Call) -> Answer | None:
    """The good answer to a payment of a whole bill, told for the first time. None for whatever needs a closer look:
    nothing was done for it."""
    try:
        customer_no = call.customer_no()
    except Refused:
        return None
    if customer_no[0] != EMPLOYER_BILL or call.fields["paidAmount"]["currency"] != CURRENCY:
        return None
    return gathering.do(_Payment(call, told_by(call, customer_no, inquired_at=None)))


def answer_all(payments: Sequence[_Payment]) -> list[Answer | None]:
    """The good answer to each, or None for those that nothing was done for."""
    now = max(payment.call.now for payment in payments)
    try:
        with one_connection.held(), transaction.atomic():
            plan_once()
            receipts = services.receive_together(told=[payment.told for payment in payments], now=now)
            answers = [
                success(Service.PAYMENT, booked_fields(payment.call, payment.told.customer_no, receipt))
                if receipt
                else None
                for payment, receipt in zip(payments, receipts, strict=True)
            ]
            given = [
                remembered(payment.call, answer)
                for payment, answer in zip(payments, answers, strict=True)
                if answer is not None
            ]
            if given:
                remember_answers(given)
    except Exception as error:
        # One of them, or a rival: all is undone, and each goes its way alone, where its own fault is its own.
        log.info("%d payments are answered one by one: %s", len(payments), type(error).__name__)
        return [None] * len(payments)
    return answers


one_connection = OneConnection()
"""Whoever is at work has it: one at a time."""
gathering = Gathering(answer_all, most=MOST)
