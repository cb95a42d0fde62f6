"""``lindung run``: what it refuses, what its children get, what it does once and only once."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lindung.config import processes, run_cli
from lindung.config.datadir import CannotStart
from lindung.config.postgres import EmbeddedServer
from lindung.config.processes import PROJECT, Child


def lindung_run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, which must end by itself."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LINDUNG_", "DATABASE_"))}
    argv = [sys.executable, "-m", "lindung.config.cli", "run", *words]
    return subprocess.run(argv, cwd=PROJECT, env=env | environment, capture_output=True, text=True, timeout=30)


def test_a_busy_port_stops_the_start_before_anything_is_started(open_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        busy = listening.getsockname()[1]
        ended = lindung_run("--port", str(busy - 1), "--data", str(open_folder / "var"), "--empty")
    assert ended.returncode == 1
    assert f"port {busy} (staff)" in ended.stderr
    assert f"process {os.getpid()}" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert {path.name for path in (open_folder / "var").iterdir()} == {"lock", "log"}


def test_a_second_start_on_one_folder_names_the_first(embedded: Callable[..., EmbeddedServer]) -> None:
    server = embedded()
    server.lock.acquire()
    (server.folder / "pids.json").write_text("{}")
    ended = lindung_run("--data", str(server.folder), "--empty")
    assert ended.returncode == 1
    assert f"in use by process {os.getpid()}" in ended.stderr
    assert (server.folder / "pids.json").exists()


def test_a_port_that_leaves_no_room_for_five_is_refused() -> None:
    ended = lindung_run("--port", "65534")
    assert ended.returncode == 2
    assert "65531" in ended.stderr


@pytest.mark.parametrize(
    ("words", "environment", "complaint"),
    [
        ([], {}, "keys.json is missing"),
        ([], {"LINDUNG_NOW": "+86400"}, "LINDUNG_NOW"),
        (["--members", "10"], {}, "invented people"),
    ],
)
def test_production_refuses_to_invent(
    words: list[str], environment: dict[str, str], complaint: str, open_folder: Path
) -> None:
    data = open_folder / "var"
    ended = lindung_run("--data", str(data), "--port", "28400", *words, LINDUNG_ENV="production", **environment)
    assert ended.returncode == 1
    assert complaint in ended.stderr
    for secret in ("keys.json", "owner.secret"):
        assert not (data / secret).exists()


def test_production_runs_no_simulator() -> None:
    assert run_cli._doors(production=True) == ["public", "staff", "machines"]
    assert set(run_cli._doors(production=False)) > {"simulators", "mail"}


def test_a_clock_that_cannot_be_read_is_refused(open_folder: Path) -> None:
    ended = lindung_run("--data", str(open_folder / "var"), LINDUNG_NOW="tomorrow")
    assert ended.returncode == 1
    assert "ISO 8601" in ended.stderr


def test_children_know_the_application_only(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner:secret@/lindung")
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("LINDUNG_NOW", "2030-01-01T00:00:00+07:00")
    server = EmbeddedServer(open_folder / "var")
    base = run_cli._environment(9000, server.folder, server.folder / "keys.json", -3600, server)
    children = {child.name: child for child in run_cli._children(9000, base, list(run_cli.DOORS))}

    assert {name: child.port for name, child in children.items()} == {
        "public": 9000,
        "staff": 9001,
        "machines": 9002,
        "simulators": 9003,
        "mail": 9004,
        "worker": None,
    }
    for child in children.values():
        assert "DATABASE_OWNER_URL" not in child.env
        assert "PGPORT" not in child.env
        assert child.env["DATABASE_URL"] == server.app_url()
        assert child.env["LINDUNG_NOW"] == "-3600"
        assert child.env["LINDUNG_DATA"] == str(server.folder)
        assert child.env["LINDUNG_PORT"] == "9000"
    assert [child.env["LINDUNG_DOOR"] for child in children.values()] == [
        "public",
        "staff",
        "machines",
        "simulators",
        "simulators",
        "worker",
    ]
    assert all(
        child.argv[child.argv.index("--host") + 1] == "127.0.0.1"
        for child in children.values()
        if "--host" in child.argv
    )


def test_structure_is_brought_up_once_and_again_after_a_failure_or_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Child] = []
    fails = True

    def step(child: Child, log_folder: Path) -> None:
        calls.append(child)
        if fails:
            raise CannotStart("killed midway")

    monkeypatch.setattr(processes, "run_to_end", step)
    with pytest.raises(CannotStart):
        run_cli._migrate(tmp_path, tmp_path, {}, "postgresql://owner")
    fails = False
    run_cli._migrate(tmp_path, tmp_path, {}, "postgresql://owner")
    run_cli._migrate(tmp_path, tmp_path, {}, "postgresql://owner")
    assert len(calls) == 2
    assert calls[-1].env["DATABASE_OWNER_URL"] == "postgresql://owner"

    monkeypatch.setattr(run_cli, "structure_stamp", lambda package: "changed")
    run_cli._migrate(tmp_path, tmp_path, {}, "postgresql://owner")
    assert len(calls) == 3
    # No mark is believed about a database that somebody else runs.
    run_cli._migrate(tmp_path, None, {}, "postgresql://owner")
    run_cli._migrate(tmp_path, None, {}, "postgresql://owner")
    assert len(calls) == 5


def test_the_stamp_changes_with_a_model_a_migration_or_sql(tmp_path: Path) -> None:
    stamps = {run_cli.structure_stamp(tmp_path)}
    for name in ("models.py", "migrations/0001_initial.py", "sql/post.sql"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("one")
        stamps.add(run_cli.structure_stamp(tmp_path))
    (tmp_path / "models.py").write_text("two")
    stamps.add(run_cli.structure_stamp(tmp_path))
    assert len(stamps) == 5


def test_demo_data_is_loaded_once_and_again_after_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Child] = []
    fails = True

    def step(child: Child, log_folder: Path) -> None:
        calls.append(child)
        if fails:
            raise CannotStart("killed midway")

    monkeypatch.setattr(processes, "run_to_end", step)
    with pytest.raises(CannotStart):
        run_cli._load_demo(tmp_path, tmp_path, {}, 50)
    fails = False
    run_cli._load_demo(tmp_path, tmp_path, {}, 50)
    run_cli._load_demo(tmp_path, tmp_path, {}, 50)
    assert len(calls) == 2
    assert list(calls[0].argv[-3:]) == ["demo", "--members", "50"]


def test_the_welcome_shows_addresses_and_signins_in_columns(tmp_path: Path) -> None:
    (tmp_path / "signins.json").write_text(
        '[{"door": "staff", "who": "officer", "name": "siti", "password": "p1"},'
        ' {"door": "member", "who": "worker of two employers", "name": "99000000001", "password": "p2"}]'
    )
    text = run_cli._welcome(9000, ["public", "staff"], tmp_path, {"database": 0.5, "doors": 1.0})
    assert "up after 1.5 s (database 0.5 s, doors 1.0 s)" in text
    assert "http://127.0.0.1:9001/" in text
    assert "9003" not in text
    rows = [line for line in text.splitlines() if "p1" in line or "p2" in line]
    assert len({line.index(password) for line, password in zip(rows, ("p1", "p2"), strict=True)}) == 1
