"""Reliefs: which part is paid, in which months, and what is said where one is not used."""

import pytest

from lindung.law import ImpossibleFact, Month, Programme, reliefs
from lindung.law.contributions import explain, rules_of, sql_expressions
from lindung.law.reliefs import SECTORS, Relief, own_account_part, part_paid, relief_named, splits_jkp

WINDOWS = {
    "relief/pandemic": ("2020-08", "2021-01"),
    "relief/pension_deferral": ("2020-08", "2021-01"),
    "relief/labour_intensive": ("2025-02", "2026-01"),
    "relief/own_account_transport": ("2026-01", "2027-03"),
    "relief/own_account_other": ("2026-04", "2026-12"),
}
JKK = frozenset({Programme.JKK})
ALL = frozenset(Programme)


@pytest.mark.parametrize("parameter", WINDOWS)
def test_a_relief_holds_from_its_first_to_its_last_month(parameter: str) -> None:
    first, last = map(Month.parse, WINDOWS[parameter])
    assert part_paid(parameter, first.previous()) is None
    assert part_paid(parameter, first) is not None
    assert part_paid(parameter, last) is not None
    assert part_paid(parameter, last.next()) is None


def test_a_relief_is_named_by_its_regulation_or_by_the_one_that_prolongs_it() -> None:
    assert relief_named("PP 49/2020") is Relief.PANDEMIC
    assert relief_named("PP 7/2025") is relief_named("PP 36/2025") is Relief.LABOUR_INTENSIVE
    with pytest.raises(ImpossibleFact, match="PP 49/2020, PP 7/2025, PP 50/2025, PP 36/2025"):
        relief_named("PP 1/2020")


def test_a_reduced_line_says_the_normal_rate_and_both_articles() -> None:
    line = explain(
        month=Month(2025, 6),
        wage=10_000_000,
        jkk_class="II",
        programmes=JKK,
        relief=Relief.LABOUR_INTENSIVE,
        language="en",
    )[0]
    assert line.sentence == (
        "0.27% (relief: 50% of 0.54%; risk class II) of wage Rp10,000,000 = Rp27,000 "
        "(PP 44/2015 art 16(1); PP 7/2025 art 4)"
    )
    assert line.doubts == ()
    assert set(line.law) == {"jkk/rate/II", "relief/labour_intensive"}


def test_the_first_month_of_the_extension_says_that_it_reaches_back() -> None:
    facts = {"wage": 1_000_000, "jkk_class": "II", "programmes": JKK, "relief": Relief.LABOUR_INTENSIVE}
    august, september = (explain(month=Month(2025, number), language="en", **facts)[0] for number in (8, 9))
    assert "reaches back to August 2025" in august.doubts[0]
    assert september.doubts == ()


@pytest.mark.parametrize(
    ("month", "programme", "said"),
    [
        (Month(2020, 7), Programme.JKK, None),
        (Month(2020, 8), Programme.JKK, "JKK is shown without the relief of PP 49/2020"),
        (Month(2020, 8), Programme.JKM, "JKM is shown without the relief of PP 49/2020"),
        (Month(2021, 1), Programme.JKM, "JKM is shown without the relief of PP 49/2020"),
        (Month(2021, 1), Programme.JP, "JP is shown without the deferral of PP 49/2020"),
        (Month(2021, 1), Programme.JHT, None),
        (Month(2021, 2), Programme.JKM, None),
        (Month(2021, 3), Programme.JP, None),
        (Month(2025, 2), Programme.JKK, "JKK is shown without the relief of PP 7/2025 and PP 36/2025"),
        (Month(2025, 2), Programme.JKM, None),
        (Month(2026, 2), Programme.JKK, None),
    ],
)
def test_a_month_with_a_relief_that_is_not_used_says_so(month: Month, programme: Programme, said: str | None) -> None:
    line = explain(month=month, wage=0, jkk_class="I", programmes=frozenset({programme}), language="en")[0]
    assert line.confidence == "high" or programme is Programme.JP
    remarks = [doubt for doubt in line.doubts if "shown without" in doubt]
    assert len(remarks) == bool(said)
    assert not said or remarks[0].startswith(said)


def test_a_relief_of_other_months_or_programmes_changes_nothing() -> None:
    plain = sql_expressions(Month(2026, 2), "II", ALL - {Programme.JKP})
    assert sql_expressions(Month(2026, 2), "II", ALL - {Programme.JKP}, Relief.LABOUR_INTENSIVE) == plain
    relieved = sql_expressions(Month(2026, 1), "II", ALL - {Programme.JKP}, Relief.LABOUR_INTENSIVE)
    assert {key for key in plain if plain[key] != relieved[key]} == {"jkk"}


def test_during_the_labour_intensive_relief_jkp_is_not_split_and_jkk_says_why() -> None:
    month = Month(2025, 6)
    rules = rules_of(month, "I", ALL, Relief.LABOUR_INTENSIVE)
    assert Programme.JKP not in {rule.programme for rule in rules}
    assert any("the figure was not found, so none is computed" in doubt.en for doubt in rules[4].doubts)
    assert Programme.JKP in {rule.programme for rule in rules_of(month, "I", ALL)}
    assert splits_jkp(month, None)
    assert splits_jkp(Month(2026, 2), Relief.LABOUR_INTENSIVE)
    assert not splits_jkp(Month(2026, 1), Relief.LABOUR_INTENSIVE)


def _part(month: str, sector: str | None = None, *, budget_paid: bool = False, pandemic: bool = False) -> str | None:
    part = own_account_part(Month.parse(month), sector=sector, budget_paid=budget_paid, pandemic=pandemic)
    return part.name if part else None


def test_an_own_account_worker_has_the_relief_of_the_sector() -> None:
    assert _part("2026-01", "transport") == "relief/own_account_transport"
    assert _part("2026-01", "other") is None
    assert _part("2026-05", "other") == "relief/own_account_other"
    assert _part("2026-05", "other", budget_paid=True) is None


def test_without_a_sector_there_is_a_relief_only_where_every_sector_has_it() -> None:
    assert _part("2026-03") is None
    assert _part("2026-04") == "relief/own_account_other"
    assert _part("2027-01") is None


@pytest.mark.parametrize("alone", SECTORS)
def test_whichever_sector_had_a_relief_alone_nobody_would_have_it_unasked(
    alone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = part_paid("relief/own_account_transport", Month(2026, 5))
    law = {f"relief/own_account_{alone}": half}
    monkeypatch.setattr(reliefs, "part_paid", lambda parameter, month: law.get(parameter))
    assert _part("2026-05") is None
    assert [sector for sector in SECTORS if _part("2026-05", sector)] == [alone]


def test_the_pandemic_relief_asks_for_no_sector_and_spares_the_budget_too() -> None:
    assert _part("2020-09", pandemic=True) == "relief/pandemic"
    assert _part("2020-09", pandemic=True, budget_paid=True) == "relief/pandemic"
    assert _part("2020-09") is None
    assert _part("2021-02", pandemic=True) is None
