"""The simulated bank's page and the machines' door it calls, both real, both on this machine."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import include, path

from lindung.access.partners import register_partner
from lindung.access.trail import SYSTEM
from lindung.contributions.services import IssuedBill
from lindung.lib import clock
from lindung.partners.bank.simulator import Credentials, credentials
from tests.channels.bank.bank_door import MIDDLEWARE, Hand, listening, new_bill

BOTH_DOORS = (
    path("bank/", include("lindung.partners.bank.urls")),
    path("", include("lindung.channels.bank.urls")),
)


@pytest.fixture
def hand(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Hand:
    hand = Hand(now)
    monkeypatch.setattr(clock, "now", hand)
    return hand


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Credentials:
    """The simulated bank of a data folder of its own."""
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    return credentials(tmp_path)


@pytest.fixture
def register(committed_db: None, own: Credentials, hand: Hand) -> Callable[[], int]:
    """Lets the simulated bank call us."""
    return lambda: register_partner(
        actor=SYSTEM,
        code=own.client_id[-16:],
        name=own.name,
        client_id=own.client_id,
        partner_id=own.partner_id,
        service_codes=[own.service_code],
        public_key_pem=own.public_key_pem,
        secret=own.secret,
        now=hand(),
    )


@pytest.fixture
def browser(own: Credentials, hand: Hand, settings: Any, committed_db: None) -> Iterator[Client]:
    settings.DOOR = "simulators"
    settings.ROOT_URLCONF = BOTH_DOORS
    settings.MIDDLEWARE = MIDDLEWARE
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with listening() as address:
        settings.PORT = (urlsplit(address).port or 0) - 2
        yield Client()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def bill(committed_db: None, hand: Hand) -> IssuedBill:
    return new_bill(hand())
