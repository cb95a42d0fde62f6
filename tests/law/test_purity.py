"""What the law room loads, seen from a fresh process."""

import subprocess
import sys

import pytest


def _loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys; sys.stderr.write('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return {name.partition(".")[0] for name in done.stderr.split("\n")}


IMPORT_ALL = """
import pkgutil, importlib, lindung.law
for module in pkgutil.walk_packages(lindung.law.__path__, 'lindung.law.'):
    importlib.import_module(module.name)
"""
ANSWER_ONE = """
from lindung.config.cli import main
main('law contributions --wage 12000000 --month 2026-02 --jkk-class II --birth-date 1990-01-01 --json'.split())
"""


def test_importing_the_whole_law_loads_no_framework_no_numpy_and_no_yaml() -> None:
    assert not _loaded_by(IMPORT_ALL) & {"django", "psycopg", "procrastinate", "polars", "numpy", "yaml"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_one_answer_on_the_command_line_loads_no_framework_and_no_numpy(language: str) -> None:
    code = ANSWER_ONE.replace("--json", f"--json --lang {language}")
    loaded = _loaded_by(code)
    assert not loaded & {"django", "psycopg", "numpy"}
    assert "yaml" in loaded
