"""The parameter files and how they answer for a month."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from lindung.law import LawError, Month, NotInForce
from lindung.law.parameters import CONFIDENCES, all_names, history, in_force, load, parameter, parse

CEILINGS = {
    "2015-07": 7_000_000,
    "2016-03": 7_335_300,
    "2017-03": 7_703_500,
    "2018-03": 8_094_000,
    "2019-03": 8_512_400,
    "2020-03": 8_939_700,
    "2021-03": 8_754_600,
    "2022-03": 9_077_600,
    "2023-03": 9_559_600,
    "2024-03": 10_042_300,
    "2025-03": 10_547_400,
    "2026-03": 11_086_300,
}


@pytest.mark.parametrize("name", all_names())
def test_every_value_says_its_article_source_confidence_and_the_day_it_was_compared(name: str) -> None:
    for value in history(name):
        assert value.article
        assert value.source
        assert value.confidence in CONFIDENCES
        assert type(value.checked_on) is date


@pytest.mark.parametrize("name", all_names())
def test_whatever_is_doubtful_carries_its_doubt_in_both_languages(name: str) -> None:
    for value in history(name):
        assert value.confidence == "high" or value.doubts
        assert value.start.confidence == "high" or value.start.doubt
        doubts = [*value.doubts, value.start.doubt] if value.start.doubt else value.doubts
        assert all(doubt and doubt.id and doubt.en and doubt.id != doubt.en for doubt in doubts)


@pytest.mark.parametrize("name", all_names())
def test_every_parameter_has_a_title_in_both_languages_and_a_unit(name: str) -> None:
    whole = parameter(name)
    assert whole.title.id
    assert whole.title.en
    assert whole.unit


@pytest.mark.parametrize("name", all_names())
def test_the_day_before_the_first_value_nothing_is_in_force(name: str) -> None:
    first = history(name)[0]
    assert load(name, first.from_on).value == first.value
    with pytest.raises(NotInForce, match=name) as refusal:
        load(name, first.from_on - timedelta(days=1))
    assert str(first.from_on) in str(refusal.value)
    with pytest.raises(NotInForce):
        load(name, Month.of(first.from_on).previous())


@pytest.mark.parametrize("name", all_names())
def test_each_change_separates_the_last_old_day_and_month_from_the_first_new_one(name: str) -> None:
    values = history(name)
    for old, new in pairwise(values):
        assert load(name, new.from_on - timedelta(days=1)).value == old.value
        assert load(name, new.from_on).value == new.value
        assert load(name, Month.of(new.from_on).previous()).value == old.value
        assert load(name, Month.of(new.from_on)).value == new.value


def test_the_jp_ceilings_are_the_published_ones() -> None:
    assert {str(Month.of(value.from_on)): value.whole for value in history("jp/wage_ceiling")} == CEILINGS


def test_january_and_february_2026_still_use_the_ceiling_of_2025() -> None:
    assert load("jp/wage_ceiling", Month(2026, 2)).whole == 10_547_400
    assert load("jp/wage_ceiling", Month(2026, 3)).whole == 11_086_300


def test_after_twelve_months_the_last_ceiling_answers_and_says_that_it_is_provisional() -> None:
    last = load("jp/wage_ceiling", Month(2027, 2))
    assert (last.provisional, last.confidence, last.doubts) == (False, "high", ())
    later = load("jp/wage_ceiling", Month(2027, 3))
    assert (later.whole, later.provisional, later.confidence) == (11_086_300, True, "low")
    assert "Provisional" in later.doubts[0].en
    assert load("jp/wage_ceiling", date(2027, 3, 1)).provisional
    assert not load("jp/wage_ceiling", date(2027, 2, 28)).provisional


def test_an_older_ceiling_is_never_provisional_and_an_unrenewed_rate_neither() -> None:
    assert not load("jp/wage_ceiling", Month(2016, 2)).provisional
    assert not load("jht/worker_rate", Month(2050, 1)).provisional


def test_a_doubt_about_the_first_month_touches_only_the_months_at_the_border() -> None:
    name = "jp/wage_ceiling"
    assert [load(name, Month(2017, number)).confidence for number in (1, 2, 3, 4)] == [
        "high",
        "medium",
        "medium",
        "high",
    ]
    assert load(name, Month(2017, 3)).doubts
    assert load(name, Month(2017, 4)).doubts == ()


def test_a_value_in_force_from_a_day_inside_a_month_governs_the_whole_month() -> None:
    assert load("jkp/from_jkm_rate", date(2025, 2, 6)).rate == Fraction(10, 10_000)
    assert load("jkp/from_jkm_rate", date(2025, 2, 7)).rate == 0
    assert load("jkp/from_jkm_rate", Month(2025, 2)).rate == 0
    assert load("jkp/from_jkm_rate", Month(2025, 2)).confidence == "low"
    assert load("jkp/from_jkm_rate", Month(2026, 2)).confidence == "medium"


def test_a_month_with_a_relief_that_is_not_applied_says_so_without_lowering_the_confidence() -> None:
    in_relief = load("jkk/rate", Month(2021, 1))
    assert "PP 49/2020" in in_relief.doubts[0].en
    assert in_relief.confidence == "high"
    assert load("jkk/rate", Month(2021, 2)).doubts == ()


def test_a_rate_is_an_exact_fraction_and_shows_as_it_is_written() -> None:
    assert load("jht/employer_rate", Month(2026, 2)).rate == Fraction(37, 1000)
    assert load("jht/employer_rate", Month(2026, 2)).text == "3.7%"
    assert load("jkk/rate", Month(2026, 2)).rates["V"] == Fraction(174, 10_000)
    assert load("jkk/rate", Month(2026, 2)).text == "I 0.24%, II 0.54%, III 0.89%, IV 1.27%, V 1.74%"
    assert load("jp/wage_ceiling", Month(2026, 2)).text == "10547400"


def test_a_value_asked_for_as_another_kind_is_refused() -> None:
    ceiling = load("jp/wage_ceiling", Month(2026, 2))
    with pytest.raises(LawError, match="not a rate"):
        _ = ceiling.rate
    with pytest.raises(LawError, match="not a table"):
        _ = ceiling.rates
    with pytest.raises(LawError, match="not a whole number"):
        _ = load("jkm/rate", Month(2026, 2)).whole


def test_a_name_that_no_file_has_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(LawError, match="jp/wage_ceiling"):
        load("jp/ceiling", Month(2026, 2))
    with pytest.raises(LawError, match="no parameter"):
        history("../parameters/jp/wage_ceiling")


def _file(**changes: Any) -> dict[str, Any]:
    row = {
        "from": "2020-01",
        "value": "1.00%",
        "article": "PP 1/2020 Pasal 1",
        "confidence": "high",
        "source": "the gazette",
        "checked_on": date(2026, 11, 21),
    }
    row.update(changes)
    return {"title": {"id": "judul", "en": "title"}, "unit": "percent", "values": [row]}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (_file(confidence="medium"), "needs a doubt"),
        (_file(confidence="sure"), "must be one of"),
        (_file(start={"confidence": "low"}), "needs a doubt"),
        (_file(value="0.01"), "neither a whole number nor a rate"),
        (_file(checked_on="yesterday"), "checked_on must be a day"),
        (_file(artcle="PP"), "unknown artcle"),
        (_file() | {"values": []}, "at least one"),
        (_file() | {"values": _file()["values"] * 2}, "each date once"),
        ({"title": {"id": "judul", "en": "title"}, "values": []}, "missing unit"),
        (None, "expected the fields"),
    ],
)
def test_a_file_that_does_not_say_what_it_must_is_refused_by_name(content: Any, complaint: str) -> None:
    with pytest.raises(LawError, match=complaint) as refusal:
        parse("jp/some_rate", content)
    assert "jp/some_rate.yaml" in str(refusal.value)


def test_a_year_in_which_nothing_was_published_is_settled_once_a_later_value_is_known() -> None:
    content = _file() | {"renewed_every_months": 12}
    content["values"] = [content["values"][0], {**content["values"][0], "from": "2023-01"}]
    skipped = parse("jp/some_rate", content)
    assert not in_force(skipped, Month(2022, 6)).provisional
    assert in_force(skipped, Month(2024, 1)).provisional


def test_a_file_that_says_everything_is_read() -> None:
    doubtful = _file(confidence="low", doubt={"id": "ragu", "en": "doubt"})
    assert parse("jp/some_rate", doubtful).values[0].doubts[0].en == "doubt"
