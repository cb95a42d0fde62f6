"""What the tests of uploads share: a clerk who sends a file, and a file read by the child alone."""

from datetime import date, datetime

from lindung.access.trail import Actor
from lindung.uploads import queries, services
from lindung.uploads.containers import sniff
from lindung.uploads.kinds import wage_report
from lindung.uploads.queries import FaultView, UploadView
from lindung.uploads.reading import Reading
from lindung.uploads.sheet import Sheet
from tests.builders import Firm

OCTOBER = date(2026, 10, 1)
CLERK = Actor("account", 71)


def receive(
    firm: Firm, content: bytes, now: datetime, *, name: str = "upah.csv", period: date = OCTOBER, actor: Actor = CLERK
) -> int:
    """Send a file; gives its id. Nothing has been checked yet."""
    received = services.receive_upload(
        actor=actor,
        employer_id=firm.id,
        kind="wage_report",
        period=period,
        file_name=name,
        content=content,
        now=now,
    )
    return received.id


def send(firm: Firm, content: bytes, now: datetime, *, name: str = "upah.csv", period: date = OCTOBER) -> UploadView:
    """Send a file and have it checked."""
    upload_id = receive(firm, content, now, name=name, period=period)
    services.check_upload(upload_id=upload_id, now=now)
    return view(firm, upload_id)


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
