"""Reads about addresses and messages."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from lindung.contact.addresses import open_address
from lindung.contact.models import Address, Message
from lindung.lib.crypto import CannotDecrypt

log = logging.getLogger("lindung.contact")


@dataclass(frozen=True, slots=True)
class Reachable:
    """Where a person can be reached, in clear; empty where there is no such address."""

    email: str = ""
    phone: str = ""


def address_book(person_ids: Collection[int]) -> dict[int, Reachable]:
    """Person id -> addresses, for those who have any.

    An address that does not open (a changed row, a lost key) counts as none: one row must not hold up the rest.
    """
    found: dict[int, dict[str, str]] = {}
    rows = Address.objects.filter(person_id__in=person_ids).values_list("person_id", "kind", "value_encrypted")
    for person_id, kind, sealed in rows:
        try:
            found.setdefault(person_id, {})[kind] = open_address(person_id, kind, sealed)
        except CannotDecrypt:
            log.error("the %s of person %d does not open", kind, person_id)
    return {person_id: Reachable(**addresses) for person_id, addresses in found.items()}


def told_since(person_ids: Collection[int], *, kind: str, since: datetime) -> set[int]:
    """Those of these persons who were told a kind of thing at ``since`` or later, whatever became of the message."""
    told = Message.objects.filter(person_id__in=person_ids, kind=kind, created_at__gte=since)
    return set(told.values_list("person_id", flat=True))
