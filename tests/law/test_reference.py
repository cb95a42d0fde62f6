"""The reference pages are what the code says."""

from pathlib import Path

import pytest

from lindung.law import segments
from lindung.law.contributions import KEYS
from lindung.law.programmes import Programme
from lindung.law.reference import coverage_page, parameters_page, timeline_page, topics_page

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "law"
CASES = Path(__file__).parent / "cases"
PAGES = {
    "parameters.md": parameters_page,
    "timeline.md": timeline_page,
    "topics.md": topics_page,
    "coverage.md": lambda: coverage_page(CASES),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_one_that_lindung_law_reference_writes(page: str) -> None:
    assert (FOLDER / page).read_text(encoding="utf-8") == PAGES[page]()


def test_the_pages_name_every_key_input_segment_and_programme() -> None:
    words = {*KEYS, *segments.names(), *Programme}
    for name in segments.names():
        words |= segments.find(name).INPUTS
    text = "".join((FOLDER / page).read_text(encoding="utf-8") for page in ("index.md", "topics.md"))
    assert not [word for word in words if f"`{word}`" not in text]


def test_every_topic_that_can_be_asked_is_in_the_index() -> None:
    index = (FOLDER / "index.md").read_text(encoding="utf-8")
    assert not [name for name in segments.names() if f"`{name}`" not in index]


def test_what_is_doubtful_stands_beside_its_topic() -> None:
    page = coverage_page(CASES)
    own_account = page.partition("## `BPU`")[2].partition("## `")[0]
    assert "The middle rows of the table were not compared with the annex." in own_account
    assert "*band_below*" in own_account
    assert "| `SANCTION` | Administrative sanctions | 4 | high | 0 |" in page


def test_the_timeline_marks_what_is_not_certain() -> None:
    page = timeline_page()
    assert "`bpu/registration_age`: Age at registration as an own-account worker must be under begins: 56" in page
    assert "Permenaker 1/2016) *(low)*" in page
