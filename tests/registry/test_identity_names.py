"""Names for comparing: capitals without titles and punctuation, whatever way they were typed (bad input C.2, C.5)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.registry.names import plain_mother_name, plain_name, plain_place


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Suharto", "SUHARTO"),  # B-032
        ("U", "U"),  # B-034
        ("M. Y.", "M Y"),
        ("M.Rizki", "M RIZKI"),
        ("Muh. Ali", "MUH ALI"),
        ("Ma'ruf", "MARUF"),  # B-035
        ("Ma’ruf", "MARUF"),
        ("Ma`ruf", "MARUF"),
        ("Maʿruf", "MARUF"),
        ("O'Neil", "ONEIL"),
        ("Sri / Dewi", "SRI DEWI"),  # B-036
        ("Sri-Dewi", "SRI DEWI"),
        ("Budi bin Ali", "BUDI BIN ALI"),
        ("Dr. H. Budi Contoh, S.Kom., M.M.", "BUDI CONTOH"),  # B-037
        ("Prof. Dr. Ir. Budi Contoh, Ph.D", "BUDI CONTOH"),
        ("Budi Contoh S.E.", "BUDI CONTOH"),
        ("Budi Contoh SKom", "BUDI CONTOH"),
        ("Siti Contoh, S. Pd", "SITI CONTOH"),
        ("Contoh, Hj.", "CONTOH"),
        ("H. M. Yusuf", "M YUSUF"),
        ("Ma Yun", "MA YUN"),
        ("Budi SE", "BUDI SE"),  # may be a name
        ("Drs. H.", "DRS H"),  # nothing would be left
        ("BUDI  CONTOH.", "BUDI CONTOH"),  # B-038
        ("budi contoh", "BUDI CONTOH"),
        ("René", "RENÉ"),  # B-039
        ("Rene\u0301", "RENÉ"),
        ("Ni Luh Putu", "NI LUH PUTU"),  # B-040
        ("Lim Swie", "LIM SWIE"),
        ("Lim, Swie", "LIM SWIE"),
        ("Yusuf 2", "YUSUF 2"),  # B-041
        ("7", "7"),
        ("\u0410NI", "ANI"),  # B-043: a Cyrillic A
        ("ＡＮＩ", "ANI"),
        ("De\u00adwi\u200b \u202eAni\ufeff", "DEWI ANI"),  # B-044
        ("Nan", "NAN"),  # B-045
        ("Nil", "NIL"),
        ("-", ""),
        ("=cmd|'/C calc'!A0", "CMD C CALC A0"),  # B-046
    ],
)
def test_a_name_is_plain(typed: str, plain: str) -> None:
    assert plain_name(typed) == plain


@pytest.mark.parametrize(
    "typed", ["SITI AMINAH", "Siti Aminah (alm)", "Hj. Siti Aminah", "Siti Aminah, Almh.", "siti  aminah"]
)
def test_a_mother_is_the_same_with_her_titles_and_without(typed: str) -> None:  # B-080
    assert plain_mother_name(typed) == "SITI AMINAH"


@pytest.mark.parametrize("typed", [None, "", "-", ".", "0", "tidak tahu", "TIDAK DIKETAHUI", "(almh)"])
def test_a_mother_whom_nobody_knows_has_no_name(typed: str | None) -> None:
    assert plain_mother_name(typed) == ""


def test_a_place_keeps_what_would_be_a_title_in_a_name() -> None:
    assert plain_place("Kab. Uji, Prov. Contoh") == "KAB UJI PROV CONTOH"
    assert plain_place("H. Contoh") == "H CONTOH"
    assert plain_place(None) == ""


@given(st.text(max_size=60))
def test_a_plain_name_is_made_of_words_with_single_spaces_and_keeps_no_mark(typed: str) -> None:
    plain = plain_name(typed)
    assert plain == " ".join(plain.split())
    assert plain == unicodedata.normalize("NFC", plain)
    assert all(letter == " " or letter.isalnum() for letter in plain)


@given(st.text(alphabet="abcdefgHIJ .,'-", max_size=40))
def test_a_name_with_a_letter_never_becomes_nothing(typed: str) -> None:
    assert bool(plain_name(typed)) is any(letter.isalnum() for letter in typed)
