"""How the schema is spread over the nodes of a Citus coordinator: which tables, by which column.

Everything of a member lies where the member lies. What is keyed by the thing itself (NIK index, KPJ, number, entry
key) and what belongs to firms stays on the coordinator. A test holds the rules against the catalogue.
"""

from typing import Any, Final

from psycopg import sql

DISTRIBUTED: Final[dict[str, str]] = {
    "contact_address": "person_id",
    "contact_dispatch": "person_id",
    "contact_message": "person_id",
    "contributions_billline": "person_id",
    "contributions_correcteddevelopment": "person_id",
    "contributions_latemonth": "person_id",
    "contributions_lineshare": "person_id",
    "contributions_orderline": "person_id",
    "ledger_balance": "holder_id",
    "ledger_line": "holder_id",
    "registry_employment": "person_id",
    "registry_membership": "person_id",
    "registry_person": "id",
}
DIRECTORIES: Final[dict[str, str]] = {
    "registry_nikindex": "one person per NIK in the whole nation: keyed by the NIK's index",
    "registry_kpjindex": "one card per KPJ in the whole nation: keyed by the KPJ",
    "contributions_order": "a member's or a firm's, found by its number like a bill",
    "compliance_complaint": "between a worker, a firm and the agency, found by its number; few",
    "registry_enrolment": "a firm's list; whoever is on it is not a person of ours yet",
}
"""Tables that name a person and are not his: why."""


def distribute(cursor: Any) -> None:
    """Spread what is not spread yet. Run as the owner after migrating; the extension must be there to be created."""
    cursor.execute("CREATE EXTENSION IF NOT EXISTS citus")
    for table, column in DISTRIBUTED.items():
        cursor.execute("SELECT 1 FROM pg_dist_partition WHERE logicalrelid = %s::regclass", [table])
        if cursor.fetchone() is None:
            cursor.execute(
                sql.SQL("SELECT create_distributed_table({}, {}, colocate_with => {})").format(
                    table, column, "default" if table == min(DISTRIBUTED) else min(DISTRIBUTED)
                )
            )
