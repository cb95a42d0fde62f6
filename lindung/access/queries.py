"""Reads about accounts that other rooms need."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from lindung.access.models import Account, Grant, Invitation, TrailEvent, TwoPersons
from lindung.access.permissions import FIRM_ROLES


@dataclass(frozen=True, slots=True)
class FirmUser:
    """Somebody who works for a firm here; ``roles`` are (code, since), ``seen_at`` his last sign-in at its door."""

    account_id: int
    name: str
    roles: tuple[tuple[str, datetime], ...]
    seen_at: datetime | None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(role for role, _ in self.roles)


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was asked into a firm and has not come."""

    id: int
    account_id: int
    name: str
    roles: tuple[str, ...]
    invited_at: datetime


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """What binds the firm needs two since ``on_at``; ``off_asked_by``: who asks that one be enough, 0 for nobody."""

    on_at: datetime
    on_by: int
    off_asked_by: int
    off_asked_at: datetime | None


def firm_users(employer_id: int) -> list[FirmUser]:
    """Everybody with a role in a firm now, by name."""
    live = Grant.objects.filter(scope_id=employer_id, role__in=FIRM_ROLES, ended_at=None)
    roles: dict[int, list[tuple[str, datetime]]] = {}
    names: dict[int, str] = {}
    for grant in live.select_related("account").order_by("account_id"):
        roles.setdefault(grant.account_id, []).append((grant.role, grant.granted_at))
        names[grant.account_id] = grant.account.display_name
    seen = dict(
        TrailEvent.objects.filter(
            object_kind="account", object_id__in=list(roles), act="signed_in", detail__door="employer"
        )
        .values_list("object_id")
        .annotate(at=Max("happened_at"))
    )
    users = [
        FirmUser(
            account_id,
            names[account_id],
            tuple(sorted(held, key=lambda role: FIRM_ROLES.index(role[0]))),
            seen.get(account_id),
        )
        for account_id, held in roles.items()
    ]
    return sorted(users, key=lambda user: (user.name.casefold(), user.account_id))


def open_invitations(employer_id: int) -> list[Invited]:
    """Who was asked into a firm and has not come, newest first."""
    waiting = Invitation.objects.filter(scope_id=employer_id, accepted_at=None, ended_at=None).order_by("-invited_at")
    return [Invited(row.pk, row.account_id, row.name, tuple(row.roles), row.invited_at) for row in waiting]


def firm_accounts(employer_ids: Collection[int], roles: Collection[str] = FIRM_ROLES) -> dict[int, list[int]]:
    """Employer id -> the accounts that hold one of these roles there: whom to write to about the firm."""
    found: dict[int, list[int]] = {}
    live = Grant.objects.filter(scope_id__in=employer_ids, role__in=roles, ended_at=None, account__closed_at=None)
    for employer_id, account_id in live.values_list("scope_id", "account_id").order_by("scope_id").distinct():
        found.setdefault(employer_id, []).append(account_id)
    return found


def was_in_firm(account_id: int, employer_id: int) -> bool:
    """Whether an account acts for a firm, or ever did."""
    return Grant.objects.filter(account_id=account_id, scope_id=employer_id, role__in=FIRM_ROLES).exists()


def second_person(employer_id: int) -> SecondPerson | None:
    """Since when two persons are needed in a firm; None where one is enough."""
    rule = TwoPersons.objects.filter(scope_id=employer_id, off_at=None).first()
    return SecondPerson(rule.on_at, rule.on_by, rule.off_asked_by or 0, rule.off_asked_at) if rule else None


def clerk_names(employer_id: int, account_ids: Collection[int]) -> dict[int, str]:
    """What a firm's own clerks among these accounts are called, also those who left; nobody else is named to it."""
    clerks = Account.objects.filter(
        pk__in=account_ids, grants__role__in=FIRM_ROLES, grants__scope_id=employer_id
    ).distinct()
    return dict(clerks.values_list("pk", "display_name"))


def first_timers(person_ids: Sequence[int]) -> set[int]:
    """Those of these persons who have never set a password, with or without an account made for them.

    A person whose account was closed is none: no message may open that door again.
    """
    through_the_door = (
        Grant.objects.filter(role=Grant.Role.MEMBER, scope_id__in=person_ids, ended_at=None)
        .exclude(Q(account__password="") & Q(account__closed_at=None))
        .values_list("scope_id", flat=True)
    )
    return set(person_ids) - set(through_the_door)
