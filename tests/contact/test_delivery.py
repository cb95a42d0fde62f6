"""Delivery: at least once, recognisably; everybody reached by some way, and one link that works."""

import hashlib
import logging
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection

from lindung.access import services as access
from lindung.access.models import Account, Grant, OneTimeLink
from lindung.contact import services, transports
from lindung.contact.checks import CHECKS
from lindung.contact.models import Dispatch, Message
from lindung.contact.services import StillWaiting, deliver_batch
from lindung.partners.mail.client import MailClient
from lindung.partners.outcome import Refused
from tests.contact.carriers import World
from tests.contact.people import Somebody, somebody, states, tell_all

pytestmark = pytest.mark.django_db

PASSWORD = "sembilan kucing biru"
LINK = re.compile(r"https://lindung\.example/start/([\w-]+)/")


def token_in(text: str) -> str:
    (token,) = set(LINK.findall(text))
    return str(token)


def member(now: datetime, **how: bool) -> Somebody:
    """Somebody who has set a password already."""
    person = somebody(now, **how)
    link = access.invite(
        actor=services.SYSTEM, display_name="x", names={"kpj": person.kpj}, role="member", scope_id=person.id, now=now
    )
    access.set_first_password(token=link.token, password=PASSWORD, now=now)
    return person


def account_behind(token: str) -> int:
    """The account that a link opens."""
    return OneTimeLink.objects.get(pk=hashlib.sha256(token.encode()).digest()).account_id


def dispatched(batch: str) -> list[tuple[int, str, str]]:
    ids = dict(Message.objects.filter(batch=batch).values_list("id", "person_id"))
    rows = Dispatch.objects.filter(message_id__in=ids).order_by("id")
    return [(ids[row.message_id], row.channel, row.outcome) for row in rows]


def test_a_first_timer_gets_one_mail_and_one_text_and_one_link_that_works(world: World, now: datetime) -> None:
    person = somebody(now)
    batch = tell_all([person], now)
    deliver_batch(batch=batch, now=now)
    (mail,), (text,) = world.mail_to(person.email), world.text_to(person.phone)
    assert states(batch) == {person.id: "sent"}
    assert "Rp513.000" in mail["text"]
    assert text["text"].endswith("Tautan untuk membuat akun ada di e-mail Anda.")
    token = token_in(mail["text"] + mail["html"])
    assert access.link_grants(token, now)
    account_id = account_behind(token)
    access.set_first_password(token=token, password=PASSWORD, now=now)
    assert not access.link_grants(token, now)
    assert list(Grant.objects.filter(account=account_id).values_list("role", "scope_id")) == [("member", person.id)]
    assert OneTimeLink.objects.filter(account=account_id).count() == 1


def test_the_new_account_opens_by_the_card_number_and_by_the_address(world: World, now: datetime) -> None:
    person = somebody(now)
    deliver_batch(batch=tell_all([person], now), now=now)
    (mail,) = world.mail_to(person.email)
    token = token_in(mail["text"])
    access.set_first_password(token=token, password=PASSWORD, now=now)
    for name in (person.kpj, person.email):
        session = access.SessionStore()
        session.door = "member"
        found = access.sign_in(session=session, name=name, password=PASSWORD, address="192.0.2.9", now=now)
        assert found == account_behind(token)


def test_who_has_a_password_gets_no_link(world: World, now: datetime) -> None:
    person = member(now)
    deliver_batch(batch=tell_all([person], now), now=now)
    (mail,), (text,) = world.mail_to(person.email), world.text_to(person.phone)
    assert "/start/" not in mail["text"] + mail["html"] + text["text"]
    assert "Tautan" not in text["text"]


def test_who_let_the_link_expire_gets_a_fresh_one_with_the_next_message(world: World, now: datetime) -> None:
    person = somebody(now)
    deliver_batch(batch=tell_all([person], now), now=now)
    later = now + timedelta(days=30)
    deliver_batch(batch=tell_all([person], later), now=later)
    new, old = (token_in(mail["text"]) for mail in world.mail_to(person.email))
    assert not access.link_grants(old, later)
    assert access.link_grants(new, later)
    assert Account.objects.filter(grants__scope_id=person.id).count() == 1


def test_without_a_mail_address_the_link_comes_by_text(world: World, now: datetime) -> None:
    person = somebody(now, email=False)
    batch = tell_all([person], now)
    deliver_batch(batch=batch, now=now)
    (text,) = world.text_to(person.phone)
    assert access.link_grants(token_in(text["text"]), now)
    assert dispatched(batch) == [(person.id, "phone", "accepted")]


def test_when_the_mail_is_refused_the_link_comes_by_text(world: World, now: datetime) -> None:
    person = somebody(now)
    world.mail_faults.add("refuse", 1)
    batch = tell_all([person], now)
    deliver_batch(batch=batch, now=now)
    (text,) = world.text_to(person.phone)
    assert access.link_grants(token_in(text["text"]), now)
    assert states(batch) == {person.id: "sent"}


def test_nobody_is_reached_twice_by_a_second_delivery(world: World, now: datetime) -> None:
    people = [somebody(now) for _ in range(3)]
    batch = tell_all(people, now)
    deliver_batch(batch=batch, now=now)
    before = dispatched(batch)
    deliver_batch(batch=batch, now=now)
    assert dispatched(batch) == before
    assert all(len(world.mail_to(p.email)) == len(world.text_to(p.phone)) == 1 for p in people)


def test_a_delivery_cut_off_before_it_could_write_is_repeated_under_the_same_names(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [somebody(now) for _ in range(4)]
    batch = tell_all(people, now)
    with monkeypatch.context() as cut:
        cut.setattr(transports.Carriers, "sms", lambda self, texts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver_batch(batch=batch, now=now)
    assert set(states(batch).values()) == {"queued"}
    assert dispatched(batch) == []
    deliver_batch(batch=batch, now=now)
    assert set(states(batch).values()) == {"sent"}
    for person in people:
        (mail,) = world.mail_to(person.email)
        assert access.link_grants(token_in(mail["text"]), now)
        assert len(world.text_to(person.phone)) == 1


def test_the_link_is_in_the_database_before_anybody_is_called(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = somebody(now)
    batch = tell_all([person], now)
    seen: list[bool] = []

    def look(self: MailClient, letter: object) -> object:
        seen.append(Grant.objects.filter(scope_id=person.id).exists())
        return Refused("550")

    monkeypatch.setattr(MailClient, "send", look)
    deliver_batch(batch=batch, now=now)
    assert seen == [True]


def test_who_has_no_address_is_unreachable_and_no_account_is_made(world: World, now: datetime) -> None:
    person = somebody(now, email=False, phone=False)
    batch = tell_all([person], now)
    deliver_batch(batch=batch, now=now)
    assert states(batch) == {person.id: "unreachable"}
    assert not Grant.objects.filter(scope_id=person.id).exists()


def test_whom_every_carrier_refuses_is_unreachable(world: World, now: datetime) -> None:
    person = somebody(now)
    world.mail_faults.add("refuse", 1)
    world.sms_faults.add("refuse", 1)
    batch = tell_all([person], now)
    deliver_batch(batch=batch, now=now)
    assert states(batch) == {person.id: "unreachable"}
    assert dispatched(batch) == [(person.id, "email", "refused"), (person.id, "phone", "refused")]


def test_an_unclear_answer_is_asked_again_and_only_that_one(world: World, now: datetime) -> None:
    person = member(now)
    world.sms_faults.add("bad_json", 1)
    batch = tell_all([person], now)
    with pytest.raises(StillWaiting) as waiting:
        deliver_batch(batch=batch, now=now)
    assert waiting.value.count == 1
    deliver_batch(batch=batch, now=now)
    assert states(batch) == {person.id: "sent"}
    assert dispatched(batch) == [
        (person.id, "email", "accepted"),
        (person.id, "phone", "unknown"),
        (person.id, "phone", "accepted"),
    ]
    assert len(world.mail_to(person.email)) == len(world.text_to(person.phone)) == 1


def test_after_five_unclear_answers_a_message_is_parked(world: World, now: datetime) -> None:
    person = somebody(now, phone=False)
    world.mail_faults.add("temporary", 5)
    batch = tell_all([person], now)
    for _ in range(4):
        with pytest.raises(StillWaiting):
            deliver_batch(batch=batch, now=now)
    deliver_batch(batch=batch, now=now)
    message = Message.objects.get(batch=batch)
    assert (message.state, message.attempts, message.settled_at) == ("parked", 5, now)
    assert world.mail_to(person.email) == []


def test_when_mail_stays_silent_to_the_end_the_link_comes_by_text(world: World, now: datetime) -> None:
    person = somebody(now)
    world.mail_faults.add("temporary", 5)
    batch = tell_all([person], now)
    for _ in range(4):
        with pytest.raises(StillWaiting):
            deliver_batch(batch=batch, now=now)
        assert world.text_to(person.phone) == []
    deliver_batch(batch=batch, now=now)
    (text,) = world.text_to(person.phone)
    assert access.link_grants(token_in(text["text"]), now)
    assert states(batch) == {person.id: "sent"}


def test_a_carrier_that_is_down_is_asked_five_times_and_then_left_alone(world: World, now: datetime) -> None:
    people = [member(now) for _ in range(12)]
    world.mail_faults.add("temporary", 12)
    batch = tell_all(people, now)
    with pytest.raises(StillWaiting) as waiting:
        deliver_batch(batch=batch, now=now)
    assert waiting.value.count == 12
    answers = dispatched(batch)
    assert [channel for _, channel, _ in answers].count("email") == 5
    assert [outcome for _, channel, outcome in answers if channel == "phone"] == ["accepted"] * 12


def test_words_that_cannot_be_written_park_their_message_and_no_other(world: World, now: datetime) -> None:
    bad, good = somebody(now), somebody(now)
    batch = tell_all([bad, good], now)
    Message.objects.filter(batch=batch, person_id=bad.id).update(params={"kpj": bad.kpj})
    deliver_batch(batch=batch, now=now)
    assert states(batch) == {bad.id: "parked", good.id: "sent"}


def test_two_who_share_an_address_get_an_account_each(world: World, now: datetime) -> None:
    wati = somebody(now, phone=False)
    budi = somebody(now, phone=False, address=wati.email)
    deliver_batch(batch=tell_all([wati, budi], now), now=now)
    accounts = {account_behind(token_in(mail["text"])) for mail in world.mail_to(wati.email)}
    assert len(accounts) == 2
    for account_id in accounts:
        assert Grant.objects.filter(account=account_id).count() == 1


def test_a_batch_longer_than_a_range_reaches_everybody(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lindung.contact.delivery.RANGE_MESSAGES", 3)
    people = [somebody(now) for _ in range(8)]
    batch = tell_all(people, now)
    deliver_batch(batch=batch, now=now)
    assert states(batch) == {person.id: "sent" for person in people}


def test_no_log_holds_an_address_a_number_a_card_or_a_token(
    world: World, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    people = [somebody(now) for _ in range(4)]
    world.mail_faults.add("refuse", 1)
    world.mail_faults.add("temporary", 1)
    world.sms_faults.add("bad_json", 1)
    batch = tell_all(people, now)
    with caplog.at_level(logging.DEBUG), pytest.raises(StillWaiting):
        deliver_batch(batch=batch, now=now)
    deliver_batch(batch=batch, now=now)
    assert any(record.name == "lindung.contact" for record in caplog.records)
    # The relay in this process is somebody else's program, with a log of its own.
    logged = "\n".join(r.getMessage() for r in caplog.records if r.name not in ("mail.log", "asyncio"))
    texts = [entry["text"] for entry in (*world.mails.newest(), *world.texts.newest())]
    tokens = {token for text in texts for token in LINK.findall(text)}
    assert tokens
    for secret in [*tokens, *(x for p in people for x in (p.email, p.phone, p.phone[1:], p.kpj))]:
        assert secret not in logged


def test_the_standing_checks_hold_after_a_delivery(world: World, now: datetime) -> None:
    people = [somebody(now), somebody(now, email=False, phone=False)]
    deliver_batch(batch=tell_all(people, now), now=now)
    tell_all(people, now)
    with connection.cursor() as cursor:
        for name, statement in CHECKS.items():
            cursor.execute(statement)
            assert cursor.fetchall() == [], name


def test_a_waiting_message_without_a_job_is_found_by_the_standing_check(now: datetime) -> None:
    batch = tell_all([somebody(now)], now)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE args->>'batch' = %s", [batch])
        cursor.execute(CHECKS["every message that waits has a job that will deliver it"])
        assert cursor.fetchall() == [(batch,)]
