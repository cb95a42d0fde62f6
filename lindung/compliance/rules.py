"""Numbers that are ours and not the law's, from ``rules.yaml``: deadlines, reminders, falls, when hints are shown."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lindung.lib.working_days import add_working_days, is_working_day


@dataclass(frozen=True, slots=True)
class Step:
    """A reminder so many working days after a month is due; before it where ``days`` is below zero."""

    name: str
    days: int

    def day_for(self, due_on: date) -> date:
        """The day on which it is time, for a month that is due on ``due_on``."""
        return add_working_days(due_on, self.days) if self.days > 0 else _working_days_before(due_on, -self.days)


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text())
    return rules


def deadline(name: str, today: date) -> date:
    """The last day for what ``complaint_days`` calls ``name``, counted from ``today``."""
    return add_working_days(today, days_for(name))


def days_for(name: str) -> int:
    """How many working days that is."""
    return int(_rules()["complaint_days"][name]["days"])


@cache
def reminder_steps() -> tuple[Step, ...]:
    """Every reminder of a month, the earliest first."""
    steps = (Step(told["step"], int(told["days"])) for told in _rules()["reminders"])
    return tuple(sorted(steps, key=_days_of))


def step_on(due_on: date, next_due_on: date, today: date) -> Step | None:
    """The reminder of a month that is the right one today; ``next_due_on`` is when the month after it is due.

    A step holds until the next begins, and the last until the next month's first: a job that did not run on the day
    is late, and never double. None outside of that time.
    """
    steps = reminder_steps()
    if today >= steps[0].day_for(next_due_on):
        return None
    begun = [step for step in steps if step.day_for(due_on) <= today]
    return begun[-1] if begun else None


def falls() -> tuple[int, int]:
    """From which fall on a firm is shown: per cent of the month before, and workers."""
    told = _rules()["falls"]
    return int(told["share_percent"]), int(told["workers"])


def hints() -> tuple[int, int]:
    """Of how many workers' hints a firm is shown at the least, in steps of as many; and for how many months."""
    told = _rules()["hints"]
    return int(told["workers"]), int(told["months"])


def _days_of(step: Step) -> int:
    return step.days


def _working_days_before(day: date, days: int) -> date:
    while days:
        day = date.fromordinal(day.toordinal() - 1)
        days -= is_working_day(day)
    return day
