"""One web door: it loads the product once and forks the processes that answer. One that is killed is back at once, and
what they share lies in memory once.

Run: ``python -m lindung.config.door --port PORT [--processes N] [--threads N]``; ``LINDUNG_DOOR`` says which door.
"""

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from lindung.config.processes import die_with_parent, share_what_is_loaded

_ENDING_SECONDS = 2


def main() -> None:
    """Serve the door that the environment names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--threads", type=int, default=8, help="of each process")
    args = parser.parse_args()
    application = import_module("lindung.config.wsgi").application
    serve(application, port=args.port, processes=args.processes, threads=args.threads)


def serve(application: Callable[..., Any], *, port: int, processes: int, threads: int) -> None:
    """Answer on a port of this machine until SIGTERM or SIGINT; whoever dies of the processes is forked again."""

    def begin() -> Callable[..., Any]:
        die_with_parent()
        return application

    share_what_is_loaded()
    Granian(
        "lindung",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_ENDING_SECONDS,
    ).serve(target_loader=begin, wrap_loader=False)


if __name__ == "__main__":
    main()
