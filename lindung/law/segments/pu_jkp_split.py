"""PU-JKP-SPLIT: what leaves the JKK and JKM bills of one JKP member, what the State adds, what stays."""

from __future__ import annotations

from typing import Final

from lindung.law.answers import Answer, Plain
from lindung.law.contributions import SPLIT_KEYS
from lindung.law.errors import ImpossibleFact, NotKnown
from lindung.law.facts import Facts
from lindung.law.month import Month
from lindung.law.programmes import Programme
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.law.relief_facts import INPUTS as RELIEF_INPUTS
from lindung.law.relief_facts import wage_earner_relief
from lindung.law.reliefs import splits_jkp
from lindung.law.segments.pu import Worker, amounts
from lindung.law.wording import Language, Words

TITLE: Final = Words(id="Pembagian JKP dari JKK dan JKM", en="The JKP split out of JKK and JKM")
INPUTS: Final = frozenset({"wage", "jkk_class", "jkp_member"}) | RELIEF_INPUTS
PARAMETERS: Final = ("jkp/government_rate", "jkp/from_jkk_rate", "jkp/from_jkm_rate", "jkp/wage_ceiling")
READINGS: Final = ()
KEYS: Final = frozenset({"jkk_bill", "jkk_kept", "jkm_bill", "jkm_kept"})
"""What a split says of the two bills, beside every key that begins with ``jkp_``."""


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``jkp_base``, ``jkp_government``, ``jkp_from_jkk``, ``jkp_from_jkm``, ``jkp_total``; ``jkk_bill``, ``jkk_kept``,
    ``jkm_bill``, ``jkm_kept``. Who is no member has no split: nothing leaves JKK and JKM.

    Raises NotKnown during the labour-intensive relief, whose adjusted split was not found.
    """
    member = facts.flag("jkp_member")
    if member is None:
        raise ImpossibleFact("jkp_member", member, Words(id="true atau false", en="true or false"))
    relief, not_given = wage_earner_relief(month, facts)
    if member and not splits_jkp(month, relief):
        raise NotKnown(
            Words(
                id=f"pembagian JKP pada {month.words.id} dengan keringanan {relief} disesuaikan dan angkanya "
                "tidak ditemukan",
                en=f"the JKP split of {month.words.en} under the relief {relief} is adjusted and its figure was "
                "not found",
            )
        )
    worker = Worker(
        month=month,
        wage_rupiah=facts.wage(),
        jkk_class=facts.text("jkk_class", RISK_CLASSES),
        programmes=frozenset({Programme.JKK, Programme.JKM, Programme.JKP}),
        jkp_member=member,
        relief=relief,
    )
    lines = worker.lines(language)
    known = amounts(lines)
    result: dict[str, Plain] = {key: amount for key, amount in known.items() if key in KEYS or key.startswith("jkp_")}
    if not member:
        result = dict.fromkeys(("jkp_base", *SPLIT_KEYS, "jkp_total"), 0)
        result |= {f"{bill}_{part}": known[bill] for bill in ("jkk", "jkm") for part in ("bill", "kept")}
    sentences = tuple(words.say(language) for words in not_given)
    return Answer("PU-JKP-SPLIT", month, language, result, lines=tuple(lines), sentences=sentences)
