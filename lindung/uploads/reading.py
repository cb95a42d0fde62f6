"""Reading a stranger's file from outside: a child process does it, with nothing of ours in reach.

The file goes in and the rows come back through memory files, so that nothing of it ever lies on a disk.
"""

import contextlib
import json
import logging
import os
import select
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path
from types import TracebackType

import polars as pl

import lindung
from lindung.uploads.containers import Format
from lindung.uploads.faults import REFUSALS
from lindung.uploads.layouts import Layout
from lindung.uploads.limits import READER_SECONDS, Refused
from lindung.uploads.sheet import Sheet, unpacked

log = logging.getLogger(__name__)

# Without these the child would give the memory that it asked for while it waited back and ask for it again: one store
# for all threads, pieces of up to 32 MB taken from it, and 128 MB kept in it. The last line is for the store of Polars.
_KEEP_MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(128 << 20),
    "_RJEM_MALLOC_CONF": "narenas:1,dirty_decay_ms:-1,muzzy_decay_ms:-1",
}
_CODE = str(Path(lindung.__file__).resolve().parents[1])


class _Child:
    """A reading process with its three memory files. It loads its code and then waits to be told what to read."""

    def __init__(self) -> None:
        self.source, self.rows, self.facts = (os.memfd_create(name) for name in ("upload", "rows", "facts"))
        descriptors = (self.source, self.rows, self.facts)
        self.process = subprocess.Popen(
            # -P and -s: no code from the present folder or the user's home.
            [sys.executable, "-P", "-s", "-m", "lindung.uploads.reader", str(os.getpid()), *map(str, descriptors)],
            pass_fds=descriptors,
            # Our own environment holds secrets: none of it.
            env={"PYTHONPATH": _CODE, "LANG": "C.UTF-8", "POLARS_MAX_THREADS": "2", **_KEEP_MEMORY},
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # Also when nobody asks: a spare child is forgotten together with the thread that it was kept for.
        self.end = weakref.finalize(self, _end, self.process, descriptors)

    def begin(self, content: bytes, layout: Layout, container: Format) -> bool:
        """Hand over a file; False when the process is gone already."""
        left = memoryview(content)
        while left:
            left = left[os.write(self.source, left) :]
        order = self.process.stdin
        if order is None:
            raise RuntimeError("the reading process was started without a way to tell it anything")
        try:
            with order:
                order.write(f"{container} {layout.packed()}\n".encode())
        except BrokenPipeError:
            return False
        return self.process.poll() is None


def _end(process: subprocess.Popen[bytes], descriptors: tuple[int, ...]) -> None:
    """Kill it if it lives, and let go of its memory."""
    if process.poll() is None:
        process.kill()
        process.wait()
    for pipe in filter(None, (process.stdin, process.stdout)):
        with contextlib.suppress(BrokenPipeError):
            pipe.close()
    for descriptor in descriptors:
        os.close(descriptor)


class _Spare(threading.local):
    """The next child, started before it is needed: loading its code takes longer than reading a small file.

    One per thread, because the kernel ends a child when the thread that started it is gone.
    """

    child: _Child | None = None

    def take(self) -> _Child:
        child, self.child = self.child, None
        if child is not None and child.process.poll() is None:
            return child
        if child is not None:
            child.end()
        return _Child()

    def prepare(self) -> None:
        if self.child is None:
            self.child = _Child()


_spare = _Spare()


def prepare_next() -> None:
    """Start the child of this thread's next reading, once there is nothing better to do."""
    _spare.prepare()


class Reading:
    """A file that a child has begun to read; ``sheet()`` waits for it. Leaving the ``with`` ends the child.

    The kernel ends it too when the thread that began the reading is gone. A child reads one file in its life.
    """

    def __init__(self, content: bytes, *, layout: Layout, container: Format) -> None:
        child = _spare.take()
        if not child.begin(content, layout, container):
            child.end()
            child = _Child()
            child.begin(content, layout, container)
        self._reader = child
        self._child, self._rows, self._facts = child.process, child.rows, child.facts
        self._deadline = time.monotonic() + READER_SECONDS

    def __enter__(self) -> "Reading":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.end()

    def sheet(self) -> Sheet:
        """The rows of the best sheet. Raises ``Refused``: ``cannot_be_read`` for what killed or confused the child."""
        self._wait_for_the_answer()
        try:
            facts = json.loads(_all_of(self._facts))
            if "refused" not in facts:
                return unpacked(_all_of(self._rows), facts)
        except (ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
            raise _unread(type(error).__name__) from error
        if facts["refused"] not in REFUSALS:
            raise _unread("an unknown refusal")
        raise Refused(facts["refused"], **facts["params"]).at(facts["headings"])

    def _wait_for_the_answer(self) -> None:
        """Until the child says that it is there. Taking an answer to the end of a process takes longer than to it."""
        said = self._child.stdout
        if said is None:
            raise RuntimeError("the reading process was started without a way to tell us anything")
        ready, _, _ = select.select([said], [], [], max(0, self._deadline - time.monotonic()))
        if not ready:
            raise _unread("its time")
        if not said.read(1):
            # It ended, or will say nothing more and is ended now.
            self._child.kill()
            raise _unread(f"code {self._child.wait()}")


def _unread(why: str) -> Refused:
    log.warning("a file could not be read: the reading child ended with %s", why)
    return Refused("cannot_be_read")


def _all_of(descriptor: int) -> bytes:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)
