"""Whom a message is for, as one number: one address book, one outbox and one way out for everybody we write to.

A person is addressed by his id, which is above zero. Who is no person here - a firm's user, by his account; a firm
that wants to be registered, by its application - has a number below zero, computed from the id and never stored apart.
The room still knows nobody: what it holds is a number, addresses and words.
"""

from typing import Final, LiteralString

OF_ACCOUNT_SQL: Final[LiteralString] = "(-2 * {account_id})"
"""``of_account`` for the SELECT of ``tell``: put the column's name in place of ``{account_id}``."""


def of_account(account_id: int) -> int:
    """The addressee of an account, such as a firm's user."""
    return -2 * account_id


def of_application(application_id: int) -> int:
    """The addressee of a firm's application, until it has a firm and a user."""
    return -2 * application_id - 1


def is_person(addressee: int) -> bool:
    """Whether an addressee is a person of the registry."""
    return addressee > 0
