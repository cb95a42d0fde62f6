"""Background workers as processes of their own, forked from one that has loaded the product: a test can start and kill
twenty of them without loading it twenty times."""

import asyncio
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from typing import Any

import psycopg
from django.db import connection

from lindung.config import env

_FORGE = multiprocessing.get_context("forkserver")
_FORGE.set_forkserver_preload(
    ["psycopg_pool", *(f"tests.faults.{part}" for part in ("crediting_worker", "enrolling_worker", "stopping_process"))]
)
_NAME = "forged worker"
_ENDING_SECONDS = 30


def forked(work: Callable[..., Any], *given: Any) -> ForkServerProcess:
    """Start ``work``, a function of one of the modules named above, with what it is given."""
    process = _FORGE.Process(target=work, args=given, daemon=True)
    process.start()
    return process


def pipe() -> Any:
    """Where a process may leave what the test wants to know: what reads, and what is given to it."""
    return _FORGE.Pipe(duplex=False)


def use(url: str) -> None:
    """What a forked process does first: it was loaded before its database was known."""
    connection.settings_dict.update(env.database(url))


def work_off(queue: str, url: str) -> None:
    """What a forked worker does: take over the jobs of dead workers at a database, then those queued, and end.

    It is there within milliseconds, a real one only after its loading; so what the dead have said last is done first.
    """
    _wait_for_the_end_of_the_dead(url)
    use(url)
    connection.settings_dict["OPTIONS"] |= {"application_name": _NAME}
    asyncio.run(_work_off(queue))


def _wait_for_the_end_of_the_dead(url: str) -> None:
    others = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"
    deadline = time.monotonic() + _ENDING_SECONDS
    with psycopg.connect(url, autocommit=True) as database:
        while database.execute(others, [_NAME]).fetchone():
            assert time.monotonic() < deadline, "a connection of a killed worker is still open"
            time.sleep(0.005)


async def _work_off(queue: str) -> None:
    from procrastinate.contrib.django import app  # needs the framework, which the forked modules make ready

    async with app.with_connector(app.connector.get_worker_connector()).open_async() as worker:  # type: ignore[attr-defined] # the framework's connector has it
        for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=0):
            await worker.job_manager.retry_job(job)
        await worker.run_worker_async(queues=[queue], wait=False, install_signal_handlers=False)
