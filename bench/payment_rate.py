"""Payments a second: through real signed HTTP from 8 to 64 senders, and ``receive_payment`` beside its statements.

Run: ``python -m bench.payment_rate [--payments N] [--each N] [--rounds N]``. First the whole platform as ``lindung run
--empty`` runs it: N signed payments from each number of senders, signed before the clock starts, at the machines'
door, half of them going up from 8 to 64 and half coming down again, so that what grows meanwhile (tables, messages
that wait) is no number's fault; the messages that payments cause are on the queue and their worker runs. Then, on a
server without doors, eight processes of the product pay bills of five workers, turn by turn with eight processes that
send the same statements by psycopg. Ratios are of turns; exit code 1 when one misses its target or the audit finds
something.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench.ground import audit, cpu_seconds_of, ground, peak_of, say, tidy
from bench.payments import bills_to_pay
from bench.running import running_platform
from bench.senders import send_all
from bench.signed import signed_payments
from lindung.config.postgres import EmbeddedServer

if TYPE_CHECKING:
    from lindung.contributions.services import IssuedBill

SENDERS = (8, 16, 32, 64)
PROCESSES = 8
LEAST_A_SECOND, MOST_LOST, LEAST_OF_HAND = 200, 0.10, 0.5
_WARM = 200


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--payments", type=int, default=1_000, help="through HTTP, for each number of senders")
    parser.add_argument("--each", type=int, default=40, help="payments of each of eight processes in a turn")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", choices=("http", "processes"), help="one of the two, instead of both")
    parser.add_argument("--side", choices=("product", "hand"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.side:
        return _one_process(args.side)
    if args.part == "http":
        return 0 if _by_http(args.payments) else 1
    if args.part == "processes":
        return 0 if _by_process(args.each, args.rounds) else 1
    # Each on a server of its own, which the framework can be led to once only.
    again = [sys.executable, "-m", "bench.payment_rate", *sys.argv[1:], "--part"]
    return max([subprocess.run([*again, part]).returncode for part in ("http", "processes")])


def _by_http(payments: int) -> bool:
    with running_platform("rate") as platform:
        folder, door = platform.folder, platform.machines
        bills = bills_to_pay(folder, payments * len(SENDERS) + _WARM)
        tidy(platform.server.owner_url())
        say(f"{len(bills):,} bills of five workers wait to be paid")
        send_all(door, signed_payments(platform, bills[-_WARM:]), senders=SENDERS[0])
        seconds = dict.fromkeys(SENDERS, 0.0)
        payments //= 2
        for place, senders in enumerate([*SENDERS, *reversed(SENDERS)]):
            requests = signed_payments(platform, bills[place * payments : (place + 1) * payments])
            before, own = _processor(folder), time.process_time()
            sent = send_all(door, requests, senders=senders)
            own = (time.process_time() - own) * 1000 / payments
            cost = {who: (used - before[who]) * 1000 / payments for who, used in _processor(folder).items()}
            seconds[senders] += payments / sent.rate
            shares = ", ".join(f"{who} {milliseconds:.1f}" for who, milliseconds in cost.items())
            say(
                f"{senders:>3} senders: {sent.rate:.0f} payments a second, {sent.good:,} of {payments:,} good;"
                f" half within {sent.wait(0.5):.0f} ms, 99 of 100 within {sent.wait(0.99):.0f} ms;"
                f" milliseconds of processor a payment: {shares}, senders {own:.1f}"
            )
            if sent.good != payments:
                return False
            say(f"    messages that have left by now: {_left()}")
        peaks = [peak_of(str(pid)) for pid, who in _who(folder) if who == "door"]
        rates = [2 * payments / seconds[senders] for senders in SENDERS]
        shown = ", ".join(f"{senders} senders {rate:.0f}" for senders, rate in zip(SENDERS, rates, strict=True))
        say(f"payments a second, up and down together: {shown}")
        lost = 1 - min(rates) / rates[0]
        say(f"least {min(rates):.0f} a second (target {LEAST_A_SECOND}); more senders lose {lost:.0%} (most 10%)")
        say(f"peak of the door's processes: {', '.join(f'{peak} MB' for peak in sorted(peaks))}")
        kept = min(rates) >= LEAST_A_SECOND and lost <= MOST_LOST
        kept &= audit()
    return kept


def _who(folder: Path) -> Iterator[tuple[int, str]]:
    """The platform's processes that work while payments come."""
    from lindung.config.processes import command_lines

    cluster = f"postgres: {EmbeddedServer(folder).cluster_name}"
    children = json.loads((folder / "pids.json").read_text())
    door, worker = children["machines"], children["worker"]
    for pid, line in command_lines():
        if line.startswith(cluster.encode()):
            yield pid, "database"
        elif door in (pid, _parent(pid)):
            yield pid, "door"
        elif worker in (pid, _parent(pid)):
            yield pid, "messages"


def _left() -> str:
    from lindung.contact.models import Message

    return f"{Message.objects.exclude(state=Message.State.QUEUED).count():,} of {Message.objects.count():,}"


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1])
    except OSError:
        return 0


def _processor(folder: Path) -> dict[str, float]:
    used = dict.fromkeys(("door", "database", "messages"), 0.0)
    for pid, who in _who(folder):
        used[who] += cpu_seconds_of(pid)
    return used


def _by_process(each: int, rounds: int) -> bool:
    with ground("rate") as here:
        bills = bills_to_pay(here.folder, 2 * (rounds + 1) * PROCESSES * each)
        here.tidy()
        _hang_up()
        ratios, peaks = [], []
        for turn in range(rounds + 1):
            rates = {}
            for side in ("product", "hand") if turn % 2 else ("hand", "product"):
                now_paid, bills = bills[: PROCESSES * each], bills[PROCESSES * each :]
                rates[side], peak = _eight(side, now_paid, each)
                if side == "product":
                    peaks.append(peak)
            if turn:  # the first one warms both sides' plans and pages
                ratios.append(rates["product"] / rates["hand"])
                say(f"turn {turn}: product {rates['product']:.0f}, same statements {rates['hand']:.0f} a second")
        ratio = statistics.median(ratios)
        say(f"receive_payment from {PROCESSES} processes: {ratio:.2f} of the statements alone (target {LEAST_OF_HAND})")
        say(f"peak of a process of the product: {max(peaks)} MB")
        kept = audit()
        _hang_up()
    return ratio >= LEAST_OF_HAND and kept


def _eight(side: str, bills: "Sequence[IssuedBill]", each: int) -> tuple[float, int]:
    """Payments a second of eight processes that begin together, and the largest peak of memory."""
    argv = [sys.executable, "-m", "bench.payment_rate", "--side", side]
    running = [
        subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    for place, process in enumerate(running):
        mine = [[bill.customer_no, bill.amount_rupiah] for bill in bills[place * each : (place + 1) * each]]
        _tell(process, json.dumps(mine))
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()  # set up, connected, waiting
    for process in running:
        _tell(process, "go")
    told = [json.loads(process.communicate()[0]) for process in running]
    if any(process.returncode for process in running):
        raise SystemExit(f"a process of {side} failed")
    # From the first to begin to the last to end.
    return len(bills) / (max(end for _, end, _ in told) - min(begin for begin, _, _ in told)), max(p for *_, p in told)


def _tell(process: "subprocess.Popen[str]", line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def _one_process(side: str) -> int:
    from lindung.config.cli import django_setup

    django_setup()
    from django.db import connection

    from bench.payment_statements import pay_by_hand
    from lindung.lib import clock

    mine = json.loads(sys.stdin.readline())
    connection.ensure_connection()
    say("ready")
    sys.stdin.readline()
    began = time.time()
    now = clock.now()
    if side == "hand":
        pay_by_hand(os.environ["DATABASE_URL"], [number for number, _ in mine], now)
    else:
        for number, amount_rupiah in mine:
            pay(number, amount_rupiah, now)
    say(json.dumps([began, time.time(), peak_of("self")]))
    return 0


def pay(customer_no: str, amount_rupiah: int, now: datetime) -> None:
    """Tell the service of a payment, as the banks' door does."""
    from lindung.access.trail import Actor
    from lindung.contributions.services import receive_payment

    receive_payment(
        actor=Actor("partner", 1),
        partner_id=1,
        reference=f"product-{customer_no}",
        customer_no=customer_no,
        amount_rupiah=amount_rupiah,
        channel="6011",
        bank_reference="",
        paid_at=now,
        inquired_at=None,
        now=now,
    )


def _hang_up() -> None:
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
