"""The night's own tools: what they make wrong, what they count, and that nothing is left out of it."""

import ast
import re
import textwrap
from pathlib import Path

import pytest

from tests.night.__main__ import PARTS, of_the_last_line, of_the_report
from tests.night.mutations import mutants

TESTS = Path(__file__).resolve().parents[1]


def wrongs(source: str) -> set[str]:
    """The mutants of one function's only line, without their places."""
    found = mutants("m.py", f"def f(a, b):\n    {source}\n")
    return {mutant.name.removeprefix("m.py f: ") for mutant in found}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = a < b", {"a < b -> a <= b", "a < b -> a >= b"}),
        ("a = a not in b", {"a not in b -> a in b"}),
        ("a = a + b", {"a + b -> a - b"}),
        ("a //= b", {"a //= b -> a *= b"}),
        ("a = a and b", {"a and b -> a or b"}),
        ("a = not a", {"not a -> a"}),
        ("a = min(a, b)", {"min(a, b) -> max(a, b)"}),
        ("a = 5", {"5 -> 6", "5 -> 4"}),
        ("a = True", {"True -> False"}),
        ("a = 'jht'", {"'jht' -> 'jht~'"}),
        ("return a", {"return a -> return None"}),
        ("a.clear()", {"a.clear() -> pass"}),
        ("a = [x for x in a if x]", {"x -> not x"}),
        ("a = a if b else 0", {"b -> not b", "0 -> 1 in a if b else 0", "0 -> -1 in a if b else 0"}),
    ],
)
def test_each_kind_of_wrong_is_made(source: str, expected: set[str]) -> None:
    assert wrongs(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "'''A docstring of 5 words.'''",
        "a: int | None = None",
        "a = f'{a} days'",
        "a = Words(id='hari', en='day')",
        "a = zip(a, b, strict=True)",
        "return None",
    ],
)
def test_what_nobody_can_notice_is_left_alone(source: str) -> None:
    assert wrongs(source) == set()


def test_every_mutant_can_be_read_has_one_wrong_and_a_name_of_its_own() -> None:
    source = textwrap.dedent(
        """
        LEAST = 1

        class Share:
            def of(self, wage, rate):
                if wage < LEAST and rate != 0:
                    return 0
                return (2 * wage * rate + 1) // 2
        """
    )
    made = list(mutants("share.py", source))
    plain = ast.unparse(ast.parse(source))
    assert len({mutant.name for mutant in made}) == len({mutant.source for mutant in made}) == len(made) > 15
    for mutant in made:
        lines = zip(plain.splitlines(), mutant.source.splitlines(), strict=True)
        assert sum(before != after for before, after in lines) == 1, mutant.name


def test_a_part_tells_the_outcomes_and_the_sums_of_what_its_tests_recorded(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    point = '<properties><property name="points" value="{}"/></properties>'
    report.write_text(
        f"<testsuites><testsuite><testcase>{point.format(70)}</testcase><testcase>{point.format(5)}<failure/></testcase>"
        "<testcase><skipped/></testcase></testsuite></testsuites>"
    )
    assert of_the_report("", report) == "75 points, tests: 1 failure, 1 passed, 1 skipped"
    assert of_the_last_line("one\nmutants: 5 made\n", report) == "5 made"


def test_every_test_of_the_night_lies_where_the_night_looks() -> None:
    folders = {Path(part.argv[1]).name for part in PARTS.values() if "night" in part.argv}
    marked = {path for path in TESTS.rglob("test_*.py") if "@pytest.mark.night" in path.read_text()} - {Path(__file__)}
    assert marked
    assert {path.relative_to(TESTS).parts[0] for path in marked} == folders


def test_every_property_is_asked_more_often_by_night() -> None:
    for path in TESTS.rglob("test_*.py"):
        plain = re.search(r"max_examples=\d", path.read_text())
        assert plain is None or path == Path(__file__), f"{path}: write often(...)"
