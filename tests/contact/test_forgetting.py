"""Addresses dropped, shown in part, and people not told the same thing day after day."""

from datetime import datetime, timedelta

import pytest

from lindung.access.trail import SYSTEM
from lindung.contact.addresses import is_address, masked
from lindung.contact.queries import address_book, told_since
from lindung.contact.services import deliver_batch, forget_addresses
from tests.contact.carriers import World
from tests.contact.people import somebody, states, tell_all


@pytest.mark.django_db
def test_what_is_forgotten_is_gone_for_this_person_alone(now: datetime) -> None:
    first, second = somebody(now), somebody(now)
    assert forget_addresses(actor=SYSTEM, person_ids=[first.id], cause="enrolment:1", now=now) == 2
    assert forget_addresses(actor=SYSTEM, person_ids=[first.id], cause="enrolment:1", now=now) == 0
    assert set(address_book([first.id, second.id])) == {second.id}


@pytest.mark.django_db
def test_a_message_to_a_forgotten_address_reaches_nobody(world: World, now: datetime) -> None:
    person = somebody(now)
    batch = tell_all([person], now)
    forget_addresses(actor=SYSTEM, person_ids=[person.id], cause="enrolment:1", now=now)
    deliver_batch(batch=batch, now=now)
    assert states(batch) == {person.id: "unreachable"}
    assert world.mail_to(person.email) == world.text_to(person.phone) == []


@pytest.mark.django_db
def test_who_was_told_lately_is_known_whatever_became_of_it(now: datetime) -> None:
    first, second = somebody(now, email=False, phone=False), somebody(now)
    tell_all([first], now)
    tell_all([second], now - timedelta(days=31))
    both, kind = [first.id, second.id], "contribution_received"
    assert told_since(both, kind=kind, since=now - timedelta(days=30)) == {first.id}
    assert told_since(both, kind="account_started", since=now - timedelta(days=90)) == set()


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("phone", "+628001234567", "+62•••••••567"),
        ("email", "dewi.contoh@contoh.example", "d•••@contoh.example"),
        ("phone", "", ""),
        ("email", "", ""),
    ],
)
def test_an_address_is_shown_to_who_knows_it(kind: str, value: str, shown: str) -> None:
    assert masked(kind, value) == shown


@pytest.mark.parametrize(
    ("kind", "value", "good"),
    [
        ("phone", "+628001234567", True),
        ("phone", "08001234567", False),
        ("email", "dewi@contoh.example", True),
        ("email", "dewi@contoh", False),
        ("email", "dewi@contoh.example\n", False),
    ],
)
def test_an_address_can_be_looked_at_before_it_is_saved(kind: str, value: str, good: bool) -> None:
    assert is_address(kind, value) is good
