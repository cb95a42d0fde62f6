"""One month of one firm through the product's own services, in a process of its own; started by ``bench.month``.

Takes its orders as JSON and prints one line of JSON: seconds by step, the bill's amount, peaks of memory in MB.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench.ground import Laps, cpu_seconds, moment_of, peak_mb, peak_of
from lindung.config.cli import django_setup

_LOOK_EVERY_SECONDS = 0.02
_REST_SECONDS = 1.0


def main() -> None:
    orders = json.loads(sys.argv[1])
    django_setup()
    for warm in orders["warm"]:
        small, _, _ = _month(warm, orders["bank"])
        # A worker has mostly rested a moment: its next reading child has loaded its code meanwhile.
        time.sleep(_REST_SECONDS)
    with _watch_children() as peaks:
        before = cpu_seconds(_backend())
        seconds, amount, rows = _month(orders["firm"], orders["bank"])
        cpu = cpu_seconds(_backend()) - before
    answer = {
        "seconds": seconds,
        "cpu_seconds": cpu,
        "small_seconds": sum(small.values()),
        "amount_rupiah": amount,
        "rows": rows,
        "worker_mb": peak_mb(),
        "reader_mb": max(peaks),
    }
    print(json.dumps(answer))


def _backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _month(order: list[Any], bank: int) -> tuple[dict[str, float], int, int]:
    from lindung.access.trail import Actor
    from lindung.contributions.models import VirtualAccount
    from lindung.contributions.services import receive_payment
    from lindung.uploads import services
    from lindung.uploads.models import Upload

    employer_id, period_text, file = order
    path, period = Path(file), date.fromisoformat(period_text)
    content, now = path.read_bytes(), moment_of(period)
    hr = Actor("account", 1)
    laps = Laps()
    received = services.receive_upload(
        actor=hr,
        employer_id=employer_id,
        kind="wage_report",
        period=period,
        file_name=path.name,
        content=content,
        now=now,
    )
    laps.lap("receive")
    services.check_upload(upload_id=received.id, now=now)
    laps.lap("check")
    services.confirm_upload(actor=hr, upload_id=received.id, now=now)
    laps.lap("confirm")
    services.book_upload(upload_id=received.id, now=now)
    laps.lap("book")
    upload = Upload.objects.get(pk=received.id)
    if upload.state != Upload.State.BOOKED or upload.bill_id is None:
        raise SystemExit(f"the product did not book the file: {upload.state} {upload.refusal} {upload.summary}")
    account = VirtualAccount.objects.get(bill_id=upload.bill_id)
    laps.start()
    receipt = receive_payment(
        actor=Actor("partner", bank),
        partner_id=bank,
        reference=f"bench-{account.pk}",
        customer_no=account.pk,
        amount_rupiah=account.contribution_rupiah,
        channel="6011",
        bank_reference="bench",
        paid_at=now,
        inquired_at=None,
        now=now,
    )
    laps.lap("pay")
    return laps.seconds, receipt.amount_rupiah, upload.summary["rows"]


@contextmanager
def _watch_children() -> Iterator[list[int]]:
    """The peaks of this process's children in MB, as they pass; a child's own counter would tell ours too."""
    peaks, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(_LOOK_EVERY_SECONDS):
            for task in Path("/proc/self/task").iterdir():
                try:
                    children = (task / "children").read_text().split()
                    peaks.extend(peak_of(child) for child in children)
                except (OSError, IndexError, ValueError):
                    continue  # it ended while we looked

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        done.set()
        watcher.join()


if __name__ == "__main__":
    main()
