"""The parameter files and how they answer for a month."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from lindung.law import LawError, Month, NotInForce, NotKnown
from lindung.law.parameters import CONFIDENCES, all_names, history, in_force, load, parameter, parse
from lindung.law.wording import day_words

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


def _value(name: str, when: Month | date) -> object:
    """What is in force, None where the file says that it is unknown."""
    try:
        return load(name, when).value
    except NotKnown:
        return None


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
    assert whole.unit.id
    assert whole.unit.en


@pytest.mark.parametrize("name", all_names())
def test_the_day_before_the_first_value_nothing_is_in_force(name: str) -> None:
    first = history(name)[0]
    assert _value(name, first.from_on) == first.value
    with pytest.raises(NotInForce, match=name) as refusal:
        load(name, first.from_on - timedelta(days=1))
    assert f"it is from {day_words(first.from_on).en}" in str(refusal.value)
    with pytest.raises(NotInForce):
        load(name, Month.of(first.from_on).previous())


@pytest.mark.parametrize(("when", "asked"), [(Month(2015, 6), "in June 2015"), (date(2015, 6, 30), "on 30 June 2015")])
def test_a_month_and_a_day_before_the_law_are_named_each_in_its_way(when: Month | date, asked: str) -> None:
    with pytest.raises(NotInForce) as refusal:
        load("jp/wage_ceiling", when)
    assert f"JP wage ceiling (jp/wage_ceiling) is not in force {asked}; it is from 1 July 2015" in str(refusal.value)


@pytest.mark.parametrize("name", all_names())
def test_each_change_separates_the_last_old_day_and_month_from_the_first_new_one(name: str) -> None:
    values = history(name)
    for old, new in pairwise(values):
        assert _value(name, new.from_on - timedelta(days=1)) == old.value
        assert _value(name, new.from_on) == new.value
        assert _value(name, Month.of(new.from_on).previous()) == old.value
        assert _value(name, Month.of(new.from_on)) == new.value


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


def test_what_nobody_found_is_refused_in_words_instead_of_guessed() -> None:
    with pytest.raises(NotKnown, match="the rate of 2015 was not found; give your own") as refusal:
        load("jht/development_rate", Month(2015, 7))
    assert "tidak diketahui" in refusal.value.say("id")


def test_a_rate_is_an_exact_fraction_and_shows_as_it_is_written() -> None:
    assert load("jht/employer_rate", Month(2026, 2)).rate == Fraction(37, 1000)
    assert load("jht/employer_rate", Month(2026, 2)).text == "3.7%"
    assert load("jkk/rate", Month(2026, 2)).rates["V"] == Fraction(174, 10_000)
    assert load("jkk/rate", Month(2026, 2)).text == "I 0.24%, II 0.54%, III 0.89%, IV 1.27%, V 1.74%"
    assert load("jp/wage_ceiling", Month(2026, 2)).text == "10547400"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pmi/package_amounts", "6: 108000, 12: 189000, 24: 332500"),
        ("jakon/jkm_slices", "0: 0.03%, 100000000: 0.02%, 500000000: 0.02%, 1000000000: 0.01%, 5000000000: 0.01%"),
        ("enterprise/mandatory_micro", "JKK, JKM"),
        ("jakon/stages", "50/25/25, 20/30/30/20"),
        ("relief/labour_intensive_settled_until", "2026-06-30"),
    ],
)
def test_tables_lists_and_days_show_as_they_are_written(name: str, text: str) -> None:
    assert load(name, Month(2025, 6)).text == text
    assert history("pmi/extra_month_amount")[0].text == "unknown"


def test_a_value_is_read_as_the_shape_that_it_has() -> None:
    june = Month(2025, 6)
    assert load("relief/labour_intensive_settled_until", june).day == date(2026, 6, 30)
    assert load("jakon/jkk_slices", june).steps[1] == (100_000_000, Fraction(17, 10_000))
    assert load("pmi/package_amounts", june).amounts == ((6, 108_000), (12, 189_000), (24, 332_500))
    assert load("enterprise/capital_up_to", june).limits["small"] == 5_000_000_000
    assert load("pmi/jht_choices", june).choices[0] == 50_000
    assert load("enterprise/mandatory_micro", june).words == ("JKK", "JKM")


def test_one_row_of_a_table_is_a_value_with_its_own_name() -> None:
    row = load("jkk/rate", Month(2026, 2)).row("II")
    assert (row.name, row.rate, row.text) == ("jkk/rate/II", Fraction(54, 10_000), "0.54%")
    sure = load("bpu/income_bands", Month(2026, 2)).sure(row)
    assert (sure.confidence, sure.doubts) == ("high", ())


def test_a_chart_has_one_series_for_a_number_and_one_for_each_row_of_a_table() -> None:
    ceiling = parameter("jp/wage_ceiling").series
    assert list(ceiling) == [""]
    assert ceiling[""][-1] == (date(2026, 3, 1), 11_086_300)
    assert list(parameter("jkk/rate").series) == ["I", "II", "III", "IV", "V"]
    assert [day for day, _ in parameter("jht/development_rate").series[""]] == [
        date(year, 1, 1) for year in (2016, 2017, 2018, 2019, 2020)
    ]
    assert parameter("enterprise/mandatory_micro").series == {}
    assert parameter("relief/labour_intensive_settled_until").series == {}


SHAPES = {
    "rate": "rate",
    "rates": "table of rates",
    "steps": "table of steps",
    "amounts": "table of steps",
    "limits": "table of limits",
    "choices": "list",
    "words": "list",
    "day": "day",
}


def test_a_value_asked_for_as_another_kind_is_refused() -> None:
    ceiling = load("jp/wage_ceiling", Month(2026, 2))
    for shape, complaint in SHAPES.items():
        with pytest.raises(LawError, match=f"^jp/wage_ceiling: not a {complaint}$"):
            getattr(ceiling, shape)
    with pytest.raises(LawError, match=r"^jp/wage_ceiling: not a table$"):
        ceiling.row("II")
    with pytest.raises(LawError, match=r"^jkm/rate: not a whole number$"):
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
    return {"title": {"id": "judul", "en": "title"}, "unit": {"id": "persen", "en": "percent"}, "values": [row]}


A_LIST = "a list holds whole numbers or words, at least one$"
A_TABLE = "a table has words as keys, or whole numbers in rising order$"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (_file(confidence="medium"), "needs a doubt"),
        (_file(confidence="sure"), "must be one of"),
        (_file(start={"confidence": "low"}), "needs a doubt"),
        (_file(value="0.01"), "neither a whole number nor a rate"),
        (_file(value=True), "neither a whole number nor a rate"),
        (_file(value=[]), A_LIST),
        (_file(value=[1, "two"]), A_LIST),
        (_file(value=["one", 2]), A_LIST),
        (_file(value=[True]), A_LIST),
        (_file(value={2: 1, 1: 2}), A_TABLE),
        (_file(value={1: 1, "two": 2}), A_TABLE),
        (_file(value="unknown"), "an unknown value needs a doubt in plain words$"),
        (_file() | {"unit": "percent"}, "expected the fields"),
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
