"""Addresses as they lie in the table: encrypted for their row and kind, with an index to find equal ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lindung.contact.models import Address
from lindung.lib.crypto import blind_index_column, decrypt, encrypt_column

_SHAPES = {
    # No quoted local parts and nothing beyond ASCII: no relay on the way has to understand more than RFC 5321.
    Address.Kind.EMAIL: re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"),
    Address.Kind.PHONE: re.compile(r"\+[1-9][0-9]{7,14}"),
}
_LONGEST = 254


class BadAddress(ValueError):
    """A value is no e-mail address, or no phone number in E.164; ``row`` counts from 0."""

    def __init__(self, row: int) -> None:
        super().__init__(f"row {row}")
        self.row = row


@dataclass(frozen=True, slots=True)
class AddressRows:
    """Columns of ``contact_address`` in the order of the persons given, ready for INSERT or COPY."""

    person_id: Sequence[int]
    kind: str
    value_encrypted: Sequence[bytes]
    value_index: Sequence[bytes]


def is_address(kind: str, value: str) -> bool:
    """Whether ``value`` is an ``email``, or a ``phone`` in E.164."""
    return len(value) <= _LONGEST and _SHAPES[Address.Kind(kind)].fullmatch(value) is not None


def address_rows(*, person_ids: Sequence[int], kind: str, values: Sequence[str]) -> AddressRows:
    """Encrypt one address a person. ``kind`` is ``email`` or ``phone``; phones are E.164. Raises ``BadAddress``."""
    for row, value in enumerate(values):
        if not is_address(kind, value):
            raise BadAddress(row)
    return AddressRows(
        person_ids,
        kind,
        encrypt_column(values, _place(kind), person_ids),
        blind_index_column(f"contact {kind}", [value.lower() for value in values]),
    )


def open_address(person_id: int, kind: str, sealed: bytes | memoryview) -> str:
    """The address in a row. Raises ``CannotDecrypt`` if the row is not the one it was written for."""
    return decrypt(sealed, f"{_place(kind)}:{person_id}").decode()


def masked(kind: str, value: str) -> str:
    """As much of an address as its owner needs to know it again: ``+62••••••789``, ``d•••@contoh.example``."""
    if kind == Address.Kind.PHONE:
        return value[:3] + "•" * (len(value) - 6) + value[-3:]
    name, at, domain = value.partition("@")
    return f"{name[:1]}•••{at}{domain}" if at else ""


def _place(kind: str) -> str:
    """The associated data but for the person: an address cannot be moved to another row, nor to another kind."""
    return f"contact_address.value_encrypted/{kind}"
