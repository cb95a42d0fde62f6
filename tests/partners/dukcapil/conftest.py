"""A simulated civil registry with a handful of invented people, and a client that asks it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from lindung.partners.dukcapil.client import CivilRegistry
from lindung.partners.dukcapil.people import register_people
from tests.partners.dukcapil.office import client_of, office

DEWI = "9901014505900001"
BUDI = "9901010203850002"


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    register_people(
        pl.DataFrame(
            {
                "nik": [DEWI, BUDI],
                "name": ["Dewi Contoh Lestari", "Budi"],
                "birth_on": [date(1990, 5, 5), date(1985, 3, 2)],
                "sex": ["P", "L"],
                "mother_name": ["Ratna Contoh", None],
                "birth_place": ["Kota Uji", "Kota Uji"],
            }
        )
    )
    with office() as address:
        yield address


@pytest.fixture
def registry(address: str) -> Iterator[CivilRegistry]:
    with client_of(address) as registry:
        yield registry
