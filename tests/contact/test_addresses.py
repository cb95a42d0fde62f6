"""Addresses are encrypted for their row and kind, and nothing else is taken for an address."""

from datetime import datetime
from typing import Any

import pytest

from lindung.access.trail import SYSTEM
from lindung.contact.addresses import BadAddress, address_rows
from lindung.contact.models import Address
from lindung.contact.queries import Reachable, address_book
from lindung.contact.services import save_addresses

pytestmark = pytest.mark.django_db


def save(now: datetime, kind: str, addresses: dict[int, str]) -> int:
    return save_addresses(
        actor=SYSTEM,
        person_ids=list(addresses),
        kind=kind,
        values=list(addresses.values()),
        cause="upload:7",
        now=now,
    )


def test_what_was_saved_is_read_back_and_the_newest_counts(now: datetime) -> None:
    save(now, "email", {1: "lama@contoh.example", 2: "budi@contoh.example"})
    assert save(now, "email", {1: "Wati@Contoh.example"}) == 1
    save(now, "phone", {1: "+628001234567"})
    assert address_book([1, 2, 3]) == {
        1: Reachable("Wati@Contoh.example", "+628001234567"),
        2: Reachable("budi@contoh.example", ""),
    }


def test_the_table_holds_no_clear_address(now: datetime, db_connection: Any) -> None:
    save(now, "email", {1: "wati@contoh.example"})
    db_connection.execute("SELECT string_agg(a::text, '') FROM contact_address a")
    assert b"wati".hex() not in db_connection.fetchone()[0]


def test_equal_addresses_have_equal_indexes_however_they_are_written() -> None:
    rows = address_rows(
        person_ids=[1, 2, 3], kind="email", values=["A@contoh.example", "a@CONTOH.example", "b@contoh.example"]
    )
    assert rows.value_index[0] == rows.value_index[1] != rows.value_index[2]
    assert len(set(rows.value_encrypted)) == 3


@pytest.mark.parametrize(("from_key", "to_key"), [((1, "email"), (2, "email")), ((1, "phone"), (1, "email"))])
def test_an_address_moved_to_another_row_or_kind_does_not_open(
    now: datetime, from_key: tuple[int, str], to_key: tuple[int, str], caplog: pytest.LogCaptureFixture
) -> None:
    for person_id in (1, 2):
        save(now, "email", {person_id: f"orang{person_id}@contoh.example"})
        save(now, "phone", {person_id: f"+62800{person_id}234567"})
    moved = Address.objects.get(pk=from_key).value_encrypted
    Address.objects.filter(pk=to_key).update(value_encrypted=moved)
    assert address_book([to_key[0]])[to_key[0]].email == ""
    assert f"person {to_key[0]}" in caplog.text
    assert "contoh" not in caplog.text


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "wati"),
        ("email", "wati@contoh"),
        ("email", "a@contoh.example\r\nBcc: b@contoh.example"),
        ("email", "a b@contoh.example"),
        ("email", f"{'a' * 64}@{'b' * 190}.example"),
        ("phone", "0812345678"),
        ("phone", "+62800123456x"),
        ("phone", "+62800１23456"),
    ],
)
def test_what_is_no_address_is_refused_by_its_row_and_nothing_is_saved(now: datetime, kind: str, value: str) -> None:
    good = {"email": "baik@contoh.example", "phone": "+628001234567"}[kind]
    with pytest.raises(BadAddress) as refused:
        save(now, kind, {1: good, 2: value})
    assert refused.value.row == 1
    assert value not in str(refused.value)
    assert not Address.objects.exists()
