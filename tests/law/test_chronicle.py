"""The timeline: every dated value as an event, by regulation."""

from datetime import date

import pytest

from lindung.law import timeline
from lindung.law.chronicle import regulation_of
from lindung.law.parameters import all_names, history


def test_every_value_of_every_parameter_is_one_event() -> None:
    events = [event for entry in timeline() for event in entry.events]
    assert len(events) == sum(len(history(name)) for name in all_names())
    assert {event.parameter for event in events} == set(all_names())
    for entry in timeline():
        assert {(event.on, event.regulation) for event in entry.events} == {(entry.on, entry.regulation)}


def test_entries_stand_in_order_of_their_days() -> None:
    entries = [(entry.on, entry.regulation) for entry in timeline()]
    assert entries == sorted(entries)
    assert len(entries) == len(set(entries))


def _sentences(about: str, on: date) -> list[str]:
    return [event.sentence("en") for entry in timeline(about=about) if entry.on == on for event in entry.events]


def test_an_event_says_how_the_law_changed() -> None:
    assert _sentences("jp/wage_ceiling", date(2026, 3, 1)) == [
        "JP wage ceiling changes: 10547400 -> 11086300 (rupiah per month; PP 45/2015 art 29(3); letter B/1226/022026)"
    ]
    assert _sentences("jht/worker_rate", date(2015, 7, 1)) == [
        "JHT contribution rate, worker's share begins: 2% (percent of the monthly wage; PP 46/2015 art 16(1))"
    ]
    assert _sentences("jkp/government_rate", date(2025, 2, 7))[0].startswith("Government's share of the JKP contributi")
    assert " stays: 0.22%" in _sentences("jkp/government_rate", date(2025, 2, 7))[0]
    assert " ends: 100%" in _sentences("relief/pandemic", date(2021, 2, 1))[0]
    assert " is unknown: unknown" in _sentences("jht/development_rate", date(2021, 1, 1))[0]
    assert " changes: unknown -> 7.19%" in _sentences("jht/development_rate", date(2016, 1, 1))[0]
    indonesian = [event.sentence("id") for entry in timeline(about="jp/wage_ceiling_step") for event in entry.events]
    assert indonesian[0].startswith(
        "Kelipatan pembulatan ke bawah batas upah JP mulai berlaku: 100 (rupiah; PP 45/2015 Pa"
    )


def test_doubts_of_a_value_and_of_its_first_day_stand_beside_it() -> None:
    events = {event.parameter: event for entry in timeline(about="pmi/before") for event in entry.events[:1]}
    assert events
    first = timeline(about="pmi/before")[0].events[0]
    assert [doubt.en for doubt in first.doubts] == [
        "The amount under Permenaker 7/2017 is recalled only.",
        "The first month of Permenaker 7/2017 is recalled only.",
    ]
    assert first.confidence == "low"


@pytest.mark.parametrize(
    ("article", "regulation"),
    [
        ("PP 45/2015 Pasal 29 ayat 3; surat B/726/022025", "surat B/726/022025"),
        ("PP 45/2015 Pasal 29 ayat 3; surat B/726/022025 angka 2", "surat B/726/022025"),
        ("PP 44/2015 Pasal 54; Permenaker 5/2021 Pasal 71 ayat 3-4", "Permenaker 5/2021"),
        ("Permen P2MI 9/2026 Lampiran I", "Permen P2MI 9/2026"),
        ("UU 24/2011 Pasal 14", "UU 24/2011"),
        ("PP 46/2015", "PP 46/2015"),
        ("-", "-"),
    ],
)
def test_the_regulation_is_the_one_that_a_citation_ends_with(article: str, regulation: str) -> None:
    assert regulation_of(article) == regulation
