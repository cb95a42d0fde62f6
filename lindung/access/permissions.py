"""Who may do what: one list of permissions, one table of roles."""

from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """A thing that can be done, by ``<whose>_<what>``. A route names exactly one."""

    MEMBER_READ = "member_read"
    OWN_CONTRIBUTIONS_PAY = "own_contributions_pay"
    COMPLAINTS_MAKE = "complaints_make"
    BILLS_READ = "bills_read"
    WORKERS_READ = "workers_read"
    WAGES_REPORT = "wages_report"
    ENTRIES_APPROVE = "entries_approve"
    COMPLAINTS_ANSWER = "complaints_answer"
    FIRM_ADMINISTER = "firm_administer"
    REFUNDS_ASK = "refunds_ask"
    AGENCY_READ = "agency_read"
    DEVELOPMENT_CREDIT = "development_credit"
    STATEMENTS_RECONCILE = "statements_reconcile"
    DEPOSITS_BOOK = "deposits_book"
    REFUNDS_DECIDE = "refunds_decide"
    MEMBERS_REACTIVATE = "members_reactivate"
    FIRMS_SUPERVISE = "firms_supervise"
    COMPLAINTS_DECIDE = "complaints_decide"


ROLES: dict[str, frozenset[Permission]] = {
    "member": frozenset({Permission.MEMBER_READ, Permission.OWN_CONTRIBUTIONS_PAY, Permission.COMPLAINTS_MAKE}),
    "firm_entry": frozenset(
        {Permission.BILLS_READ, Permission.WORKERS_READ, Permission.WAGES_REPORT, Permission.COMPLAINTS_ANSWER}
    ),
    "firm_approval": frozenset({Permission.BILLS_READ, Permission.WORKERS_READ, Permission.ENTRIES_APPROVE}),
    "firm_reader": frozenset({Permission.BILLS_READ, Permission.WORKERS_READ}),
    "firm_admin": frozenset({Permission.BILLS_READ, Permission.FIRM_ADMINISTER, Permission.REFUNDS_ASK}),
    "officer": frozenset(
        {
            Permission.AGENCY_READ,
            Permission.DEVELOPMENT_CREDIT,
            Permission.STATEMENTS_RECONCILE,
            Permission.DEPOSITS_BOOK,
            Permission.REFUNDS_DECIDE,
            Permission.MEMBERS_REACTIVATE,
            Permission.FIRMS_SUPERVISE,
            Permission.COMPLAINTS_DECIDE,
        }
    ),
}
"""What each role may do. Somebody holds as many as he is given; nobody holds more than what they say."""

FIRM_ROLES: Final = ("firm_entry", "firm_approval", "firm_reader", "firm_admin")
EVERYTHING_IN_A_FIRM: Final = ("firm_entry", "firm_approval", "firm_admin")

_SEVERAL: Final = {"hr": EVERYTHING_IN_A_FIRM}
"""One word for several roles, where somebody is let in who does all of a firm's work."""


def roles_called(word: str) -> tuple[str, ...]:
    """The roles behind a word: a role itself, or ``hr`` for everything in a firm. Raises ``KeyError``."""
    if word not in ROLES and word not in _SEVERAL:
        raise KeyError(word)
    return _SEVERAL.get(word, (word,))


def scopes_for(grants: frozenset[tuple[str, int]], permission: Permission) -> list[int]:
    """The scope ids (persons, employers, or 0 for the agency) over which these grants give a permission."""
    return sorted({scope for role, scope in grants if permission in ROLES[role]})


def permissions_over(grants: frozenset[tuple[str, int]], scope_id: int) -> frozenset[Permission]:
    """Everything that these grants give over one scope."""
    return frozenset(permission for role, scope in grants if scope == scope_id for permission in ROLES[role])
