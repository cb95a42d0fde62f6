"""The staff door with two officers behind it, and the clock that all tests agree on."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from lindung.access import services as access
from lindung.access.trail import SYSTEM
from lindung.lib import clock

PASSWORD = "sembilan kucing biru"


@pytest.fixture(autouse=True)
def staff_door(settings: Any, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    settings.DOOR = "staff"
    settings.ROOT_URLCONF = "lindung.config.urls_staff"
    monkeypatch.setattr(clock, "now", lambda: now)


def _officer(number: int, now: datetime) -> Client:
    email = f"petugas{number}@contoh.example"
    link = access.invite(
        actor=SYSTEM, display_name=f"Petugas {number}", names={"email": email}, role="officer", scope_id=0, now=now
    )
    access.set_first_password(token=link.token, password=PASSWORD, now=now)
    client = Client()
    assert client.post("/sign-in/", {"name": email, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def officer(db: None, now: datetime) -> Client:
    return _officer(1, now)


@pytest.fixture
def other(db: None, now: datetime) -> Client:
    return _officer(2, now)
