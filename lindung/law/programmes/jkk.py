"""JKK, work accident: the employer pays the rate of its risk class on the whole wage. PP 44/2015 Pasal 16.

The class belongs to the employer's line of business, not to the worker.
"""

from __future__ import annotations

from typing import Final

from lindung.law.bases import Wage
from lindung.law.errors import ImpossibleFact
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.programmes.rules import Rule, share
from lindung.law.wording import Words

RISK_CLASSES: Final = ("I", "II", "III", "IV", "V")
"""From very low to very high risk."""


def rules_from_2015_07(month: Month, jkk_class: str | None) -> tuple[Rule, ...]:
    rates = load("jkk/rate", month)
    if jkk_class is None or jkk_class not in RISK_CLASSES:
        raise ImpossibleFact("jkk_class", jkk_class, _POSSIBLE)
    note = Words(id=f"kelas risiko {jkk_class}", en=f"risk class {jkk_class}")
    return (share("jkk", "employer", rates.row(jkk_class), Wage(), note=note),)


RULES = ((Month(2015, 7), rules_from_2015_07),)
_POSSIBLE = Words(
    id="kelas risiko pemberi kerja I, II, III, IV atau V (wajib bila JKK dihitung)",
    en="the employer's risk class I, II, III, IV or V (needed whenever JKK is computed)",
)
