"""Those who act for a firm or for the agency, told of one fact at once."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from lindung.contact.addressees import OF_ACCOUNT_SQL
from lindung.contact.services import tell

_ROWS: Final = (
    f"SELECT DISTINCT {OF_ACCOUNT_SQL.format(account_id='g.account_id')}::bigint, %s::jsonb"
    " FROM access_grant g JOIN access_account a ON a.id = g.account_id AND a.closed_at IS NULL"
    " WHERE g.role = ANY(%s::text[]) AND g.scope_id = %s AND g.ended_at IS NULL"
)


def tell_users(
    *, batch: str, kind: str, roles: Sequence[str], scope_id: int, facts: Mapping[str, str | int], now: datetime
) -> int:
    """Tell everybody who holds one of these roles over a firm (0: the agency); gives how many. Once for each ``batch``.

    ``facts`` are the params of the kind, the same for all: no personal data.
    """
    return tell(batch=batch, kind=kind, rows_sql=_ROWS, params=[json.dumps(facts), list(roles), scope_id], now=now)
