"""`lindung migrate`: tables, and the rights of the application's role over them.

The application may read and add; history it may never change: tables whose model says ``append_only`` get SELECT
and INSERT, tables with ``updatable_columns`` get UPDATE on these columns alone, and DELETE goes only to what is
``deletable``: sessions, tokens, brakes. TRUNCATE and ownership are nobody's.
"""

from collections.abc import Iterator

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from lindung.config.distribution import distribute

APP_ROLE = "lindung_app"
_MAKE_ROLE = f"CREATE ROLE {APP_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"


def migrate(*, distributed: bool = False) -> None:
    """Bring the database to the present shape and give the application's role its rights. Run as the owner.

    ``distributed``: the server is a Citus coordinator, over whose nodes the members' tables are spread.
    """
    _make_role()
    call_command("migrate", verbosity=0, interactive=False)
    if distributed:
        with connection.cursor() as cursor:
            distribute(cursor, role=APP_ROLE, make_role=_MAKE_ROLE)
    grant()


def _make_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        if cursor.fetchone() is None:
            cursor.execute(_MAKE_ROLE)


def rights_of(model: type[Model]) -> list[str]:
    """The SQL privileges of the application's role on a model's table."""
    if getattr(model, "append_only", False):
        return ["SELECT", "INSERT"]
    columns = getattr(model, "updatable_columns", None)
    if columns is not None:
        return ["SELECT", "INSERT", f"UPDATE ({', '.join(columns)})"]
    rights = ["SELECT", "INSERT", "UPDATE"]
    return [*rights, "DELETE"] if getattr(model, "deletable", False) else rights


def _house_models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("lindung."):
            yield model


def grant() -> None:
    """Set the rights anew, from nothing, so that a right taken out of the code is gone from the database too."""
    role = sql.Identifier(APP_ROLE)
    # One transaction: doors that are open meanwhile never see a moment without rights.
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}",
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(role))
        # The queue, the framework's own tables: ordinary rights.
        house = {model._meta.db_table for model in _house_models()}
        for table in connection.introspection.table_names(cursor):
            if table not in house and table != "django_migrations":
                cursor.execute(
                    sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(sql.Identifier(table), role)
                )
        cursor.execute(sql.SQL("GRANT SELECT ON django_migrations TO {}").format(role))
        for model in _house_models():
            cursor.execute(
                sql.SQL("GRANT {} ON {} TO {}").format(
                    sql.SQL(", ".join(rights_of(model))), sql.Identifier(model._meta.db_table), role
                )
            )
