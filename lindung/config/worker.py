"""The background worker: one process that takes jobs from the queue until it is stopped, or killed."""

import os

from lindung.config.processes import die_with_parent

die_with_parent()
os.environ["LINDUNG_DOOR"] = "worker"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lindung.config.settings")

import django  # noqa: E402 # the parent-death signal must come first

django.setup()

from procrastinate.contrib.django import app  # noqa: E402 # needs the framework
from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: E402 # as above

from lindung.config.worker_limits import DEAD_AFTER_SECONDS, HEARTBEAT_SECONDS  # noqa: E402 # as above

if __name__ == "__main__":
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
