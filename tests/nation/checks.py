"""The platform's own audit inside a test's transaction."""

from importlib import import_module

from django.db import connection

ROOMS = ("ledger", "registry", "contributions", "compliance", "contact", "uploads")


def broken_invariants() -> list[str]:
    """The names of the rooms' queries that return something though they must not, each with the first that it found."""
    broken = []
    with connection.cursor() as cursor:
        for room in ROOMS:
            for name, statement in import_module(f"lindung.{room}.checks").CHECKS.items():
                cursor.execute(f"SELECT * FROM ({statement}) AS broken LIMIT 1")
                broken += [f"{name}: {row}" for row in cursor.fetchall()]
    return broken
