"""YAML in which nothing is lost."""

from decimal import Decimal
from pathlib import Path

import pytest

from lindung.law import LawError
from lindung.law.yaml_text import read_yaml


def _file(folder: Path, text: str) -> Path:
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_decimals_stay_exact(tmp_path: Path) -> None:
    assert read_yaml(_file(tmp_path, "growth: 0.0502\nwage: 1_000_000")) == {
        "growth": Decimal("0.0502"),
        "wage": 1_000_000,
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("wage: 1\nwage: 2", "'wage' stands twice"),
        ("wage: 012000000", "'012000000' is not a plain decimal number"),
        ("wage: 190:20:30", "not a plain decimal number"),
        ("growth: .nan", "not a plain decimal number"),
        ("wage: [1", "cases.yaml"),
        ("wage: !!python/name:os.system x", "could not determine a constructor"),
        ("wage: \x07", "cases.yaml"),
    ],
)
def test_what_would_be_read_as_something_else_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(LawError, match=complaint):
        read_yaml(_file(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"none\.yaml cannot be read: No such file"):
        read_yaml(tmp_path / "none.yaml")
