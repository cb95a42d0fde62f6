"""Every route, as a stranger, as each role, and across two firms: nobody sees what is not his."""

import re
from datetime import date, datetime

import pytest
from django.test import Client

from lindung.access import services as access
from lindung.access.permissions import ROLES, roles_called
from lindung.access.trail import SYSTEM
from lindung.channels.shared.doors import cookie_name
from tests import builders
from tests.test_house import routes

PASSWORD = "sembilan kucing biru"
SAMPLES = {"int": "1", "str": "x", "slug": "x"}


def address(pattern: str, values: dict[str, str]) -> str:
    """An address of a route, with our own values where the names match and small samples elsewhere."""

    def fill(found: re.Match[str]) -> str:
        kind, _, name = found.group(1).rpartition(":")
        return values.get(name, SAMPLES[kind or "str"])

    return re.sub(r"<([^>]+)>", fill, pattern)


def signed_in(door: str, role: str, scope_id: int, now: datetime) -> Client:
    email = f"{role}{scope_id}@contoh.example"
    link = access.invite(
        actor=SYSTEM, display_name="Nama Contoh", names={"email": email}, role=role, scope_id=scope_id, now=now
    )
    access.set_first_password(token=link.token, password=PASSWORD, now=now)
    client = Client()
    answer = client.post(f"/{door}/sign-in/", {"name": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    assert client.cookies[cookie_name(door)]["secure"]
    assert client.cookies[cookie_name(door)]["httponly"]
    return client


DOORS = {"member": "/member/", "employer": "/employer/"}


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_and_learns_nothing(now: datetime) -> None:
    for pattern, route in routes("public"):
        if route.callback.lindung_access == "public":
            continue
        door = next(name for name, start in DOORS.items() if pattern.startswith(start))
        answer = Client().get(address(pattern, {}))
        assert answer.status_code == 302, pattern
        assert answer["Location"].startswith(f"/{door}/sign-in/"), pattern


@pytest.mark.django_db
def test_each_role_passes_its_own_routes_and_no_others(now: datetime) -> None:
    firm = builders.firm(now=now)
    bill = builders.bill(firm, date(2026, 10, 1), now)
    person = firm.people["person_id"][0]
    own = {"employer_id": str(firm.id), "bill_id": str(bill.bill_id), "year": "2026", "month": "10"}
    clients = {
        ("member", "member"): signed_in("member", "member", person, now),
        ("employer", "hr"): signed_in("employer", "hr", firm.id, now),
        ("employer", "member"): signed_in("employer", "member", person, now),
        ("member", "officer"): signed_in("member", "officer", 0, now),
    }
    passed = set()
    for pattern, route in routes("public"):
        needed = route.callback.lindung_access
        if needed == "public":
            continue
        for (door, role), client in clients.items():
            if not pattern.startswith(DOORS[door]):
                continue
            answer = client.get(address(pattern, own))
            if any(needed in ROLES[held] for held in roles_called(role)):
                assert answer.status_code in (200, 302, 404, 405), (pattern, role, answer.status_code)
                if answer.status_code == 200:
                    passed.add(pattern)
            else:
                assert answer.status_code == 404, (pattern, role)
    assert {"/member/", "/member/months/"} <= passed


@pytest.mark.django_db
def test_a_firm_never_sees_another_and_cannot_tell_it_from_one_that_is_not_there(now: datetime) -> None:
    mine, theirs = builders.firm(now=now), builders.firm(now=now)
    bill = builders.bill(theirs, date(2026, 10, 1), now)
    client = signed_in("employer", "hr", mine.id, now)
    for pattern, route in routes("public"):
        if not pattern.startswith("/employer/") or route.callback.lindung_access == "public" or "<" not in pattern:
            continue
        for owner in (theirs.id, mine.id):
            there = client.get(address(pattern, {"employer_id": str(owner), "bill_id": str(bill.bill_id)}))
            absent = client.get(address(pattern, {"employer_id": "999999999", "bill_id": "999999999"}))
            if owner == theirs.id or "bill_id" in pattern:
                assert there.status_code == absent.status_code, pattern
                assert there.status_code in (404, 405), pattern
                assert "PT Contoh" not in there.content.decode().replace(f"PT Contoh {mine.npp}", ""), pattern


@pytest.mark.django_db
def test_a_member_sees_his_own_months_only(now: datetime) -> None:
    firm, other = builders.firm(now=now), builders.firm(now=now)
    builders.bill(firm, date(2026, 10, 1), now)
    builders.bill(other, date(2026, 10, 1), now)
    client = signed_in("member", "member", firm.people["person_id"][0], now)
    assert client.get(f"/member/months/{firm.id}/2026-10/").status_code == 200
    assert client.get(f"/member/months/{other.id}/2026-10/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/member/", "/member/sign-in/", "/gallery/", "/not-there/", "/start/x/"])
def test_every_answer_carries_the_safe_headers(path: str) -> None:
    answer = Client().get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_form_without_its_guard_is_refused_and_says_how_to_go_on() -> None:
    answer = Client(enforce_csrf_checks=True).post("/member/sign-in/", {"name": "x", "password": "y"})
    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()


@pytest.mark.django_db
def test_guessing_at_the_door_gets_one_answer_and_then_a_wait(now: datetime) -> None:
    client = Client()
    answers = [client.post("/member/sign-in/", {"name": "24018800041", "password": "salah"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    first = answers[0].content.decode()
    assert "salah" not in first.split('name="password"')[1][:200]
    assert "24018800041" in first


@pytest.mark.django_db
def test_the_next_address_never_leads_elsewhere(now: datetime) -> None:
    firm = builders.firm(now=now)
    person = firm.people["person_id"][0]
    signed_in("member", "member", person, now)
    for evil in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        answer = Client().post(
            f"/member/sign-in/?next={evil}", {"name": f"member{person}@contoh.example", "password": PASSWORD}
        )
        assert answer["Location"] == "/member/", evil
