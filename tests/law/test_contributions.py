"""One formula, four readings, and what must hold of every answer."""

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import ImpossibleFact, Month, NotInForce, Programme
from lindung.law.contributions import BILLED_KEYS, KEYS, assess, explain, sql_expressions
from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.law.parameters import load
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.law.wording import LANGUAGES

ALL = frozenset(Programme)
BILLED = ALL - {Programme.JKP}
FEBRUARY = Month(2026, 2)

wages = st.one_of(st.integers(0, 40_000_000), st.integers(0, MOST_WAGE_RUPIAH))
months = st.integers(Month(2021, 2).index, Month(2030, 12).index).map(
    lambda index: Month(2021, 2).plus(index - Month(2021, 2).index)
)
classes = st.sampled_from(RISK_CLASSES)


def _column(*values: int) -> npt.NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def _all(month: Month, jkk_class: str, column: npt.NDArray[np.int64]) -> Any:
    everybody = np.ones(len(column), dtype=bool)
    return assess(month=month, jkk_class=jkk_class, programmes=ALL, wages=column, jkp_member=everybody)


@given(months, classes, st.lists(wages, min_size=1, max_size=20))
def test_the_columns_the_lines_and_exact_decimals_agree_to_the_rupiah(
    month: Month, jkk_class: str, some: list[int]
) -> None:
    columns = _all(month, jkk_class, _column(*some))
    for row, wage in enumerate(some):
        lines = explain(month=month, wage=wage, jkk_class=jkk_class, programmes=ALL, jkp_member=True)
        assert tuple(line.key for line in lines) == KEYS
        for line in lines:
            exact = Decimal(line.base_rupiah) * line.rate.numerator / line.rate.denominator
            assert line.amount_rupiah == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
            assert line.amount_rupiah == getattr(columns, line.key)[row]


@given(months, classes, wages, st.sampled_from(LANGUAGES))
def test_every_sentence_ends_with_the_amount_of_its_line(
    month: Month, jkk_class: str, wage: int, language: Any
) -> None:
    lines = explain(month=month, wage=wage, jkk_class=jkk_class, programmes=ALL, jkp_member=True, language=language)
    for line in lines:
        said = re.search(r" = Rp([\d.,]+) \((.+)\)$", line.sentence)
        assert said is not None
        assert int(re.sub(r"\D", "", said[1])) == line.amount_rupiah
        assert said[2] == line.article


@given(months, classes, wages, wages)
def test_a_higher_wage_never_owes_less(month: Month, jkk_class: str, one: int, other: int) -> None:
    columns = _all(month, jkk_class, _column(min(one, other), max(one, other)))
    assert all(getattr(columns, key)[0] <= getattr(columns, key)[1] for key in KEYS)


@given(months, classes, st.lists(wages, max_size=20))
def test_the_sums_equal_their_parts(month: Month, jkk_class: str, some: list[int]) -> None:
    columns = _all(month, jkk_class, _column(*some))
    totals = columns.totals()
    for key in KEYS:
        assert totals[key] == sum(int(amount) for amount in getattr(columns, key))
    assert totals["amount"] == sum(totals[key] for key in BILLED_KEYS)
    assert totals["amount"] == sum(int(amount) for amount in columns.amount())


@given(months, classes, wages)
def test_the_jkp_split_never_takes_more_than_the_bills_hold(month: Month, jkk_class: str, wage: int) -> None:
    columns = _all(month, jkk_class, _column(wage))
    assert columns.jkp_from_jkk[0] <= columns.jkk[0]
    assert columns.jkp_from_jkm[0] <= columns.jkm[0]


@given(st.integers(0, 400), st.sampled_from(sorted(BILLED)))
def test_nothing_is_owed_before_july_2015(months_before: int, programme: Programme) -> None:
    month = Month(2015, 6).plus(-months_before)
    with pytest.raises(NotInForce, match="July 2015"):
        explain(month=month, wage=1, jkk_class="I", programmes=frozenset({programme}))


def test_jkp_begins_with_february_2021() -> None:
    with pytest.raises(NotInForce, match="February 2021"):
        sql_expressions(Month(2021, 1), None, frozenset({Programme.JKP}))
    assert set(sql_expressions(Month(2021, 2), None, frozenset({Programme.JKP}))) == set(KEYS[6:])


def test_the_sentence_names_rate_wage_ceiling_amount_and_article() -> None:
    jp = {"month": Month(2026, 3), "wage": 12_000_000, "jkk_class": None, "programmes": frozenset({Programme.JP})}
    assert explain(**jp)[1].sentence == (
        "1% dari yang lebih kecil antara upah Rp12.000.000 dan batas upah JP Rp11.086.300 = Rp110.863 "
        "(PP 45/2015 Pasal 28 ayat 3)"
    )
    assert explain(**jp, language="en")[1].sentence == (
        "1% of the smaller of wage Rp12,000,000 and JP wage ceiling Rp11,086,300 = Rp110,863 (PP 45/2015 art 28(3))"
    )


def test_a_line_whose_amount_was_rounded_says_that_the_law_is_silent_and_only_then() -> None:
    facts = {"month": FEBRUARY, "jkk_class": None, "programmes": frozenset({Programme.JHT}), "language": "en"}
    assert explain(wage=1_000_000, **facts)[0].doubts == ()
    assert "does not fix rounding" in explain(wage=1_000_001, **facts)[0].doubts[0]


def test_two_shares_are_rounded_apart() -> None:
    columns = assess(month=FEBRUARY, jkk_class="I", programmes=BILLED, wages=_column(13_198_727))
    assert columns.jht_employer[0] + columns.jht_worker[0] == 752_328


def test_a_worker_who_owes_no_jp_gets_lines_of_nothing_with_the_reason() -> None:
    lines = explain(month=FEBRUARY, wage=10_000_000, jkk_class="I", programmes=BILLED, jp_liable=False, language="en")
    pension = [line for line in lines if line.programme is Programme.JP]
    assert [(line.base_rupiah, line.amount_rupiah) for line in pension] == [(0, 0), (0, 0)]
    assert all("pension age" in line.sentence and line.article in line.sentence for line in pension)
    assert [(line.confidence, line.doubts) for line in pension] == [("high", ()), ("high", ())]


def test_only_members_of_jkp_are_split_and_the_split_is_no_bill() -> None:
    facts = {"month": FEBRUARY, "wage": 12_000_000, "jkk_class": "I", "programmes": ALL}
    assert not [line for line in explain(**facts) if line.programme is Programme.JKP]
    split = [line for line in explain(**facts, jkp_member=True) if not line.billed]
    assert [(line.payer, line.amount_rupiah) for line in split] == [
        ("government", 11_000),
        ("employer", 7_000),
        ("employer", 0),
    ]


def test_each_row_keeps_its_own_facts() -> None:
    columns = assess(
        month=FEBRUARY,
        jkk_class="I",
        programmes=ALL,
        wages=_column(12_000_000, 12_000_000, 12_000_000),
        jp_wages=_column(5_571_429, 5_571_429, 12_000_000),
        jp_liable=np.array([True, False, True]),
        jkp_member=np.array([False, True, True]),
    )
    assert columns.jht_worker.tolist() == [240_000, 240_000, 240_000]
    assert columns.jp_worker.tolist() == [55_714, 0, 105_474]
    assert columns.jkp_from_jkk.tolist() == [0, 7_000, 7_000]
    assert columns.amount().tolist() == [
        444_000 + 240_000 + 111_429 + 55_714 + 28_800 + 36_000,
        444_000 + 240_000 + 28_800 + 36_000,
        444_000 + 240_000 + 210_948 + 105_474 + 28_800 + 36_000,
    ]


def test_without_flags_everybody_owes_jp_and_nobody_is_a_member_of_jkp() -> None:
    columns = assess(month=FEBRUARY, jkk_class="I", programmes=ALL, wages=_column(1_000_000))
    assert columns.jp_worker.tolist() == [10_000]
    assert columns.jkp_government.tolist() == [0]


def test_a_programme_that_was_not_asked_for_is_a_column_of_zeros() -> None:
    columns = assess(month=FEBRUARY, jkk_class=None, programmes=frozenset({Programme.JHT}), wages=_column(1_000_000))
    assert columns.totals() == dict.fromkeys(KEYS, 0) | {
        "jht_employer": 37_000,
        "jht_worker": 20_000,
        "amount": 57_000,
    }


@pytest.mark.parametrize("rows", [0, 1, 65_535, 65_536, 65_537, 140_000])
def test_a_report_of_any_length_is_computed_whole(rows: int) -> None:
    column = np.arange(rows, dtype=np.int64) * 97 % 30_000_000
    liable = np.arange(rows) % 3 != 0
    columns = assess(month=FEBRUARY, jkk_class="III", programmes=ALL, wages=column, jp_liable=liable)
    assert np.array_equal(columns.jkk, (column * 89 * 2 + 10_000) // 20_000)
    assert np.array_equal(columns.jp_worker, (np.minimum(column, 10_547_400) * liable * 2 + 100) // 200)


def test_the_wages_of_the_caller_stay_as_they_were() -> None:
    column = _column(1, 2, 3)
    column.flags.writeable = False
    _all(FEBRUARY, "I", column)
    assert column.tolist() == [1, 2, 3]


def test_the_law_of_an_answer_goes_into_json_with_value_article_and_date() -> None:
    columns = assess(month=Month(2026, 3), jkk_class="II", programmes=BILLED, wages=_column(1))
    law = json.loads(json.dumps(columns.law))
    assert law["jp/wage_ceiling"] == [
        11_086_300,
        "PP 45/2015 Pasal 29 ayat 3; surat B/1226/022026",
        "2026-03-01",
    ]
    assert law["jkk/rate/II"] == ["0.54%", "PP 44/2015 Pasal 16 ayat 1", "2015-07-01"]
    assert "jkp/wage_ceiling" not in law


def test_an_answer_on_an_unpublished_ceiling_is_provisional() -> None:
    pension = frozenset({Programme.JP})
    assert not assess(month=Month(2027, 2), jkk_class=None, programmes=pension, wages=_column(1)).provisional
    assert assess(month=Month(2027, 3), jkk_class=None, programmes=pension, wages=_column(1)).provisional
    line = explain(month=Month(2027, 3), wage=1, jkk_class=None, programmes=pension)[0]
    assert line.confidence == "low"
    assert any("Sementara" in doubt for doubt in line.doubts)


@pytest.mark.parametrize("wrong", [-1, MOST_WAGE_RUPIAH + 1])
def test_a_report_with_an_impossible_wage_names_its_first_wrong_row(wrong: int) -> None:
    with pytest.raises(ImpossibleFact, match=r"wages\[2\]"):
        assess(month=FEBRUARY, jkk_class="I", programmes=BILLED, wages=_column(1, 2, wrong, wrong))
    with pytest.raises(ImpossibleFact, match=r"jp_wages\[0\]"):
        assess(month=FEBRUARY, jkk_class="I", programmes=BILLED, wages=_column(1), jp_wages=_column(wrong))


@pytest.mark.parametrize(
    ("fact", "column", "complaint"),
    [
        ("wages", np.array([1.0]), "one int64 column"),
        ("wages", np.array([[1]]), "one int64 column"),
        ("jp_wages", _column(1, 2), "1 rows like wages"),
        ("jp_liable", np.array([1]), "one bool column"),
        ("jkp_member", np.array([True, False]), "1 rows like wages"),
    ],
)
def test_a_column_of_another_kind_or_length_is_refused_by_name(fact: str, column: Any, complaint: str) -> None:
    facts: dict[str, Any] = {"wages": _column(1), fact: column}
    with pytest.raises(ImpossibleFact, match=complaint) as refusal:
        assess(month=FEBRUARY, jkk_class="I", programmes=ALL, **facts)
    assert refusal.value.fact == fact


@pytest.mark.parametrize("jkk_class", [None, "VI", "2", "ii"])
def test_jkk_needs_the_risk_class_of_the_employer(jkk_class: str | None) -> None:
    with pytest.raises(ImpossibleFact, match="I, II, III, IV or V"):
        explain(month=FEBRUARY, wage=1, jkk_class=jkk_class, programmes=frozenset({Programme.JKK}))


def test_a_third_language_is_refused() -> None:
    with pytest.raises(ImpossibleFact, match="id or en"):
        explain(month=FEBRUARY, wage=1, jkk_class="I", programmes=BILLED, language="fr")  # type: ignore[arg-type]  # what an untyped caller may send


def test_the_confidence_of_a_line_is_that_of_its_weakest_parameter() -> None:
    lines = explain(month=Month(2017, 3), wage=1, jkk_class=None, programmes=frozenset({Programme.JP}))
    assert load("jp/worker_rate", Month(2017, 3)).confidence == "high"
    assert [line.confidence for line in lines] == ["medium", "medium"]


def test_the_sql_names_one_column_and_whole_numbers_alone() -> None:
    expressions = sql_expressions(FEBRUARY, "II", ALL)
    assert tuple(expressions) == KEYS
    assert expressions["jp_worker"] == "((LEAST(wage_rupiah::bigint, 10547400) * 1 + 50) / 100)"
    assert all(re.fullmatch(r"[\w:,+*/() ]+", text) for text in expressions.values())


def test_what_was_in_the_memory_before_is_no_amount(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(np, "empty", lambda shape, dtype: np.full(shape, 7, dtype))
    only_jht = assess(month=FEBRUARY, jkk_class=None, programmes=frozenset({Programme.JHT}), wages=np.array([100]))
    assert {key: int(getattr(only_jht, key)[0]) for key in KEYS if getattr(only_jht, key)[0]} == {
        "jht_employer": 4,
        "jht_worker": 2,
    }


def test_an_impossible_wage_for_jp_is_refused_by_its_own_name() -> None:
    with pytest.raises(ImpossibleFact) as refusal:
        explain(month=FEBRUARY, wage=1, jp_wage=-1, jkk_class=None, programmes=frozenset({Programme.JP}))
    assert refusal.value.fact == "jp_wage"
