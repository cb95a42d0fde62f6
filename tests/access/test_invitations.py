"""Many invited at once: one account a card, nobody let into another's account, a handful of statements."""

import itertools
import threading
from datetime import datetime

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from lindung.access import services
from lindung.access.invitations import NewMember, invite_members
from lindung.access.models import Account, Grant, SignInName
from lindung.access.queries import first_timers
from lindung.access.services import NewLink
from lindung.access.trail import SYSTEM

PASSWORD = "sembilan kucing biru"
_numbers = itertools.count(800_000_000)


def newcomer(email: str = "") -> NewMember:
    number = next(_numbers)
    return NewMember(number, f"25{number:09d}", f"25{number:09d}", email)


def invite(*people: NewMember, now: datetime) -> dict[int, NewLink]:
    return invite_members(actor=SYSTEM, people=people, now=now)


def accounts_of(person: NewMember) -> list[int]:
    return list(Grant.objects.filter(role="member", scope_id=person.person_id).values_list("account_id", flat=True))


@pytest.mark.django_db
def test_everybody_gets_an_account_of_their_own_and_a_link_that_works(now: datetime) -> None:
    people = [newcomer(f"undangan{n}@contoh.example") for n in range(3)]
    links = invite(*people, now=now)
    assert set(links) == {person.person_id for person in people}
    assert len({link.account_id for link in links.values()}) == 3
    for person in people:
        link = links[person.person_id]
        assert accounts_of(person) == [link.account_id]
        assert services.set_first_password(token=link.token, password=PASSWORD, now=now).grants == {
            ("member", person.person_id)
        }
        assert Account.objects.get(pk=link.account_id).password != ""


@pytest.mark.django_db
def test_inviting_again_gives_another_link_to_the_same_account(now: datetime) -> None:
    person = newcomer("lagi@contoh.example")
    first, second = invite(person, now=now), invite(person, now=now)
    assert first[person.person_id].account_id == second[person.person_id].account_id
    assert first[person.person_id].token != second[person.person_id].token
    assert len(accounts_of(person)) == 1


@pytest.mark.django_db
def test_a_card_that_has_an_account_already_is_let_into_it(now: datetime) -> None:
    person = newcomer()
    known = services.invite(
        actor=SYSTEM, display_name="x", names={"kpj": person.kpj}, role="member", scope_id=person.person_id, now=now
    )
    assert invite(person, now=now)[person.person_id].account_id == known.account_id


@pytest.mark.django_db
def test_an_address_that_somebody_signs_in_by_opens_no_door_to_a_stranger(now: datetime) -> None:
    owner = services.invite(
        actor=SYSTEM, display_name="x", names={"email": "hrd@contoh.example"}, role="hr", scope_id=5, now=now
    )
    person = newcomer("HRD@contoh.example")
    link = invite(person, now=now)[person.person_id]
    assert link.account_id != owner.account_id
    name = SignInName.objects.get(pk=services.name_index("email", "hrd@contoh.example"))
    assert name.account_id == owner.account_id


@pytest.mark.django_db
def test_who_has_a_password_or_a_closed_account_gets_no_link(now: datetime) -> None:
    active, closed = newcomer(), newcomer()
    links = invite(active, closed, now=now)
    services.set_first_password(token=links[active.person_id].token, password=PASSWORD, now=now)
    Account.objects.filter(pk=links[closed.person_id].account_id).update(closed_at=now)
    assert invite(active, closed, now=now) == {}


@pytest.mark.django_db
def test_first_timers_are_those_who_never_set_a_password(now: datetime) -> None:
    stranger, invited, active, closed = (newcomer() for _ in range(4))
    links = invite(invited, active, closed, now=now)
    services.set_first_password(token=links[active.person_id].token, password=PASSWORD, now=now)
    Account.objects.filter(pk=links[closed.person_id].account_id).update(closed_at=now)
    asked = [person.person_id for person in (stranger, invited, active, closed)]
    assert first_timers(asked) == {stranger.person_id, invited.person_id}


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow_with_the_number_of_people(now: datetime) -> None:
    def statements(count: int) -> int:
        people = [newcomer(f"banyak{next(_numbers)}@contoh.example") for _ in range(count)]
        with CaptureQueriesContext(connection) as captured:
            invite(*people, now=now)
        return len(captured)

    assert statements(2) == statements(50) <= 15


@pytest.mark.usefixtures("committed_db")
def test_two_invitations_of_one_person_at_the_same_moment_end_in_one_account(now: datetime) -> None:
    person = newcomer("serentak@contoh.example")
    links: list[NewLink] = []

    def other() -> None:
        try:
            links.append(invite(person, now=now)[person.person_id])
        finally:
            connections.close_all()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        links.append(invite(person, now=now)[person.person_id])
        thread.start()
        thread.join(0.3)  # the other one now waits for the name
        assert thread.is_alive()
    thread.join(10)
    assert len(links) == 2
    assert links[0].account_id == links[1].account_id
    assert accounts_of(person) == [links[0].account_id]
