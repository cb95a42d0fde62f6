"""Employers' files while the platform is killed again and again: every row billed once, whatever was sent twice.

Run: ``python -m bench.files [--large N] [--firms N] [--each N] [--months N] [--kill-every SECONDS]``. The whole
platform runs as ``lindung run --empty`` runs it. One firm sends a large file, others theirs, all at once; every file is
sent twice by two clerks at the same moment, half of the firms send a third with the same rows in another order. Clerks
wait for the check, say yes, and wait for the bill; what is not answered they do again. Then the next month. Meanwhile
the database, a process of the machine door and the background worker are killed in turn. A worker that is killed more
often than it can start does nothing (whoever dies again within three seconds is waited for longer): each is killed once
in the first seconds, and then the time between two kills of it is three times the given seconds. Exit code 1 when a
firm has not exactly one bill over all its rows, the audit finds something, or nothing was killed.
"""

import argparse
import contextlib
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from bench.ground import audit, month_after, say
from bench.running import Killed, kill_in_turn, running_platform, told
from bench.staffed import staffed_firm

_PAUSE_SECONDS = 0.2
_PATIENCE_SECONDS = 900.0
_CLERKS = 16
_WAGE_RUPIAH = 5_000_000
_SETTLED = ("booked", "refused", "cancelled", "replaced")


@dataclass(frozen=True, slots=True)
class Sending:
    """One clerk with one file of one firm."""

    employer_id: int
    content: bytes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=10_000, help="rows of the largest firm's file")
    parser.add_argument("--firms", type=int, default=10, help="other firms")
    parser.add_argument("--each", type=int, default=200, help="rows of each of theirs")
    parser.add_argument("--months", type=int, default=1)
    parser.add_argument("--kill-every", type=float, default=4.0, metavar="SECONDS")
    args = parser.parse_args()
    with running_platform("files") as platform:
        from django.db import connections

        from lindung.lib import clock

        now = clock.now()
        last = clock.wib_date(now).replace(day=1)
        periods = [month_after(last, back) for back in range(-args.months, 0)]
        sizes = [args.large, *[args.each] * args.firms]
        sendings, firms = _firms(sizes, periods[0], now)
        kept = True
        for period in periods:
            say(f"{period:%Y-%m}: {len(sizes)} firms, {sum(sizes):,} rows, {len(sendings)} files")
            ends, seconds, killed = _storm(platform.folder, sendings, period, args.kill_every)
            say(f"killed {told(killed)}; {seconds:.1f} s; files ended {dict(ends)}")
            if not killed:
                say("nothing was killed: too few rows, or too long between two kills, to show anything")
            connections.close_all()  # those from before the first kill are no use
            kept &= _look(firms, period) and killed.total() > 0
        kept &= audit()
    return 0 if kept else 1


def _firms(sizes: Sequence[int], period: date, now: datetime) -> tuple[list[Sending], dict[int, int]]:
    """What the clerks send, and the rows of every firm."""
    sendings, firms, first = [], {}, 0
    for number, size in enumerate(sizes):
        employer_id, people, hired = staffed_firm(
            npp=f"96{number:06d}",
            name=f"PT Contoh Berkas {number}",
            size="medium",
            seed=3,
            first=first,
            workers=size,
            since_on=period,
            now=now,
        )
        first += size
        table = pl.DataFrame({"KPJ": hired["kpj"], "NAMA_LENGKAP": people["name"], "UPAH": [_WAGE_RUPIAH] * size})
        same = Sending(employer_id, table.write_csv().encode())
        sendings += [same, same]
        if number % 2:
            sendings.append(Sending(employer_id, table.reverse().write_csv().encode()))
        firms[employer_id] = size
    return sendings, firms


def _storm(
    folder: Path, sendings: Sequence[Sending], period: date, kill_every: float
) -> tuple[Counter[str], float, Killed]:
    done, killed = threading.Event(), Killed()
    killer = threading.Thread(target=kill_in_turn, args=(folder, kill_every, killed, done))
    began = time.perf_counter()
    killer.start()
    try:
        with ThreadPoolExecutor(_CLERKS) as clerks:
            ends = Counter(clerks.map(lambda sending: _see_through(sending, period), sendings))
    finally:
        done.set()
        killer.join()
    return ends, time.perf_counter() - began, killed


def _see_through(sending: Sending, period: date) -> str:
    """Send, wait, say yes, wait: until the file has ended somehow. Gives how."""
    from django.db import DatabaseError, connection

    from lindung.lib import clock

    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            end = _step(sending, period, clock.now())
            if end:
                return end
        except DatabaseError:
            connection.close()  # it was killed; the next try is on a new one
        time.sleep(_PAUSE_SECONDS)
    raise SystemExit(f"a file of firm {sending.employer_id} did not end in {_PATIENCE_SECONDS:.0f} s")


def _step(sending: Sending, period: date, now: datetime) -> str:
    """Everything from the beginning, as somebody does who heard nothing; '' while there is something to wait for."""
    from lindung.access.trail import Actor
    from lindung.uploads import queries, services
    from lindung.uploads.limits import Refused

    clerk = Actor("account", 1)
    try:
        upload_id = services.receive_upload(
            actor=clerk,
            employer_id=sending.employer_id,
            kind="wage_report",
            period=period,
            file_name="upah.csv",
            content=sending.content,
            now=now,
        ).id
    except services.AlreadyUploaded as known:
        upload_id = known.upload_id
    except Refused as refused:
        return f"not taken: {refused.code}"
    found = queries.upload(sending.employer_id, upload_id)
    if found is None:
        return ""
    if found.state == "checked":
        with contextlib.suppress(services.CannotConfirm):  # another clerk was faster meanwhile: look again
            services.confirm_upload(actor=clerk, upload_id=upload_id, now=now)
    if found.refusal == "our_fault":
        return ""  # it was interrupted too often; the clerk is asked to send it again, and does
    return found.state if found.state in _SETTLED else ""


def _look(firms: dict[int, int], period: date) -> bool:
    """Whether every firm has one bill that stands, over all its rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT employer_id, count(*), sum(worker_count), sum(wage_rupiah)::bigint FROM contributions_bill"
            " WHERE period = %s AND voided_at IS NULL GROUP BY 1",
            [period],
        )
        billed = {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
        cursor.execute("SELECT count(*) FROM uploads_upload WHERE period = %s AND refusal = 'our_fault'", [period])
        again = int(cursor.fetchone()[0])
    wrong = {
        firm: billed.get(firm) for firm, rows in firms.items() if billed.get(firm) != (1, rows, rows * _WAGE_RUPIAH)
    }
    rows_billed = sum(int(row[1]) for row in billed.values())
    say(
        f"bills {len(billed)}, rows billed {rows_billed:,}, firms with rows lost or doubled {len(wrong)};"
        f" files asked for again, because interrupted too often, {again}"
    )
    return not wrong


if __name__ == "__main__":
    sys.exit(main())
