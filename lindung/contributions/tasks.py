"""Background entries of the money: banks matched again. The clock is read here."""

from procrastinate.contrib.django import app

from lindung.access.trail import SYSTEM
from lindung.contributions.reconciliation_queries import banks
from lindung.contributions.services import reconcile
from lindung.lib import clock


@app.periodic(cron="*/15 * * * *")
@app.task(name="lindung.contributions.match_statements", queueing_lock="match statements")
def match_statements(timestamp: int) -> None:
    """Match every bank again: payments that were told after their line was explain it within a quarter of an hour."""
    for bank in banks():
        reconcile(actor=SYSTEM, partner_id=bank.id, now=clock.now())
