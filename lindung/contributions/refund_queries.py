"""Reading credit that is paid back: a firm's requests, the officers' list, and what the machine sees in one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from django.db import connection

from lindung.access.queries import firm_users, second_person
from lindung.contributions.bank_accounts import BANKS, fits
from lindung.contributions.owing import credit_of, free_credit, owed_by
from lindung.lib.clock import wib_date
from lindung.lib.working_days import add_working_days

PROMISED_WORKING_DAYS: Final = 5
"""From asking to sending. Ours: no law names a time for it."""
NEW_ADMIN_DAYS: Final = 30
NEW_ACCOUNT_HOURS: Final = 12
"""How long nobody may transfer to an account that is new for a firm: its users hear of it and can object."""
MOST_SHOWN: Final = 300

Look = Literal["name", "new_account", "others_account", "owes", "new_admin", "one_of_two", "came_back"]


@dataclass(frozen=True, slots=True)
class RefundView:
    """One refund. ``state``: ``asked``, ``approved``, ``sent``, ``returned``, ``refused`` or ``withdrawn``.

    ``waits``: one officer has proposed an answer. ``owner_name``: who has it in hand, if anybody: who opened the
    account, or else who proposed.
    """

    id: int
    number: str
    employer_id: int
    npp: str
    employer_name: str
    amount_rupiah: int
    bank: str
    account_digest: bytes
    account_end: str
    account_name: str
    state: str
    asked_by: int
    asked_at: datetime
    proposed_by: int | None
    proposer_name: str
    decided_by: int | None
    decider_name: str
    decided_at: datetime | None
    taken_by: int | None
    taker_name: str
    taken_at: datetime | None
    transfer_no: str
    sent_on: date | None
    sent_by: int | None
    sent_at: datetime | None
    ended_at: datetime | None
    reason: str
    waits: bool
    owner_name: str

    @property
    def bank_name(self) -> str:
        return BANKS[self.bank]

    @property
    def open(self) -> bool:
        return self.state in ("asked", "approved")

    @property
    def answered(self) -> bool:
        """Whether it was sent, or ended by officers or the bank."""
        return self.state in ("sent", "returned", "refused")

    @property
    def by_on(self) -> date:
        """The day until which we mean to have sent it."""
        return add_working_days(wib_date(self.asked_at), PROMISED_WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """What an officer would answer, and what another said to that (``agreed`` None: it waits)."""

    id: int
    pay: bool
    reason: str
    proposed_by: int
    proposer_name: str
    proposed_at: datetime
    decider_name: str
    decided_at: datetime | None
    agreed: bool | None


@dataclass(frozen=True, slots=True)
class OpenRefunds:
    """All that wait together; ``oldest_at`` when the first of them was asked."""

    count: int
    rupiah: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Refundable:
    """What a firm could ask back now: ``free_rupiah`` of its credit, unless it owes or one is on its way."""

    credit_rupiah: int
    free_rupiah: int
    owed_rupiah: int
    open: RefundView | None


_REFUNDS: Final = """
    SELECT r.id, r.number, r.employer_id, f.npp, f.name, r.amount_rupiah, r.bank, r.account_digest, r.account_end,
        r.account_name, r.state, r.asked_by, r.asked_at, r.proposed_by, coalesce(p.display_name, ''),
        r.decided_by, coalesce(d.display_name, ''), r.decided_at, r.taken_by, coalesce(t.display_name, ''), r.taken_at,
        r.transfer_no, r.sent_on, r.sent_by, r.sent_at, r.ended_at, r.reason, w.id IS NOT NULL,
        coalesce(t.display_name, o.display_name, '')
    FROM contributions_refund r
    JOIN registry_employer f ON f.id = r.employer_id
    LEFT JOIN contributions_refundproposal w ON w.refund_id = r.id AND w.decided_at IS NULL
    LEFT JOIN access_account p ON p.id = r.proposed_by
    LEFT JOIN access_account d ON d.id = r.decided_by
    LEFT JOIN access_account t ON t.id = r.taken_by
    LEFT JOIN access_account o ON o.id = coalesce(w.proposed_by, r.proposed_by)
"""


def refundable(*, employer_id: int) -> Refundable:
    """What the page that asks shows. The service looks again."""
    on_its_way = next((one for one in refunds_of(employer_id=employer_id) if one.open), None)
    return Refundable(credit_of(employer_id), free_credit(employer_id), max(owed_by(employer_id), 0), on_its_way)


def refunds_of(*, employer_id: int, most: int = 20) -> list[RefundView]:
    """A firm's requests, newest first."""
    return _refunds(
        "WHERE r.employer_id = %(firm)s ORDER BY r.id DESC LIMIT %(most)s", {"firm": employer_id, "most": most}
    )


def refunds(*, state: str = "", waits: bool = False) -> list[RefundView]:
    """The officers' list: those that wait, the oldest first; or those of one state, the newest first."""
    if state in ("sent", "returned", "refused", "withdrawn"):
        return _refunds(
            "WHERE r.state = %(state)s ORDER BY r.id DESC LIMIT %(most)s", {"state": state, "most": MOST_SHOWN}
        )
    where = "r.state IN ('asked', 'approved')"
    if state:
        where += " AND r.state = %(state)s"
    if waits:
        where += " AND w.id IS NOT NULL"
    return _refunds(f"WHERE {where} ORDER BY r.asked_at, r.id LIMIT %(most)s", {"state": state, "most": MOST_SHOWN})


def refund(refund_id: int) -> RefundView | None:
    """One refund."""
    found = _refunds("WHERE r.id = %(refund)s", {"refund": refund_id})
    return found[0] if found else None


def open_refunds() -> OpenRefunds:
    """How much waits to be looked at, agreed to or sent. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(amount_rupiah), 0)::bigint, min(asked_at) FROM contributions_refund"
            " WHERE state IN ('asked', 'approved')"
        )
        return OpenRefunds(*cursor.fetchone())


def answers_of(refund_id: int) -> list[RefundAnswer]:
    """What officers proposed about a refund, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.id, w.pay, w.reason, w.proposed_by, coalesce(a.display_name, ''), w.proposed_at,"
            " coalesce(c.display_name, ''), w.decided_at, w.agreed"
            " FROM contributions_refundproposal w LEFT JOIN access_account a ON a.id = w.proposed_by"
            " LEFT JOIN access_account c ON c.id = w.decided_by WHERE w.refund_id = %s ORDER BY w.id DESC",
            [refund_id],
        )
        return [RefundAnswer(*row) for row in cursor.fetchall()]


def opens_at(*, employer_id: int, refund_id: int, account_digest: bytes, asked_at: datetime) -> datetime:
    """From when on it may be transferred: at once to an account that money reached before for this firm."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM contributions_refund"
            " WHERE account_digest = %s AND employer_id = %s AND state = 'sent' AND id <> %s",
            [account_digest, employer_id, refund_id],
        )
        known = cursor.fetchone()[0] > 0
    return asked_at if known else asked_at + timedelta(hours=NEW_ACCOUNT_HOURS)


def looks(found: RefundView) -> list[Look]:
    """What an officer should look at twice, the weightiest first; empty where nothing stands out.

    ``others_account``: another firm asked for money to the same account. ``owes``: bills came since. ``name``: the
    account's name is not the firm's. ``new_account``: nothing was ever sent there for this firm. ``came_back``: an
    earlier transfer to it was returned. ``new_admin``: somebody administers the firm since less than 30 days.
    ``one_of_two``: the firm wants two persons for what binds it, and one asked.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE employer_id <> %(firm)s),"
            " count(*) FILTER (WHERE employer_id = %(firm)s AND state = 'sent'),"
            " count(*) FILTER (WHERE employer_id = %(firm)s AND state = 'returned')"
            " FROM contributions_refund WHERE account_digest = %(account)s AND id <> %(refund)s",
            {"firm": found.employer_id, "account": found.account_digest, "refund": found.id},
        )
        others, sent, returned = cursor.fetchone()
    lately = found.asked_at - timedelta(days=NEW_ADMIN_DAYS)
    admins = [at for user in firm_users(found.employer_id) for role, at in user.roles if role == "firm_admin"]
    seen: dict[Look, bool] = {
        "others_account": others > 0,
        "owes": owed_by(found.employer_id) > 0,
        "name": not fits(found.account_name, found.employer_name),
        "came_back": returned > 0,
        "new_account": sent == 0,
        "new_admin": any(at > lately for at in admins),
        "one_of_two": second_person(found.employer_id) is not None,
    }
    return [look for look, there in seen.items() if there]


def _refunds(where: str, params: dict[str, Any]) -> list[RefundView]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_REFUNDS} {where}", params)
        return [RefundView(*row) for row in cursor.fetchall()]
