"""kill -9 at any point while two months are joined under one number, paid with it and told of: all of it once.

As in ``test_crash_points.py``, a few points stand here by name and ``make night`` goes through all of them.
"""

from collections.abc import Callable, Iterator

import pytest

from tests.faults.crash_points import Month, Together, prepared_month
from tests.faults.taps import Moment

pytestmark = pytest.mark.faults
PARTS = 4


@pytest.fixture(scope="module")
def owing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    with prepared_month(tmp_path_factory.mktemp("together"), Together) as prepared:
        yield prepared


CHOSEN: dict[str, tuple[str, str, int, Moment]] = {
    "the bills' own numbers are closed and there is no other": (
        "join",
        'UPDATE "contributions_virtualaccount"',
        0,
        "after",
    ),
    "the money is laid on both bills and neither is marked": (
        "pay together",
        'INSERT INTO "contributions_allocation"',
        0,
        "after",
    ),
    "both bills are marked as paid and the ledger does not know": (
        "pay together",
        "UPDATE contributions_bill",
        0,
        "after",
    ),
    "a payment is committed and the answer lost": ("pay together", "COMMIT", -1, "after"),
}


@pytest.mark.parametrize("where", CHOSEN.values(), ids=CHOSEN)
def test_killed_when(owing: Month, where: tuple[str, str, int, Moment]) -> None:
    stage = where[0]
    assert owing.cut(stage, owing.point(*where)), f"the process of {stage} never came there"


@pytest.mark.night
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_every_point(owing: Month, part: int, record_property: Callable[[str, object], None]) -> None:
    owing.sweep(part, PARTS, record_property)
