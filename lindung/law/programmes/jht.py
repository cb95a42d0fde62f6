"""JHT, old-age savings: employer and worker each pay a rate of the whole wage. PP 46/2015 Pasal 16."""

from __future__ import annotations

from lindung.law.bases import Wage
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.programmes.rules import Rule, share


def rules_from_2015_07(month: Month, jkk_class: str | None) -> tuple[Rule, ...]:
    return (
        share("jht_employer", "employer", load("jht/employer_rate", month), Wage()),
        share("jht_worker", "worker", load("jht/worker_rate", month), Wage()),
    )


RULES = ((Month(2015, 7), rules_from_2015_07),)
