"""One-time links: made, found while they are live, and what taking up an invitation does."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lindung.access.models import Grant, Invitation, OneTimeLink

LINK_HOURS = 24


class LinkSpent(Exception):
    """The one-time link was used, has expired, or never existed."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """A fresh one-time link: ``token`` goes to the person and is not kept. Account 0: of an application."""

    account_id: int
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invitation asks: into which firm, under which name and with which roles; ``known``: has a password."""

    employer_id: int
    name: str
    roles: tuple[str, ...]
    known: bool


def sha256(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def new_link(
    *, now: datetime, account_id: int | None = None, invitation_id: int | None = None, application_id: int | None = None
) -> NewLink:
    """Make a link for an account, for its invitation, or for a firm's application."""
    token = secrets.token_urlsafe(24)
    expires_at = now + timedelta(hours=LINK_HOURS)
    OneTimeLink.objects.create(
        token_sha256=sha256(token),
        account_id=account_id,
        invitation_id=invitation_id,
        application_id=application_id,
        created_at=now,
        expires_at=expires_at,
    )
    return NewLink(account_id or 0, token, expires_at)


def live_link(token: str, now: datetime, *, locked: bool = False) -> OneTimeLink | None:
    """The link behind a token while it may be used; ``locked`` for whoever is about to spend it.

    One that came with an invitation lives no longer than the invitation.
    """
    links = OneTimeLink.objects.select_related("account", "invitation")
    if locked:
        links = links.select_for_update(of=("self",))
    link = links.filter(pk=sha256(token), used_at=None, expires_at__gt=now).first()
    if link is None or (link.invitation and (link.invitation.ended_at or link.invitation.accepted_at)):
        return None
    return link


def invitation_links(invitation_ids: list[int], now: datetime) -> Mapping[int, NewLink]:
    """A new link for each of these invitations that is still open: invitation id -> link."""
    waiting = Invitation.objects.filter(pk__in=invitation_ids, accepted_at=None, ended_at=None)
    return {
        invitation.pk: new_link(now=now, account_id=invitation.account_id, invitation_id=invitation.pk)
        for invitation in waiting.order_by("pk")
    }


def asked_by(token: str, now: datetime) -> Asked | None:
    """What the invitation behind a live link asks; None where the link is of another kind or spent."""
    link = live_link(token, now)
    if link is None or link.invitation is None or link.account is None:
        return None
    asked = link.invitation
    return Asked(asked.scope_id, asked.name, tuple(asked.roles), bool(link.account.password))


def application_of(token: str, now: datetime) -> int | None:
    """The firm's application that a live link confirms."""
    link = live_link(token, now)
    return link.application_id if link else None


def spend_application_link(token: str, now: datetime) -> int:
    """Spend every link of the application behind this one and give its id. Raises ``LinkSpent``."""
    link = live_link(token, now, locked=True)
    if link is None or link.application_id is None:
        raise LinkSpent
    OneTimeLink.objects.filter(application_id=link.application_id, used_at=None).update(used_at=now)
    return link.application_id


def take_up(invitation: Invitation, now: datetime) -> None:
    """Give the account what an invitation promised."""
    Grant.objects.bulk_create(
        [
            Grant(account_id=invitation.account_id, role=role, scope_id=invitation.scope_id, granted_at=now)
            for role in invitation.roles
        ],
        ignore_conflicts=True,
    )
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now)
