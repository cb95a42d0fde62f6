"""The embedded PostgreSQL 18: one server per data folder, reached through a unix socket only.

The server is our own foreground child. The application's role comes in without a password, through a socket
in a folder that only this user and the server's user can enter; the owner needs the password in
``owner.secret``. As root the server runs as an unprivileged user; nothing that root writes lies in a folder
which that user owns.
"""

import contextlib
import functools
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psycopg
from psycopg import sql

from lindung.config import processes
from lindung.config.datadir import CannotStart, FolderLock, make_folder, owner_password, write_atomically
from lindung.config.unprivileged import (
    CLEAN_ENV,
    ELSEWHERE,
    User,
    can_enter,
    make_folder_for_all,
    run_as,
    server_programs,
    service_user,
)

OWNER = "lindung_owner"
APPLICATION = "lindung_app"
DATABASE = "lindung"
_SOCKET = ".s.PGSQL.5432"
_SOCKET_PATH_LIMIT = 107
_FAST, _IMMEDIATE = signal.SIGINT, signal.SIGQUIT

ACCESS = f"""\
local  all          {OWNER}        scram-sha-256
local  replication  {OWNER}        scram-sha-256
local  all          {APPLICATION}  trust
"""


class EmbeddedServer:
    """PostgreSQL in ``data_dir/postgres``. Also a context manager: entering starts it, leaving stops it.

    ``settings`` override the server's configuration (``fsync="off"`` for tests); ``say`` gets lines to read.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        settings: Mapping[str, str] | None = None,
        may_create_secrets: bool = True,
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.folder = Path(data_dir).resolve()
        self.process: subprocess.Popen[bytes] | None = None
        self._settings = settings or {}
        self._may_create_secrets = may_create_secrets
        self._say = say
        self._log_start = 0

    @property
    def home(self) -> Path:
        """Where the server lives; elsewhere when ``data_dir/postgres`` is a link that says so."""
        return (self.folder / "postgres").resolve()

    @property
    def sockets(self) -> Path:
        """The folder of the socket; a short one elsewhere if the kernel's limit on socket paths is passed."""
        near = self.home / "run"
        if len(os.fsencode(near / _SOCKET)) <= _SOCKET_PATH_LIMIT:
            return near
        if os.geteuid() == 0:
            return ELSEWHERE / f"{self._tag}-run"
        return Path(f"/tmp/lindung-{os.geteuid()}-{self._tag}")

    @property
    def pid(self) -> int | None:
        """The postmaster's pid while it runs."""
        return self.process.pid if self.process and self.process.poll() is None else None

    @functools.cached_property
    def user(self) -> User | None:
        """Who the server runs as when we are root: whose data it is, or the service user. Else ``None``."""
        if os.geteuid() != 0:
            return None
        with contextlib.suppress(FileNotFoundError):
            data = (self.home / "data").stat()
            if data.st_uid != 0:
                return data.st_uid, data.st_gid
        return service_user()

    @functools.cached_property
    def lock(self) -> FolderLock:
        """The lock of the data folder; ``start`` takes it, ``stop`` lets go."""
        return FolderLock(self.folder, group=self.user and self.user[1])

    def owner_url(self, database: str = DATABASE) -> str:
        """For the command that makes tables, roles and grants, and for nothing else."""
        password = owner_password(self.folder, may_create=False)
        return self._url(f"{OWNER}:{quote(password, safe='')}", database)

    def app_url(self, database: str = DATABASE) -> str:
        """For everything else."""
        return self._url(APPLICATION, database)

    def start(self) -> "EmbeddedServer":
        """Take the folder, make the cluster if there is none, start; return when a connection has answered.

        Waits as long as the server lives, however long it recovers. Raises ``CannotStart``.
        """
        self.lock.acquire()
        try:
            self._prepare()
            self.spawn()
            while not self._wait_until_it_answers():
                output = processes.last_lines(self.folder / "log" / "postgres.log", since=self._log_start)
                if "is still in use" not in output:  # shared memory of a killed predecessor, about to go
                    raise CannotStart(f"the database did not start:\n{output}")
                self.spawn()
        except BaseException:
            self.stop()
            raise
        return self

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the server on a prepared folder, clearing away what a killed one left; do not wait."""
        self._clear_leftovers()
        argv = [str(self._programs / "postgres"), "-D", str(self.home / "data")]
        argv += ["-c", f"config_file={self.home / 'postgresql.conf'}"]
        log = self.folder / "log" / "postgres.log"
        self._log_start = log.stat().st_size if log.exists() else 0
        child = processes.Child("postgres", argv, CLEAN_ENV, user=self.user)
        self.process = processes.spawn(child, log.parent)
        return self.process

    def stop(self) -> None:
        """Stop within seconds: fast, then at once (the next start recovers), and let go of the folder."""
        if self.process and self.process.poll() is None:
            for how, seconds in ((_FAST, 5), (_IMMEDIATE, 3), (signal.SIGKILL, None)):
                self.process.send_signal(how)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(seconds)
                    break
        self.lock.release()

    def kill(self) -> None:
        """SIGKILL the postmaster, as a fault would."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> "EmbeddedServer":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _tag(self) -> str:
        return hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]

    @property
    def cluster_name(self) -> str:
        return f"lindung-{self._tag}"

    def _url(self, who: str, database: str) -> str:
        return f"postgresql://{who}@/{quote(database, safe='')}?host={quote(str(self.sockets), safe='')}"

    def _prepare(self) -> None:
        make_folder(self.folder / "log")
        self._settle()
        if not (self.home / "data").exists():
            self._initialise()
        owner_password(self.folder, may_create=False)
        if not can_enter(self.user, self.home / "data"):
            raise CannotStart(f"{self.home / 'data'} is closed to the user it belongs to. Open its parents.")
        self._make_sockets()
        write_atomically(self.home / "pg_hba.conf", ACCESS, mode=0o644)
        write_atomically(self.home / "postgresql.conf", self._configuration(), mode=0o644)

    def _settle(self) -> None:
        """Decide where the server lives, once: here, or elsewhere if its user cannot come here."""
        home = self.folder / "postgres"
        group = self.user and self.user[1]
        if home.is_symlink() and not home.exists():
            raise CannotStart(f"{home} points to {home.readlink()}, which is gone. Put it back.")
        if not (home / "data").exists() and not home.is_symlink():
            make_folder(home, group=group)
            if not can_enter(self.user, home):
                home.rmdir()
                make_folder_for_all(ELSEWHERE)
                away = ELSEWHERE / self._tag
                if (away / "data").exists():
                    aside = away.with_name(f"{away.name}-{secrets.token_hex(4)}")
                    away.rename(aside)
                    self._say(f"An older database, whose {self.folder} was removed, is kept in {aside}.")
                make_folder(away, group=group)
                home.symlink_to(away)
        if home.is_symlink():
            self._say(f"The database lives in {self.home}: a parent folder of {home} is closed to its user.")

    def _initialise(self) -> None:
        """Make the cluster aside and rename it into place, so that a killed attempt is simply made again."""
        password = owner_password(self.folder, may_create=self._may_create_secrets)
        for left in self.home.glob("new-*"):
            shutil.rmtree(left, ignore_errors=True)
        workshop = Path(tempfile.mkdtemp(prefix="new-", dir=self.home))
        data, password_file = workshop / "data", workshop / "password"
        write_atomically(password_file, password, mode=0o400)
        data.mkdir(mode=0o700)
        if self.user:
            workshop.chmod(0o711)
            for path in (data, password_file):
                os.chown(path, *self.user)
        argv = [str(self._programs / "initdb"), "-D", str(data), "-U", OWNER, "--pwfile", str(password_file)]
        argv += ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--locale-provider=builtin"]
        argv += ["--builtin-locale=C.UTF-8", "--data-checksums", "--no-instructions"]
        if self._settings.get("fsync") == "off":
            argv.append("--no-sync")
        made = run_as(self.user, argv)
        if made.returncode != 0:
            raise CannotStart(f"the database could not be made:\n{made.stdout.decode(errors='replace')}")
        data.rename(self.home / "data")
        shutil.rmtree(workshop)

    def _make_sockets(self) -> None:
        if self.sockets.parent == ELSEWHERE:
            make_folder_for_all(ELSEWHERE)
        make_folder(self.sockets)
        if self.user:
            os.chown(self.sockets, *self.user, follow_symlinks=False)
        found = self.sockets.lstat()
        if found.st_uid != (self.user[0] if self.user else os.geteuid()) or found.st_mode & 0o777 != 0o700:
            raise CannotStart(f"{self.sockets} was made by somebody else. Remove it.")

    def _configuration(self) -> str:
        memory_mb = _memory_bytes() // 2**20
        cores = len(os.sched_getaffinity(0))
        # In small containers /dev/shm is 64 MB, too little for a parallel hash join.
        shm = os.statvfs("/dev/shm") if os.path.exists("/dev/shm") else None
        roomy = shm is not None and shm.f_bavail * shm.f_frsize >= 2**28
        settings = {
            "hba_file": str(self.home / "pg_hba.conf"),
            "cluster_name": self.cluster_name,
            "listen_addresses": "",
            "unix_socket_directories": '"' + str(self.sockets).replace('"', '""') + '"',
            # Eight threads of a process of the public door keep theirs; sixteen, and whoever books, at the machines'.
            "max_connections": str(max(100, 24 * cores + 50)),
            "client_connection_check_interval": "1s",  # a query whose client was killed ends too
            "shared_buffers": f"{max(32, min(512, memory_mb // 8))}MB",
            "effective_cache_size": f"{max(64, memory_mb // 2)}MB",
            "maintenance_work_mem": f"{max(16, min(256, memory_mb // 32))}MB",
            "work_mem": f"{max(4, min(16, memory_mb // 256))}MB",
            "dynamic_shared_memory_type": "posix" if roomy else "mmap",
            "wal_level": "replica",
            "max_wal_size": "4GB",
            "wal_compression": "off",
            "synchronous_commit": "on",
            # After a kill the server asks the file system once, and not every file of the folder by itself: it answers
            # again seconds earlier, and as safely since Linux 5.8, which tells of what could not be written.
            "recovery_init_sync_method": "syncfs",
            "jit": "off",
            "random_page_cost": "1.1",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
            "default_text_search_config": "pg_catalog.simple",
            "log_line_prefix": "%m [%p] ",
            # Statements, parameters, key values and whole rows are personal data and may not reach the log.
            # Errors of clients go to the client, which logs what it may.
            "log_min_messages": "log",
            "log_min_error_statement": "panic",
            "log_parameter_max_length_on_error": "0",
            "log_error_verbosity": "terse",
            **self._settings,
        }
        quoted = {name: value.replace("'", "''") for name, value in settings.items()}
        return "".join(f"{name} = '{value}'\n" for name, value in quoted.items())

    def _clear_leftovers(self) -> None:
        """End what a killed server left running and remove its pid file; we hold the folder, so it is ours.

        A backend in the middle of a long query does not notice that its postmaster is gone, and a stale pid
        file may name a process that has nothing to do with us.
        """
        title = f"postgres: {self.cluster_name}: ".encode()
        data = b"\0-D\0" + os.fsencode(self.home / "data") + b"\0"
        while left := [
            pid
            for pid, line in processes.command_lines()
            if line.startswith(title) or (data in line and line.split(b"\0")[0].endswith(b"/postgres"))
        ]:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.02)
        (self.home / "data" / "postmaster.pid").unlink(missing_ok=True)
        for stale in (_SOCKET, f"{_SOCKET}.lock"):
            (self.sockets / stale).unlink(missing_ok=True)

    def _wait_until_it_answers(self) -> bool:
        """True when a connection answered and the database exists; False when the server ended instead."""
        attempts = 0
        while self.pid:
            try:
                url = self.owner_url("postgres")
                with psycopg.connect(url, port=5432, connect_timeout=5, autocommit=True) as db:
                    if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                        db.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
                    return True
            except psycopg.OperationalError as error:
                if "authentication failed" in str(error):
                    secret = self.folder / "owner.secret"
                    raise CannotStart(f"{secret} does not hold this database's password.") from error
            attempts += 1
            if attempts == 60:
                self._say("The database is not ready yet; after a crash it first reads its journal again.")
            time.sleep(0.02 if attempts < 50 else 0.2)
        return False

    @functools.cached_property
    def _programs(self) -> Path:
        return server_programs(self.user, self._say)


def _memory_bytes() -> int:
    """The machine's memory, or the container's limit if that is smaller."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    text = limit.read_text().strip() if limit.exists() else "max"
    return machine if text == "max" else min(machine, int(text))
