"""The public names of the law: what they are, that each is loaded on first use, and what that costs."""

import subprocess
import sys
from statistics import median

import pytest

from lindung import law

IMPORT = "import time; began = time.process_time(); import lindung.law as law; "
ASK = "law.answer('PU', '2026-02', {'wage': 12000000, 'jkk_class': 'II'}); "
TELL = "print((time.process_time() - began) * 1000)"


@pytest.mark.parametrize("name", law.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    public = getattr(law, name)
    assert public.__doc__, f"{name} says nothing about itself"


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'benefits'"):
        law.benefits  # noqa: B018  # reading it is what is refused


def test_names_that_are_loaded_on_first_use_are_the_ones_of_their_modules() -> None:
    from lindung.law import contributions, segments, simulation

    assert law.assess is contributions.assess
    assert law.answer is segments.answer
    assert law.simulate is simulation.simulate
    assert law.bpu.__name__ == "lindung.law.segments.bpu"


@pytest.mark.parametrize("name", ["bpu", "development", "jakon", "parameters", "pmi"])
def test_a_module_that_is_a_public_name_needs_no_import_of_its_own(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(vars(law), name, raising=False)
    assert getattr(law, name).__name__.endswith(f".{name}")


@pytest.mark.parametrize("segment", ["PU", "BPU", "JAKON", "PMI"])
def test_every_segment_of_contributions_is_assessed_explained_and_written_as_sql(segment: str) -> None:
    module = law if segment == "PU" else getattr(law, segment.lower())
    assert all(callable(getattr(module, name)) for name in ("assess", "explain", "sql_expressions"))


def test_importing_the_law_and_one_explained_case_take_no_time_to_speak_of() -> None:
    def milliseconds() -> float:
        command = [sys.executable, "-c", IMPORT + ASK + TELL]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    # Time of the processor: what else the machine does is not the law's. bench/law.py measures the whole process.
    assert median(milliseconds() for _ in range(5)) <= 150
