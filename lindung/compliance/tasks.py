"""Background entries: deadlines of complaints that passed, firms reminded. The clock is read here."""

from procrastinate.contrib.django import app

from lindung.compliance import services
from lindung.lib import clock


# From 08.10 to 17.10 WIB: whoever is told of it is told by day.
@app.periodic(cron="10 1-10 * * *")
@app.task(name="lindung.compliance.run_clocks", queueing_lock="run clocks")
def run_clocks(timestamp: int) -> None:
    """Move complaints on whose day has passed."""
    services.run_clocks(now=clock.now())


# From 08.15 to 16.15 WIB; each step once, however often it runs.
@app.periodic(cron="15 1-9 * * *")
@app.task(name="lindung.compliance.remind_firms", queueing_lock="remind firms")
def remind_firms(timestamp: int) -> None:
    """Remind firms of months that are due soon, or were."""
    services.remind_firms(now=clock.now())
