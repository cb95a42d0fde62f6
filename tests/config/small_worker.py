"""A worker like the platform's with a stand-in for its work. Arguments: ``good`` or ``bad``; a file that each fork adds
a line to."""

import os
import signal
import sys
import time
from pathlib import Path

from lindung.config.worker import HEARD, keep_forked

KIND, NOTED = sys.argv[1], Path(sys.argv[2])


def work() -> None:
    with NOTED.open("a") as file:
        file.write(f"{os.getpid()} {time.monotonic()}\n")
    if KIND == "bad":
        raise RuntimeError("the reason")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    time.sleep(60)


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    keep_forked(work)
