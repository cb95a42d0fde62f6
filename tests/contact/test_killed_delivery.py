"""A delivery killed in the middle, and two at once. These tests commit: their people are nobody else's."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime

import pytest
from django.conf import settings
from django.db import connection, transaction

from lindung.access.services import link_grants
from lindung.contact.services import BatchBusy, deliver_batch
from tests.contact.carriers import World
from tests.contact.people import somebody, states, tell_all
from tests.contact.test_delivery import token_in

DELIVER = """
import sys
from datetime import datetime
import django; django.setup()
from django.conf import settings
settings.MAIL_ADDRESS, settings.SMS_ADDRESS, settings.PUBLIC_ADDRESS = sys.argv[2:5]
settings.DEFAULT_FROM_EMAIL = "Lindung <pesan@lindung.example>"
from lindung.contact.services import deliver_batch
deliver_batch(batch=sys.argv[1], now=datetime.fromisoformat(sys.argv[5]))
"""


def start(batch: str, now: datetime) -> subprocess.Popen[bytes]:
    addresses = [settings.MAIL_ADDRESS, settings.SMS_ADDRESS, settings.PUBLIC_ADDRESS]
    environment = {"DJANGO_SETTINGS_MODULE": "lindung.config.settings", **os.environ}
    return subprocess.Popen([sys.executable, "-c", DELIVER, batch, *addresses, now.isoformat()], env=environment)


def deliver_once_free(batch: str, now: datetime) -> None:
    """Deliver as soon as the other connection, and with it the lock, is gone: within a second or two."""
    deadline = time.monotonic() + 20
    while True:
        try:
            return deliver_batch(batch=batch, now=now)
        except BatchBusy:
            assert time.monotonic() < deadline
            time.sleep(0.02)


@pytest.mark.faults
@pytest.mark.usefixtures("committed_db")
def test_a_delivery_killed_in_the_middle_is_finished_by_the_next_one(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [somebody(now) for _ in range(20)]
    batch = tell_all(people, now)
    world.mail_faults.add("slow:50", 20)
    process = start(batch, now)
    try:
        deadline = time.monotonic() + 30
        while len(world.mails.newest()) < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert 5 <= len(world.mails.newest()) < 20
    assert set(states(batch).values()) == {"queued"}

    deliver_once_free(batch, now)
    assert set(states(batch).values()) == {"sent"}
    for person in people:
        (mail,) = world.mail_to(person.email)
        assert link_grants(token_in(mail["text"]), now)
        assert len(world.text_to(person.phone)) == 1


@pytest.mark.usefixtures("committed_db")
def test_no_carrier_is_called_while_the_links_are_not_committed(world: World, now: datetime) -> None:
    person = somebody(now)
    batch = tell_all([person], now)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        deliver_batch(batch=batch, now=now)
    assert world.mail_to(person.email) == world.text_to(person.phone) == []


@pytest.mark.usefixtures("committed_db")
def test_two_deliveries_of_one_batch_do_not_meet(world: World, now: datetime) -> None:
    batch = tell_all([somebody(now)], now)
    other = connection.copy("other")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"deliver {batch}"])
        with pytest.raises(BatchBusy):
            deliver_batch(batch=batch, now=now)
    finally:
        other.close()
    assert set(states(batch).values()) == {"queued"}
    deliver_once_free(batch, now)
    assert set(states(batch).values()) == {"sent"}
