"""How banks are asked what became of payments: a line to each, opened when it is first needed, from the settings."""

import itertools
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from lindung.access.partners import asked_on, partner
from lindung.contributions.models import PaymentQuestion
from lindung.contributions.services.questions import Ask
from lindung.partners.bank.client import Agreement, BankLine, Status, own_key
from lindung.partners.outcome import Unknown

_INQUIRY = "24"


@contextmanager
def open_lines(now: Callable[[], datetime]) -> Iterator[Ask]:
    """Something that asks the bank of a question; a bank without an address, or we without a key: ``Unknown``."""
    folder = os.environ.get("LINDUNG_DATA")
    key = own_key(settings.SNAP_KEY_FILE, Path(folder) if folder and not settings.PRODUCTION else None)
    lines: dict[int, BankLine | None] = {}
    serial = itertools.count(round(now().timestamp() * 1000))
    with ExitStack() as opened:

        def ask(question: PaymentQuestion) -> Status:
            if question.partner_id not in lines:
                agreement = _agreement(question.partner_id, key)
                lines[question.partner_id] = opened.enter_context(BankLine(agreement, now=now)) if agreement else None
            line = lines[question.partner_id]
            if line is None:
                return Unknown("no agreement")
            return line.status(
                reference=question.reference, customer_no=question.customer_no, external_id=str(next(serial))
            )

        yield ask


def _agreement(partner_id: int, key: str) -> Agreement | None:
    bank = partner(partner_id)
    if not (key and bank.status_address):
        return None
    return Agreement(
        address=bank.status_address.rstrip("/"),
        client_id=settings.SNAP_CLIENT_ID,
        partner_id=bank.partner_id,
        service_code=bank.service_codes[0],
        private_key_pem=key,
        secret=bank.secret,
        encoding=bank.encoding,
    )


def asked_for(day_wib: date) -> list[tuple[int, str, str]]:
    """Partner, reference and number of everything that banks asked for on a day and were told it is open."""
    asked = asked_on(service=_INQUIRY, day_wib=day_wib)
    return [
        (partner_id, reference, json.loads(body)["virtualAccountData"]["customerNo"])
        for partner_id, reference, body in asked
    ]
