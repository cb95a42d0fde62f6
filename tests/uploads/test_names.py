"""Names as Indonesia writes them: what passes, what is asked about, what cannot be (B-032 to B-050)."""

import polars as pl
import pytest

from lindung.uploads.findings import FoundFaults
from lindung.uploads.names import bad_names, read_names
from lindung.uploads.sheet import Sheet


def judged(name: str) -> tuple[str | None, list[tuple[str, str]]]:
    """(the name as kept, [(code, params)])."""
    kept = read_names(pl.Series([name], dtype=pl.String))
    cells = pl.DataFrame({"row_no": [2], "A": [name]}, schema={"row_no": pl.UInt32, "A": pl.String})
    found = FoundFaults(Sheet("", 1, {"name": "A"}, {"A": "NAMA"}, cells, [], {}))
    bad_names(found, cells.select("row_no", name=kept), "name", "name")
    return kept[0], [(row["code"], row["params"]) for row in found.frame().iter_rows(named=True)]


@pytest.mark.parametrize(
    "name",
    [
        "Suharto", "U", "M. Y.", "Muh. Rizki", "Ma'ruf Amin", "O'Neil", "Ma’ruf", "Maʿruf", "Sri / Dewi",
        "Ahmad bin Abdullah", "Siti alias Ani", "Dr. H. Budi Santoso, S.Kom., M.M.", "René", "Ni Luh Putu Ayu",
        "Simanjuntak", "Lim Swie", "Nan", "Nil", "Siti-Aminah", "SITI AMINAH", "x" * 200, "Siti (almh)",
    ],
)  # fmt: skip
def test_names_pass_as_they_are(name: str) -> None:
    assert judged(name) == (name, [])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Siti   Aminah ", "Siti Aminah"),
        ("'Siti", "Siti"),
        ("Si\u200dti\u202e", "Siti"),
        ("Siti\u00a0Aminah\ufeff", "Siti Aminah"),
        ("Si\u00adti", "Siti"),
        ("ＳＩＴＩ", "SITI"),
        ("Rene\u0301", "Ren\u00e9"),
        ("Ma`ruf", "Ma'ruf"),
    ],
)
def test_blanks_and_what_nobody_sees_are_put_in_order(typed: str, kept: str) -> None:
    assert judged(typed) == (kept, [])


@pytest.mark.parametrize(
    ("name", "code", "marked"),
    [
        ("Siti 😀", "name_emoji", None),
        ("Siti 🇮🇩", "name_emoji", None),
        ("АNI", "name_foreign_letter", "[А]NI"),
        ("Σiti", "name_foreign_letter", "[Σ]iti"),
        ("李小龙", "name_foreign_letter", "[李][小][龙]"),
        ("-", "name_empty", None),
        (".", "name_empty", None),
        ("x" * 201, "name_long", None),
        ("<script>alert(1)</script>", "name_signs", None),
        ("{{7*7}}", "name_signs", None),
        ("${jndi:ldap://x}", "name_signs", None),
        ("'; DROP TABLE", "name_signs", "[;] DROP TABLE"),
        ("Z\u0336\u0337\u0338\u0334\u0335algo", "name_signs", None),
    ],
)
def test_what_no_name_can_be_is_refused_with_the_place_marked(name: str, code: str, marked: str | None) -> None:
    _, faults = judged(name)
    assert [fault for fault, _ in faults] == [code]
    assert marked is None or marked in faults[0][1]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Test", "name_test"),
        ("null", "name_test"),
        ("None", "name_test"),
        ("Yusuf 2", "name_digits"),
        ("7", "name_digits"),
        ("+62812", "name_unusual"),
        ("@SUM(A1)", "name_unusual"),
        ("=cmd|'/C calc'!A", "name_unusual"),
    ],
)
def test_strange_names_are_taken_and_asked_about(name: str, code: str) -> None:
    kept, faults = judged(name)
    assert kept == name
    assert code in [fault for fault, _ in faults]
    assert {fault for fault, _ in faults} <= {"name_test", "name_digits", "name_unusual"}
