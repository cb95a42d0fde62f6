"""Signing in and out, links that set a password, grants, and the brakes on guessing."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q

from lindung.access import trail
from lindung.access.brakes import TooManyTries, count_try, look_at_brakes
from lindung.access.links import LINK_HOURS, LinkSpent, NewLink, live_link, new_link, take_up
from lindung.access.models import Account, Grant, OneTimeLink, SignInName, Throttle
from lindung.access.permissions import roles_called
from lindung.access.sessions import SessionStore
from lindung.access.trail import Actor
from lindung.lib.crypto import blind_index

__all__ = [
    "LINK_HOURS",
    "LinkSpent",
    "NewLink",
    "SignInRefused",
    "Started",
    "TooManyTries",
    "accept_invitation",
    "invite",
    "link_grants",
    "name_index",
    "set_first_password",
    "sign_in",
    "sign_out",
]


class SignInRefused(Exception):
    """Name and password do not go together. Never says which of the two is wrong."""


@dataclass(frozen=True, slots=True)
class Started:
    """An account whose first password was just set, with its grants as (role, scope id)."""

    account_id: int
    grants: frozenset[tuple[str, int]]


def name_index(kind: str, name: str) -> bytes:
    """The blind index of a sign-in name: KPJ by its digits, e-mail in lower case."""
    plain = "".join(c for c in name if c.isdigit()) if kind == SignInName.Kind.KPJ else name.strip().lower()
    return blind_index(f"sign-in {kind}", plain)


def sign_in(*, session: SessionStore, name: str, password: str, address: str, now: datetime) -> int:
    """Check name (KPJ or e-mail) and password, bind the session to the account and give its id.

    Raises ``SignInRefused`` or ``TooManyTries``. Failures are counted per name and per network address; five
    per name are free, then the wait doubles from a minute to an hour. There is no lasting lock.
    """
    kind = SignInName.Kind.EMAIL if "@" in name else SignInName.Kind.KPJ
    index = name_index(kind, name)
    brakes = {"name": index, "address": blind_index("sign-in address", address)}
    # The brake must stand even when the try is refused: its own transaction, and locked rows so that
    # thirty-two tries at once count as thirty-two.
    with transaction.atomic():
        look_at_brakes(brakes, now)
        found = SignInName.objects.select_related("account").filter(pk=index).first()
        known = found.account if found and found.account.is_active else None
        right = check_password(password, known.password if known and known.password else _nobodys_password())
        if known is None or not right:
            for label, key in brakes.items():
                count_try(label, key, now)
            refused = True
        else:
            Throttle.objects.filter(pk=index).delete()
            refused = False
    if refused or known is None:
        raise SignInRefused
    session.cycle_key()
    session.account_id = known.pk
    session["signed_in_at"] = now.isoformat()
    trail.record(
        actor=Actor("account", known.pk),
        act="signed_in",
        object_kind="account",
        object_id=known.pk,
        now=now,
        detail={"door": session.door},
    )
    return known.pk


def sign_out(*, session: SessionStore, now: datetime) -> None:
    """End this session on the server, so that its cookie opens nothing any more."""
    account_id = session.account_id
    session.flush()
    session.account_id = None
    if account_id is not None:
        trail.record(
            actor=Actor("account", account_id),
            act="signed_out",
            object_kind="account",
            object_id=account_id,
            now=now,
        )


@transaction.atomic
def invite(
    *,
    actor: Actor,
    display_name: str,
    names: Mapping[str, str],
    role: str,
    scope_id: int,
    now: datetime,
) -> NewLink:
    """Make (or find) the account behind these sign-in names, grant it a role and give a one-time link.

    ``names`` maps a kind (``kpj``, ``email``) to the name. ``role`` is a role, or the word for several
    (``roles_called``). Inviting again is harmless: one account, one live grant, and a new link beside the old one.
    """
    indexes = {name_index(kind, value): kind for kind, value in names.items()}
    known = SignInName.objects.filter(pk__in=list(indexes)).select_related("account").first()
    account = known.account if known else Account.objects.create(display_name=display_name, created_at=now, password="")
    SignInName.objects.bulk_create(
        [SignInName(name_index=index, kind=kind, account=account) for index, kind in indexes.items()],
        ignore_conflicts=True,
    )
    Grant.objects.bulk_create(
        [Grant(account=account, role=held, scope_id=scope_id, granted_at=now) for held in roles_called(role)],
        ignore_conflicts=True,
    )
    link = new_link(now=now, account_id=account.pk)
    trail.record(
        actor=actor,
        act="account_invited",
        object_kind="account",
        object_id=account.pk,
        now=now,
        detail={"role": role, "scope_id": scope_id},
    )
    return link


def link_grants(token: str, now: datetime) -> frozenset[tuple[str, int]] | None:
    """What the account behind a live one-time link may do, as (role, scope id); None when the link is spent.

    Reading spends nothing: mail scanners read.
    """
    link = live_link(token, now)
    return None if link is None or link.account_id is None else _grants(link.account_id)


@transaction.atomic
def set_first_password(*, token: str, password: str, now: datetime, display_name: str = "") -> Started:
    """Spend a one-time link on a password; a display name, when given, becomes the account's.

    A link that came with an invitation takes it up, and never changes a password that is there.
    Raises ``LinkSpent``, or Django's ``ValidationError`` when the password is weak (the link then stays live).
    """
    link = live_link(token, now, locked=True)
    if link is None or link.account is None or (link.invitation and link.account.password):
        raise LinkSpent
    account = link.account
    account.display_name = display_name or account.display_name
    validate_password(password, account)
    account.password = make_password(password)
    account.save(update_fields=["password", "display_name"])
    # Links that came with other firms' invitations stay live: each is a question of its own.
    OneTimeLink.objects.filter(
        Q(invitation=None) | Q(invitation=link.invitation), account=account, used_at=None
    ).update(used_at=now)
    if link.invitation is not None:
        take_up(link.invitation, now)
    trail.record(
        actor=Actor("account", account.pk),
        act="password_set",
        object_kind="account",
        object_id=account.pk,
        now=now,
    )
    return Started(account.pk, _grants(account.pk))


@transaction.atomic
def accept_invitation(*, token: str, now: datetime) -> Started:
    """Take up an invitation with the link that came to one's mailbox; for who has a password already.

    Raises ``LinkSpent``.
    """
    link = live_link(token, now, locked=True)
    if link is None or link.account is None or link.invitation is None or not link.account.password:
        raise LinkSpent
    OneTimeLink.objects.filter(invitation=link.invitation, used_at=None).update(used_at=now)
    take_up(link.invitation, now)
    trail.record(
        actor=Actor("account", link.account.pk),
        act="invitation_accepted",
        object_kind="employer",
        object_id=link.invitation.scope_id,
        now=now,
        detail={"invitation": link.invitation.pk},
    )
    return Started(link.account.pk, _grants(link.account.pk))


def _grants(account_id: int) -> frozenset[tuple[str, int]]:
    live = Grant.objects.filter(account_id=account_id, ended_at=None)
    return frozenset(live.values_list("role", "scope_id"))


@cache
def _nobodys_password() -> str:
    """Compared against when the name is unknown, so that both answers take the same time."""
    return make_password(secrets.token_urlsafe(32))
