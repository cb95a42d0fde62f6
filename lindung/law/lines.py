"""A line: one amount with everything a reader needs to check it, in Indonesian or English."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lindung.law.readings import ROUNDING
from lindung.law.wording import Language, Words, article_text, rate_text, rupiah_text

if TYPE_CHECKING:
    from fractions import Fraction

    from lindung.law.parameters import Confidence
    from lindung.law.programmes import Programme
    from lindung.law.programmes.rules import Payer, Rule


@dataclass(frozen=True, slots=True)
class Line:
    """One explained amount in whole rupiah.

    ``confidence`` is that of the parameters; ``doubts`` say in words what is uncertain, rounding too where it
    changed the amount. ``billed`` is False for what the employer does not pay on top. ``programme`` is None
    for a penalty.
    """

    key: str
    programme: Programme | None
    payer: Payer
    base_rupiah: int
    rate: Fraction
    rate_text: str
    amount_rupiah: int
    article: str
    sentence: str
    confidence: Confidence
    doubts: tuple[str, ...]
    billed: bool = True


class RuleInWords:
    """A rule prepared for one language: what does not depend on the wage is written once."""

    __slots__ = (
        "_article",
        "_confidence",
        "_doubts",
        "_doubts_rounded",
        "_language",
        "_rate_text",
        "_template",
        "rule",
    )

    def __init__(self, rule: Rule, language: Language) -> None:
        self.rule = rule
        self._language = language
        self._rate_text = rate_text(rule.formula.rate, language)
        self._article = article_text(rule.article, language)
        self._confidence = rule.confidence
        self._doubts = tuple(doubt.say(language) for doubt in rule.doubts)
        self._doubts_rounded = (*self._doubts, ROUNDING.doubt.say(language))
        citation = f" ({self._article})".replace("%", "%%")
        self._template = rule.formula.template(language, rule.note) + citation

    def line(self, wage_rupiah: int, wage_text: str) -> Line:
        """``wage_text`` is the wage as ``rupiah_text`` writes it in the language of this rule."""
        formula = self.rule.formula
        base_rupiah = formula.base.value(wage_rupiah)
        amount_rupiah, rounded = formula.value(base_rupiah)
        return self._made(
            base_rupiah,
            amount_rupiah,
            self._template % (wage_text, rupiah_text(amount_rupiah, self._language)),
            self._doubts_rounded if rounded else self._doubts,
        )

    def nothing_owed(self) -> Line:
        """The line of a worker who owes no JP: 0 of 0, and why."""
        line = self._made(0, 0, _NO_JP.say(self._language), self._doubts)
        return replace(line, article=article_text(_NO_JP_ARTICLE, self._language))

    def _made(self, base_rupiah: int, amount_rupiah: int, sentence: str, doubts: tuple[str, ...]) -> Line:
        return Line(
            self.rule.key,
            self.rule.programme,
            self.rule.payer,
            base_rupiah,
            self.rule.formula.rate,
            self._rate_text,
            amount_rupiah,
            self._article,
            sentence,
            self._confidence,
            doubts,
            self.rule.billed,
        )


_NO_JP_ARTICLE = "PP 45/2015 Pasal 15"
_NO_JP = Words(
    id="Tidak ada iuran JP: pekerja ini tidak wajib JP pada bulan ini, misalnya karena usia pensiun "
    "telah tercapai (PP 45/2015 Pasal 15)",
    en="No JP contribution: this worker does not owe JP in this month, for example because the pension "
    "age is reached (PP 45/2015 art 15)",
)
