"""The numbers of the law in public: every one of them has a page, and every page says how sure it is."""

from collections.abc import Mapping

import pytest
from django.utils import translation

from lindung.channels.public.pages import today
from lindung.channels.public.parameter_values import WORDS, in_words
from lindung.channels.public.parameters import PROGRAMMES
from lindung.channels.shared.formats import long_date
from lindung.law import chronicle
from lindung.law.parameters import all_names, history, load, parameter
from lindung.law.wording import article_text
from tests.channels.public.law_pages import read


@pytest.mark.parametrize("name", all_names())
def test_a_parameter_shows_every_value_with_article_doubts_confidence_and_day_of_checking(name: str) -> None:
    whole, shown = parameter(name), read(f"/aturan/{name}/")
    assert shown.status == 200
    assert whole.title.id in shown.text
    assert f"lindung/law/parameters/{name}.yaml" in shown.text
    for value in whole.values:
        with translation.override("id"):
            assert long_date(value.from_on) in shown.text
            assert in_words(value, whole) in shown.text
            assert long_date(value.checked_on) in shown.text
        assert value.article == "-" or value.article in shown.text
        assert {"high": "tinggi", "medium": "sedang", "low": "rendah"}[value.confidence] in shown.text
        for doubt in (*value.doubts, *([value.start.doubt] if value.start.doubt else [])):
            assert doubt.id in shown.text
    for remark in whole.remarks:
        assert remark.words.id in shown.text


@pytest.mark.parametrize("name", all_names())
def test_the_same_page_in_english_says_the_same(name: str) -> None:
    whole, shown = parameter(name), read(f"/aturan/{name}/", english=True)
    assert '<html lang="en">' in shown.markup
    assert whole.title.en in shown.text
    for value in whole.values:
        assert value.article == "-" or article_text(value.article, "en") in shown.text
        assert all(doubt.en in shown.text for doubt in value.doubts)


def test_the_list_leads_to_every_parameter_and_shows_the_value_of_today() -> None:
    shown = read("/aturan/")
    for name in all_names():
        assert f'href="/aturan/{name}/"' in shown.markup
        assert parameter(name).title.id in shown.text
    assert "Tarif iuran JHT, bagian pemberi kerja : 3,7%" in shown.text


def test_what_holds_today_is_not_what_will_hold_one_day() -> None:
    now = load("jp/pension_age", today()).whole
    assert history("jp/pension_age")[-1].whole > now
    assert f"Berlaku sekarang {now} tahun genap" in read("/aturan/jp/pension_age/").text
    assert f"Usia pensiun JP : {now} tahun genap" in read("/aturan/").text


def test_a_programme_has_a_list_of_its_own() -> None:
    shown = read("/aturan/jp/")
    assert "/aturan/jp/wage_ceiling/" in shown.markup
    assert "/aturan/jht/worker_rate/" not in shown.markup


def test_every_folder_of_parameters_and_every_word_in_them_has_a_name_for_readers() -> None:
    assert {name.partition("/")[0] for name in all_names()} <= set(PROGRAMMES)
    words = set()
    for name in all_names():
        for value in parameter(name).values:
            if isinstance(value.value, Mapping | tuple):
                words |= {word for word in value.value if isinstance(word, str)}
    assert {word for word in words if word.islower()} <= set(WORDS)


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("jp/wage_ceiling", True),
        ("jp/pension_age", True),
        ("jkk/rate", True),
        ("jht/development_rate", True),
        ("bpu/income_bands", False),
        ("jakon/stages", False),
        ("relief/labour_intensive_paid_until", False),
    ],
)
def test_what_can_be_drawn_over_time_has_a_chart(name: str, drawn: bool) -> None:
    assert ('<figure class="chart steps">' in read(f"/aturan/{name}/").markup) is drawn


def test_a_value_that_nobody_found_is_called_unknown() -> None:
    text = read("/aturan/jht/development_rate/").text
    assert "Berlaku sekarang tidak diketahui" in text


def test_every_band_of_income_stands_in_a_table() -> None:
    text = read("/aturan/bpu/income_bands/").text
    for first, base in parameter("bpu/income_bands").values[0].amounts:
        assert f"{first:,} Rp{base:,}".replace(",", ".") in text


def test_the_source_of_a_value_is_a_link_that_is_not_followed_by_machines() -> None:
    markup = read("/aturan/jht/development_rate/").markup
    assert 'rel="nofollow"' in markup
    assert "&lt;a href" not in markup


def test_the_timeline_names_every_regulation_day_and_change() -> None:
    shown = read("/aturan/linimasa/")
    for entry in chronicle.timeline():
        with translation.override("id"):
            assert long_date(entry.on) in shown.text
        assert entry.regulation in shown.text
        for change in entry.events:
            assert f'href="/aturan/{change.parameter}/"' in shown.markup
            assert change.title.id in shown.text
    assert "Batas upah tertinggi JP berubah: Rp10.547.400 menjadi Rp11.086.300" in shown.text
    assert shown.text.index("28 Agustus 2026") < shown.text.index("1 Juli 2015")


def test_what_is_still_to_come_stands_apart() -> None:
    text = read("/aturan/linimasa/").text
    coming = text.partition("Akan datang")[2]
    assert "Usia pensiun JP berubah: 59 tahun genap menjadi 60 tahun genap" in coming
    assert "1 Maret 2026" not in coming
