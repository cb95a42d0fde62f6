"""The employers' door at the moment that all tests agree on."""

from datetime import datetime

import pytest

from lindung.lib import clock


@pytest.fixture(autouse=True)
def door_clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
