"""Reading the ledger."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """What one account of a holder stands at, with the number of movements behind it."""

    account_no: int
    balance_rupiah: int
    version: int


def balances(*, holder_id: int) -> list[AccountBalance]:
    """The balances of a holder's accounts, in account order. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_no, balance_rupiah, version FROM ledger_balance WHERE holder_id = %s ORDER BY 1",
            [holder_id],
        )
        return [AccountBalance(*row) for row in cursor.fetchall()]


def agency_balance(*, account_no: int) -> int:
    """The fold of an agency account (credit positive): these carry no running balance on purpose."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(amount_rupiah), 0) FROM ledger_line WHERE holder_id = 0 AND account_no = %s",
            [account_no],
        )
        return int(cursor.fetchone()[0])
