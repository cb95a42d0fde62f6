"""Signing in: either name, one answer for every failure, brakes on guessing, links that work once."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from lindung.access import services
from lindung.access.models import Account, Grant, Session
from lindung.access.sessions import SessionStore
from lindung.access.trail import SYSTEM

PASSWORD = "sembilan kucing biru"


def session() -> SessionStore:
    store = SessionStore()
    store.door = "member"
    return store


def account(now: datetime, *, kpj: str = "24018800017", email: str = "a@contoh.example") -> int:
    link = services.invite(
        actor=SYSTEM, display_name="Wati Contoh", names={"kpj": kpj, "email": email}, role="member", scope_id=7, now=now
    )
    services.set_first_password(token=link.token, password=PASSWORD, now=now)
    return link.account_id


def try_sign_in(name: str, password: str, now: datetime) -> int:
    return services.sign_in(session=session(), name=name, password=password, address="192.0.2.1", now=now)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["24018800017", "2401 8800 017", "a@contoh.example", " A@Contoh.Example "])
def test_kpj_and_e_mail_both_open_the_account_however_they_are_written(now: datetime, name: str) -> None:
    account_id = account(now)
    assert try_sign_in(name, PASSWORD, now) == account_id


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "password"), [("24018800017", "salah sama sekali"), ("24018800025", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(now: datetime, name: str, password: str) -> None:
    account(now)
    with pytest.raises(services.SignInRefused) as refused:
        try_sign_in(name, password, now)
    assert str(refused.value) == ""


@pytest.mark.django_db
def test_five_failures_close_the_name_for_a_while_even_for_the_right_password(now: datetime) -> None:
    account_id = account(now)
    for _ in range(5):
        with pytest.raises(services.SignInRefused):
            try_sign_in("24018800017", "salah", now)
    with pytest.raises(services.TooManyTries) as refused:
        try_sign_in("24018800017", PASSWORD, now)
    assert refused.value.until == now + timedelta(minutes=1)
    assert try_sign_in("24018800017", PASSWORD, refused.value.until + timedelta(seconds=1)) == account_id


@pytest.mark.django_db
def test_the_wait_doubles_and_never_passes_an_hour(now: datetime) -> None:
    account(now)
    moment, waits = now, []
    for _ in range(14):
        try:
            try_sign_in("24018800017", "salah", moment)
        except services.SignInRefused:
            continue
        except services.TooManyTries as refused:
            waits.append(round((refused.until - moment).total_seconds() / 60))
            moment = refused.until
    assert waits[:4] == [1, 2, 4, 8]
    assert max(waits) <= 60


@pytest.mark.django_db
def test_an_unknown_name_is_slowed_down_like_a_known_one(now: datetime) -> None:
    for _ in range(5):
        with pytest.raises(services.SignInRefused):
            try_sign_in("24018800033", "salah", now)
    with pytest.raises(services.TooManyTries):
        try_sign_in("24018800033", "salah", now)


@pytest.mark.django_db
def test_a_link_works_once_and_reading_it_does_not_spend_it(now: datetime) -> None:
    link = services.invite(
        actor=SYSTEM, display_name="X", names={"email": "x@contoh.example"}, role="hr", scope_id=1, now=now
    )
    assert services.link_grants(link.token, now)
    assert services.link_grants(link.token, now)
    assert services.set_first_password(token=link.token, password=PASSWORD, now=now).grants == {
        ("firm_entry", 1),
        ("firm_approval", 1),
        ("firm_admin", 1),
    }
    with pytest.raises(services.LinkSpent):
        services.set_first_password(token=link.token, password=PASSWORD, now=now)


@pytest.mark.django_db
def test_a_link_ends_after_a_day(now: datetime) -> None:
    link = services.invite(
        actor=SYSTEM, display_name="X", names={"email": "y@contoh.example"}, role="hr", scope_id=1, now=now
    )
    assert not services.link_grants(link.token, now + timedelta(hours=24))
    with pytest.raises(services.LinkSpent):
        services.set_first_password(token=link.token, password=PASSWORD, now=now + timedelta(hours=24))


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["pendek", "Jamsostek-2026-ok", "wati sekali aku", "passwordpassword"])
def test_a_weak_password_is_refused_and_the_link_stays_good(now: datetime, password: str) -> None:
    link = services.invite(
        actor=SYSTEM, display_name="Wati Contoh", names={"email": "z@contoh.example"}, role="hr", scope_id=1, now=now
    )
    with pytest.raises(ValidationError):
        services.set_first_password(token=link.token, password=password, now=now)
    assert services.link_grants(link.token, now)


@pytest.mark.django_db
def test_inviting_twice_makes_one_account_with_one_live_grant(now: datetime) -> None:
    first, second = account(now), account(now)
    assert first == second
    assert Grant.objects.filter(account_id=first, ended_at=None).count() == 1


@pytest.mark.django_db
def test_a_session_opens_at_its_own_door_only_and_is_gone_after_signing_out(now: datetime) -> None:
    account(now)
    store = session()
    services.sign_in(session=store, name="24018800017", password=PASSWORD, address="192.0.2.1", now=now)
    store.save()
    key = store.session_key

    def opened(door: str) -> bool:
        other = SessionStore(key)
        other.door = door
        other.get("signed_in_at")
        return other.signed_in

    assert opened("member")
    assert not opened("employer")
    services.sign_out(session=store, now=now)
    assert not opened("member")
    assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.django_db
def test_a_role_that_ends_and_an_account_that_closes_are_gone_at_once(now: datetime) -> None:
    account_id = account(now)
    store = session()
    services.sign_in(session=store, name="24018800017", password=PASSWORD, address="192.0.2.1", now=now)
    store.save()

    def seen() -> SessionStore:
        other = SessionStore(store.session_key)
        other.door = "member"
        other.get("signed_in_at")
        return other

    first = seen().signed_in
    assert first
    assert first.scopes("member") == [7]
    Grant.objects.filter(account_id=account_id).update(ended_at=now)
    ended = seen().signed_in
    assert ended
    assert ended.grants == frozenset()
    Account.objects.filter(pk=account_id).update(closed_at=now)
    assert seen().signed_in is None
