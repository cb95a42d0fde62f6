"""Sizes, mandatory programmes, and ages at registration."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import ImpossibleFact, Month, NotInForce, Programme
from lindung.law.enterprise import (
    SIZES,
    check_age_at_registration,
    completed_years,
    jkp_open,
    mandatory_programmes,
    size_by,
)

FEBRUARY = Month(2026, 2)
ALL_BUT_JKP = frozenset(Programme) - {Programme.JKP}


def test_a_larger_enterprise_never_takes_fewer_programmes() -> None:
    taken = [mandatory_programmes(size, FEBRUARY) for size in SIZES]
    assert [len(programmes) for programmes in taken] == [2, 3, 4, 4]
    assert all(one <= other for one, other in itertools.pairwise(taken))
    assert taken[-1] == ALL_BUT_JKP


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_more_capital_is_never_a_smaller_size(one: int, other: int) -> None:
    sizes = [SIZES.index(size_by("capital", amount, FEBRUARY)[0]) for amount in sorted((one, other))]
    assert sizes[0] <= sizes[1]


@pytest.mark.parametrize(
    ("birth_on", "on", "years"),
    [
        (date(1961, 2, 2), date(2026, 2, 1), 64),
        (date(1961, 2, 1), date(2026, 2, 1), 65),
        (date(1961, 1, 31), date(2026, 2, 1), 65),
        (date(1961, 3, 1), date(2026, 2, 28), 64),
        (date(1960, 2, 29), date(2025, 2, 28), 64),
        (date(1960, 2, 29), date(2025, 3, 1), 65),
        (date(1960, 2, 29), date(2024, 2, 29), 64),
    ],
)
def test_a_year_is_completed_on_the_birthday(birth_on: date, on: date, years: int) -> None:
    assert completed_years(birth_on, on) == years


def test_an_age_is_held_against_the_limit_of_the_day() -> None:
    check = check_age_at_registration
    name = "bpu/registration_age"
    assert check(name, None, None, date(2026, 2, 1)) is None
    limit = check(name, date(1961, 2, 2), None, date(2026, 2, 1))
    assert limit is not None
    assert limit.whole == 65
    with pytest.raises(ImpossibleFact, match=r"age: 65 .*under 65 years on the day of registration 2026-02-01") as one:
        check(name, date(1961, 2, 1), None, date(2026, 2, 1))
    assert one.value.fact == "age"
    assert check(name, date(1900, 1, 1), 64, date(2026, 2, 1)), "an age that is given counts before the birth date"
    with pytest.raises(ImpossibleFact):
        check(name, None, 65, date(2021, 4, 1))


def test_a_limit_that_is_only_recalled_refuses_nobody() -> None:
    limit = check_age_at_registration("bpu/registration_age", None, 64, date(2021, 3, 31))
    assert limit is not None
    assert (limit.whole, limit.confidence) == (56, "low")
    assert "recalled" in limit.doubts[0].en
    with pytest.raises(NotInForce):
        check_age_at_registration("bpu/registration_age", None, 30, date(2016, 1, 4))


def _open(size: str = "large", contract: str = "PKWTT", *, citizen: bool = True, jkn: bool = True) -> tuple[bool, str]:
    enrolled = mandatory_programmes(size, FEBRUARY)
    is_open, why = jkp_open(size=size, month=FEBRUARY, citizen=citizen, contract=contract, jkn=jkn, enrolled=enrolled)
    return is_open, why.en


def test_jkp_is_for_citizens_with_a_contract_in_all_the_programmes_of_their_size() -> None:
    assert _open() == _open(contract="PKWT") == (True, "a member of JKP without asking")
    assert _open("medium")[0]
    assert _open("small")[0]
    assert _open("micro") == (False, "not enrolled in JHT")
    assert _open("micro", jkn=False) == (False, "not enrolled in JHT, JKN")
    assert _open(jkn=False) == (False, "not enrolled in JKN")
    assert _open(citizen=False) == (False, "JKP is for citizens only")
    assert _open(contract="borongan") == (False, "JKP is for PKWT and PKWTT only")
    without_jp = ALL_BUT_JKP - {Programme.JP}
    for size, is_open in (("large", False), ("medium", False), ("small", True)):
        said = jkp_open(size=size, month=FEBRUARY, citizen=True, contract="PKWT", jkn=True, enrolled=without_jp)
        assert said[0] is is_open
