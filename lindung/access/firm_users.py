"""Who works for a firm here: asked in, given roles, gone. And whether what binds the firm takes two of them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.models import Account, Grant, Invitation, OneTimeLink, Session, SignInName, TwoPersons
from lindung.access.permissions import FIRM_ROLES, ROLES, Permission
from lindung.access.services import name_index
from lindung.access.trail import Actor

MOST_LETTERS_A_DAY: Final = 3
"""To one mailbox from one firm."""


class UserFault(Exception):
    """Something about a firm's users cannot be done; ``code`` says why.

    ``no_role``, ``user_already``, ``closed`` (an account that was shut for good), ``too_many_letters``, ``not_there``,
    ``own_role_raised``, ``last_administrator``, ``no_second_person`` (while what binds the firm needs one who enters
    and another who approves), ``one_person_alone``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def invite_user(
    *, actor: Actor, employer_id: int, name: str, email: str, roles: Collection[str], now: datetime
) -> Invitation:
    """Ask somebody into a firm by his e-mail address. The account is made if nobody signs in by that address.

    Asking again withdraws what was asked before. Nothing is his to do before he takes it up with the link that is
    sent to him. Raises ``UserFault``: ``no_role``, ``user_already``, ``closed``, ``too_many_letters``.
    """
    _known_roles(roles)
    lock_users(employer_id)
    account = _account_of(email, name, now)
    if Grant.objects.filter(account=account, role__in=FIRM_ROLES, scope_id=employer_id, ended_at=None).exists():
        raise UserFault("user_already")
    asked = Invitation.objects.filter(account=account, scope_id=employer_id)
    if asked.filter(invited_at__gt=now - timedelta(days=1)).count() >= MOST_LETTERS_A_DAY:
        raise UserFault("too_many_letters")
    asked.filter(accepted_at=None, ended_at=None).update(ended_at=now)
    invitation = Invitation.objects.create(
        account=account, scope_id=employer_id, name=name, roles=sorted(roles), invited_by=actor.id, invited_at=now
    )
    _record(actor, "user_invited", employer_id, now, account=account.pk, roles=" ".join(sorted(roles)))
    return invitation


@transaction.atomic
def withdraw_invitation(*, actor: Actor, employer_id: int, invitation_id: int, now: datetime) -> None:
    """Take an invitation back that nobody has taken up; its link opens nothing any more. Again does nothing."""
    lock_users(employer_id)
    withdrawn = Invitation.objects.filter(
        pk=invitation_id, scope_id=employer_id, accepted_at=None, ended_at=None
    ).update(ended_at=now)
    if withdrawn:
        _record(actor, "invitation_withdrawn", employer_id, now, invitation=invitation_id)


@transaction.atomic
def change_roles(*, actor: Actor, employer_id: int, account_id: int, roles: Collection[str], now: datetime) -> None:
    """Make these the roles of one of the firm's users; none at all: he leaves, and his sessions end at once.

    Nobody adds to his own roles, the last administrator stays one, and while two persons are needed there remain one
    who enters and another who approves. Raises ``UserFault``.
    """
    if roles:
        _known_roles(roles)
    lock_users(employer_id)
    held = _held(employer_id)
    before = held.get(account_id, frozenset())
    if not before:
        raise UserFault("not_there")
    wanted = frozenset(roles)
    if wanted == before:
        return
    if actor.id == account_id and not wanted <= before:
        raise UserFault("own_role_raised")
    after = {**held, account_id: wanted}
    if not any("firm_admin" in theirs for theirs in after.values()):
        raise UserFault("last_administrator")
    if _rule(employer_id) is not None and not two_who_can(after):
        raise UserFault("no_second_person")
    live = Grant.objects.filter(account_id=account_id, scope_id=employer_id, role__in=FIRM_ROLES, ended_at=None)
    live.exclude(role__in=wanted).update(ended_at=now)
    Grant.objects.bulk_create(
        [
            Grant(account_id=account_id, role=role, scope_id=employer_id, granted_at=now)
            for role in sorted(wanted - before)
        ]
    )
    if not wanted:
        Session.objects.filter(account_id=account_id, door="employer").delete()
        OneTimeLink.objects.filter(account_id=account_id, invitation__scope_id=employer_id, used_at=None).update(
            used_at=now
        )
    act = "user_roles_changed" if wanted else "user_ended"
    _record(actor, act, employer_id, now, account=account_id, roles=" ".join(sorted(wanted)))


@transaction.atomic
def need_two_persons(*, actor: Actor, employer_id: int, now: datetime) -> None:
    """From now on what binds the firm waits for a second person. Again does nothing.

    Raises ``UserFault`` ``no_second_person`` while nobody could approve what another has entered.
    """
    lock_users(employer_id)
    if _rule(employer_id) is not None:
        return
    if not two_who_can(_held(employer_id)):
        raise UserFault("no_second_person")
    TwoPersons.objects.create(scope_id=employer_id, on_by=actor.id, on_at=now)
    _record(actor, "two_persons_needed", employer_id, now)


@transaction.atomic
def ask_for_one_person(*, actor: Actor, employer_id: int, now: datetime) -> None:
    """Ask that one person be enough again; it stays as it is until another agrees. Again does nothing."""
    lock_users(employer_id)
    rule = _rule(employer_id)
    if rule is None or rule.off_asked_by is not None:
        return
    TwoPersons.objects.filter(pk=rule.pk).update(off_asked_by=actor.id, off_asked_at=now)
    _record(actor, "one_person_asked", employer_id, now)


@transaction.atomic
def answer_for_one_person(*, actor: Actor, employer_id: int, agreed: bool, now: datetime) -> None:
    """Agree that one person is enough, or leave it at two. Whoever asked may take it back, never agree to it.

    Again does nothing. Raises ``UserFault`` ``one_person_alone``.
    """
    lock_users(employer_id)
    rule = _rule(employer_id)
    if rule is None or rule.off_asked_by is None:
        return
    if agreed and rule.off_asked_by == actor.id:
        raise UserFault("one_person_alone")
    done = TwoPersons.objects.filter(pk=rule.pk)
    if agreed:
        done.update(off_agreed_by=actor.id, off_at=now)
    else:
        done.update(off_asked_by=None, off_asked_at=None)
    _record(actor, "one_person_enough" if agreed else "two_persons_kept", employer_id, now)


def needs_second_person(employer_id: int) -> bool:
    """Whether what binds this firm waits for a second person; held still until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [_lock_name(employer_id)])
    return _rule(employer_id) is not None


def lock_users(employer_id: int) -> None:
    """One change of a firm's users, or of what they need each other for, at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_lock_name(employer_id)])


def _lock_name(employer_id: int) -> str:
    return f"users of {employer_id}"


def _rule(employer_id: int) -> TwoPersons | None:
    return TwoPersons.objects.filter(scope_id=employer_id, off_at=None).first()


def _known_roles(roles: Collection[str]) -> None:
    if not roles or set(roles) - set(FIRM_ROLES):
        raise UserFault("no_role")


def _account_of(email: str, name: str, now: datetime) -> Account:
    index = name_index(SignInName.Kind.EMAIL, email)
    known = SignInName.objects.select_related("account").filter(pk=index).first()
    if known is not None:
        if known.account.closed_at is not None:
            raise UserFault("closed")
        return known.account
    account = Account.objects.create(display_name=name, created_at=now, password="")
    SignInName.objects.create(name_index=index, kind=SignInName.Kind.EMAIL, account=account)
    return account


def _held(employer_id: int) -> dict[int, frozenset[str]]:
    """Account id -> the firm's roles that it holds now."""
    held: dict[int, set[str]] = {}
    live = Grant.objects.filter(scope_id=employer_id, role__in=FIRM_ROLES, ended_at=None)
    for account_id, role in live.values_list("account_id", "role"):
        held.setdefault(account_id, set()).add(role)
    return {account_id: frozenset(roles) for account_id, roles in held.items()}


def two_who_can(held: dict[int, frozenset[str]]) -> bool:
    """Whether there is one who enters and another who approves, among accounts with the roles they hold."""

    def who(permission: Permission) -> set[int]:
        return {account for account, roles in held.items() if any(permission in ROLES[role] for role in roles)}

    entering, approving = who(Permission.WAGES_REPORT), who(Permission.ENTRIES_APPROVE)
    return bool(entering and approving) and len(entering | approving) > 1


def _record(actor: Actor, act: str, employer_id: int, now: datetime, **detail: int | str) -> None:
    trail.record(actor=actor, act=act, object_kind="employer", object_id=employer_id, now=now, detail=detail)
