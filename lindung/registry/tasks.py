"""Background entries: a list's id in, one service call. The clock is read here."""

from typing import Final

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lindung.lib import clock
from lindung.partners.dukcapil.client import from_settings
from lindung.registry.services import applications, enrolments, verification

# The registry's own troubles end no job: they are written with the rows. This is for faults of ours.
_RETRY: Final = RetryStrategy(max_attempts=10, exponential_wait=2)


# Some seconds of work: then the list goes to the end of the queue, so that no firm waits for a larger one.
_MOST_SLICES: Final = 20


@app.task(name=enrolments.VERIFY_TASK, queue="civil_registry", retry=_RETRY)
def verify_identities(*, batch_id: int) -> None:
    """Ask the civil registry about those of a list whose turn has come."""
    with from_settings() as registry:
        all_had_their_turn = verification.verify_batch(
            batch_id=batch_id, registry=registry, now=clock.now(), most_slices=_MOST_SLICES
        )
    if not all_had_their_turn:
        enrolments.queue_batch(batch_id=batch_id)


@app.periodic(cron="* * * * *")
@app.task(name="lindung.registry.queue_due_batches", queueing_lock="queue due batches")
def queue_due_batches(timestamp: int) -> None:
    """Queue the lists of which somebody is due to be asked about again."""
    verification.queue_due_batches(now=clock.now())


@app.periodic(cron="17 2 * * *")
@app.task(name="lindung.registry.forget_unconfirmed_applications", queueing_lock="forget unconfirmed applications")
def forget_unconfirmed_applications(timestamp: int) -> None:
    """Forget the firms' applications that nobody confirmed in time."""
    applications.forget_unconfirmed(now=clock.now())
