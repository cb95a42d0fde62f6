"""Invented persons: nobody real, nobody twice, and what a number says is true."""

import os
import subprocess
import sys
from datetime import date

import numpy as np
import polars as pl
import pytest

from lindung.nation.draws import Draws
from lindung.nation.people import invent
from lindung.nation.rates import USUAL
from lindung.nation.wages import starting_wages, wages_after

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    return invent(1, first=0, count=20_000, today=TODAY)


def test_the_same_seed_gives_the_same_people_wherever_one_begins() -> None:
    many = invent(7, first=500, count=300, today=TODAY)
    assert many.equals(invent(7, first=500, count=300, today=TODAY))
    assert many[100:120].equals(invent(7, first=600, count=20, today=TODAY))
    assert not many.equals(invent(8, first=500, count=300, today=TODAY))


def test_no_two_people_share_a_nik_or_a_mail_address(people: pl.DataFrame) -> None:
    for column in ("nik", "email"):
        given = people[column].drop_nulls()
        assert given.n_unique() == len(given)


def test_people_of_one_seed_never_meet_those_of_another() -> None:
    ours = invent(1, first=0, count=5_000, today=TODAY)
    theirs = invent(2, first=5_000, count=5_000, today=TODAY)
    assert not set(ours["nik"]) & set(theirs["nik"])


def test_nobody_could_be_real(people: pl.DataFrame) -> None:
    assert people["nik"].str.contains("^99[0-9]{14}$").all()
    assert people["kk"].str.contains("^99[0-9]{14}$").all()
    assert people["phone"].drop_nulls().str.contains(r"^\+62800[0-9]{8}$").all()
    domains = set(people["email"].drop_nulls().str.split("@").list.last())
    assert all(name.startswith("example.") or name.endswith(".example") for name in domains)
    assert people["address"].str.contains("(Uji|Contoh|Rekaan|Khayal|Andai|Misal|Coba|Umpama)$").all()


def test_everybody_can_be_reached_one_way_or_the_other(people: pl.DataFrame) -> None:
    assert people.filter(pl.col("email").is_null() & pl.col("phone").is_null()).is_empty()


def test_a_nik_tells_the_birth_date_and_the_sex(people: pl.DataFrame) -> None:
    days = people["nik"].str.slice(6, 2).cast(pl.Int64)
    born = days - 40 * (people["sex"] == "P").cast(pl.Int64)
    assert (born == people["birth_on"].dt.day()).all()
    assert (people["nik"].str.slice(8, 4) == people["birth_on"].dt.strftime("%m%y")).all()


def test_no_number_makes_the_simulated_civil_registry_answer_on_order(people: pl.DataFrame) -> None:
    serials = people["nik"].str.slice(12).cast(pl.Int64)
    assert ((serials >= 1_000) & ~serials.is_between(8_000, 8_999)).all()


def test_some_have_one_name_only_and_some_are_past_the_pension_age(people: pl.DataFrame) -> None:
    single = (~people["name"].str.contains(" ")).mean()
    assert 0.1 < single < 0.25
    old = (people["birth_on"] < date(1967, 11, 21)).mean()
    assert 0.005 < old < 0.03
    assert (people["birth_on"] <= date(2008, 9, 21)).all()
    assert (people["birth_on"] > date(1960, 1, 1)).all()


def test_more_people_than_there_are_numbers_for_are_refused() -> None:
    with pytest.raises(ValueError, match="number 0 to 319999"):
        invent(1, first=319_990, count=20, today=TODAY)


def test_wages_are_round_never_below_the_least_and_grow_each_january() -> None:
    starting = starting_wages(Draws(1), USUAL, np.arange(10_000), 2_600_000)
    later = wages_after(starting, 1)
    assert (starting % 1_000 == 0).all()
    assert (later % 1_000 == 0).all()
    assert (later > starting).all()
    assert starting.min() == 2_600_000


def test_the_nation_cannot_be_imported_in_production() -> None:
    asked = subprocess.run(
        [sys.executable, "-c", "import lindung.nation.people"],
        env={**os.environ, "LINDUNG_ENV": "production"},
        capture_output=True,
        text=True,
    )
    assert asked.returncode != 0
    assert "refused in production" in asked.stderr
