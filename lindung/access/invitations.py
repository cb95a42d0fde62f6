"""Accounts for many members at once: a handful of statements, however many they are."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.links import LINK_HOURS, NewLink
from lindung.access.models import Account, Grant, OneTimeLink, SignInName
from lindung.access.services import name_index
from lindung.access.trail import Actor
from lindung.lib import ids


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who is to have a member's account. ``email`` is empty when there is none."""

    person_id: int
    display_name: str
    kpj: str
    email: str


@transaction.atomic
def invite_members(*, actor: Actor, people: Sequence[NewMember], now: datetime) -> dict[int, NewLink]:
    """Give each person an account, a grant over their own data, sign-in names and a one-time link.

    The KPJ decides whose account it is. The e-mail address becomes a name only while nobody else signs in by
    it: it was typed by an employer, and a family may share one. Who has a password already, or a closed
    account, gets no link. Inviting again adds nothing but a new link. Gives person id -> link.
    """
    accounts = _accounts(people, now)
    _add_names(
        {
            name_index(SignInName.Kind.EMAIL, person.email): accounts[person.person_id]
            for person in people
            if person.email
        },
        SignInName.Kind.EMAIL,
    )
    Grant.objects.bulk_create(
        [
            Grant(account_id=account_id, role=Grant.Role.MEMBER, scope_id=person_id, granted_at=now)
            for person_id, account_id in accounts.items()
        ],
        ignore_conflicts=True,
    )
    waiting = set(
        Account.objects.filter(pk__in=accounts.values(), password="", closed_at=None).values_list("pk", flat=True)
    )
    links = {
        person_id: NewLink(account_id, secrets.token_urlsafe(24), now + timedelta(hours=LINK_HOURS))
        for person_id, account_id in accounts.items()
        if account_id in waiting
    }
    OneTimeLink.objects.bulk_create(
        [
            OneTimeLink(
                token_sha256=hashlib.sha256(link.token.encode()).digest(),
                account_id=link.account_id,
                created_at=now,
                expires_at=link.expires_at,
            )
            for link in links.values()
        ]
    )
    with trail.together():
        for person_id, link in links.items():
            trail.record(
                actor=actor,
                act="account_invited",
                object_kind="account",
                object_id=link.account_id,
                now=now,
                detail={"role": Grant.Role.MEMBER.value, "scope_id": person_id},
            )
    return links


def _accounts(people: Sequence[NewMember], now: datetime) -> dict[int, int]:
    """Person id -> account id, old or new.

    Two invitations of one person at the same moment must end in one account, so the name is claimed first, under
    an account id that is only drawn, and the account is written by whoever got the name. The foreign key is
    looked at when the transaction ends; who loses waits here until then and sees the winner.
    """
    known = dict(
        Grant.objects.filter(
            role=Grant.Role.MEMBER, scope_id__in=[person.person_id for person in people], ended_at=None
        ).values_list("scope_id", "account_id")
    )
    with connection.cursor() as cursor:
        drawn = iter(ids.draw(cursor, "access_account_id_seq", len(people)).tolist())
    claims = {
        name_index(SignInName.Kind.KPJ, person.kpj): (person, known.get(person.person_id) or next(drawn))
        for person in people
    }
    owners = _add_names({index: account for index, (_, account) in claims.items()}, SignInName.Kind.KPJ)
    found = {person.person_id: known.get(person.person_id, owners[index]) for index, (person, _) in claims.items()}
    Account.objects.bulk_create(
        [
            Account(pk=claimed, display_name=person.display_name, created_at=now, password="")
            for index, (person, claimed) in claims.items()
            if owners[index] == claimed and person.person_id not in known
        ]
    )
    return found


def _add_names(names: Mapping[bytes, int], kind: SignInName.Kind) -> dict[bytes, int]:
    """Write name index -> account id where the name is free, and give whose each name is now.

    Always in the same order, so that two at once wait for each other and do not deadlock.
    """
    SignInName.objects.bulk_create(
        [SignInName(name_index=index, kind=kind, account_id=names[index]) for index in sorted(names)],
        ignore_conflicts=True,
    )
    owned = SignInName.objects.filter(pk__in=list(names)).values_list("name_index", "account_id")
    return {bytes(index): account_id for index, account_id in owned}
