"""The child process that opens a stranger's file: `python -m lindung.uploads.reader PARENT IN ROWS FACTS`.

It loads its code and waits for one line on its standard input, ``FORMAT LAYOUT``, which says that the file lies ready.
It has the file, two empty memory files for its answer and nothing else: no framework, no settings, no keys, no
database; 512 MB, 20 seconds, and once its own code is loaded it can open no file and no socket. If the file kills it,
the parent reads that from its end.
"""

import ctypes
import gc
import os
import resource
import signal
import sys

from lindung.uploads.limits import READER_MEMORY_BYTES, READER_OUTPUT_BYTES, READER_SECONDS

_PR_SET_PDEATHSIG = 1


def limit_this_process(parent_pid: int) -> None:
    """Memory, time and output; and death with the parent, even if that is killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:
        os.kill(os.getpid(), signal.SIGKILL)
    # RLIMIT_DATA counts what this process alone can write to; RLIMIT_AS would count the libraries' own code too.
    resource.setrlimit(resource.RLIMIT_DATA, (READER_MEMORY_BYTES, READER_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (READER_SECONDS, READER_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (READER_OUTPUT_BYTES, READER_OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> None:
    parent_pid, source, rows_sink, facts_sink = map(int, arguments)
    limit_this_process(parent_pid)
    from lindung.uploads.layouts import Layout
    from lindung.uploads.opening import ask_for_memory, open_file, rehearse

    rehearse()
    # One file, and the end of the process tidies up.
    gc.disable()
    ask_for_memory()

    container, _, layout = sys.stdin.readline().partition(" ")
    if not layout:
        return  # the parent needs nothing read any more
    content = os.pread(source, os.fstat(source).st_size, 0)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    with os.fdopen(rows_sink, "wb", buffering=0) as rows, os.fdopen(facts_sink, "wb") as facts:
        facts.write(open_file(Layout.unpacked(layout), container, content, rows))
    # The parent waits for this sign, and our end costs it nothing; nothing is left to tidy up.
    os.write(sys.stdout.fileno(), b"\n")
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
