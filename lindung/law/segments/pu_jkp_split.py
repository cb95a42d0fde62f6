"""PU-JKP-SPLIT: what leaves the JKK and JKM bills of one JKP member, what the State adds, what stays."""

from __future__ import annotations

from decimal import Decimal

from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.month import Month
from lindung.law.programmes import Programme
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.law.segments.pu import Worker, amounts
from lindung.law.wording import Words

INPUTS = frozenset({"wage", "jkk_class", "jkp_member"})
KEYS = frozenset({"jkk_bill", "jkk_kept", "jkm_bill", "jkm_kept"})
"""What a split says of the two bills, beside every key that begins with ``jkp_``."""


def evaluate(month: Month, facts: Facts) -> dict[str, int | Decimal]:
    """The split of one member. Who is no member has none: ``jkp_member`` must be true."""
    member = facts.flag("jkp_member")
    if not member:
        possible = Words(id="true; tanpa kepesertaan JKP tidak ada pembagian", en="true; without JKP there is no split")
        raise ImpossibleFact("jkp_member", member, possible)
    worker = Worker(
        month=month,
        wage_rupiah=facts.wage(),
        jkk_class=facts.text("jkk_class", RISK_CLASSES),
        programmes=frozenset({Programme.JKK, Programme.JKM, Programme.JKP}),
        jp_liable=True,
        jkp_member=True,
    )
    return {key: amount for key, amount in amounts(worker.lines()).items() if key in KEYS or key.startswith("jkp_")}
