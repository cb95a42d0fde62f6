"""How long a firm may take to tell of its workers: who comes, who leaves, what changed."""

from datetime import date, timedelta

from lindung.lib.working_days import add_working_days

REGISTRATION_DAYS = 30
CHANGE_WORKING_DAYS = 7


def register_by(from_on: date) -> date:
    """The last day to register who started on ``from_on``: 30 days after it (PP 45/2015 Pasal 4, PP 44 and 46/2015).

    Whether the first day itself is counted the law leaves open; here it is not.
    """
    return from_on + timedelta(days=REGISTRATION_DAYS)


def report_exit_by(until_on: date) -> date:
    """The last day to report who left: 7 working days after his last day of work (PP 44/2015 Pasal 9).

    ``until_on`` is the day after that one, as everywhere.
    """
    return report_change_by(until_on - timedelta(days=1))


def report_change_by(happened_on: date) -> date:
    """The last day to report any other change of a worker's data: 7 working days after it (PP 44/2015 Pasal 9)."""
    return add_working_days(happened_on, CHANGE_WORKING_DAYS)
