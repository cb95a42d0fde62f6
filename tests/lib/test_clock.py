"""The clock: shifted for looking ahead, counted in western Indonesia's days."""

from datetime import UTC, datetime, timedelta

import pytest

from lindung.lib import clock


def test_without_a_shift_it_is_the_present(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINDUNG_NOW", raising=False)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)


def test_signed_seconds_move_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINDUNG_NOW", "-86400")
    assert abs(clock.now() + timedelta(days=1) - datetime.now(UTC)) < timedelta(seconds=1)


def test_a_moment_becomes_the_present_and_goes_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINDUNG_NOW", "2027-01-15T23:00:00")
    first = clock.now()
    assert clock.wib_date(first).isoformat() == "2027-01-15"
    assert timedelta(0) <= clock.now() - first < timedelta(seconds=5)


def test_a_day_begins_at_midnight_in_western_indonesia() -> None:
    assert clock.wib_date(datetime(2026, 11, 15, 16, 59, tzinfo=UTC)).isoformat() == "2026-11-15"
    assert clock.wib_date(datetime(2026, 11, 15, 17, 0, tzinfo=UTC)).isoformat() == "2026-11-16"


def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINDUNG_NOW", "tomorrow")
    with pytest.raises(ValueError, match="isoformat"):
        clock.now()
