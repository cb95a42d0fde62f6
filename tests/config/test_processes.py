"""Children and ports, one by one."""

import os
import socket
import sys
import threading
from pathlib import Path

import pytest

from lindung.config import processes
from lindung.config.datadir import CannotStart
from lindung.config.processes import Child


def test_a_busy_port_is_named_with_its_door_and_its_holder() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.create_server(("::1", 0), family=socket.AF_INET6),
    ):
        busy = listening.getsockname()[1]
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            free = other.getsockname()[1]
        with pytest.raises(CannotStart) as refused:
            processes.refuse_busy_ports({busy: "staff", free: "public"})
        assert f"port {busy} (staff)" in str(refused.value)
        assert f"process {os.getpid()}" in str(refused.value)
        assert str(free) not in str(refused.value)
    processes.refuse_busy_ports({busy: "staff", free: "public"})


def test_a_port_shared_by_workers_counts_as_busy() -> None:
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"port {port}"):
            processes.refuse_busy_ports({port: "public"})


def test_a_step_that_fails_is_told_with_the_end_of_its_output(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", "import sys; print('the reason'); sys.exit(3)"]
    with pytest.raises(CannotStart, match=r"migrate failed \(exit code 3\), see .*migrate.log:\nthe reason"):
        processes.run_to_end(Child("migrate", argv, {}), tmp_path)


def test_a_log_past_its_limit_is_put_aside_at_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LOG_LIMIT_BYTES", 10)
    child = Child("loud", [sys.executable, "-c", "print('a long line of output')"], {})
    for _ in range(3):
        processes.run_to_end(child, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loud.log", "loud.log.1"]
    assert (tmp_path / "loud.log").read_text() == "a long line of output\n"
    assert (tmp_path / "loud.log").stat().st_mode & 0o777 == 0o600


def test_children_are_refused_outside_the_main_thread(tmp_path: Path) -> None:
    faults: list[str] = []

    def start() -> None:
        try:
            processes.spawn(Child("any", ["true"], {}), tmp_path)
        except RuntimeError as error:
            faults.append(str(error))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert faults == ["children are started from the main thread only"]


def test_who_steps_back_does_so_for_its_whole_session(tmp_path: Path) -> None:
    sessions = Path("/proc/self/autogroup")  # only some kernels share the cores out between sessions
    told = f"import os; print(os.nice(0), *open('{sessions}').read().split()[-1:])" if sessions.exists() else ""
    argv = [sys.executable, "-c", told or "import os; print(os.nice(0), 7)"]
    processes.run_to_end(Child("humble", argv, {}, nice=7), tmp_path)
    assert (tmp_path / "humble.log").read_text() == "7 7\n"
