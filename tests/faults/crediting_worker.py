"""`python -m tests.faults.crediting_worker STATEMENT MOMENT`: a background worker that dies in the middle of crediting.

It takes over the jobs of dead workers, then does what is queued about creditings and ends. Before or after (MOMENT)
its own STATEMENT-th statement to the database it kills itself with signal 9, as the machine would; 0 is never.
"""

import asyncio
import itertools
import os
import signal
import sys
from typing import Any

from lindung.config.cli import django_setup

django_setup()

from django.db.backends.signals import connection_created  # noqa: E402 # after the framework is ready
from procrastinate.contrib.django import app  # noqa: E402 # likewise


def die_at(statement: int, moment: str) -> None:
    said = itertools.count(1)

    def watched(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        here = next(said) == statement
        if here and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(sql, params, many, context)
        if here:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    def watch(connection: Any, **named: Any) -> None:
        connection.execute_wrappers.append(watched)

    connection_created.connect(watch, weak=False)


async def _work() -> None:
    async with app.with_connector(app.connector.get_worker_connector()).open_async() as worker:  # type: ignore[attr-defined] # the framework's connector has it
        for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=0.1):
            await worker.job_manager.retry_job(job)
        await worker.run_worker_async(queues=["crediting"], wait=False, install_signal_handlers=False)


if __name__ == "__main__":
    die_at(int(sys.argv[1]), sys.argv[2])
    asyncio.run(_work())
