"""The machines' door, a bank in front of it, and a clock that both read."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from lindung.lib import clock
from lindung.partners.bank.simulator import BankSession
from tests.channels.bank.bank_door import MIDDLEWARE, Hand, listening, open_bank


@pytest.fixture
def hand(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Hand:
    hand = Hand(now)
    monkeypatch.setattr(clock, "now", hand)
    return hand


@pytest.fixture(autouse=True)
def machines_door(settings: Any) -> Iterator[None]:
    settings.DOOR = "machines"
    settings.ROOT_URLCONF = "lindung.config.urls_machines"
    settings.MIDDLEWARE = MIDDLEWARE
    # The handler would close the connection that holds the test's own transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def on_the_network() -> Iterator[Callable[[BankSession], BankSession]]:
    """The same door behind a real socket: gives a session of the same bank that calls it there."""
    with listening() as address:
        yield lambda bank: BankSession(bank.own, address, now=bank.now)


@pytest.fixture
def bank(db: None, hand: Hand) -> BankSession:
    return open_bank(hand)[1]
