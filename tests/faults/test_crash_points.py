"""kill -9 at any point of a firm's month: everything is finished afterwards, and everything has happened once.

A few chosen points stand here by name. ``make night`` goes through all of them: before and after every statement, every
line to the mail relay and every text to the SMS gateway.
"""

from collections.abc import Callable, Iterator

import pytest

from tests.faults.crash_points import Month, prepared_month
from tests.faults.taps import Moment

pytestmark = pytest.mark.faults
PARTS = 8


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    with prepared_month(tmp_path_factory.mktemp("month")) as prepared:
        yield prepared


# A statement that is kept is said twice the first time: when it is prepared, and when it is done.
POSTED = ("WITH given AS MATERIALIZED", 1)
FINISHED = "SELECT procrastinate_finish_job"
UPLOAD = 'SELECT "uploads_upload"'
CHOSEN: dict[str, tuple[str, str, int, Moment]] = {
    "a file is received and the answer lost": ("receive", "COMMIT", -1, "after"),
    "a file is being read by the child": ("check", 'SELECT count(*), array_agg("employment_id")', 0, "after"),
    "half of what was found is stored": ("check", 'UPDATE "uploads_upload" SET "findings_encrypted"', 0, "after"),
    "a file is checked and its job not finished": ("check", FINISHED, 0, "before"),
    "a yes is given and the answer lost": ("confirm", "COMMIT", -1, "after"),
    "the upload is locked and nothing booked": ("book", UPLOAD, 0, "after"),
    "the bill's lines are copied": ("book", "COPY ends", 0, "after"),
    "the bill is posted": ("book", *POSTED, "after"),
    "the bill is issued and the file does not know": ("book", 'UPDATE "uploads_upload" SET "state"', 0, "before"),
    "a file is booked and its job not finished": ("book", FINISHED, 0, "before"),
    "a payment is written and not posted": ("pay", *POSTED, "before"),
    "balances are moved and nobody is told": ("pay", *POSTED, "after"),
    "a payment is about to be committed": ("pay", "COMMIT", -1, "before"),
    "a payment is committed and the answer lost": ("pay", "COMMIT", -1, "after"),
    "a letter is taken and the answer lost": ("deliver", "mail: LETTER", 0, "after"),
    "the second range is sent and not written down": ("deliver", "INSERT INTO contact_dispatch", 1, "before"),
    "two ranges are settled and the third has begun": ("deliver", "mail: LETTER", 4, "before"),
    "everybody is told and the job not finished": ("deliver", FINISHED, 0, "before"),
}


@pytest.mark.parametrize("where", CHOSEN.values(), ids=CHOSEN)
def test_killed_when(month: Month, where: tuple[str, str, int, Moment]) -> None:
    stage = where[0]
    assert month.cut(stage, month.point(*where)), f"the process of {stage} never came there"


@pytest.mark.night
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_every_point(month: Month, part: int, record_property: Callable[[str, object], None]) -> None:
    month.sweep(part, PARTS, record_property)
