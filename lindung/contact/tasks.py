"""Background entries: the outbox of messages is emptied batch by batch, small batches many at a time."""

import random

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from lindung.contact import services
from lindung.contact.services import FIRST_PAUSE_SECONDS, StillWaiting
from lindung.lib import clock

MOST_RUNS = 20


class LongerEachTime(BaseRetryStrategy):
    """Waits of about 10 s, 1, 6 and 36 minutes, then 36 each time: a fifth more or less, so that not all come at once.

    A message gives up by itself after its attempts; the limit here is for faults of ours.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to run again after ``exception``; None is never."""
        if job.attempts >= MOST_RUNS:
            return None
        # What was tried in a round before has a job that is new.
        tries = exception.tries - 1 if isinstance(exception, StillWaiting) else job.attempts
        seconds = FIRST_PAUSE_SECONDS * 6 ** min(tries, 3)
        return RetryDecision(retry_in={"seconds": round(seconds * random.uniform(0.8, 1.2))})


@app.task(name="lindung.contact.deliver_batches", queue="messages", retry=LongerEachTime())
def deliver_batches(batch: str) -> None:
    """Deliver what waits in one batch."""
    services.deliver_batch(batch=batch, now=clock.now())


@app.periodic(cron="* * * * * */15")
@app.task(name=services.ROUND, queue="messages")
def deliver_waiting(timestamp: int = 0) -> None:
    """Deliver what waits of small batches: called when one is told, and by the clock for what such a call missed."""
    services.deliver_waiting(now=clock.now())
