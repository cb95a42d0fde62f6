"""What firms do, and the JKK risk class that goes with it until an officer has fixed one."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from lindung.law.programmes.jkk import RISK_CLASSES


@dataclass(frozen=True, slots=True)
class LineOfBusiness:
    """One line of business. ``jkk_class`` is an estimate of ``confidence``, by ``article``; ``words`` by language."""

    code: str
    jkk_class: str
    words: dict[str, str]
    article: str
    confidence: str


@cache
def lines_of_business() -> dict[str, LineOfBusiness]:
    """Code -> line of business, in the order of the file. Raises ``ValueError`` for a class that the law has not."""
    told = yaml.safe_load((Path(__file__).parent / "lines_of_business.yaml").read_text(encoding="utf-8"))
    lines = {
        line["code"]: LineOfBusiness(
            line["code"],
            line["jkk_class"],
            {"id": line["id"], "en": line["en"]},
            told["article"],
            told["confidence"],
        )
        for line in told["lines"]
    }
    if wrong := [line.code for line in lines.values() if line.jkk_class not in RISK_CLASSES]:
        raise ValueError(f"no such risk class: {', '.join(wrong)}")
    return lines
