"""Telephone numbers and e-mail addresses as they are typed (B-061 to B-072)."""

import polars as pl
import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from lindung.contact.addresses import is_address
from lindung.uploads.contacts import read_emails, read_phones
from tests.often import often

few = settings(max_examples=often(40), deadline=None)


def phone(text: str | None) -> tuple[str | None, str | None]:
    return read_phones(pl.Series([text], dtype=pl.String)).select("phone", "phone_fault").row(0)


def email(text: str | None) -> tuple[str | None, str | None]:
    return read_emails(pl.Series([text], dtype=pl.String)).select("email", "email_fault").row(0)


@pytest.mark.parametrize(
    "text",
    [
        "081234567890", "6281234567890", "+62 812-3456-7890", "(0812) 3456 7890", "81234567890", "006281234567890",
        "+62 0812 3456 7890", "'081234567890", "HP: 0812.3456.7890", "81234567890.0", "０８１２３４５６７８９０",
    ],
)  # fmt: skip
def test_a_mobile_number_has_many_forms_and_one_meaning(text: str) -> None:
    assert phone(text) == ("+6281234567890", None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("0215550100", "phone_landline"),
        ("(021) 555-0100", "phone_landline"),
        ("081234567", "phone_length"),
        ("08123456789012", "phone_length"),
        ("0868123456789", "phone_not_mobile"),
        ("08091234567", "phone_not_mobile"),
        ("0812345678/0813456789", "phone_two"),
        ("0812345678, 0813456789", "phone_two"),
        ("8.12E+10", "phone_unreadable"),
        ("tidak ada", "phone_unreadable"),
        ("12345", "phone_unreadable"),
    ],
)
def test_what_is_no_mobile_number_has_its_own_reason(text: str, fault: str) -> None:
    assert phone(text) == (None, fault)


@pytest.mark.parametrize("text", [None, "", "-", " "])
def test_no_number_is_no_fault(text: str | None) -> None:
    assert phone(text) == (None, None)
    assert email(text) == (None, None)


def test_a_foreign_number_is_taken_as_it_is() -> None:
    assert phone("+60 12-345 6789") == ("+60123456789", None)
    assert phone("0060123456789") == ("+60123456789", None)


def test_a_landline_is_kept_apart() -> None:
    assert read_phones(pl.Series(["021-5550100"]))["landline"][0] == "+62215550100"


def test_invented_numbers_are_refused_in_production_only() -> None:
    assert phone("080012345678") == ("+6280012345678", None)
    with override_settings(PRODUCTION=True):
        assert phone("080012345678") == (None, "phone_not_mobile")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("siti@contoh.example", "siti@contoh.example"),
        (" Siti.Aminah+kerja@CONTOH.Example ", "Siti.Aminah+kerja@contoh.example"),
        ("mailto:siti@contoh.example", "siti@contoh.example"),
        ("Siti Contoh <siti@contoh.example>", "siti@contoh.example"),
        ("siti@contoh.example;", "siti@contoh.example"),
    ],
)
def test_an_address_is_put_in_order_and_its_first_part_kept(text: str, kept: str) -> None:
    assert email(text) == (kept, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("siti", "email_unreadable"),
        ("siti@contoh", "email_unreadable"),
        ("siti@@contoh.example", "email_unreadable"),
        ("sïti@contoh.example", "email_unreadable"),
        ("<script>@x", "email_unreadable"),
        ("a\nBcc: b@contoh.example", "email_unreadable"),
        ("a@contoh.example, b@contoh.example", "email_two"),
        ("a@contoh.example b@contoh.example", "email_two"),
        ("x" * 250 + "@contoh.example", "email_unreadable"),
    ],
)
def test_what_is_no_address_has_a_reason(text: str, fault: str) -> None:
    assert email(text) == (None, fault)


@few
@given(st.text(max_size=30))
def test_what_is_taken_can_be_written_to(text: str) -> None:
    for kind, (value, _) in (("phone", phone(text)), ("email", email(text))):
        assert value is None or is_address(kind, value)


@few
@given(st.from_regex(r"[0+][0-9 ]{6,16}", fullmatch=True))
def test_what_looks_like_a_number_is_one_or_has_a_reason(text: str) -> None:
    value, fault = phone(text)
    assert (value is None) == (fault is not None)
    assert value is None or is_address("phone", value)
