"""Reading statements, how their days compare with our payments, and what stands in suspense."""

import json
from dataclasses import dataclass

from django.db import connection

from lindung.contributions.statement_files import Issuer


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank that takes money for us."""

    id: int
    code: str
    name: str


def banks() -> list[Bank]:
    """All of them, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, code, name FROM access_partner WHERE active ORDER BY name, id")
        return [Bank(*row) for row in cursor.fetchall()]


def issuer_of(partner_id: int) -> Issuer:
    """What has to stand at the head of this bank's statements. Raises ``LookupError``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, service_codes FROM access_partner WHERE id = %s", [partner_id])
        row = cursor.fetchone()
    if row is None:
        raise LookupError(partner_id)
    # The framework asks the driver for JSON as text.
    return Issuer(row[0], json.loads(row[1]))
