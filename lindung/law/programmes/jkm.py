"""JKM, death: the employer pays a rate of the whole wage. PP 44/2015 Pasal 18."""

from __future__ import annotations

from lindung.law.bases import Wage
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.programmes.rules import Rule, share


def rules_from_2015_07(month: Month, jkk_class: str | None) -> tuple[Rule, ...]:
    return (share("jkm", "employer", load("jkm/rate", month), Wage()),)


RULES = ((Month(2015, 7), rules_from_2015_07),)
