"""What the tests of uploads share: a clerk who sends a file, deeds done at once, a file read by the child alone."""

import threading
from collections.abc import Callable
from datetime import date, datetime

from django.db import connection, connections

from lindung.access.trail import Actor
from lindung.uploads import queries, services
from lindung.uploads.containers import sniff
from lindung.uploads.kinds import wage_report
from lindung.uploads.queries import FaultView, UploadView
from lindung.uploads.reading import Reading
from lindung.uploads.sheet import Sheet
from tests.builders import Firm
from tests.uploads import files, people
from tests.uploads.files import Row

OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)
CLERK = Actor("account", 71)
OTHER_CLERK = Actor("account", 72)


def receive(
    firm: Firm,
    content: bytes,
    now: datetime,
    *,
    name: str = "upah.csv",
    period: date = OCTOBER,
    actor: Actor = CLERK,
    kind: str = "wage_report",
    project_id: int | None = None,
) -> int:
    """Send a file; gives its id. Nothing has been checked yet."""
    received = services.receive_upload(
        actor=actor,
        employer_id=firm.id,
        kind=kind,
        period=period,
        project_id=project_id,
        file_name=name,
        content=content,
        now=now,
    )
    return received.id


def send(
    firm: Firm,
    content: bytes,
    now: datetime,
    *,
    name: str = "upah.csv",
    period: date = OCTOBER,
    kind: str = "wage_report",
    project_id: int | None = None,
) -> UploadView:
    """Send a file and have it checked."""
    upload_id = receive(firm, content, now, name=name, period=period, kind=kind, project_id=project_id)
    services.check_upload(upload_id=upload_id, now=now)
    return view(firm, upload_id)


def send_rows(firm: Firm, rows: list[Row], now: datetime, kind: str = "new_workers") -> UploadView:
    """Send rows about workers in this month and have them checked."""
    return send(firm, worker_csv(rows, kind), now, name="pekerja.csv", period=NOVEMBER, kind=kind)


def worker_csv(rows: list[Row], kind: str = "new_workers") -> bytes:
    return files.csv_file(files.grid(rows, people.HEADINGS[kind]))


def found(firm: Firm, rows: list[Row], now: datetime, kind: str = "new_workers") -> list[tuple[str, str, str]]:
    """(cell, code, severity) of every fault in a file of these rows."""
    return [(fault.cell, fault.code, fault.severity) for fault in faults(firm, send_rows(firm, rows, now, kind))]


def book(firm: Firm, upload: UploadView, now: datetime, *, partial: bool = False) -> UploadView:
    """Say yes to a checked file and have it booked."""
    services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now, partial=partial)
    services.book_upload(upload_id=upload.id, now=now)
    return view(firm, upload.id)


def month_of(firm: Firm, wage: int = 10_000_000) -> bytes:
    return files.csv_file(files.grid(files.wage_rows(firm, wage=wage)))


def confirmed(firm: Firm, now: datetime, wage: int = 10_000_000) -> int:
    upload = send(firm, month_of(firm, wage), now)
    services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now)
    return upload.id


def view(firm: Firm, upload_id: int) -> UploadView:
    found = queries.upload(firm.id, upload_id)
    assert found is not None
    return found


def faults(firm: Firm, upload: UploadView) -> list[FaultView]:
    return list(queries.findings(firm.id, upload.id, size=1000).items)


def read(content: bytes) -> Sheet:
    """A file as the reading child gives it back. Raises ``Refused``."""
    with Reading(content, layout=wage_report.LAYOUT, container=sniff(content)) as reading:
        return reading.sheet()


def waiting_jobs(upload_id: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name FROM procrastinate_jobs WHERE (args->>'upload_id')::bigint = %s ORDER BY id", [upload_id]
        )
        return [name for (name,) in cursor.fetchall()]


def at_once(deeds: list[Callable[[], object]]) -> list[object]:
    """Run deeds in threads of their own at the same moment; gives what each gave or raised."""
    gate = threading.Barrier(len(deeds))
    ends: list[object] = [None] * len(deeds)

    def run(number: int) -> None:
        gate.wait()
        try:
            ends[number] = deeds[number]()
        except Exception as error:  # what it raised is what is looked at
            ends[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends
