"""Signing in and out, links that set a password, grants, and the brakes on guessing."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from lindung.access import trail
from lindung.access.models import Account, Grant, OneTimeLink, SignInName, Throttle
from lindung.access.sessions import SessionStore
from lindung.access.trail import Actor
from lindung.lib.crypto import blind_index

LINK_HOURS = 24
_FREE_FAILURES = {"name": 5, "address": 100}
_LONGEST_LOCK = timedelta(hours=1)
_FORGET_AFTER = timedelta(hours=24)


class SignInRefused(Exception):
    """Name and password do not go together. Never says which of the two is wrong."""


class TooManyTries(Exception):
    """Guessing is slowed down; ``until`` is when the next try is looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__(str(until))
        self.until = until


class LinkSpent(Exception):
    """The one-time link was used, has expired, or never existed."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """A fresh one-time link: ``token`` goes to the person and is not kept."""

    account_id: int
    token: str
    expires_at: datetime


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
        _look_at_brakes(brakes, now)
        found = SignInName.objects.select_related("account").filter(pk=index).first()
        known = found.account if found and found.account.is_active else None
        right = check_password(password, known.password if known and known.password else _nobodys_password())
        if known is None or not right:
            for label, key in brakes.items():
                _count_failure(label, key, now)
            refused = True
        else:
            Throttle.objects.filter(pk=index).delete()
            refused = False
    if refused or known is None:
        raise SignInRefused
    session.cycle_key()
    session.account_id = known.pk
    session["signed_in_at"] = now.isoformat()
    trail.record(actor=Actor("account", known.pk), act="signed_in", object_kind="account", object_id=known.pk, now=now)
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

    ``names`` maps a kind (``kpj``, ``email``) to the name. Inviting again is harmless: one account, one live
    grant, and a new link beside the old one.
    """
    indexes = {name_index(kind, value): kind for kind, value in names.items()}
    known = SignInName.objects.filter(pk__in=list(indexes)).select_related("account").first()
    account = known.account if known else Account.objects.create(display_name=display_name, created_at=now, password="")
    SignInName.objects.bulk_create(
        [SignInName(name_index=index, kind=kind, account=account) for index, kind in indexes.items()],
        ignore_conflicts=True,
    )
    Grant.objects.bulk_create(
        [Grant(account=account, role=role, scope_id=scope_id, granted_at=now)], ignore_conflicts=True
    )
    link = _new_link(account.pk, now)
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
    link = OneTimeLink.objects.filter(pk=_sha256(token), used_at=None, expires_at__gt=now).first()
    return None if link is None else _grants(link.account_id)


@transaction.atomic
def set_first_password(*, token: str, password: str, now: datetime, display_name: str = "") -> Started:
    """Spend a one-time link on a password; a display name, when given, becomes the account's.

    Raises ``LinkSpent``, or Django's ``ValidationError`` when the password is weak (the link then stays live).
    """
    link = (
        OneTimeLink.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=_sha256(token), used_at=None, expires_at__gt=now)
        .first()
    )
    if link is None:
        raise LinkSpent
    account = link.account
    account.display_name = display_name or account.display_name
    validate_password(password, account)
    account.password = make_password(password)
    account.save(update_fields=["password", "display_name"])
    OneTimeLink.objects.filter(account=account, used_at=None).update(used_at=now)
    trail.record(
        actor=Actor("account", account.pk),
        act="password_set",
        object_kind="account",
        object_id=account.pk,
        now=now,
    )
    return Started(account.pk, _grants(account.pk))


def _grants(account_id: int) -> frozenset[tuple[str, int]]:
    live = Grant.objects.filter(account_id=account_id, ended_at=None)
    return frozenset(live.values_list("role", "scope_id"))


def _new_link(account_id: int, now: datetime) -> NewLink:
    token = secrets.token_urlsafe(24)
    expires_at = now + timedelta(hours=LINK_HOURS)
    OneTimeLink.objects.create(
        token_sha256=_sha256(token), account_id=account_id, created_at=now, expires_at=expires_at
    )
    return NewLink(account_id, token, expires_at)


def _sha256(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@cache
def _nobodys_password() -> str:
    """Compared against when the name is unknown, so that both answers take the same time."""
    return make_password(secrets.token_urlsafe(32))


def _look_at_brakes(brakes: Mapping[str, bytes], now: datetime) -> None:
    rows = Throttle.objects.select_for_update().filter(pk__in=list(brakes.values())).order_by("pk")
    locks = [row.locked_until for row in rows if row.locked_until and row.locked_until > now]
    if locks:
        raise TooManyTries(max(locks))


def _count_failure(label: str, key: bytes, now: datetime) -> None:
    row, made = Throttle.objects.select_for_update().get_or_create(
        pk=key, defaults={"failures": 1, "last_failed_at": now}
    )
    if made:
        return
    row.failures = 1 if now - row.last_failed_at > _FORGET_AFTER else row.failures + 1
    row.last_failed_at = now
    beyond = row.failures - _FREE_FAILURES[label]
    row.locked_until = now + min(timedelta(minutes=2 ** min(beyond, 6)), _LONGEST_LOCK) if beyond >= 0 else None
    row.save()
