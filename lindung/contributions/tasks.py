"""Background entries: creditings range by range, late months told, banks matched again. The clock is read here."""

from typing import Final

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lindung.access.trail import SYSTEM
from lindung.contributions import crediting_jobs as queue
from lindung.contributions.bank_questions import asked_for, open_lines
from lindung.contributions.reconciliation_queries import banks
from lindung.contributions.services import (
    ask_banks,
    credited_ranges,
    crediting,
    late_months,
    note_unpaid,
    orders,
    reconcile,
)
from lindung.lib import clock

_QUEUE: Final = "crediting"
_RETRY: Final = RetryStrategy(max_attempts=10, exponential_wait=2)
# Some seconds of work: then the rest goes to the end of the queue, so that nobody waits for a whole nation.
_MOST_RANGES: Final = 20


@app.task(name=queue.REHEARSE_TASK, queue=_QUEUE, retry=_RETRY)
def rehearse_creditings(*, crediting_id: int) -> None:
    """Compute a plan's totals for the officers."""
    crediting.rehearse_crediting(crediting_id=crediting_id, now=clock.now())


@app.task(name=queue.CREDIT_TASK, queue=_QUEUE, retry=_RETRY)
def credit_ranges(*, crediting_id: int) -> None:
    """Credit the next ranges."""
    for _ in range(_MOST_RANGES):
        if credited_ranges.credit_next_range(crediting_id=crediting_id, now=clock.now()) is None:
            return
    queue.queue_crediting(crediting_id)


@app.task(name=queue.CORRECT_TASK, queue=_QUEUE, retry=_RETRY)
def correct_ranges(*, crediting_id: int, from_range: int) -> None:
    """Put right the next ranges."""
    for _ in range(_MOST_RANGES):
        done = credited_ranges.correct_next_range(crediting_id=crediting_id, from_range=from_range, now=clock.now())
        if done is None:
            return
        from_range = done.range_no + 1
    queue.queue_corrections(crediting_id, from_range)


@app.periodic(cron="*/5 * * * *")
@app.task(name="lindung.contributions.resume_creditings", queueing_lock="resume creditings")
def resume_creditings(timestamp: int) -> None:
    """Queue what was started and is not finished, should its job have given up."""
    credited_ranges.resume_creditings()


# From 08.05 to 18.05 WIB, so that nobody is woken; told once, however often it runs.
@app.periodic(cron="5 1-11 * * *")
@app.task(name="lindung.contributions.tell_of_late_months", queueing_lock="tell of late months")
def tell_of_late_months(timestamp: int) -> None:
    """Tell workers of months that were due and are not there."""
    late_months.tell_of_late_months(now=clock.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="lindung.contributions.match_statements", queueing_lock="match statements")
def match_statements(timestamp: int) -> None:
    """Match every bank again: payments that were told after their line was explain it within a quarter of an hour."""
    for bank in banks():
        reconcile(actor=SYSTEM, partner_id=bank.id, now=clock.now())


@app.periodic(cron="20 * * * *")
@app.task(name="lindung.contributions.expire_orders", queueing_lock="expire orders")
def expire_orders(timestamp: int) -> None:
    """Withdraw orders that nobody paid in time."""
    orders.expire_orders(now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="lindung.contributions.ask_banks", queue="banks", queueing_lock="ask banks")
def ask_banks_what_became(timestamp: int) -> None:
    """Ask banks about payments that we failed to answer a quarter of an hour ago, or asked about in vain."""
    with open_lines(clock.now) as ask:
        ask_banks(ask=ask, now=clock.now())


# At 23.30 WIB: what was asked for today, is still open, and might have been paid while we could not be reached.
@app.periodic(cron="30 16 * * *")
@app.task(name="lindung.contributions.ask_about_the_day", queue="banks", queueing_lock="ask about the day")
def ask_about_the_day(timestamp: int) -> None:
    """Ask banks about every number of the day that they know and that is not paid."""
    now = clock.now()
    note_unpaid(asked=asked_for(clock.wib_date(now)), now=now)
    ask_banks_what_became(timestamp)
