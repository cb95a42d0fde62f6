"""Housekeeping of the queue itself."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from lindung.config.worker_limits import DEAD_AFTER_SECONDS


@app.periodic(cron="* * * * * */15")
@app.task(
    name="lindung.config.requeue_jobs_of_dead_workers",
    queueing_lock="requeue",
    pass_context=True,
)
async def requeue_jobs_of_dead_workers(context: JobContext, timestamp: int) -> None:
    """Give the jobs of workers that were killed back to the queue; every task can be run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
        await manager.retry_job(job)
