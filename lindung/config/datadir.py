"""The data folder: who holds it, what is secret in it, how its files are written."""

import base64
import fcntl
import json
import os
import secrets
import time
from pathlib import Path

NEWCOMERS_FILE = "pekerja-baru.xlsx"
"""A list of new workers for whoever tries the demonstration."""


class CannotStart(Exception):
    """Something outside the program stops it from starting; the text names it and the cure."""


def make_folder(folder: Path, *, group: int | None = None) -> None:
    """Make a folder for this user alone, or one that ``group`` may pass through.

    An existing one is left as it is: nobody's rights are changed on what we did not make.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    if group is not None:
        os.chown(folder, -1, group)
        folder.chmod(0o710)


def write_atomically(path: Path, content: str | bytes, *, mode: int = 0o600) -> None:
    """Put a file in place whole and on disk, or leave what was there."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class FolderLock:
    """One holder per data folder; the kernel lets go when the holder dies, however it dies."""

    def __init__(self, folder: Path, *, group: int | None = None) -> None:
        self.folder = folder
        self._group = group
        self._file: int | None = None

    def acquire(self) -> None:
        """Take the folder, making it if need be. Raises ``CannotStart`` naming the process that holds it."""
        if self._file is not None:
            return
        make_folder(self.folder, group=self._group)
        file = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read_pid(file)
            os.close(file)
            raise CannotStart(
                f"{self.folder} is in use by process {holder}. Stop it, or name another folder with --data."
            ) from None
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        self._file = file

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _read_pid(file: int) -> str:
    """The pid in the lock file; its holder may still be between locking and writing."""
    for _ in range(20):
        if pid := os.pread(file, 20, 0).decode().strip():
            return pid
        time.sleep(0.05)
    return "(unknown)"


def owner_password(folder: Path, *, may_create: bool) -> str:
    """The database owner's password, in ``owner.secret`` (0400). Raises ``CannotStart`` if it must exist."""
    path = folder / "owner.secret"
    if not path.exists():
        if not may_create:
            raise CannotStart(f"{path} is missing. Put it back; only a first start outside production makes one.")
        write_atomically(path, secrets.token_urlsafe(32), mode=0o400)
    return path.read_text().strip()


def ensure_keys(path: Path, *, may_create: bool) -> None:
    """Make the keys file (0400) at the first start.

    Shape: ``{"encryption": {"current": id, "keys": {id: base64}}, "index": base64, "django": text}``, keys of
    32 bytes. Raises ``CannotStart`` if it is missing and may not be made: new keys would not open old data.
    """
    if path.exists():
        return
    if not may_create:
        raise CannotStart(f"{path} is missing. Put it back: new keys would not open what is stored.")
    first, index = (base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(2))
    keys = {
        "encryption": {"current": "k1", "keys": {"k1": first}},
        "index": index,
        "django": secrets.token_urlsafe(50),
    }
    write_atomically(path, json.dumps(keys, indent=1) + "\n", mode=0o400)
