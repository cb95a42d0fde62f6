"""The background worker: one process that takes jobs from the queue until it is stopped, or killed.

It is the fork of one that has loaded the product and does nothing else: a worker that was killed is back at once.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable

import django

from lindung.config.pauses import Pauses
from lindung.config.processes import die_with_parent, how_it_ended, share_what_is_loaded
from lindung.config.worker_limits import DEAD_AFTER_SECONDS, HEARTBEAT_SECONDS

HEARD = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT)
_FORKING = multiprocessing.get_context("fork")


def main() -> None:
    """Load the product and keep one worker running until SIGTERM or SIGINT."""
    # Before anything is loaded that has threads: one that does not wait for signals would swallow them.
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    os.environ["LINDUNG_DOOR"] = "worker"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lindung.config.settings")
    django.setup()
    share_what_is_loaded()
    keep_forked(take_jobs)


def keep_forked(work: Callable[[], None]) -> None:
    """Do ``work`` in a fork of this process and, whenever that dies, in another; pass on what asks us to stop.

    To be called with the signals of ``HEARD`` blocked, so that none of them is missed.
    """
    pauses = Pauses()
    while True:
        started = time.monotonic()
        child = _FORKING.Process(target=_begin, args=(work,))
        child.start()
        while signal.sigwait(HEARD) == signal.SIGCHLD:
            if not child.is_alive():
                break
        else:
            child.terminate()
            child.join()
            return
        sys.stderr.write(f"worker died ({how_it_ended(child.exitcode or 0)}); another is forked\n")
        if signal.sigtimedwait(HEARD[1:], pauses.after(time.monotonic() - started)):
            return


def _begin(work: Callable[[], None]) -> None:
    die_with_parent()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
    work()


def take_jobs() -> None:
    """Take jobs from the queue until a signal asks to stop; what was begun is ended first."""
    from procrastinate.contrib.django import app  # needs the framework
    from procrastinate.contrib.django.django_connector import DjangoConnector  # as above

    # The framework's own connector cannot listen for new jobs; this one can, on the same database.
    if not isinstance(app.connector, DjangoConnector):
        raise TypeError(f"the queue must be in the framework's database, not behind {app.connector}")
    app.with_connector(app.connector.get_worker_connector()).run_worker(
        concurrency=4,
        wait=True,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=DEAD_AFTER_SECONDS,
        install_signal_handlers=True,
    )


if __name__ == "__main__":
    main()
