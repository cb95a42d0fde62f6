"""Carriers for every test of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from lindung.partners.mail import simulator as mail
from lindung.partners.sms import simulator as sms
from tests.contact.carriers import World, gateway, relay


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[World]:
    """Both simulators, empty, and the platform sending there."""
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    settings.DEFAULT_FROM_EMAIL = "Lindung <pesan@lindung.example>"
    settings.PUBLIC_ADDRESS = "https://lindung.example"
    with relay() as settings.MAIL_ADDRESS, gateway() as settings.SMS_ADDRESS:
        yield World(mail.FAULTS, sms.FAULTS, mail.INBOX, sms.INBOX)
