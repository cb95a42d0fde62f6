from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from pytest_django import Settings

from lindung.access.trail import SYSTEM
from lindung.contact.queries import address_book
from lindung.lib.crypto import blind_index, decrypt
from lindung.registry import kpj, queries
from lindung.registry.services import EmployerRefused, NppTaken, WorkersRefused, report_exits
from tests.registry.makers import START, added, assert_clean, employer, one, register, worker

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("size", "programmes"),
    [
        ("large", {"JHT", "JP", "JKK", "JKM", "JKP"}),
        ("medium", {"JHT", "JP", "JKK", "JKM", "JKP"}),
        ("small", {"JHT", "JKK", "JKM"}),
        ("micro", {"JKK", "JKM"}),
    ],
)
def test_a_firm_has_the_programmes_that_its_size_must_have(size: str, programmes: set[str], now: datetime) -> None:
    assert queries.employer(employer(now, size=size)).programmes == programmes


def test_a_firm_may_have_more_programmes_than_it_must_but_not_fewer(now: datetime) -> None:
    chosen = frozenset({"JKK", "JKM", "JHT"})
    assert queries.employer(employer(now, size="micro", programmes=chosen)).programmes == chosen
    with pytest.raises(EmployerRefused, match="JP"):
        employer(now, "ZZ2", size="large", programmes=chosen)


@pytest.mark.parametrize(
    "words",
    [
        {"size": "giant"},
        {"jkk_class": "VI"},
        {"name": " "},
        {"npp": "with space"},
        {"npp": "12345678901234567"},
        {"programmes": frozenset({"JKK", "JKM", "JHT", "JP", "XX"})},
    ],
)
def test_an_impossible_firm_is_refused(words: dict[str, Any], now: datetime) -> None:
    with pytest.raises(EmployerRefused):
        employer(now, **words)


def test_an_npp_belongs_to_one_firm(now: datetime) -> None:
    employer(now, "ZZ7a")
    with pytest.raises(NppTaken):
        employer(now, "zz7A")


def test_new_people_get_a_card_an_employment_and_encrypted_rows(now: datetime) -> None:
    firm = employer(now)
    placed = register(firm, [worker(2), worker(1, email=None), worker(3, phone=None)], now)
    assert placed["known"].to_list() == [False] * 3
    assert all(kpj.is_ours(number) for number in placed["kpj"])
    person_id = placed["person_id"][0]
    row = one("SELECT name, nik_encrypted, nik_index, mother_name_encrypted, identity, citizen FROM registry_person"
              " WHERE id = %s", person_id)  # fmt: skip
    assert row[0] == "Pekerja 2"
    assert decrypt(row[1], f"registry_person.nik_encrypted:{person_id}") == worker(2)["nik"].encode()
    assert bytes(row[2]) == blind_index("nik", worker(2)["nik"])
    assert decrypt(row[3], f"registry_person.mother_name_encrypted:{person_id}") == b"Ibu 2"
    assert row[4:] == ("matched", True)
    reachable = address_book(placed["person_id"].to_list())
    assert [reachable[person].email for person in placed["person_id"]] == ["p2@contoh.example", "", "p3@contoh.example"]
    assert reachable[placed["person_id"][2]].phone == ""
    month = queries.employments_in(employer_id=firm, month_on=START)
    assert set(month["employment_id"]) == set(placed["employment_id"])
    assert set(month["employee_no"]) == {"K1", "K2", "K3"}
    assert_clean()


def test_a_known_nik_never_makes_a_second_person_but_an_employment_on_its_card(now: datetime) -> None:
    first = register(employer(now), [worker(1), worker(2)], now)
    second = register(employer(now, "ZZ2"), [worker(3), worker(1, email="thief@example.com")], now)
    assert second["known"].to_list() == [False, True]
    assert second["person_id"][1] == first["person_id"][0]
    assert second["kpj"][1] == first["kpj"][0]
    assert second["employment_id"][1] != first["employment_id"][0]
    # A new employer may not redirect somebody's messages.
    assert address_book([first["person_id"][0]])[first["person_id"][0]].email == "p1@contoh.example"
    assert added("registry_person") == 3
    assert_clean()


def test_the_same_list_twice_changes_nothing(now: datetime) -> None:
    firm = employer(now)
    first = register(firm, [worker(1), worker(2)], now)
    again = register(firm, [worker(2), worker(1)], now)
    assert again["known"].all()
    assert again["employment_id"].to_list() == first["employment_id"].to_list()[::-1]
    assert added("registry_employment") == 2


def test_who_left_and_comes_back_gets_a_new_employment_on_the_old_card(now: datetime) -> None:
    firm = employer(now)
    first = register(firm, [worker(1), worker(2)], now)
    exits = first.head(1).select("employment_id", until_on=pl.lit(date(2026, 3, 1)), cause=pl.lit("A1"))
    assert report_exits(actor=SYSTEM, employer_id=firm, exits=exits, now=now) == 1
    back = register(firm, [worker(1, from_on=date(2026, 6, 1))], now)
    assert back["kpj"][0] == first["kpj"][0]
    assert back["employment_id"][0] != first["employment_id"][0]
    assert queries.employments_in(employer_id=firm, month_on=date(2026, 4, 1)).height == 1
    assert queries.employments_in(employer_id=firm, month_on=date(2026, 6, 1)).height == 2
    assert_clean()


def test_a_nik_that_belongs_to_somebody_else_is_refused(now: datetime) -> None:
    register(employer(now), [worker(1)], now)
    with pytest.raises(WorkersRefused) as refused:
        register(employer(now, "ZZ2"), [worker(5), worker(1, birth_on=date(1991, 5, 5))], now)
    (fault,) = refused.value.faults
    assert (fault.row, fault.column, fault.code) == (1, "nik", "somebody_elses")


@pytest.mark.parametrize(
    ("changed", "column", "code"),
    [
        ({"nik": "99"}, "nik", "not_a_nik"),
        ({"nik": None}, "nik", "missing"),
        ({"nik": "9901010101900002"}, "nik", "repeated"),
        ({"name": "  "}, "name", "empty"),
        ({"mother_name": None}, "mother_name", "missing"),
        ({"sex": "X"}, "sex", "unknown"),
        ({"birth_on": date(2026, 1, 1)}, "birth_on", "after_start"),
        ({"email": "nobody"}, "email", "not_an_address"),
        ({"phone": "0800"}, "phone", "not_an_address"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(
    changed: dict[str, Any], column: str, code: str, now: datetime
) -> None:
    firm = employer(now)
    with pytest.raises(WorkersRefused) as refused:
        register(firm, [worker(2), worker(3), worker(1, **changed)], now)
    assert (2, column, code) in [(fault.row, fault.column, fault.code) for fault in refused.value.faults]
    assert added("registry_nikindex") == 0


def test_the_fictitious_province_is_refused_in_production(now: datetime, settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(WorkersRefused) as refused:
        register(employer(now), [worker(1)], now)
    assert refused.value.faults[0].code == "invented"


def test_jkp_is_for_the_young_and_through_one_employer(now: datetime) -> None:
    def members(employer_id: int) -> list[bool]:
        month = queries.employments_in(employer_id=employer_id, month_on=START)
        return month.sort("name")["jkp_member"].to_list()

    first, second = employer(now), employer(now, "ZZ2")
    register(first, [worker(1), worker(2, birth_on=date(1972, 1, 1)), worker(3, birth_on=date(1972, 1, 2))], now)
    assert members(first) == [True, False, True]
    register(second, [worker(1), worker(4)], now)
    assert members(second) == [False, True]
    small = employer(now, "ZZ3", size="small")
    register(small, [worker(6)], now)
    assert members(small) == [False]
