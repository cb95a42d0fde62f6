"""The child that reads: what it has, what it has not, and what becomes of it."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lindung.uploads import reading
from lindung.uploads.kinds import wage_report
from lindung.uploads.limits import Refused
from lindung.uploads.reading import Reading, _spare, prepare_next
from tests.uploads import files

ROOT = Path(__file__).resolve().parents[2]
BIG = files.csv_file([["KPJ", "UPAH"], *([["12345678901", "1"]] * 90_000)])


def python(code: str, *, pass_fds: tuple[int, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        pass_fds=pass_fds,
    )


def open_files() -> list[str]:
    return sorted(os.listdir("/proc/self/fd"))


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except FileNotFoundError:
        return True


def child_of(begun: Reading) -> int:
    return begun._child.pid


def test_the_child_knows_no_framework_and_no_database() -> None:
    ended = python(
        "import sys, lindung.uploads.reader, lindung.uploads.opening\n"
        "sys.exit(','.join(sorted({'django', 'psycopg', 'procrastinate', 'cryptography'} & set(sys.modules))))"
    )
    assert ended.stderr.strip() == ""


def test_the_child_inherits_none_of_our_environment() -> None:
    os.environ["LINDUNG_TEST_SECRET"] = "hidden"
    try:
        with Reading(BIG, layout=wage_report.LAYOUT, container="csv") as begun:
            environment = Path(f"/proc/{child_of(begun)}/environ").read_bytes()
            assert begun.sheet().cells.height == 90_000
    finally:
        del os.environ["LINDUNG_TEST_SECRET"]
    assert b"LINDUNG" not in environment
    assert b"DATABASE" not in environment


def test_the_child_has_half_a_gigabyte_and_no_more() -> None:
    ended = python(
        "import os\n"
        "from lindung.uploads.reader import limit_this_process\n"
        "limit_this_process(os.getppid())\n"
        "held = bytearray(300_000_000)\n"
        "try:\n    more = bytearray(300_000_000)\nexcept MemoryError:\n    print('refused')"
    )
    assert ended.stdout.strip() == "refused"


@pytest.mark.parametrize("deed", ["open('/etc/hostname')", "__import__('socket').socket()"])
def test_once_it_reads_the_child_can_open_no_file_and_no_socket(deed: str) -> None:
    """The reading itself is replaced by a deed that no spreadsheet needs."""
    memory = [os.memfd_create("test") for _ in range(3)]
    try:
        ended = python(
            "import io, os, socket, sys, lindung.uploads.opening as opening, lindung.uploads.reader as reader\n"
            f"sys.stdin = io.StringIO('csv ' + {wage_report.LAYOUT.packed()!r})\n"
            f"opening.open_file = lambda *_: {deed}\n"
            f"reader.main([str(os.getppid()), *{[str(m) for m in memory]}])",
            pass_fds=tuple(memory),
        )
    finally:
        for descriptor in memory:
            os.close(descriptor)
    assert ended.returncode == 1
    assert "Too many open files" in ended.stderr


def test_a_child_that_takes_too_long_is_ended_and_the_file_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "READER_SECONDS", 0)
    before = open_files()
    with Reading(BIG, layout=wage_report.LAYOUT, container="csv") as begun:
        pid = child_of(begun)
        with pytest.raises(Refused) as refused:
            begun.sheet()
    assert refused.value.code == "cannot_be_read"
    assert is_gone(pid)
    assert open_files() == before


def test_a_child_that_is_killed_refuses_its_own_file_and_harms_no_other() -> None:
    with (
        Reading(BIG, layout=wage_report.LAYOUT, container="csv") as one,
        Reading(BIG, layout=wage_report.LAYOUT, container="csv") as other,
    ):
        os.kill(child_of(one), signal.SIGKILL)
        with pytest.raises(Refused) as refused:
            one.sheet()
        assert other.sheet().cells.height == 90_000
    assert refused.value.code == "cannot_be_read"


def test_a_child_does_not_outlive_a_parent_that_was_killed() -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import os, signal, time\n"
            "from pathlib import Path\n"
            "from lindung.uploads.layouts import Layout\n"
            "from lindung.uploads.reading import Reading, _spare\n"
            f"layout = Layout.unpacked({wage_report.LAYOUT.packed()!r})\n"
            "begun = Reading(b'KPJ,UPAH\\n1,1\\n' * 800_000, layout=layout, container='csv')\n"
            "pid = begun._child.pid\n"
            "while 'Max data size             536870912' not in Path(f'/proc/{pid}/limits').read_text():\n"
            "    time.sleep(0.002)\n"
            "os.kill(pid, signal.SIGSTOP)\n"
            "print(pid, flush=True)\n"
            "time.sleep(60)",
        ],
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    with parent.stdout:
        pid = int(parent.stdout.readline())
    assert not is_gone(pid)
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while not is_gone(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert is_gone(pid)


def test_a_spare_child_that_was_killed_while_it_waited_costs_nobody_a_file() -> None:
    csv = b"KPJ,UPAH\n90012345678,5000000\n"
    for _ in range(2):
        with Reading(csv, layout=wage_report.LAYOUT, container="csv") as reading:
            assert reading.sheet().cells.height == 1
        prepare_next()
        waiting = _spare.child
        assert waiting is not None
        waiting.process.kill()
        waiting.process.wait()


def test_every_file_gets_a_child_of_its_own() -> None:
    csv = b"KPJ,UPAH\n90012345678,5000000\n"
    pids = set()
    for _ in range(3):
        with Reading(csv, layout=wage_report.LAYOUT, container="csv") as reading:
            pids.add(reading._child.pid)
            reading.sheet()
    assert len(pids) == 3


def test_a_thread_that_ends_leaves_neither_its_spare_child_nor_its_memory_files() -> None:
    before = open_files()
    pids: list[int] = []

    def keep_one_ready() -> None:
        prepare_next()
        assert _spare.child is not None
        pids.append(_spare.child.process.pid)

    thread = threading.Thread(target=keep_one_ready)
    thread.start()
    thread.join()
    assert len(pids) == 1
    assert not Path(f"/proc/{pids[0]}").exists()
    assert open_files() == before
