"""The check digit finds every single wrong digit and every swap of neighbours."""

from hypothesis import assume, given
from hypothesis import strategies as st

from lindung.lib import damm

digits = st.text("0123456789", min_size=1, max_size=20)


def test_the_published_example() -> None:
    assert damm.check_digit("572") == "4"


@given(digits)
def test_a_number_with_its_check_digit_is_valid(number: str) -> None:
    assert damm.is_valid(number + damm.check_digit(number))


@given(digits, st.data())
def test_one_wrong_digit_is_found(number: str, data: st.DataObject) -> None:
    whole = number + damm.check_digit(number)
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    assume(other != whole[at])
    assert not damm.is_valid(whole[:at] + other + whole[at + 1 :])


@given(digits, st.data())
def test_two_swapped_neighbours_are_found(number: str, data: st.DataObject) -> None:
    whole = number + damm.check_digit(number)
    at = data.draw(st.integers(0, len(whole) - 2))
    assume(whole[at] != whole[at + 1])
    assert not damm.is_valid(whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :])


@given(st.text(max_size=5))
def test_what_is_no_number_is_not_valid(text: str) -> None:
    assume(not (text.isascii() and text.isdigit()))
    assert not damm.is_valid(text)
