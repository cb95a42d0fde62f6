"""Child processes that cannot outlive their parent, and the ports they listen on."""

import contextlib
import ctypes
import functools
import gc
import glob
import multiprocessing
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lindung.config.datadir import CannotStart

PROJECT = Path(__file__).resolve().parents[2]
LOG_LIMIT_BYTES = 10_000_000
_PR_SET_PDEATHSIG = 1
_AUTOGROUP = Path("/proc/self/autogroup")
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Child:
    """One process to keep running. ``port`` is what it listens on; ``user`` is the uid and gid it runs as; ``nice`` is
    how far it steps back when others want the cores."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    port: int | None = None
    restart: bool = True
    user: tuple[int, int] | None = None
    nice: int = 0


def die_with_parent(parent_pid: int | None = None) -> None:
    """Have the kernel kill this process when its parent dies, even by SIGKILL.

    Called first thing in every process that a server forks by itself; ``spawn`` does it for direct children.
    If the parent is already gone, the process ends here.
    """
    if parent_pid is None:
        forked_by = multiprocessing.parent_process()
        parent_pid = forked_by.pid if forked_by else os.getppid()
    if _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent_pid:
        os.kill(os.getpid(), signal.SIGKILL)


def share_what_is_loaded() -> None:
    """Called once everything is loaded and before the first fork: what is there stays, and looking through it again and
    again would copy it for every fork."""
    gc.collect()
    gc.freeze()


def spawn(child: Child, log_folder: Path) -> subprocess.Popen[bytes]:
    """Start a child in its own session, output to ``<name>.log``, to be killed by the kernel when we die."""
    if threading.current_thread() is not threading.main_thread():
        # The kernel means the thread that forked, not the process: its end kills the child.
        raise RuntimeError("children are started from the main thread only")
    log = log_folder / f"{child.name}.log"
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
    uid, gid = child.user or (None, None)
    with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600), "ab") as output:
        return subprocess.Popen(
            child.argv,
            env=child.env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Another user may not enter the project's folder.
            cwd="/" if child.user else PROJECT,
            user=uid,
            group=gid,
            extra_groups=[] if child.user else None,
            # Away from the terminal's Ctrl-C: the order in which things stop is the supervisor's.
            start_new_session=True,
            # Runs after the change of user, which would clear it.
            preexec_fn=functools.partial(_begin, os.getpid(), child.nice),
        )


def _begin(parent_pid: int, nice: int) -> None:
    os.nice(nice)
    # Where the kernel shares the cores out between sessions first, a step back inside its own session is none.
    with contextlib.suppress(OSError):
        _AUTOGROUP.write_text(str(nice))
    die_with_parent(parent_pid)


def run_to_end(child: Child, log_folder: Path) -> None:
    """Run a child and wait for it. Raises ``CannotStart`` with the end of its output if it fails."""
    log = log_folder / f"{child.name}.log"
    process = spawn(child, log_folder)
    try:
        code = process.wait()
    finally:
        end([process], patience_seconds=0)
    if code != 0:
        raise CannotStart(f"{child.name} failed ({how_it_ended(code)}), see {log}:\n{last_lines(log)}")


def end(processes: Iterable[subprocess.Popen[bytes]], *, patience_seconds: float) -> None:
    """Ask politely, wait, then kill with everything in the child's group."""
    alive = [process for process in processes if process.poll() is None]
    for process in alive:
        process.terminate()
    deadline = time.monotonic() + patience_seconds
    for process in alive:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def how_it_ended(code: int) -> str:
    """An exit status in words."""
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"


def last_lines(log: Path, *, since: int = 0, limit_bytes: int = 2000) -> str:
    """The end of a log, from the byte ``since`` on."""
    with log.open("rb") as file:
        file.seek(max(since, file.seek(0, os.SEEK_END) - limit_bytes))
        return file.read().decode(errors="replace").strip()


def refuse_busy_ports(ports: Mapping[int, str]) -> None:
    """Raise ``CannotStart`` naming every port (of port -> door) that cannot be opened, and who has it."""
    faults = []
    for port, door in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                holder = port_holder(port)
                by = f", held by process {holder}" if holder else ""
                faults.append(f"port {port} ({door}): {error.strerror}{by}")
    if faults:
        raise CannotStart("\n".join(faults) + "\nStop what holds it, or name another --port.")


def port_holder(port: int) -> int | None:
    """The process that listens on a TCP port, if this user may know."""
    sockets = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if os.path.exists(table):
            for line in Path(table).read_text().splitlines()[1:]:
                _, local, _, state, *rest = line.split()
                if state == "0A" and int(local.rpartition(":")[2], 16) == port:
                    sockets.add(f"socket:[{rest[5]}]")
    for descriptor in glob.iglob("/proc/[0-9]*/fd/*"):
        try:
            if os.readlink(descriptor) in sockets:
                return int(descriptor.split("/")[2])
        except OSError:
            continue
    return None


def port_answers(port: int) -> bool:
    """Whether somebody says something on the port: an HTTP server when asked, a mail server unasked."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return connection.recv(1) != b""
    except OSError:
        return False


def command_lines() -> Iterable[tuple[int, bytes]]:
    """Pid and command line (arguments ended by NUL, or a process title) of every living process."""
    for path in glob.iglob("/proc/[0-9]*/cmdline"):
        try:
            yield int(path.split("/")[2]), Path(path).read_bytes()
        except OSError:
            continue
