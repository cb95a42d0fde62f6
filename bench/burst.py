"""5,000 calls of a bank in ten seconds: how long each waits for its answer, and whether all of them are booked.

Run: ``python -m bench.burst [--calls N] [--seconds N] [--connections N]``. The whole platform runs, its worker sends
the messages that payments cause. Each call is signed before the clock starts and is due at its own moment, so many a
second; it waits from then until it is answered, though its connection was still busy with another. Exit code 1 when
one waits for more than two seconds, is not answered with 200, or is not booked once, or when the audit finds something.
"""

import argparse
import sys

import psycopg

from bench.ground import audit, say, tidy
from bench.payments import bills_to_pay
from bench.running import running_platform
from bench.senders import send_all
from bench.signed import signed_payments

MOST_SECONDS = 2.0
_WARM = 200


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=5_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=64)
    args = parser.parse_args()
    with running_platform("burst") as platform:
        bills = bills_to_pay(platform.folder, args.calls + _WARM)
        tidy(platform.server.owner_url())
        warm, due = bills[:_WARM], bills[_WARM:]
        send_all(platform.machines, signed_payments(platform, warm), senders=8)
        sent = send_all(
            platform.machines,
            signed_payments(platform, due),
            senders=args.connections,
            a_second=args.calls // args.seconds,
        )
        with psycopg.connect(platform.server.app_url()) as database:
            booked = database.execute(
                "SELECT count(*) FROM contributions_payment p JOIN ledger_entry e ON e.key = 'payment:' || p.id"
                " WHERE p.bill_id = ANY(%s)",
                [[bill.bill_id for bill in due]],
            ).fetchone()
        in_time = sum(wait <= MOST_SECONDS for wait in sent.waits)
        say(
            f"{args.calls:,} calls due within {args.seconds} s; answered with 200 {sent.good:,} in {sent.seconds:.1f} s"
        )
        say(
            f"within {MOST_SECONDS:g} s {in_time:,} ({in_time / args.calls:.0%}); half within {sent.wait(0.5):.0f} ms,"
            f" 99 of 100 within {sent.wait(0.99):.0f} ms, the slowest {sent.wait(1.0):.0f} ms"
        )
        others = {status: count for status, count in sorted(sent.statuses.items()) if status != 200}
        say(f"booked {booked[0] if booked else 0:,}; other answers {others or 'none'}")
        kept = in_time == sent.good == args.calls and booked == (args.calls,)
        kept &= audit()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
