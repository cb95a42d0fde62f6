"""Sessions kept in the database, each with its account, so that one statement answers "who is asking"."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection
from django.utils import timezone

from lindung.access.models import Session

_SESSION = (
    "SELECT s.session_data, s.expire_date, s.account_id, a.display_name, a.closed_at,"
    " coalesce(array_agg(g.role) FILTER (WHERE g.id IS NOT NULL), '{}'),"
    " coalesce(array_agg(g.scope_id) FILTER (WHERE g.id IS NOT NULL), '{}')"
    " FROM access_session s LEFT JOIN access_account a ON a.id = s.account_id"
    " LEFT JOIN access_grant g ON g.account_id = a.id AND g.ended_at IS NULL"
    " WHERE s.session_key = %s AND s.door = %s AND s.expire_date > %s"
    " GROUP BY s.session_key, a.id"
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The account behind a request and what it may do there: ``grants`` are (role, scope id)."""

    account_id: int
    display_name: str
    grants: frozenset[tuple[str, int]]

    def scopes(self, role: str) -> list[int]:
        """The scope ids this account has a role for, ascending."""
        return sorted(scope for held, scope in self.grants if held == role)


class SessionStore(DatabaseStore):
    """Django's database sessions over our own table; the account and its live grants come with the row.

    A role that ends, or an account that is closed, is gone at the very next request.
    """

    signed_in: SignedIn | None = None
    account_id: int | None = None
    door: str = ""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        with connection.cursor() as cursor:
            # The session's own end is a matter of the server's clock, as in the framework itself.
            cursor.execute(_SESSION, [self.session_key, self.door, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        data, expires_at, self.account_id, display_name, closed_at, roles, scopes = row
        if self.account_id is not None and closed_at is None:
            self.signed_in = SignedIn(self.account_id, display_name, frozenset(zip(roles, scopes, strict=True)))
        return Session(
            session_key=self.session_key or "",
            session_data=data,
            expire_date=expires_at,
            account_id=self.account_id,
            door=self.door,
        )

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.account_id = self.account_id
        row.door = self.door
        return row
