"""The examples of the guides to the law: each is run as it stands."""

import doctest
from pathlib import Path

import pytest

GUIDES = sorted((Path(__file__).parents[2] / "docs" / "how-to").glob("law-*.md"))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_the_examples_of_a_guide_give_what_it_says(guide: Path) -> None:
    failed, tried = doctest.testfile(str(guide), module_relative=False)
    assert tried >= 5
    assert failed == 0


def test_every_segment_of_contributions_has_a_guide() -> None:
    assert {f"law-{segment}" for segment in ("pu", "bpu", "jakon", "pmi")} <= {guide.stem for guide in GUIDES}
