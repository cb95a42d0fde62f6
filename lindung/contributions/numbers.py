"""A number and the bill behind it, locked together and read by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lindung.contributions.models import Bill, VirtualAccount
from lindung.contributions.order_queries import Payable
from lindung.contributions.owing import lock_employers_money
from lindung.contributions.virtual_accounts import to_pay
from lindung.lib import statements


@dataclass(frozen=True, slots=True)
class Number:
    """A virtual account with its bill, both as they are and nobody else's to change until the transaction ends.

    The bill comes without its law and programmes; they are read when somebody asks for them.
    """

    account: VirtualAccount
    bill: Bill
    employer_name: str

    @property
    def untouched(self) -> bool:
        """Whether nothing was paid of the bill and no credit is kept for it: the number asks for the whole bill."""
        bill = self.bill
        return not (bill.contribution_paid_rupiah or bill.penalty_paid_rupiah or self.account.credit_rupiah)

    def when_paid(self) -> Payable:
        """What a bank is told of the number once it is paid."""
        bill, account = self.bill, self.account
        return Payable(
            customer_no=account.pk,
            bill_id=bill.pk,
            bill_number=bill.number,
            period=bill.period,
            employer_name=self.employer_name,
            worker_count=bill.worker_count,
            amount_rupiah=to_pay(account),
            contribution_rupiah=account.contribution_rupiah,
            penalty_rupiah=account.penalty_rupiah,
            due_on=bill.due_on,
            expires_at=account.expires_at,
            state="paid",
        )


def lock_number(customer_no: str) -> Number | None:
    """The number and its bill, or None when no bill ever had it."""
    rows = statements.run(LOCK_SQL, [[customer_no]])
    if not rows:
        account = VirtualAccount.objects.filter(pk=customer_no).first()
        if account is None or account.bill_id is None:
            return None
        # Credit is kept for it: the employer's money comes before any bill, as for everybody who places it.
        lock_employers_money(Bill.objects.values_list("employer_id", flat=True).get(pk=account.bill_id))
        rows = statements.run(f"{_SELECT} {_LOCK}", [[customer_no]])
    return number_of(rows[0])


def lock_free_numbers(customer_nos: Sequence[str]) -> dict[str, Number]:
    """Those of these numbers that a bill has, no credit is kept for and nobody holds, by number. Waits for nobody."""
    locked = map(number_of, statements.run(f"{LOCK_SQL} SKIP LOCKED", [list(customer_nos)]))
    return {number.account.pk: number for number in locked}


def number_of(row: Sequence[Any]) -> Number:
    """A row of ``LOCK_SQL``, read."""
    width = len(_ACCOUNT)
    return Number(
        account=VirtualAccount.from_db("default", _ACCOUNT, row[:width]),
        bill=Bill.from_db("default", _BILL, row[width:-1]),
        employer_name=row[-1],
    )


_ACCOUNT = [field.attname for field in VirtualAccount._meta.concrete_fields]
_BILL = [field.attname for field in Bill._meta.concrete_fields if field.attname not in ("law", "programmes")]
_SELECT = (
    f"SELECT {', '.join(f'v.{name}' for name in _ACCOUNT)}, {', '.join(f'b.{name}' for name in _BILL)}, f.name"
    " FROM contributions_virtualaccount v JOIN contributions_bill b ON b.id = v.bill_id"
    " JOIN registry_employer f ON f.id = b.employer_id WHERE v.customer_no = ANY(%s::text[])"
)
# In this order, as everybody else takes a bill and then changes its number, and bill after bill. Whoever had to wait
# reads both anew.
_LOCK = "ORDER BY b.id FOR UPDATE OF b, v"
LOCK_SQL = f"{_SELECT} AND v.credit_rupiah = 0 {_LOCK}"
"""Numbers that no credit is kept for, with their bills; its one parameter are the numbers."""
