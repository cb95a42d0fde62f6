"""Reading a stranger's file from outside: a child process does it, with nothing of ours in reach.

The file goes in and the rows come back through memory files, so that nothing of it ever lies on a disk.
"""

import json
import logging
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

import polars as pl

import lindung
from lindung.uploads.containers import Format
from lindung.uploads.faults import REFUSALS
from lindung.uploads.limits import READER_SECONDS, Refused
from lindung.uploads.sheet import Sheet, unpacked

log = logging.getLogger(__name__)

_CODE = str(Path(lindung.__file__).resolve().parents[1])


class Reading:
    """A file that a child has begun to read; ``sheet()`` waits for it. Leaving the ``with`` ends the child.

    The kernel ends it too when the thread that began the reading is gone.
    """

    def __init__(self, content: bytes, *, kind: str, container: Format) -> None:
        self._source, self._rows, self._facts = (os.memfd_create(name) for name in ("upload", "rows", "facts"))
        left = memoryview(content)
        while left:
            left = left[os.write(self._source, left) :]
        self._deadline = time.monotonic() + READER_SECONDS
        descriptors = (self._source, self._rows, self._facts)
        arguments = (kind, container, str(os.getpid()), *map(str, descriptors))
        self._child = subprocess.Popen(
            # -P and -s: no code from the present folder or the user's home.
            [sys.executable, "-P", "-s", "-m", "lindung.uploads.reader", *arguments],
            pass_fds=descriptors,
            # Our own environment holds secrets: none of it.
            env={"PYTHONPATH": _CODE, "LANG": "C.UTF-8", "POLARS_MAX_THREADS": "2"},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> "Reading":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child.poll() is None:
            self._child.kill()
            self._child.wait()
        for descriptor in (self._source, self._rows, self._facts):
            os.close(descriptor)

    def sheet(self) -> Sheet:
        """The rows of the best sheet. Raises ``Refused``: ``cannot_be_read`` for what killed or confused the child."""
        if not self._ended_in_time():
            raise _unread("its time")
        if self._child.wait() != 0:
            raise _unread(f"code {self._child.returncode}")
        try:
            facts = json.loads(_all_of(self._facts))
            if "refused" not in facts:
                return unpacked(_all_of(self._rows), facts)
        except (ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
            raise _unread(type(error).__name__) from error
        if facts["refused"] not in REFUSALS:
            raise _unread("an unknown refusal")
        raise Refused(facts["refused"], **facts["params"])

    def _ended_in_time(self) -> bool:
        """Wait on the process itself: a wait with a time limit would look only now and then."""
        descriptor = os.pidfd_open(self._child.pid)
        try:
            ready, _, _ = select.select([descriptor], [], [], max(0, self._deadline - time.monotonic()))
            return bool(ready)
        finally:
            os.close(descriptor)


def _unread(why: str) -> Refused:
    log.warning("a file could not be read: the reading child ended with %s", why)
    return Refused("cannot_be_read")


def _all_of(descriptor: int) -> bytes:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)
