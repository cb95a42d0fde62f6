"""The first user of a firm: his mailbox is proven, his account is made or found, and the firm is his to run."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from lindung.access import trail
from lindung.access.models import Account, Grant, SignInName
from lindung.access.services import name_index
from lindung.access.trail import Actor


class MailboxClosed(Exception):
    """The account behind this mailbox was shut for good."""


@transaction.atomic
def found_account(
    *, name: str, email: str, password: str, roles: Collection[str], employer_id: int, now: datetime
) -> int:
    """Give the owner of a proven mailbox these roles in a firm, and give his account's id.

    ``password`` is set where he has none; otherwise his own stays. Raises ``MailboxClosed``, or Django's
    ``ValidationError``.
    """
    index = name_index(SignInName.Kind.EMAIL, email)
    known = SignInName.objects.select_related("account").filter(pk=index).first()
    if known is None:
        account = Account.objects.create(display_name=name, created_at=now, password="")
        SignInName.objects.create(name_index=index, kind=SignInName.Kind.EMAIL, account=account)
    elif known.account.closed_at is not None:
        raise MailboxClosed
    else:
        account = known.account
    if not account.password:
        validate_password(password, account)
        account.password = make_password(password)
        account.save(update_fields=["password"])
    Grant.objects.bulk_create(
        [Grant(account=account, role=role, scope_id=employer_id, granted_at=now) for role in roles]
    )
    trail.record(
        actor=Actor("account", account.pk),
        act="firm_founded",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={"roles": " ".join(sorted(roles))},
    )
    return account.pk


def has_password(email: str) -> bool:
    """Whether somebody signs in by this address already; asked only about a mailbox that was proven."""
    return SignInName.objects.filter(pk=name_index(SignInName.Kind.EMAIL, email)).exclude(account__password="").exists()
