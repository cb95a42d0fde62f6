"""Facts turned into balanced lines. Pure: nothing here touches the database."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Protocol

from lindung.contributions.models import Bill, Order, ProjectAddendum, ProjectWageList, Refund
from lindung.ledger.chart import account, member_account_sql
from lindung.ledger.services import AgencyLine, HolderLines


class Parts(Protocol):
    """Contributions by programme and share, whole rupiah: a bill, or what was paid of one."""

    @property
    def jht_employer(self) -> int: ...

    @property
    def jht_worker(self) -> int: ...

    @property
    def jp_employer(self) -> int: ...

    @property
    def jp_worker(self) -> int: ...

    @property
    def jkk(self) -> int: ...

    @property
    def jkm(self) -> int: ...

    @property
    def jkp_from_jkk(self) -> int: ...

    @property
    def jkp_from_jkm(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sums:
    """The parts of several bills together."""

    jht_employer: int = 0
    jht_worker: int = 0
    jp_employer: int = 0
    jp_worker: int = 0
    jkk: int = 0
    jkm: int = 0
    jkp_from_jkk: int = 0
    jkp_from_jkm: int = 0

    @classmethod
    def of(cls, all_parts: Sequence[Parts]) -> "Sums":
        return cls(**{field.name: sum(getattr(parts, field.name) for parts in all_parts) for field in fields(cls)})

    @property
    def contribution_rupiah(self) -> int:
        return self.jht_employer + self.jht_worker + self.jp_employer + self.jp_worker + self.jkk + self.jkm

    @property
    def jht_rupiah(self) -> int:
        return self.jht_employer + self.jht_worker


def bill_issued(bill: Bill) -> list[AgencyLine]:
    """The employer owes; nobody has the money yet."""
    return [
        AgencyLine(account("receivable", bill.employer_id), -bill.amount_rupiah),
        AgencyLine(account("assessed"), bill.amount_rupiah),
    ]


def bill_voided(bill: Bill) -> list[AgencyLine]:
    """What was owed by a bill that another one replaces, with its penalty, is owed no more."""
    owed = bill.amount_rupiah + bill.penalty_rupiah
    return [
        AgencyLine(account("receivable", bill.employer_id), owed),
        AgencyLine(account("assessed"), -owed),
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
        *_to_funds(bill, paid, penalty_rupiah),
    ]


def money_placed(
    *, employer_id: int, partner_id: int, suspense_id: int, amount_rupiah: int, parts: Sums, penalty_rupiah: int
) -> list[AgencyLine]:
    """Money of any amount (0: none came, credit is used): debts go down by what it paid, the rest is credit.

    It comes into the bank, or out of an item of suspense. More paid than came takes the difference from the
    employer's credit.
    """
    paid = parts.contribution_rupiah + penalty_rupiah
    came = []
    if amount_rupiah:
        source = account("suspense", suspense_id) if suspense_id else account("bank", partner_id)
        came = [AgencyLine(source, -amount_rupiah)]
    return [
        *came,
        AgencyLine(account("credit", employer_id), amount_rupiah - paid),
        AgencyLine(account("receivable", employer_id), paid),
        *_to_funds(parts, paid, penalty_rupiah),
    ]


def bill_given_back(bill: Bill) -> list[AgencyLine]:
    """A bill below zero: what was paid too much leaves the funds and is the employer's credit."""
    return [
        AgencyLine(account("credit", bill.employer_id), -bill.amount_rupiah),
        *_to_funds(bill, 0, 0),
    ]


def refund_asked(refund: Refund) -> list[AgencyLine]:
    """Credit that is asked back pays no bill any more."""
    return [
        AgencyLine(account("credit", refund.employer_id), -refund.amount_rupiah),
        AgencyLine(account("refund_due", refund.pk), refund.amount_rupiah),
    ]


def refund_ended(refund: Refund) -> list[AgencyLine]:
    """Withdrawn or refused: it is the employer's credit again."""
    return [
        AgencyLine(account("refund_due", refund.pk), -refund.amount_rupiah),
        AgencyLine(account("credit", refund.employer_id), refund.amount_rupiah),
    ]


def refund_sent(refund: Refund) -> list[AgencyLine]:
    """It left the paying account, which is none of the banks that contributions come in by."""
    return [
        AgencyLine(account("refund_due", refund.pk), -refund.amount_rupiah),
        AgencyLine(account("paid_out"), refund.amount_rupiah),
    ]


def refund_returned(refund: Refund) -> list[AgencyLine]:
    """The bank sent it back: it is the employer's credit again."""
    return [
        AgencyLine(account("paid_out"), -refund.amount_rupiah),
        AgencyLine(account("credit", refund.employer_id), refund.amount_rupiah),
    ]


def order_paid(order: Order, *, partner_id: int) -> list[AgencyLine]:
    """Bank up, and everything where it belongs at once: nothing was owed before. The member's JHT is the rest."""
    return [
        AgencyLine(account("bank", partner_id), -order.amount_rupiah),
        AgencyLine(account("jkk_fund"), order.jkk),
        AgencyLine(account("jkm_fund"), order.jkm),
        AgencyLine(account("migrant_fund"), order.jkk_jkm),
    ]


def project_corrected(employer_id: int, change: ProjectAddendum | ProjectWageList) -> list[AgencyLine]:
    """What was paid for a project moves between its programmes; what was too much of it is its employer's credit."""
    return [
        AgencyLine(account("credit", employer_id), change.credit_rupiah),
        AgencyLine(account("jkk_fund"), change.jkk_moved),
        AgencyLine(account("jkm_fund"), change.jkm_moved),
    ]


def member_credited(order: Order) -> HolderLines:
    """The JHT of an order on the account of the card that it was made for."""
    return HolderLines(
        sql=(
            f"SELECT person_id AS holder_id, {member_account_sql('membership_id', 'jht')} AS account_no,"
            " sum(jht)::bigint AS amount_rupiah FROM contributions_orderline"
            " WHERE person_id = %s AND order_id = %s GROUP BY 1, 2 HAVING sum(jht) > 0"
        ),
        params=[order.person_id, order.pk],
        facts=f"JHT of order {order.number}: {order.jht}",
    )


def _to_funds(parts: Parts, assessed_rupiah: int, penalty_rupiah: int) -> list[AgencyLine]:
    return [
        AgencyLine(account("assessed"), -assessed_rupiah),
        AgencyLine(account("jp_fund"), parts.jp_employer + parts.jp_worker),
        AgencyLine(account("jkk_fund"), parts.jkk - parts.jkp_from_jkk),
        AgencyLine(account("jkm_fund"), parts.jkm - parts.jkp_from_jkm),
        AgencyLine(account("jkp_fund"), parts.jkp_from_jkk + parts.jkp_from_jkm),
        AgencyLine(account("penalty"), penalty_rupiah),
    ]


WORKERS_CREDITED_SQL = (
    "SELECT paid.place, l.person_id AS holder_id,"
    f" {member_account_sql('l.membership_id', 'jht')} AS account_no,"
    " l.jht_employer + l.jht_worker AS amount_rupiah"
    " FROM unnest(%s::bigint[]) WITH ORDINALITY AS paid (bill_id, place)"
    " JOIN contributions_billline l ON l.bill_id = paid.bill_id WHERE l.jht_employer + l.jht_worker > 0"
)
"""One line per worker of some bills: both shares of JHT on the account of the card that was reported."""


def facts_of(bill: Bill) -> str:
    """Which workers' lines a bill's are, in words."""
    return f"JHT of bill {bill.number}: {bill.worker_count} workers, {bill.jht_employer + bill.jht_worker}"


def workers_credited(bill: Bill) -> HolderLines:
    """The same lines as those of one entry."""
    return HolderLines(
        sql=f"SELECT holder_id, account_no, amount_rupiah FROM ({WORKERS_CREDITED_SQL}) AS paid",
        params=[[bill.pk]],
        facts=facts_of(bill),
    )


def workers_debited(bill: Bill) -> HolderLines:
    """For a bill below zero: what was credited too much is taken back, a line per worker."""
    return HolderLines(
        sql=(
            "SELECT person_id AS holder_id,"
            f" {member_account_sql('membership_id', 'jht')} AS account_no,"
            " jht_employer + jht_worker AS amount_rupiah"
            " FROM contributions_billline WHERE bill_id = %s AND jht_employer + jht_worker < 0"
        ),
        params=[bill.pk],
        facts=facts_of(bill),
    )


def workers_credited_in_parts(*, whole_bill_ids: list[int], allocation_ids: list[int], jht_rupiah: int) -> HolderLines:
    """One line per worker and card over several months: whole lines of these bills, and shares of these allocations."""
    return HolderLines(
        sql=(
            "SELECT person_id AS holder_id,"
            f" {member_account_sql('membership_id', 'jht')} AS account_no, sum(jht)::bigint AS amount_rupiah"
            " FROM (SELECT person_id, membership_id, jht_employer + jht_worker AS jht"
            "   FROM contributions_billline WHERE bill_id = ANY(%s::bigint[])"
            "   UNION ALL SELECT person_id, membership_id, jht_employer + jht_worker"
            "   FROM contributions_lineshare WHERE allocation_id = ANY(%s::bigint[])) AS placed"
            " GROUP BY 1, 2 HAVING sum(jht) > 0"
        ),
        params=[whole_bill_ids, allocation_ids],
        facts=f"JHT of bills {whole_bill_ids} and allocations {allocation_ids}: {jht_rupiah}",
    )


def development_paid(amount_rupiah: int) -> list[AgencyLine]:
    """The investment results pay what the members get (a negative amount takes it back)."""
    return [AgencyLine(account("development"), -amount_rupiah)]


def development_credited(
    year: int, *, holders: tuple[int, int], accounts: int, amount_rupiah: int, taken_back: bool
) -> HolderLines:
    """One line per account of what was weighed for a range: what it gets, or what is taken back first."""
    column = "before_rupiah" if taken_back else "after_rupiah"
    return HolderLines(
        sql=f"SELECT holder_id, account_no, {'-' if taken_back else ''}{column} AS amount_rupiah"
        f" FROM crediting_amounts WHERE {column} <> 0",
        params=[],
        facts=f"JHT development of {year}: {accounts} accounts, {'-' if taken_back else ''}{amount_rupiah}",
        holders=holders,
    )
