"""The data folder: its holder, its secrets, its files."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lindung.config.datadir import (
    CannotStart,
    FolderLock,
    ensure_keys,
    make_folder,
    owner_password,
    write_atomically,
)
from lindung.lib.crypto import Keyring


def test_a_folder_has_one_holder_and_a_second_names_it(tmp_path: Path) -> None:
    first = FolderLock(tmp_path / "var")
    first.acquire()
    first.acquire()
    with pytest.raises(CannotStart, match=rf"in use by process {os.getpid()}\b"):
        FolderLock(tmp_path / "var").acquire()
    first.release()
    FolderLock(tmp_path / "var").acquire()


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path; from lindung.config.datadir import FolderLock\n"
        "FolderLock(Path(sys.argv[1])).acquire(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path / "var")], cwd=root).returncode == -9
    FolderLock(tmp_path / "var").acquire()


def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path, group=os.getgid())
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_keys_are_made_once_for_this_user_alone_and_can_be_read_as_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    ensure_keys(path, may_create=True)
    first = path.read_text()
    ensure_keys(path, may_create=True)
    ensure_keys(path, may_create=False)
    assert path.read_text() == first
    assert path.stat().st_mode & 0o777 == 0o400
    ring = Keyring.parse(first)
    assert ring.current == "k1"
    assert ring.keys["k1"] != ring.index_key
    assert len(base64.b64decode(json.loads(first)["index"])) == 32
    assert len(json.loads(first)["django"]) >= 50


def test_missing_secrets_are_named_where_they_may_not_be_made(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"keys\.json is missing"):
        ensure_keys(tmp_path / "keys.json", may_create=False)
    with pytest.raises(CannotStart, match=r"owner\.secret is missing"):
        owner_password(tmp_path, may_create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_whole_even_over_what_a_killed_writer_left(tmp_path: Path) -> None:
    path = tmp_path / "pids.json"
    (tmp_path / ".pids.json.new").write_text("half")
    (tmp_path / ".pids.json.new").chmod(0o400)
    write_atomically(path, "one", mode=0o400)
    write_atomically(path, "two", mode=0o400)
    assert path.read_text() == "two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["pids.json"]
