"""Sessions kept in the database, each with its account, so that one statement answers "who is asking"."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from lindung.access.models import Grant, Session


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
        live = Grant.objects.filter(account=OuterRef("account"), ended_at=None)
        # The session's own end is a matter of the server's clock, as in Django itself.
        row = (
            Session.objects.select_related("account")
            .annotate(held=ArraySubquery(live.values(json=JSONObject(role="role", scope="scope_id")).order_by("id")))
            .filter(session_key=self.session_key, door=self.door, expire_date__gt=timezone.now())
            .first()
        )
        if row is None:
            self._session_key = None
            return None
        self.account_id = row.account_id
        if row.account is not None and row.account.closed_at is None:
            held = cast(list[dict[str, Any]], row.held)
            self.signed_in = SignedIn(
                row.account.pk,
                row.account.display_name,
                frozenset((grant["role"], grant["scope"]) for grant in held),
            )
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.account_id = self.account_id
        row.door = self.door
        return row
