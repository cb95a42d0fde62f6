"""The platform's own audit inside a test's transaction."""

from importlib import import_module

from django.db import connection

ROOMS = ("ledger", "registry", "contributions", "compliance", "contact", "uploads")


def broken_invariants() -> list[str]:
    """The names of the rooms' queries that return something though they must not."""
    broken = []
    with connection.cursor() as cursor:
        for room in ROOMS:
            for name, statement in import_module(f"lindung.{room}.checks").CHECKS.items():
                cursor.execute(f"SELECT EXISTS ({statement})")
                if cursor.fetchone()[0]:
                    broken.append(name)
    return broken
