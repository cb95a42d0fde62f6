"""Payments by many senders at once while the platform is killed again and again: nothing lost, nothing doubled.

Run: ``python -m bench.payments [--payments N] [--senders N] [--kills N | --kill-every SECONDS]``. The whole platform
runs as ``lindung run --empty`` runs it; the simulated bank makes real signed calls to the machine door. Of every firm,
up to two thousand of them, one payment is for several bills under one number, two to twelve of them: about six in a
hundred payments and a quarter of the bills. Three in ten payments are told twice, half of these as the very same call,
half as a new call about the same payment, often at the same moment as the first. Two in ten are of money that was taken
up to seven days ago, told out of order. Two in a hundred are told once by somebody who has not the bank's secret, one
in a hundred once more with another amount; of every second joint number somebody also pays a bill by its own number,
which is closed. A call that gets no usable answer is made again, as a bank does. With ``--kill-every`` the database, a
process of the machine door and the background worker are killed in turn. Exit code 1 when a count is wrong, payment by
payment or bill by bill, or the audit finds something.
"""

import argparse
import contextlib
import gc
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psycopg

from bench.ground import audit, say, tidy
from bench.running import Killed, Platform, Process, kill_in_turn, kill_next, running_platform, told
from lindung.config.postgres import EmbeddedServer

if TYPE_CHECKING:
    from lindung.contributions.services import IssuedBill
    from lindung.partners.bank.simulator import BankSession, Exchange

SENDERS = 8
TWICE_IN_TEN = 3
TOGETHER = (2, 3, 5, 12)
"""How many of a firm's bills are asked for by one number, firm after firm."""
MOST_JOINED = 2_000
"""So many firms join bills: each does by a call of its own, as in a browser."""
LATE_IN_A_HUNDRED, FORGED_IN_A_HUNDRED, CHANGED_IN_A_HUNDRED = 20, 2, 1
_MOST_DAYS_LATE = 7
_MONTHS = 20
_WORKERS = 5
_PAUSE_SECONDS = 0.1
_PATIENCE_SECONDS = 120.0
_TOLD_SECONDS = 60.0
_REPEATED = "4042518"  # the standard's answer to the very same call again


@dataclass
class Counts:
    """What the senders saw. ``receipts``: reference -> every receipt number it was given."""

    calls: int = 0
    unanswered: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    turned_away: Counter[str] = field(default_factory=Counter)
    wrongly_taken: int = 0
    receipts: dict[str, set[str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is to be paid, and its bills; ``closed``: what these were to be paid to before they were joined."""

    customer_no: str
    amount_rupiah: int
    bill_ids: tuple[int, ...]
    closed: tuple["IssuedBill", ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """One thing a sender is to see through. ``external_id`` is fixed where the very same call is made twice.

    ``forged``: signed with another secret; ``changed``: another amount under a reference that is somebody's;
    ``closed``: to a number that was closed when its bill was joined to others. All three are to be refused, however
    often.
    """

    fields: dict[str, Any]
    external_id: str = ""
    forged: bool = False
    changed: bool = False
    closed: bool = False

    @property
    def reference(self) -> str:
        return str(self.fields["paymentRequestId"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--payments", type=int, default=1_000)
    parser.add_argument("--senders", type=int, default=SENDERS)
    parser.add_argument("--kills", type=int, default=5, help="of the database, at even distances of the work")
    parser.add_argument("--kill-every", type=float, metavar="SECONDS", help="instead: whatever runs, in turn")
    args = parser.parse_args()
    with running_platform("payments") as platform:
        bills = bills_to_pay(platform.folder, _bills_for(args.payments))
        numbers = _numbers(bills)[: args.payments]
        several = [number for number in numbers if len(number.bill_ids) > 1]
        tidy(platform.server.owner_url())
        say(
            f"{sum(len(number.bill_ids) for number in numbers):,} bills of {_WORKERS} workers wait to be paid,"
            f" {sum(len(number.bill_ids) for number in several):,} of them by {len(several):,} joint numbers"
        )
        counts, seconds, killed = _storm(platform, numbers, args.senders, args.kills, args.kill_every)
        kept = _report(platform.server, numbers, counts, seconds, killed)
        kept &= _bill_by_bill(platform.server, numbers)
        kept &= audit()
    return 0 if kept else 1


def _bills_for(payments: int) -> int:
    """So many bills that, some of them joined, there are enough numbers."""
    each, fewer = len(TOGETHER) * _MONTHS, sum(TOGETHER) - len(TOGETHER)
    return min(-(-payments * each // (each - fewer)), payments + MOST_JOINED * fewer // len(TOGETHER))


def bills_to_pay(folder: Path, wanted: int) -> "list[IssuedBill]":
    """Small firms with twenty unpaid months each, their numbers good for today."""
    from django.db import connection

    from lindung.contributions.services import IssuedBill
    from lindung.lib import clock
    from lindung.nation.bank import register_simulated_bank
    from lindung.nation.load import load_nation
    from lindung.nation.plan import Plan
    from lindung.nation.rates import UNPAID

    now = clock.now()
    bank = register_simulated_bank(folder=folder, now=now)
    sizes = (_WORKERS,) * -(-wanted // _MONTHS)
    tomorrow = clock.wib_date(now) + timedelta(days=1)
    plan = Plan(members=sum(sizes), seed=2, months=_MONTHS, until_on=tomorrow, rates=UNPAID, sizes=sizes)
    load_nation(plan, partner_id=bank, now=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.id, b.number, v.customer_no, v.contribution_rupiah + v.penalty_rupiah FROM contributions_bill b"
            " JOIN contributions_virtualaccount v ON v.bill_id = b.id WHERE v.closed_at IS NULL"
            " ORDER BY b.employer_id, b.period LIMIT %s",
            [wanted],
        )
        return [IssuedBill(*row) for row in cursor.fetchall()]


def _numbers(bills: "Sequence[IssuedBill]") -> list[Number]:
    """What there is to pay: of every firm some bills together, each of the others by its own number."""
    from lindung.access.trail import SYSTEM
    from lindung.contributions.models import Bill
    from lindung.contributions.services import join_bills
    from lindung.lib import clock

    chance = random.Random(5)
    numbers: list[Number] = []
    for firm, first in enumerate(range(0, len(bills), _MONTHS)):
        own = list(bills[first : first + _MONTHS])
        chance.shuffle(own)
        together = own[: TOGETHER[firm % len(TOGETHER)]] if len(own) > 1 and firm < MOST_JOINED else []
        of_firm = [Number(bill.customer_no, bill.amount_rupiah, (bill.bill_id,)) for bill in own[len(together) :]]
        if not together:
            numbers += of_firm
            continue
        ids = tuple(bill.bill_id for bill in together)
        joint = join_bills(
            actor=SYSTEM,
            employer_id=Bill.objects.get(pk=ids[0]).employer_id,
            bill_ids=ids,
            shown_rupiah=sum(bill.amount_rupiah for bill in together),
            now=clock.now(),
        )
        closed = tuple(together[:1]) if firm % 2 else ()
        of_firm.append(Number(joint.customer_no, joint.amount_rupiah, ids, closed))
        chance.shuffle(of_firm)
        numbers += of_firm
    return numbers


def _storm(
    platform: Platform, numbers: Sequence[Number], senders: int, kills: int, kill_every: float | None
) -> tuple[Counts, float, Killed]:
    from lindung.lib import clock
    from lindung.partners.bank.simulator import BankSession, credentials

    counts, done = Counts(), threading.Event()
    sessions = [BankSession(credentials(platform.folder), platform.machines) for _ in range(senders)]
    waiting = iter(_orders(sessions[0], numbers))
    # Millions of things that stay are not to be walked again and again while calls wait.
    gc.freeze()

    def see_through(session: BankSession) -> None:
        for order in waiting:
            _see_through(session, order, counts)

    killed = Killed()
    killer = (
        threading.Thread(target=kill_in_turn, args=(platform.folder, kill_every, killed, done))
        if kill_every
        else threading.Thread(target=_kill, args=(platform.folder, counts, len(numbers), kills, killed, done))
    )
    teller = threading.Thread(target=_tell, args=(counts, len(numbers), killed, done))
    killer.start()
    teller.start()
    began = clock.now()
    try:
        with ThreadPoolExecutor(senders) as all_senders:
            list(all_senders.map(see_through, sessions))
    finally:
        done.set()
        killer.join()
        teller.join()
        for session in sessions:
            session.close()
    return counts, (clock.now() - began).total_seconds(), killed


def _tell(counts: Counts, payments: int, killed: Killed, done: threading.Event) -> None:
    """How far it is, once a minute."""
    while not done.wait(_TOLD_SECONDS):
        say(f"  {len(counts.receipts):,} of {payments:,} acknowledged, killed {told(killed)}")


def _orders(session: "BankSession", numbers: Sequence[Number]) -> list[Order]:
    from lindung.lib.snap import format_timestamp

    chance = random.Random(3)
    orders: list[tuple[float, Order]] = []
    for place, number in enumerate(numbers):
        twice = place % 10 < TWICE_IN_TEN
        same_call = twice and chance.random() < 0.5
        fields = session.payment_fields(number.customer_no, number.amount_rupiah)
        if chance.random() * 100 < LATE_IN_A_HUNDRED:
            taken_at = session.now() - timedelta(seconds=chance.randrange(_MOST_DAYS_LATE * 86_400))
            fields["trxDateTime"] = format_timestamp(taken_at)
        if chance.random() * 100 < FORGED_IN_A_HUNDRED:
            orders.append((place + chance.random(), Order(fields, forged=True)))
        if chance.random() * 100 < CHANGED_IN_A_HUNDRED:
            more = {"value": f"{number.amount_rupiah + 1}.00", "currency": "IDR"}
            orders.append((place + chance.random() * 2, Order({**fields, "paidAmount": more}, changed=True)))
        for bill in number.closed:
            gone = session.payment_fields(bill.customer_no, bill.amount_rupiah)
            orders.append((place + chance.random() * 10 - 5, Order(gone, closed=True)))
        order = Order(fields, session.new_external_id() if same_call else "")
        # A repeat is mostly on its heels, and in the hands of another sender.
        orders.append((place + chance.random(), order))
        if twice:
            orders.append((place + chance.choice([0.5, 1, 2, 50]), order))
    return [order for _, order in sorted(orders, key=lambda one: one[0])]


def _see_through(session: "BankSession", order: Order, counts: Counts) -> None:
    """Tell of one payment until there is an answer that says what became of it."""
    from lindung.partners.bank.simulator import PAYMENT_PATH, NoToken

    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        exchange = None
        with contextlib.suppress(httpx.HTTPError, ValueError, NoToken):
            secret = "somebody else's secret" if order.forged else ""
            exchange = session.call(PAYMENT_PATH, order.fields, external_id=order.external_id, secret=secret)
        with counts.lock:
            counts.calls += 1
            if exchange is not None and _settled(exchange, order, counts):
                return
            counts.unanswered += 1
        time.sleep(_PAUSE_SECONDS)
    raise SystemExit(f"no answer about {order.reference} in {_PATIENCE_SECONDS:.0f} s")


def _settled(exchange: "Exchange", order: Order, counts: Counts) -> bool:
    if order.forged or order.changed or order.closed:
        if exchange.status is None or exchange.status >= 500:
            return False
        counts.wrongly_taken += exchange.status == 200
        counts.turned_away[exchange.code] += 1
        return True
    if exchange.status == 200 or exchange.code == _REPEATED:
        counts.receipts.setdefault(order.reference, set()).add(exchange.receipt_number)
        return True
    if exchange.status is None or exchange.status >= 500 or exchange.status == 401:
        return False
    counts.refused[exchange.code] += 1
    return True


def _kill(folder: Path, counts: Counts, payments: int, kills: int, killed: Killed, done: threading.Event) -> None:
    """Kill the database at even distances of the work, each time after it has come back from the last."""
    gone = set[Process]()
    for turn in range(1, kills + 1):
        while len(counts.receipts) < payments * turn // (kills + 1):
            if done.wait(0.01):
                return
        kill_next(folder, "database", killed, gone, done)


def _bill_by_bill(server: EmbeddedServer, numbers: Sequence[Number]) -> bool:
    """Whether every bill of these numbers is paid whole, once, and no other."""
    with psycopg.connect(server.app_url()) as database:
        found = database.execute(
            "SELECT b.id, b.paid_at IS NOT NULL AND b.contribution_paid_rupiah = b.amount_rupiah"
            "   AND b.penalty_paid_rupiah = b.penalty_rupiah, p.times + a.times FROM contributions_bill b"
            " CROSS JOIN LATERAL (SELECT count(*) AS times FROM contributions_payment WHERE bill_id = b.id) p"
            " CROSS JOIN LATERAL (SELECT count(*) AS times FROM contributions_allocation WHERE bill_id = b.id) a"
        ).fetchall()
    due = {bill_id for number in numbers for bill_id in number.bill_ids}
    lost = [bill_id for bill_id, paid, _ in found if bill_id in due and not paid]
    doubled = [bill_id for bill_id, _, times in found if times > (bill_id in due)]
    say(f"bills to be paid {len(due):,}, lost {len(lost)}, doubled {len(doubled)}")
    return not lost and not doubled


def _report(server: EmbeddedServer, numbers: Sequence[Number], counts: Counts, seconds: float, killed: Killed) -> bool:
    with psycopg.connect(server.app_url()) as database:
        stored: dict[str, str] = dict(
            database.execute("SELECT reference, receipt_number FROM contributions_payment").fetchall()
        )
        entries: dict[str, int] = dict(
            database.execute(
                "SELECT p.reference, count(e.id) FROM contributions_payment p LEFT JOIN ledger_entry e"
                " ON e.key = 'payment:' || p.id GROUP BY 1"
            ).fetchall()
        )
        strays = database.execute(
            "SELECT count(*) FROM ledger_entry e WHERE kind = 'payment' AND NOT EXISTS"
            " (SELECT FROM contributions_payment p WHERE e.key = 'payment:' || p.id)"
        ).fetchone()
    lost = [reference for reference in counts.receipts if reference not in stored]
    doubled = [reference for reference, number in entries.items() if number != 1]
    doubled += [reference for reference, given in counts.receipts.items() if given != {stored.get(reference)}]
    say(f"killed {told(killed)}; {seconds:.1f} s, {len(numbers) / seconds:.0f} payments a second")
    say(f"payments {len(numbers):,}, told twice {sum(place % 10 < TWICE_IN_TEN for place in range(len(numbers))):,}")
    say(f"calls {counts.calls:,}, without a usable answer {counts.unanswered:,}, refused {dict(counts.refused)}")
    say(f"acknowledged {len(counts.receipts):,}, stored {len(stored):,}, lost {len(lost)}, doubled {len(doubled)}")
    refused = sum(counts.turned_away.values())
    say(f"forged, changed or to a closed number {refused:,}, wrongly taken {counts.wrongly_taken}")
    whole = not counts.wrongly_taken and len(counts.receipts) == len(stored) == len(numbers) and strays == (0,)
    return whole and not lost and not doubled and not counts.refused


if __name__ == "__main__":
    sys.exit(main())
