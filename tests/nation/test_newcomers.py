"""The list of new workers of the demonstration: read like any employer's file, and known to the simulated registry."""

from datetime import datetime
from pathlib import Path

import pytest

from lindung.access.trail import SYSTEM
from lindung.lib.clock import wib_date
from lindung.nation.newcomers import newcomers_file, register_demonstration
from lindung.registry.services import register_employer
from lindung.uploads import queries, services

pytestmark = pytest.mark.usefixtures("db")


def test_the_list_is_read_and_its_five_wrong_rows_are_told(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    today = wib_date(now)
    assert register_demonstration(today=today) == 2_000
    firm = register_employer(
        actor=SYSTEM, npp="99000999", name="PT Contoh Baru", size="small", jkk_class="I", now=now, since_on=today
    )
    received = services.receive_upload(
        actor=SYSTEM,
        employer_id=firm,
        kind="new_workers",
        period=today.replace(day=1),
        file_name="pekerja-baru.xlsx",
        content=newcomers_file(today=today),
        now=now,
    )
    services.check_upload(upload_id=received.id, now=now)
    view = queries.upload(firm, received.id)
    assert view is not None
    assert (view.state, view.summary["rows"], view.summary["rows_with_errors"]) == ("checked", 50, 5)
    assert view.summary["workers"] == 45
