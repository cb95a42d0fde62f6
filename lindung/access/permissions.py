"""Who may do what: one list of permissions, one table of roles."""

from enum import StrEnum


class Permission(StrEnum):
    """A thing that can be done, by ``<whose>_<what>``. A route names exactly one."""

    MEMBER_READ = "member_read"
    COMPLAINTS_MAKE = "complaints_make"
    WAGES_REPORT = "wages_report"
    BILLS_READ = "bills_read"
    COMPLAINTS_ANSWER = "complaints_answer"
    AGENCY_READ = "agency_read"
    DEVELOPMENT_CREDIT = "development_credit"
    STATEMENTS_RECONCILE = "statements_reconcile"
    DEPOSITS_BOOK = "deposits_book"
    COMPLAINTS_DECIDE = "complaints_decide"
    FIRMS_FOLLOW = "firms_follow"


ROLES: dict[str, frozenset[Permission]] = {
    "member": frozenset({Permission.MEMBER_READ, Permission.COMPLAINTS_MAKE}),
    "hr": frozenset({Permission.WAGES_REPORT, Permission.BILLS_READ, Permission.COMPLAINTS_ANSWER}),
    "officer": frozenset(
        {
            Permission.AGENCY_READ,
            Permission.DEVELOPMENT_CREDIT,
            Permission.STATEMENTS_RECONCILE,
            Permission.DEPOSITS_BOOK,
            Permission.COMPLAINTS_DECIDE,
            Permission.FIRMS_FOLLOW,
        }
    ),
}


def scopes_for(grants: frozenset[tuple[str, int]], permission: Permission) -> list[int]:
    """The scope ids (persons, employers, or 0 for the agency) over which these grants give a permission."""
    return sorted({scope for role, scope in grants if permission in ROLES[role]})
