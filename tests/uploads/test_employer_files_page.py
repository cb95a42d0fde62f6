"""The page about employers' files names every kind, sheet and column that we read."""

from pathlib import Path

import pytest

from lindung.uploads.kinds import KINDS
from lindung.uploads.layouts import OURS
from tests.uploads import people

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "employer-files.md").read_text()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_there_with_its_sheet_and_whether_it_may_be_booked_in_part(kind: str) -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{kind}`")]
    _, _, sheet, in_part, _, _ = (cell.strip() for cell in row.split("|"))
    assert sheet == f"`{KINDS[kind].LAYOUT.sheet}`"
    assert (in_part == "yes") == KINDS[kind].IN_PARTS


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_that_is_read_is_named(kind: str) -> None:
    section = PAGE.split(f"## `{kind}`")[1].split("\n## ")[0]
    for field, headings in KINDS[kind].LAYOUT.fields.items():
        if field != OURS:
            assert any(heading in section for heading in headings), f"{kind}: {field}"
    for heading in people.HEADINGS.get(kind, ()):
        assert heading in section
