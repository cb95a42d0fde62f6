"""JKP, job loss: nobody is billed. The State adds a share, the rest leaves the JKK and JKM paid anyway.

PP 37/2021 Pasal 11, PP 6/2025. The ceiling caps this split alone: what lies above it stays in JKK and JKM.
"""

from __future__ import annotations

from lindung.law.bases import CappedWage
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.programmes.rules import Rule, share
from lindung.law.wording import Words


def rules_from_2021_02(month: Month, jkk_class: str | None) -> tuple[Rule, ...]:
    ceiling = load("jkp/wage_ceiling", month)
    base = CappedWage(ceiling.whole, Words(id="batas upah JKP", en="JKP wage ceiling"))
    return (
        share(
            "jkp_government",
            "government",
            load("jkp/government_rate", month),
            base,
            ceiling=ceiling,
            billed=False,
            note=Words(id="dibayar pemerintah", en="paid by the government"),
        ),
        share(
            "jkp_from_jkk",
            "employer",
            load("jkp/from_jkk_rate", month),
            base,
            ceiling=ceiling,
            billed=False,
            note=Words(id="bagian dari iuran JKK, bukan tambahan", en="part of the JKK bill, nothing added"),
        ),
        share(
            "jkp_from_jkm",
            "employer",
            load("jkp/from_jkm_rate", month),
            base,
            ceiling=ceiling,
            billed=False,
            note=Words(id="bagian dari iuran JKM, bukan tambahan", en="part of the JKM bill, nothing added"),
        ),
    )


RULES = ((Month(2021, 2), rules_from_2021_02),)
