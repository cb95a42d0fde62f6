"""The whole way to the simulated registry and back: what it says on the wire decides what becomes of a row."""

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from pytest_django import Settings

from lindung.lib import clock
from lindung.partners.dukcapil import people
from lindung.registry import tasks
from lindung.registry.models import Enrolment
from tests.partners.dukcapil.office import office
from tests.registry.makers import assert_clean, employer, proposal, propose, states

pytestmark = pytest.mark.django_db


def test_every_answer_of_the_wire_finds_its_state(
    now: datetime, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    monkeypatch.setattr(clock, "now", lambda: now)
    endings = ["8011", "8012", "8013", "8014", "8015", "8902", "8903", "8904"]
    listed = [
        *(proposal(row) for row in (1, 2, 3)),
        *(proposal(row, nik=f"990101010190{ending}") for row, ending in enumerate(endings, 4)),
    ]
    known = pl.DataFrame(listed).select("nik", "name", "birth_on", "sex", "mother_name")
    known = known.with_columns(birth_place=pl.lit("Kota Uji")).with_row_index("row")
    known = known.with_columns(name=pl.when(pl.col("row") == 1).then(pl.lit("Orang Lain")).otherwise("name"))
    people.register_people(known.filter(pl.col("row") != 2))
    batch = propose(employer(now), listed, now).batch_id
    with office() as settings.DUKCAPIL_ADDRESS:
        tasks.verify_identities(batch_id=batch)
    assert states(batch) == [
        (1, "enrolled", "match", ""),
        (2, "to_correct", "mismatch", "name"),
        (3, "to_correct", "not_found", ""),
        (4, "to_resolve", "deceased", ""),
        (5, "to_resolve", "duplicate", ""),
        (6, "to_correct", "not_found", ""),
        (7, "to_resolve", "inactive", ""),
        (8, "to_correct", "invalid", ""),
        (9, "waiting", "unavailable_shape", ""),
        (10, "to_correct", "not_found", ""),
        (11, "to_correct", "partial", "name"),
    ]
    assert Enrolment.objects.get(batch_id=batch, row_no=11).scores["name"] == 85
    assert_clean()
