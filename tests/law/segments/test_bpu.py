"""BPU: bands, programmes, months at once, reliefs by sector, age at registration."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import Answer, ImpossibleFact, LawError, Month, Programme, answer, bpu, readings
from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.law.parameters import load
from lindung.law.wording import LANGUAGES

incomes = st.one_of(st.integers(0, 25_000_000), st.integers(0, MOST_WAGE_RUPIAH))
months = st.integers(0, 150).map(Month(2015, 7).plus)
sectors = st.sampled_from([None, "transport", "other"])


def _answer(when: str = "2025-06", **inputs: Any) -> Answer:
    return answer("BPU", when, {"income": 3_000_000} | inputs, "en")


@given(months, sectors, st.booleans(), st.booleans(), st.lists(incomes, min_size=1, max_size=10))
def test_columns_and_lines_agree_and_the_sums_equal_their_parts(
    month: Month, sector: str | None, budget_paid: bool, pandemic: bool, some: list[int]
) -> None:
    facts: dict[str, Any] = {"month": month, "sector": sector, "budget_paid": budget_paid, "pandemic": pandemic}
    columns = bpu.assess(incomes=np.array(some, np.int64), **facts)
    for row, income in enumerate(some):
        lines = bpu.explain(income=income, **facts)
        assert {line.key: line.amount_rupiah for line in lines} == {key: columns[key][row] for key in columns}
        sums = bpu.amounts(lines)
        assert sums["total"] == sums["total_jkk_jkm"] + sums["jht"] == sum(line.amount_rupiah for line in lines)


@given(months, sectors, incomes, incomes)
def test_a_higher_income_never_owes_less(month: Month, sector: str | None, one: int, other: int) -> None:
    columns = bpu.assess(month=month, sector=sector, incomes=np.array(sorted((one, other)), np.int64))
    assert all(column[0] <= column[1] for column in columns.values())


@given(st.integers(0, 24), st.integers(2, 12), st.integers(1, 11), sectors)
def test_months_paid_at_once_are_the_sum_of_their_parts_also_over_a_change(
    first: int, count: int, split: int, sector: str | None
) -> None:
    split = min(split, count - 1)
    start = Month(2025, 10).plus(first)
    facts = {"income": 2_000_000} | ({"sector": sector} if sector else {})

    def total(month: Month, length: int) -> int:
        return answer("BPU", month, facts | {"months": length}).rupiah(f"total_{length}_months")

    assert total(start, count) == total(start, split) + total(start.plus(split), count - split)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_band_base_rate_relief_and_articles(language: Any) -> None:
    jkk, jkm, jht = bpu.explain(month=Month(2026, 5), income=3_000_000, sector="other", language=language)
    said = {
        "id": (
            "0,5% (keringanan: 50% dari 1%) dari dasar iuran Rp2.950.000 (penghasilan Rp3.000.000, golongan mulai "
            "Rp2.700.000) = Rp14.750 (PP 44/2015 Pasal 17 dan Lampiran II; PP 50/2025)",
            "50% (keringanan) dari iuran tetap Rp6.800 = Rp3.400 (PP 44/2015 Pasal 18; PP 50/2025)",
        ),
        "en": (
            "0.5% (relief: 50% of 1%) of contribution base Rp2,950,000 (income Rp3,000,000, band from Rp2,700,000) = "
            "Rp14,750 (PP 44/2015 art 17 and annex II; PP 50/2025)",
            "50% (relief) of fixed amount Rp6,800 = Rp3,400 (PP 44/2015 art 18; PP 50/2025)",
        ),
    }
    assert (jkk.sentence, jkm.sentence) == said[language]
    assert (jkk.payer, jkk.base_rupiah, jkm.base_rupiah, jht.amount_rupiah) == ("member", 2_950_000, 6_800, 59_000)
    assert "Rp6" in jkm.sentence


def test_the_relief_of_the_pandemic_is_for_those_to_whom_it_was_granted() -> None:
    month, column = Month(2020, 9), np.array([1_000_000], np.int64)
    normal, granted = {"jkk": 10_000, "jkm": 6_800, "jht": 20_000}, {"jkk": 100, "jkm": 68, "jht": 20_000}
    for facts, owed in (({}, normal), ({"pandemic": True}, granted)):
        lines = bpu.explain(month=month, income=1_000_000, **facts)
        assert {line.key: line.amount_rupiah for line in lines} == owed
        assert {key: rows[0] for key, rows in bpu.assess(month=month, incomes=column, **facts).items()} == owed
        rules = bpu.rules_of(month, **facts)
        assert {rule.key: rule.formula.value(rule.formula.base.value(1_000_000))[0] for rule in rules} == owed
        assert bpu.sql_expressions(month, **facts) == {rule.key: rule.formula.sql() for rule in rules}


def test_a_line_is_indonesian_unless_english_is_asked_for() -> None:
    facts: dict[str, Any] = {"month": Month(2025, 6), "income": 1, "programmes": frozenset({Programme.JKM})}
    assert bpu.explain(**facts)[0].sentence == "iuran tetap Rp6.800 (PP 44/2015 Pasal 18)"
    assert bpu.explain(**facts, language="id") == bpu.explain(**facts)


def test_without_a_relief_the_fixed_amount_is_said_once() -> None:
    jkm = bpu.explain(month=Month(2025, 6), income=1, programmes=frozenset({Programme.JKM}), language="en")[0]
    assert jkm.sentence == "fixed amount Rp6,800 (PP 44/2015 art 18)"


def test_confirmed_ends_of_the_table_are_certain_and_its_middle_is_not() -> None:
    for income, confidence in ((1_000_000, "high"), (2_000_000, "high"), (3_000_000, "medium"), (10**8, "high")):
        line = bpu.explain(month=Month(2025, 6), income=income)[0]
        assert line.confidence == confidence, income
        assert any(
            "middle rows" in doubt
            for doubt in bpu.explain(month=Month(2025, 6), income=income, language="en")[0].doubts
        ) == (confidence == "medium")
    assert line.law["bpu/income_bands/20200000"][0] == 20_700_000


def test_an_income_in_a_gap_of_the_annex_says_which_band_was_taken() -> None:
    for income, gap in ((1_099_000, False), (1_099_001, True), (1_099_999, True), (1_100_000, False), (10**9, False)):
        assert (readings.BAND_BELOW in _answer(income=income).readings) is gap, income


def test_jht_is_a_choice_beside_the_package() -> None:
    assert readings.OWN_ACCOUNT_JHT in _answer().readings
    package = _answer(programmes=["JKK", "JKM"])
    assert "jht" not in package.result
    assert readings.OWN_ACCOUNT_JHT not in package.readings
    assert package.sentences == ()
    alone = _answer(programmes=["JHT"])
    assert dict(alone.result) == {"band": 10, "base": 2_950_000, "jht": 59_000, "total": 59_000}
    assert alone.sentences == ("JKK and JKM are one package; JHT is a choice beside both",)


@pytest.mark.parametrize(
    ("when", "inputs", "spoken"),
    [
        ("2026-02", {}, True),
        ("2025-12", {}, False),
        ("2025-12", {"months": 2}, True),
        ("2026-05", {}, False),
        ("2026-02", {"sector": "other"}, False),
        ("2026-02", {"budget_paid": True}, False),
        ("2027-03", {}, True),
        ("2027-04", {}, False),
    ],
)
def test_a_sector_that_decides_and_was_not_given_is_spoken_of(when: str, inputs: dict[str, Any], spoken: bool) -> None:
    assert (readings.SECTOR_NOT_GIVEN in _answer(when, **inputs).readings) is spoken


def test_a_relief_that_does_not_reach_or_is_not_for_the_budget_is_told() -> None:
    assert _answer("2021-02", relief="PP 49/2020").sentences == ("PP 49/2020 does not reach February 2021",)
    assert _answer("2020-09", relief="PP 49/2020").sentences == ()
    assert "have no relief of PP 50/2025" in _answer("2026-05", budget_paid=True).sentences[0]
    assert _answer("2026-05", relief="PP 50/2025").rupiah("jkm") == 3_400
    with pytest.raises(ImpossibleFact, match="PP 49/2020, PP 50/2025 in this segment"):
        _answer(relief="PP 7/2025")


def test_a_month_of_the_pandemic_without_its_relief_says_so() -> None:
    assert any("JKK is shown without the relief of PP 49/2020" in note for note in _answer("2020-09").notes)
    assert any("JKM is shown without the relief of PP 49/2020" in note for note in _answer("2020-09").notes)
    assert not any("shown without" in note for note in _answer("2020-09", relief="PP 49/2020").notes)


@pytest.mark.parametrize("count", [1, 2, 3, 6, 12])
def test_the_usual_numbers_of_months_need_no_doubt(count: int) -> None:
    said = _answer("2024-01", months=count)
    assert said.rupiah(f"total_{count}_months") == count * 95_300
    assert "bpu/months_at_once" not in said.law


def test_an_unusual_number_of_months_is_computed_with_a_doubt() -> None:
    assert any("known from the app" in note for note in _answer(months=4).notes)
    assert _answer(months=120).rupiah("total_120_months") > 0
    for wrong in (0, 121):
        with pytest.raises(ImpossibleFact, match="months"):
            _answer(months=wrong)


def test_runs_of_equal_months_are_told_together() -> None:
    said = _answer("2026-03", sector="other", months=3, programmes=["JKK", "JKM"])
    assert said.sentences == ("March 2026 - March 2026: 1 x Rp36,300", "April 2026 - May 2026: 2 x Rp18,150")


def test_the_age_counts_on_the_day_of_registration_or_the_first_of_the_month() -> None:
    assert _answer("2026-02", birth_date="1961-02-02").rupiah("total")
    with pytest.raises(ImpossibleFact, match="registration 2026-02-01"):
        _answer("2026-02", birth_date="1961-02-01")
    assert _answer("2026-02", birth_date="1961-02-01", registered_on="2026-01-31").rupiah("total")
    assert "bpu/registration_age" in _answer("2026-02", age=30).law
    with pytest.raises(ImpossibleFact, match="age: 121"):
        _answer("2026-02", age=121)


def test_a_day_of_registration_without_an_age_has_no_meaning() -> None:
    with pytest.raises(LawError, match="registered_on has no meaning beside no age and no birth_date"):
        _answer(registered_on="2026-02-01")


def test_own_account_workers_owe_no_fine() -> None:
    said = answer("BPU", "2025-06", {"contribution_owed": 5, "months_late": 2})
    assert said.result == {"fine": 0}
    assert said.readings == (readings.NO_FINE_FOR_OWN_ACCOUNT,)
    for wrong in ({"contribution_owed": 5}, {"contribution_owed": -5, "months_late": 2}, {"months_late": 2}):
        with pytest.raises(ImpossibleFact):
            answer("BPU", "2025-06", wrong)
    with pytest.raises(LawError, match="income has no meaning"):
        answer("BPU", "2025-06", {"contribution_owed": 5, "months_late": 2, "income": 1})
    with pytest.raises(LawError, match="not in force"):
        answer("BPU", "2015-06", {"contribution_owed": 5, "months_late": 2})


def test_jp_and_jkp_are_not_open() -> None:
    with pytest.raises(ImpossibleFact, match=r"programmes: 'JKP, JP' .* JKK, JKM and JHT"):
        bpu.rules_of(Month(2025, 6), frozenset(Programme))


def test_rules_without_an_income_rest_on_the_whole_table() -> None:
    rules = bpu.rules_of(Month(2025, 6))
    assert [rule.key for rule in rules] == ["jkk", "jkm", "jht"]
    assert rules[0].beside == (load("bpu/income_bands", Month(2025, 6)),)
    assert "bpu/income_bands" in rules[0].law


def test_sql_reads_the_same_formula() -> None:
    sql = bpu.sql_expressions(Month(2026, 5), sector="other")
    assert sql["jkm"] == "((6800::bigint * 1 + 1) / 2)"
    assert sql["jkk"].startswith("(((CASE WHEN income_rupiah >= 20200000 THEN 20700000 WHEN income_rupiah >= 19200000")
    assert sql["jkk"].endswith("ELSE 1000000 END)::bigint * 1 + 100) / 200)")
    assert set(bpu.sql_expressions(Month(2026, 5), frozenset({Programme.JHT}))) == {"jht"}


def test_two_months_at_once_are_told_month_by_month_and_one_is_not() -> None:
    assert _answer("2026-05", months=2).sentences == ("May 2026 - June 2026: 2 x Rp77,150",)
    assert _answer("2026-05", months=1).sentences == ()


def test_the_facts_are_those_that_were_understood() -> None:
    said = _answer("2026-05", months=2, sector="other")
    assert said.facts == {
        "income_rupiah": 3_000_000,
        "programmes": ["JHT", "JKK", "JKM"],
        "sector": "other",
        "months": 2,
    }


def test_a_fine_is_answered_for_the_longest_delay_too() -> None:
    assert answer("BPU", "2026-03", {"contribution_owed": 1, "months_late": 1200}).result == {"fine": 0}
