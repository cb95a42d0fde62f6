"""Facts turned into balanced lines. Pure: nothing here touches the database."""

from lindung.contributions.models import Bill
from lindung.ledger.chart import account, member_account_sql
from lindung.ledger.services import AgencyLine, HolderLines


def bill_issued(bill: Bill) -> list[AgencyLine]:
    """The employer owes; nobody has the money yet."""
    return [
        AgencyLine(account("receivable", bill.employer_id), -bill.amount_rupiah),
        AgencyLine(account("assessed"), bill.amount_rupiah),
    ]


def penalty_added(bill: Bill, penalty_rupiah: int) -> list[AgencyLine]:
    """The employer owes a penalty on top (a negative amount takes it back)."""
    return [
        AgencyLine(account("receivable", bill.employer_id), -penalty_rupiah),
        AgencyLine(account("assessed"), penalty_rupiah),
    ]


def bill_paid(bill: Bill, *, partner_id: int, penalty_rupiah: int) -> list[AgencyLine]:
    """Bank up, receivable down, and what was assessed goes where it belongs; the members' JHT is the rest."""
    paid = bill.amount_rupiah + penalty_rupiah
    return [
        AgencyLine(account("bank", partner_id), -paid),
        AgencyLine(account("receivable", bill.employer_id), paid),
        AgencyLine(account("assessed"), -paid),
        AgencyLine(account("jp_fund"), bill.jp_employer + bill.jp_worker),
        AgencyLine(account("jkk_fund"), bill.jkk - bill.jkp_from_jkk),
        AgencyLine(account("jkm_fund"), bill.jkm - bill.jkp_from_jkm),
        AgencyLine(account("jkp_fund"), bill.jkp_from_jkk + bill.jkp_from_jkm),
        AgencyLine(account("penalty"), penalty_rupiah),
    ]


def workers_credited(bill: Bill) -> HolderLines:
    """One line per worker: both shares of JHT on the account of the card that was reported."""
    return HolderLines(
        sql=(
            "SELECT person_id AS holder_id,"
            f" {member_account_sql('membership_id', 'jht')} AS account_no,"
            " jht_employer + jht_worker AS amount_rupiah"
            " FROM contributions_billline WHERE bill_id = %s AND jht_employer + jht_worker > 0"
        ),
        params=[bill.pk],
        facts=f"JHT of bill {bill.number}: {bill.worker_count} workers, {bill.jht_employer + bill.jht_worker}",
    )


def development_paid(amount_rupiah: int) -> list[AgencyLine]:
    """The investment results pay what the members get (a negative amount takes it back)."""
    return [AgencyLine(account("development"), -amount_rupiah)]


def development_credited(year: int, *, accounts: int, amount_rupiah: int, taken_back: bool) -> HolderLines:
    """One line per account of what was weighed for a range: what it gets, or what is taken back first."""
    column = "before_rupiah" if taken_back else "after_rupiah"
    return HolderLines(
        sql=f"SELECT holder_id, account_no, {'-' if taken_back else ''}{column} AS amount_rupiah"
        f" FROM crediting_amounts WHERE {column} <> 0",
        params=[],
        facts=f"JHT development of {year}: {accounts} accounts, {'-' if taken_back else ''}{amount_rupiah}",
    )
