"""Reads about accounts that other rooms need."""

from collections.abc import Collection, Sequence

from django.db.models import Q

from lindung.access.models import Account, Grant


def clerk_names(employer_id: int, account_ids: Collection[int]) -> dict[int, str]:
    """What a firm's own clerks among these accounts are called, also those who left; nobody else is named to it."""
    clerks = Account.objects.filter(
        pk__in=account_ids, grants__role=Grant.Role.HR, grants__scope_id=employer_id
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
