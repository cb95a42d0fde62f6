"""The reference pages are what the code says."""

from pathlib import Path

from lindung.law import segments
from lindung.law.contributions import KEYS
from lindung.law.programmes import Programme
from lindung.law.reference import parameters_page

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "law"


def test_the_parameter_page_is_the_one_that_lindung_law_reference_writes() -> None:
    assert (FOLDER / "parameters.md").read_text(encoding="utf-8") == parameters_page()


def test_the_index_names_every_key_input_segment_and_programme() -> None:
    index = (FOLDER / "index.md").read_text(encoding="utf-8")
    words = {*KEYS, *segments.names(), *Programme}
    for name in segments.names():
        words |= segments.find(name).INPUTS
    assert not [word for word in words if f"`{word}`" not in index]
