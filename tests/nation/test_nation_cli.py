"""`lindung nation` as one types it."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl
import psycopg
import pytest

from lindung.config.cli import main
from lindung.config.postgres import EmbeddedServer
from lindung.nation import truth
from lindung.nation.nation import Nation
from lindung.nation.plan import Plan
from tests import environment

WORDS = ["nation", "--seed", "3", "--until", "2026-11-15"]


@pytest.fixture
def database(tmp_path: Path) -> dict[str, str]:
    """The environment of a command: a fresh database and a fresh data folder."""
    name = f"nation_{environment.WORKER}"
    environment.clone(name)
    url = EmbeddedServer(environment.server_folder() / "data").app_url(name)
    return {**os.environ, "DATABASE_URL": url, "LINDUNG_DATA": str(tmp_path), "LINDUNG_PORT": "9000"}


def command(words: dict[str, str], *given: str) -> "subprocess.CompletedProcess[str]":
    argv = [sys.executable, "-m", "lindung.config.cli", *given]
    return subprocess.run(argv, env=words, capture_output=True, text=True)


def count(words: dict[str, str], table: str) -> int:
    with psycopg.connect(words["DATABASE_URL"]) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert row
        return int(row[0])


def test_a_nation_is_loaded_audited_and_not_loaded_again(database: dict[str, str], tmp_path: Path) -> None:
    loaded = command(database, *WORDS, "--members", "900", "--months", "5")
    assert loaded.returncode == 0, loaded.stderr
    assert "loaded 900 members" in loaded.stdout
    assert "peak memory" in loaded.stdout
    assert (tmp_path / "nation-truth" / "nation.json").exists()
    audited = command(database, "self-check")
    assert audited.returncode == 0, audited.stdout
    people = count(database, "registry_person")
    again = command(database, *WORDS, "--members", "900", "--load")
    assert again.returncode == 1
    assert "into an empty one only" in again.stderr
    assert count(database, "registry_person") == people


@pytest.mark.faults
def test_a_load_that_is_killed_leaves_what_nobody_takes_for_a_nation(database: dict[str, str]) -> None:
    argv = [sys.executable, "-m", "lindung.config.cli", *WORDS, "--members", "60000", "--months", "1"]
    running = subprocess.Popen(argv, env=database, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while count(database, "registry_person") == 0:
        assert running.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    # That the audit fails on it and a second load is refused is told in test_load.py.
    assert count(database, "registry_employer") == 0
    assert count(database, "access_trailevent WHERE act = 'nation_begun'") == 1
    assert count(database, "access_trailevent WHERE act = 'nation_loaded'") == 0


def test_files_hold_the_nation_that_the_same_words_give_anywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = {**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONHASHSEED": "5", "LC_ALL": "C"}
    made = command(words, *WORDS, "--members", "400", "--months", "4", "--out", str(tmp_path / "files"))
    assert made.returncode == 0, made.stderr
    nation = Nation(Plan(members=400, seed=3, months=4, until_on=date(2026, 11, 15)))
    part = nation.part(0, 400)
    here = {**truth.tables(nation, part), **truth.whole(nation), "months": truth.months(nation, part)}
    assert set(here) == set(truth.TABLES)
    for name, frame in here.items():
        assert pl.read_parquet(tmp_path / "files" / name / "*.parquet").equals(frame), name
    assert main([*WORDS, "--members", "400", "--out", str(tmp_path / "files")]) == 1
    assert "is not empty" in capsys.readouterr().err


def test_a_description_is_printed_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*WORDS, "--members", "2000", "--describe", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    for words in ("nation of 2,000 members", "PU", "months paid", "holiday pay (THR, no wage)", "pictures:"):
        assert words in told
    drawn = sorted(path.stem for path in tmp_path.glob("*.svg"))
    assert drawn == ["ages", "cards", "firm-sizes", "jobs", "months-paid", "punctuality", "wages"]
    for picture in tmp_path.glob("*.svg"):
        text = picture.read_text()
        assert text.startswith("<svg")
        assert text.count("<rect") > 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--members", "0"], "1 to 20,000,000 members"),
        (["--members", "10", "--months", "400"], "at most 69 months"),
        (["--members", "10", "--until", "2999-01-01"], "is in the future"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_touched(
    given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*WORDS, *given]) == 1
    assert said in capsys.readouterr().err


def test_invented_people_are_refused_in_production(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINDUNG_ENV", "production")
    assert main([*WORDS, "--members", "9"]) == 1
    assert "refused in production" in capsys.readouterr().err
