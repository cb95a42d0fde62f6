"""Background entries: an upload's id in, one service call. The clock is read here."""

from collections.abc import Callable
from typing import Final

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from lindung.lib import clock
from lindung.uploads import drafts, services
from lindung.uploads.limits import Refused

# Half a minute of trying; a file must not keep its sender waiting, nor kill one worker after another.
_MOST_REPEATS: Final = 4
_RETRY = RetryStrategy(max_attempts=_MOST_REPEATS, exponential_wait=2)


@app.task(name=services.CHECK_TASK, queue="bulk", retry=_RETRY, pass_context=True)
def check_uploads(context: JobContext, *, upload_id: int) -> None:
    _work(context, services.check_upload, upload_id)


@app.task(name=services.BOOK_TASK, queue="bulk", retry=_RETRY, pass_context=True)
def book_uploads(context: JobContext, *, upload_id: int) -> None:
    _work(context, services.book_upload, upload_id)


@app.periodic(cron="20 19 * * *")
@app.task(name="lindung.uploads.forget_old_drafts", queueing_lock="forget old drafts")
def forget_old_drafts(timestamp: int) -> None:
    """Drop, at night, what was typed and left for a month."""
    drafts.forget_old_drafts(now=clock.now())


def _work(context: JobContext, service: Callable[..., None], upload_id: int) -> None:
    """Run the service; when it failed often enough, refuse the file and say that the fault is ours."""
    repeats = context.job.attempts
    try:
        if repeats <= _MOST_REPEATS:
            service(upload_id=upload_id, now=clock.now())
    finally:
        if repeats >= _MOST_REPEATS:
            services.refuse_upload(upload_id=upload_id, refused=Refused("our_fault"), now=clock.now())
