"""Who may do what: one list of permissions, one table of roles."""

from enum import StrEnum


class Permission(StrEnum):
    """A thing that can be done, by ``<whose>_<what>``. A route names exactly one."""

    MEMBER_READ = "member_read"
    OWN_CONTRIBUTIONS_PAY = "own_contributions_pay"
    WAGES_REPORT = "wages_report"
    BILLS_READ = "bills_read"
    AGENCY_READ = "agency_read"
    DEVELOPMENT_CREDIT = "development_credit"
    STATEMENTS_RECONCILE = "statements_reconcile"
    DEPOSITS_BOOK = "deposits_book"
    MEMBERS_REACTIVATE = "members_reactivate"


ROLES: dict[str, frozenset[Permission]] = {
    "member": frozenset({Permission.MEMBER_READ, Permission.OWN_CONTRIBUTIONS_PAY}),
    "hr": frozenset({Permission.WAGES_REPORT, Permission.BILLS_READ}),
    "officer": frozenset(
        {
            Permission.AGENCY_READ,
            Permission.DEVELOPMENT_CREDIT,
            Permission.STATEMENTS_RECONCILE,
            Permission.DEPOSITS_BOOK,
            Permission.MEMBERS_REACTIVATE,
        }
    ),
}


def scopes_for(grants: frozenset[tuple[str, int]], permission: Permission) -> list[int]:
    """The scope ids (persons, employers, or 0 for the agency) over which these grants give a permission."""
    return sorted({scope for role, scope in grants if permission in ROLES[role]})
