"""Who works for a firm: invited, given roles, gone; and what takes two of them."""

from datetime import datetime, timedelta

import pytest

from lindung.access import firm_users, links, queries, services
from lindung.access.firm_users import UserFault
from lindung.access.links import asked_by, invitation_links
from lindung.access.models import Grant, Invitation, Session, TrailEvent
from lindung.access.trail import SYSTEM, Actor

PASSWORD = "sembilan kucing biru"
FIRM = 77_001


def founder(now: datetime, *, employer_id: int = FIRM, mail: str = "pendiri@contoh.example") -> Actor:
    link = services.invite(
        actor=SYSTEM, display_name="Rina", names={"email": mail}, role="hr", scope_id=employer_id, now=now
    )
    services.set_first_password(token=link.token, password=PASSWORD, now=now)
    return Actor("account", link.account_id)


def joined(boss: Actor, name: str, roles: list[str], now: datetime, *, employer_id: int = FIRM) -> Actor:
    """Somebody who was invited and came."""
    invitation = firm_users.invite_user(
        actor=boss,
        employer_id=employer_id,
        name=name,
        email=f"{name.lower()}{employer_id}@contoh.example",
        roles=roles,
        now=now,
    )
    token = invitation_links([invitation.pk], now)[invitation.pk].token
    services.set_first_password(token=token, password=PASSWORD, now=now)
    return Actor("account", invitation.account_id)


def refused(code: str) -> pytest.RaisesExc[UserFault]:
    return pytest.raises(UserFault, match=f"^{code}$")


@pytest.mark.django_db
def test_an_invitation_gives_nothing_until_it_is_taken_up(now: datetime) -> None:
    boss = founder(now)
    invitation = firm_users.invite_user(
        actor=boss, employer_id=FIRM, name="Budi", email="budi@contoh.example", roles=["firm_reader"], now=now
    )
    assert [row.name for row in queries.open_invitations(FIRM)] == ["Budi"]
    assert not Grant.objects.filter(account_id=invitation.account_id).exists()
    token = invitation_links([invitation.pk], now)[invitation.pk].token
    asked = asked_by(token, now)
    assert asked is not None
    assert (asked.employer_id, asked.roles, asked.known) == (FIRM, ("firm_reader",), False)
    services.set_first_password(token=token, password=PASSWORD, now=now)
    assert queries.open_invitations(FIRM) == []
    assert {user.name: user.codes for user in queries.firm_users(FIRM)}["Budi"] == ("firm_reader",)


@pytest.mark.django_db
def test_who_has_a_password_keeps_it_and_only_says_yes(now: datetime) -> None:
    boss, other = founder(now), founder(now, employer_id=FIRM + 1, mail="lain@contoh.example")
    invitation = firm_users.invite_user(
        actor=boss, employer_id=FIRM, name="Lain", email="lain@contoh.example", roles=["firm_entry"], now=now
    )
    assert invitation.account_id == other.id
    token = invitation_links([invitation.pk], now)[invitation.pk].token
    with pytest.raises(services.LinkSpent):
        services.set_first_password(token=token, password="kata sandi curian", now=now)
    assert services.accept_invitation(token=token, now=now).grants >= {("firm_entry", FIRM), ("firm_admin", FIRM + 1)}
    with pytest.raises(services.LinkSpent):
        services.accept_invitation(token=token, now=now)


@pytest.mark.django_db
def test_a_withdrawn_invitation_opens_nothing_and_a_new_one_replaces_the_old(now: datetime) -> None:
    boss = founder(now)

    def invite(at: datetime) -> Invitation:
        return firm_users.invite_user(
            actor=boss, employer_id=FIRM, name="Budi", email="budi@contoh.example", roles=["firm_entry"], now=at
        )

    first = invite(now)
    old = invitation_links([first.pk], now)[first.pk].token
    second = invite(now)
    assert asked_by(old, now) is None
    new = invitation_links([second.pk], now)[second.pk].token
    firm_users.withdraw_invitation(actor=boss, employer_id=FIRM, invitation_id=second.pk, now=now)
    assert links.live_link(new, now) is None
    with pytest.raises(services.LinkSpent):
        services.set_first_password(token=new, password=PASSWORD, now=now)
    invite(now)
    with refused("too_many_letters"):
        invite(now)
    invite(now + timedelta(days=1, minutes=1))


@pytest.mark.django_db
def test_nobody_is_invited_twice_or_without_a_role(now: datetime) -> None:
    boss = founder(now)
    with refused("user_already"):
        firm_users.invite_user(
            actor=boss, employer_id=FIRM, name="X", email="pendiri@contoh.example", roles=["firm_entry"], now=now
        )
    for roles in ([], ["officer"], ["member"]):
        with refused("no_role"):
            firm_users.invite_user(
                actor=boss, employer_id=FIRM, name="X", email="x@contoh.example", roles=roles, now=now
            )


@pytest.mark.django_db
def test_nobody_raises_his_own_role_and_the_last_administrator_stays(now: datetime) -> None:
    boss = founder(now)
    budi = joined(boss, "Budi", ["firm_admin"], now)

    def change(actor: Actor, whose: Actor, *roles: str) -> None:
        firm_users.change_roles(actor=actor, employer_id=FIRM, account_id=whose.id, roles=roles, now=now)

    with refused("own_role_raised"):
        change(budi, budi, "firm_admin", "firm_approval")
    change(boss, budi, "firm_reader")
    with refused("last_administrator"):
        change(boss, boss)
    with refused("last_administrator"):
        change(boss, boss, "firm_entry")
    change(boss, budi, "firm_reader", "firm_admin")
    change(boss, boss)
    assert [user.name for user in queries.firm_users(FIRM)] == ["Budi"]
    with refused("not_there"):
        change(budi, boss, "firm_entry")
    acts = TrailEvent.objects.filter(object_kind="employer", object_id=FIRM).values_list("act", flat=True)
    assert "user_ended" in acts
    assert "user_roles_changed" in acts


@pytest.mark.django_db
def test_who_leaves_loses_his_sessions_and_his_links_at_once(now: datetime) -> None:
    boss = founder(now)
    budi = joined(boss, "Budi", ["firm_entry"], now)
    Session.objects.create(
        session_key="k" * 32, session_data="", expire_date=now + timedelta(days=1), account_id=budi.id, door="employer"
    )
    firm_users.change_roles(actor=boss, employer_id=FIRM, account_id=budi.id, roles=[], now=now)
    assert not Session.objects.filter(account_id=budi.id).exists()
    assert queries.clerk_names(FIRM, [budi.id]) == {budi.id: "Budi"}


@pytest.mark.django_db
def test_two_persons_are_needed_only_where_there_are_two_and_no_longer_when_two_agree(now: datetime) -> None:
    boss = founder(now)
    with refused("no_second_person"):
        firm_users.need_two_persons(actor=boss, employer_id=FIRM, now=now)
    budi = joined(boss, "Budi", ["firm_entry"], now)
    assert not firm_users.needs_second_person(FIRM)
    firm_users.need_two_persons(actor=boss, employer_id=FIRM, now=now)
    assert firm_users.needs_second_person(FIRM)
    # The second person cannot go while he is one of two.
    with refused("no_second_person"):
        firm_users.change_roles(actor=boss, employer_id=FIRM, account_id=budi.id, roles=[], now=now)
    firm_users.ask_for_one_person(actor=boss, employer_id=FIRM, now=now)
    with refused("one_person_alone"):
        firm_users.answer_for_one_person(actor=boss, employer_id=FIRM, agreed=True, now=now)
    firm_users.answer_for_one_person(actor=budi, employer_id=FIRM, agreed=False, now=now)
    assert firm_users.needs_second_person(FIRM)
    firm_users.ask_for_one_person(actor=boss, employer_id=FIRM, now=now)
    firm_users.answer_for_one_person(actor=budi, employer_id=FIRM, agreed=True, now=now)
    assert not firm_users.needs_second_person(FIRM)


@pytest.mark.django_db
def test_the_last_sign_in_is_the_one_at_the_firms_own_door(now: datetime) -> None:
    boss = founder(now)
    TrailEvent.objects.create(
        actor_kind="account",
        actor_id=boss.id,
        act="signed_in",
        object_kind="account",
        object_id=boss.id,
        detail={"door": "member"},
        happened_at=now + timedelta(hours=2),
    )
    assert queries.firm_users(FIRM)[0].seen_at is None
    TrailEvent.objects.create(
        actor_kind="account",
        actor_id=boss.id,
        act="signed_in",
        object_kind="account",
        object_id=boss.id,
        detail={"door": "employer"},
        happened_at=now,
    )
    assert queries.firm_users(FIRM)[0].seen_at == now
    assert queries.firm_accounts([FIRM, FIRM + 5]) == {FIRM: [boss.id]}
