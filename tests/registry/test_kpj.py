"""Numbers on cards: ours can be told by their check digit, others cannot be told at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.registry import kpj


def test_a_number_of_ours_has_eleven_digits_and_no_leading_zero() -> None:
    for _ in range(200):
        number = kpj.draw()
        assert len(number) == 11
        assert number[0] != "0"
        assert kpj.is_ours(number)
        assert kpj.check(number) == "ours"


@given(st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_makes_it_doubtful(place: int, step: int) -> None:
    number = kpj.draw()
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert not kpj.is_ours(wrong)
    assert kpj.check(wrong) == "doubtful"


@given(st.integers(0, 9))
def test_two_neighbours_swapped_make_it_doubtful(place: int) -> None:
    number = kpj.draw()
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not kpj.is_ours(swapped)


@pytest.mark.parametrize("number", ["12345678", "123456789012", "1234567890123"])
def test_other_lengths_can_be_numbers_of_former_systems(number: str) -> None:
    assert kpj.check(number) == "former"
    assert kpj.is_kpj(number)


@pytest.mark.parametrize("number", ["", "1234567", "12345678901234", "1234567890A", "١٢٣٤٥٦٧٨٩٠١", "123 456 789"])
def test_anything_else_is_no_cards_number(number: str) -> None:
    assert kpj.check(number) == "none"
    assert not kpj.is_ours(number)
