"""How the schema is spread over the nodes of a Citus coordinator: which tables, by which column.

Everything of a member lies where the member lies. What a member's rows are read with, and is one row for many of them
(a bill, an entry, a firm, a range of a crediting), lies on every node, so that such a read never leaves the node. What
is keyed by the thing itself (NIK index, KPJ, number) and what belongs to firms alone stays on the coordinator. A test
holds the rules against the catalogue; `docs/how-to/citus.md` says what was run.
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
EVERYWHERE: Final[dict[str, str]] = {
    "contributions_bill": "whether a line is paid, and of which revision, is its bill's",
    "contributions_creditedrange": "what was known when a holder's range was credited",
    "contributions_crediting": "the year and the rate of a range",
    "contributions_provisionalrate": "what is shown of a year that was not credited yet",
    "ledger_entry": "when a line happened, and what kind it is, is its entry's",
    "registry_employer": "a firm's name beside its workers'",
    "registry_employerterms": "the programmes that a worker has by his firm",
}
"""Tables of which every node has a copy: what members' rows are read with."""


_SETTINGS: Final = (
    # A transaction speaks to each node over one connection. Over several, it could not read together what it wrote: a
    # bill's lines, and the bill of which every node has a copy. The nodes still work side by side.
    "citus.max_adaptive_executor_pool_size TO 1",
    # Foreign keys lead from a firm's rows on the coordinator to the firm, never to or from what is spread, so there is
    # nothing of what this guards: it would refuse a new firm wherever members were read before in the transaction.
    "citus.enforce_foreign_key_restrictions TO off",
)
# A role is the server's and not the database's: one that was there before the nodes is not known to them.
_ROLE = """
    DO $role$ BEGIN
        SET LOCAL citus.enable_ddl_propagation TO off;
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = {name}) THEN {statement}; END IF;
    END $role$
"""


def distribute(cursor: Any, *, role: str, make_role: str) -> None:
    """Spread what is not spread yet, and make the application's role known to every node. Run as the owner after
    migrating; the extension must be there to be created."""
    cursor.execute("CREATE EXTENSION IF NOT EXISTS citus")
    on_node = sql.SQL(_ROLE).format(name=role, statement=sql.SQL(make_role)).as_string(cursor.cursor)
    cursor.execute("SELECT nodename, result FROM run_command_on_workers(%s) WHERE NOT success", [on_node])
    if refused := cursor.fetchall():
        raise RuntimeError(f"the role {role} is not on every node: {refused}")
    cursor.execute("SELECT logicalrelid::text FROM pg_dist_partition WHERE partmethod = 'h' OR repmodel = 't'")
    there = {table for (table,) in cursor.fetchall()}
    for table in (name for name in EVERYWHERE if name not in there):
        cursor.execute(sql.SQL("SELECT create_reference_table({})").format(table))
    for table, column in DISTRIBUTED.items():
        if table not in there:
            beside = "default" if table == min(DISTRIBUTED) else min(DISTRIBUTED)
            cursor.execute(
                sql.SQL("SELECT create_distributed_table({}, {}, colocate_with => {})").format(table, column, beside)
            )
    cursor.execute("SELECT current_database()")
    here = sql.Identifier(cursor.fetchone()[0])
    for setting in _SETTINGS:
        cursor.execute(sql.SQL("ALTER DATABASE {} SET {}").format(here, sql.SQL(setting)))
