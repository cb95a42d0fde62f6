"""Why a write about complaints was refused. Nothing was written."""

from datetime import date
from typing import Literal

from lindung.compliance.works import Why


class ComplaintNotFound(Exception):
    """There is no such complaint for whoever asks."""


class NotYourTurn(Exception):
    """The complaint has moved on: in ``state`` this cannot be done any more."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class CannotComplain(Exception):
    """There is nothing to complain about like this.

    ``why``: ``no_month`` (never worked there then), ``not_due`` (the month has its time yet), ``paid`` (it is there),
    ``not_billed`` (no wage stands for it), ``same_wage`` (the wage named is the one that stands), ``no_wage`` (nobody
    has such a wage), ``too_many`` (months at once).
    """

    def __init__(
        self, why: Literal["no_month", "not_due", "paid", "not_billed", "same_wage", "no_wage", "too_many"]
    ) -> None:
        super().__init__(why)
        self.why = why


class ExitNotPossible(Exception):
    """Work cannot have ended like this.

    ``why``: ``no_work`` (he does not work there as far as anybody told us), ``ended`` (the firm has reported it),
    ``in_future``, ``before_start`` (of his first day of work, ``day``), ``paid_later`` (the firm has paid a month for
    him, ``day`` its first, that begins after it).
    """

    def __init__(self, why: Why, day: date | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.day = day


class NothingCorrected(Exception):
    """The firm says that it has put it right, and nothing of the month, or of the work, has changed for this worker."""


class NothingSaid(Exception):
    """This move needs words, and there are none."""


class FollowUpNotFound(Exception):
    """There is no such follow-up, or it is done."""


class DayPassed(Exception):
    """What is to be done cannot be due on a day before today."""
