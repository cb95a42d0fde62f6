"""Reading the civil registry: the table of codes, the older texts, and nothing else ever a match."""

import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.partners.dukcapil.answers import (
    Compared,
    Deceased,
    Duplicate,
    Inactive,
    Invalid,
    Match,
    NotFound,
    Outcome,
    Unavailable,
    read_answer,
    read_comparison,
)

NIK = "9901014505900001"
SENT = ("NAMA_LGKP", "TGL_LHR")
GOOD = {"NIK": NIK, "NAMA_LGKP": "Sesuai (92)", "TGL_LHR": "Sesuai"}


def page(*rows: object, **more: object) -> bytes:
    return json.dumps({"content": list(rows), "numberOfElements": len(rows), **more}).encode()


def read(*rows: object, **more: object) -> Outcome:
    return read_answer(200, page(*rows, **more), nik=NIK, sent=SENT)


def test_every_element_that_was_sent_is_compared() -> None:
    expected = Compared({"NAMA_LGKP": Match(True, 92), "TGL_LHR": Match(True, 100)}, 1523)
    assert read(GOOD, quotaLimiter=1523) == expected
    assert read({**GOOD, "RESPONSE_CODE": "00"}, quotaLimiter="1523") == expected
    assert read({**GOOD, "RESPONSE_CODE": 1}, quotaLimiter=1523) == expected
    assert read({**GOOD, "NIK": int(NIK)}, quotaLimiter=1523) == expected
    assert read({**GOOD, "NIK": "Sesuai"}, quotaLimiter=1523) == expected
    assert read({name.lower(): text for name, text in GOOD.items()}, quotaLimiter=1523) == expected


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("Sesuai (100)", Match(True, 100)),
        ("Sesuai", Match(True, 100)),
        ("sesuai(92)", Match(True, 92)),
        ("  TIDAK  SESUAI ( 40 )", None),
        ("  TIDAK  SESUAI (40) ", Match(False, 40)),
        ("Tidak Sesuai", Match(False, 0)),
        ("Tidak Sesuai (0)", Match(False, 0)),
        ("Sesuai (101)", None),
        ("Sesuai (-1)", None),
        ("Sesuai (9.2)", None),
        ("Sesuai ٩٢", None),
        ("Sesuai (٩٢)", None),
        ("ſesuai", None),
        ("Sesuai sekali", None),
        ("Tidak", None),
        ("TidakSesuai", None),
        ("", None),
        (None, None),
        (True, None),
        (100, None),
        (["Sesuai"], None),
    ],
)
def test_a_comparison_is_read_by_its_grammar_alone(text: object, match: Match | None) -> None:
    assert read_comparison(text) == match


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("03", Unavailable("config", "code 03")),
        ("04", Unavailable("config", "code 04")),
        ("05", Unavailable("quota", "code 05")),
        ("06", Unavailable("hours", "code 06")),
        ("07", Unavailable("bug", "code 07")),
        ("08", NotFound()),
        ("09", Unavailable("config", "code 09")),
        ("10", Unavailable("config", "code 10")),
        ("11", Deceased()),
        ("12", Duplicate()),
        ("13", NotFound()),
        ("14", Inactive()),
        ("15", Invalid()),
        ("16", Unavailable("config", "code 16")),
        ("17", Unavailable("config", "code 17")),
        ("5", Unavailable("quota", "code 05")),
        (13, NotFound()),
        ("02", Unavailable("shape", "unknown code")),
        ("18", Unavailable("shape", "unknown code")),
        ("99", Unavailable("shape", "unknown code")),
        ("013", Unavailable("shape", "unknown code")),
        ("-1", Unavailable("shape", "unknown code")),
        ("", Unavailable("shape", "unknown code")),
        (True, Unavailable("shape", "unknown code")),
        (1.0, Unavailable("shape", "unknown code")),
        ({}, Unavailable("shape", "unknown code")),
    ],
)
def test_a_code_means_what_the_table_says(code: object, expected: Outcome) -> None:
    assert read({"RESPONSE_CODE": code, "RESPONSE_DESC": "...", "RESPONSE": "..."}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Data Tidak Ditemukan", NotFound()),
        ("DATA TIDAK DITEMUKAN.", NotFound()),
        ("data  tidak ditemukan ", NotFound()),
        ("Login Gagal", Unavailable("config", "code 03")),
        ("IP Address Tidak Sesuai", Unavailable("config", "code 04")),
        ("Kuota Akses Hari ini telah Habis", Unavailable("quota", "code 05")),
        ("User tidak ditemukan", Unavailable("shape", "unknown code")),
        ("Sesuai", Unavailable("shape", "unknown code")),
        (7, Unavailable("shape", "unknown code")),
    ],
)
def test_a_deployment_without_codes_is_understood_by_its_words(text: object, expected: Outcome) -> None:
    assert read({"RESPON": text}) == expected
    assert read({**GOOD, "Respon": text}) == expected


def test_found_and_not_found_in_one_breath_is_no_answer() -> None:
    assert read({**GOOD, "RESPONSE_CODE": "00", "RESPON": "Data Tidak Ditemukan"}) == Unavailable(
        "shape", "unknown code"
    )


@pytest.mark.parametrize("echo", ["9901014505900002", int(NIK) + 1, "Tidak Sesuai", "Sesuai (40)", "", None, True, []])
def test_an_answer_about_another_person_is_no_answer(echo: object) -> None:  # B-083
    assert read({**GOOD, "NIK": echo}) == Unavailable("shape", "about another NIK")


def test_a_refusal_need_not_repeat_the_number_but_may_not_name_another() -> None:
    assert read({"RESPONSE_CODE": "11", "NIK": NIK}) == Deceased()
    assert read({"RESPONSE_CODE": "11", "NIK": "9901014505900002"}) == Unavailable("shape", "about another NIK")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Portal</body></html>",
        b'{"content":[{"NAMA_LGKP":"Sesuai (1',
        b"[]",
        b"null",
        b"7",
        b"[" * 100_000,
        b"\xff\xfe\x00",
        page(),
        page(GOOD, GOOD),
        page("Sesuai"),
        page([GOOD]),
        page({}),
        page({"NIK": NIK}),
        page({"NIK": NIK, "NAMA_LGKP": "Sesuai (92)"}),
        page({**GOOD, "TGL_LHR": "05-05-1990"}),
        page({**GOOD, "NAMA_LGKP": "DEWI CONTOH LESTARI"}),
        page({**GOOD, "NAMA_LGKP": ["Sesuai"]}),
        json.dumps(GOOD).encode(),
        json.dumps({"content": GOOD}).encode(),
        b'{"content":[{"NIK":"%s","NAMA_LGKP":"Tidak Sesuai","NAMA_LGKP":"Sesuai","TGL_LHR":"Sesuai"}]}' % NIK.encode(),
        b'{"content":[{"NIK":"%s","NAMA_LGKP":"Tidak Sesuai","nama_lgkp":"Sesuai","TGL_LHR":"Sesuai"}]}' % NIK.encode(),
    ],
)
def test_what_is_not_understood_says_nothing_about_the_person(body: bytes) -> None:  # B-082
    outcome = read_answer(200, body, nik=NIK, sent=SENT)
    assert isinstance(outcome, Unavailable)
    assert outcome.kind == "shape"


@pytest.mark.parametrize(
    ("status", "retry_after", "expected"),
    [
        (500, "", Unavailable("outage", "HTTP 500")),
        (502, "120", Unavailable("outage", "HTTP 502", 120)),
        (503, "999999", Unavailable("outage", "HTTP 503", 86_400)),
        (503, "Sat, 21 Nov 2026 07:28:00 GMT", Unavailable("outage", "HTTP 503")),
        (429, "30", Unavailable("outage", "HTTP 429", 30)),
        (408, "", Unavailable("outage", "HTTP 408")),
        (400, "", Unavailable("bug", "HTTP 400")),
        (415, "", Unavailable("bug", "HTTP 415")),
        (401, "", Unavailable("config", "HTTP 401")),
        (403, "", Unavailable("config", "HTTP 403")),
        (404, "", Unavailable("config", "HTTP 404")),
        (302, "", Unavailable("config", "HTTP 302")),
        (201, "", Unavailable("shape", "HTTP 201")),
        (204, "", Unavailable("shape", "HTTP 204")),
        (418, "", Unavailable("shape", "HTTP 418")),
    ],
)
def test_only_http_200_is_read_at_all(status: int, retry_after: str, expected: Outcome) -> None:
    assert read_answer(status, page(GOOD), nik=NIK, sent=SENT, retry_after=retry_after) == expected


# Anything that JSON can say, with the words of the interface strewn in, so that near misses are common.
NAMED = ("NIK", "NAMA_LGKP", "TGL_LHR", "RESPONSE_CODE", "RESPON")
SAID = ("Sesuai", "Sesuai (92)", "Tidak Sesuai (40)", "sesuai ", "SESUAI(100)", "Data Tidak Ditemukan", "00", "13")
WORDS = st.sampled_from(["content", *NAMED, *SAID, NIK, "9901014505900002"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | WORDS
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(), inner, max_size=6),
    max_leaves=12,
)
ROWS = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMED, LEAVES))


def must_be_earned(body: Any, outcome: Outcome) -> None:
    """What ``Compared`` claims stands in the body, letter by letter."""
    if not isinstance(outcome, Compared):
        return
    (row,) = body["content"]
    assert row.get("RESPONSE_CODE") in (None, 0, 1, "0", "1", "00", "01")
    assert row.get("RESPON") is None
    assert str(row["NIK"]).strip() == NIK or str(row["NIK"]).strip().lower().startswith("sesuai")
    assert set(outcome.matches) == set(SENT)
    for name, match in outcome.matches.items():
        bare = "".join(letter for letter in row[name].lower() if letter in string.ascii_lowercase)
        assert bare == ("sesuai" if match.ok else "tidaksesuai")
        assert 0 <= match.score <= 100


@given(TREES)
def test_no_json_whatsoever_becomes_a_match_that_is_not_written_there(tree: Any) -> None:
    must_be_earned(tree, read_answer(200, json.dumps(tree).encode(), nik=NIK, sent=SENT))


@given(ROWS)
def test_no_row_becomes_a_match_that_is_not_written_there(row: dict[str, Any]) -> None:
    must_be_earned({"content": [row]}, read(row))


@given(st.binary())
def test_no_bytes_whatsoever_become_a_match(body: bytes) -> None:
    assert isinstance(read_answer(200, body, nik=NIK, sent=SENT), Unavailable)


@given(st.integers(100, 599).filter(lambda status: status != 200), st.text())
def test_no_other_status_says_anything_about_a_person(status: int, retry_after: str) -> None:
    outcome = read_answer(status, page(GOOD), nik=NIK, sent=SENT, retry_after=retry_after)
    assert isinstance(outcome, Unavailable)
    assert outcome.retry_after_seconds is None or 0 <= outcome.retry_after_seconds <= 86_400


@given(st.sampled_from(["", "Sesuai (", "sesuai", "Tidak "]), st.text(max_size=12))
def test_a_comparison_is_a_match_only_when_it_says_so_and_nothing_more(before: str, after: str) -> None:
    match = read_comparison(before + after)
    letters = "".join((before + after).split()).lower().rstrip(")0123456789").rstrip("(")
    assert (match is not None) <= (letters in ("sesuai", "tidaksesuai"))
    if match is not None:
        assert match.ok == (letters == "sesuai")
