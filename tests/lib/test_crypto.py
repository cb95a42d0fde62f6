"""Field encryption: bound to its place, changed bytes do not open; blind indexes need the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.lib import crypto


@given(st.text())
def test_what_was_encrypted_for_a_place_opens_there(text: str) -> None:
    assert crypto.decrypt(crypto.encrypt(text, "t.c:1"), "t.c:1").decode() == text


@given(st.text(), st.sampled_from(["t.c:2", "t.d:1", "u.c:1", ""]))
def test_it_opens_nowhere_else(text: str, place: str) -> None:
    with pytest.raises(crypto.CannotDecrypt):
        crypto.decrypt(crypto.encrypt(text, "t.c:1"), place)


@given(st.binary(min_size=1), st.integers(0, 10**6))
def test_one_changed_bit_is_noticed(text: bytes, where: int) -> None:
    sealed = bytearray(crypto.encrypt(text, "t.c:1"))
    sealed[where % len(sealed)] ^= 1
    with pytest.raises(crypto.CannotDecrypt):
        crypto.decrypt(bytes(sealed), "t.c:1")


def test_the_same_value_never_looks_the_same_twice() -> None:
    assert crypto.encrypt("a", "t.c:1") != crypto.encrypt("a", "t.c:1")


@given(st.lists(st.text(), max_size=20))
def test_a_column_is_encrypted_like_its_rows(values: list[str]) -> None:
    sealed = crypto.encrypt_column(values, "t.c", range(len(values)))
    opened = [crypto.decrypt(cell, f"t.c:{row}").decode() for row, cell in enumerate(sealed)]
    assert opened == values


@given(st.lists(st.text(), max_size=20))
def test_a_column_is_indexed_like_its_values(values: list[str]) -> None:
    assert crypto.blind_index_column("nik", values) == [crypto.blind_index("nik", value) for value in values]


def test_equal_values_of_different_kinds_have_different_indexes() -> None:
    assert crypto.blind_index("nik", "9901010101900001") != crypto.blind_index("phone", "9901010101900001")
