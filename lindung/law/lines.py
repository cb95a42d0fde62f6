"""A line: one amount with everything a reader needs to check it, in Indonesian or English."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lindung.law.readings import ROUNDING
from lindung.law.wording import Language, Words, article_text, rate_text, rupiah_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from lindung.law.bases import Exact
    from lindung.law.parameters import Confidence
    from lindung.law.programmes import Programme
    from lindung.law.programmes.rules import LawRow, Payer, Rule


@dataclass(frozen=True, slots=True)
class Line:
    """One explained amount in whole rupiah.

    ``confidence`` is that of the parameters; ``doubts`` say in words what is uncertain, rounding too where it
    changed the amount. ``billed`` is False for what is not paid on top, or not now. ``programme`` is None for
    a penalty. ``base_rupiah`` is a Fraction only where a wage was paid with sen or is an average. ``law`` maps
    each parameter behind the amount to (value, article, in force from).
    """

    key: str
    programme: Programme | None
    payer: Payer
    base_rupiah: Exact
    rate: Fraction
    rate_text: str
    amount_rupiah: int
    article: str
    sentence: str
    confidence: Confidence
    doubts: tuple[str, ...]
    billed: bool = True
    law: Mapping[str, LawRow] = field(default_factory=dict)
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why a programme is not owed: the sentence without its citation, the article, how sure, what is doubtful."""

    words: Words
    article: str
    confidence: Confidence = "high"
    doubts: tuple[Words, ...] = ()


class RuleInWords:
    """A rule prepared for one language: what does not depend on the wage is written once."""

    __slots__ = (
        "_article",
        "_bracketed",
        "_confidence",
        "_doubts",
        "_doubts_rounded",
        "_language",
        "_law",
        "_opening",
        "_provisional",
        "_rate_text",
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
        self._law = rule.law
        self._provisional = any(value.provisional for value in rule.values)
        self._opening = rule.formula.opening(language, rule.note)
        # A base with rates of its own stands in brackets behind another rate.
        self._bracketed = bool(self._opening) and rule.formula.base.denominator > 1

    def line(self, given: Exact) -> Line:
        """The line of a wage, an income, a contract value: whatever the base of the rule reads."""
        formula, language = self.rule.formula, self._language
        amount_rupiah, rounded = formula.value(formula.base.value(given))
        base, amount = formula.base.words(given, language), rupiah_text(amount_rupiah, language)
        said = f"{self._opening}({base})" if self._bracketed else f"{self._opening}{base}"
        # An amount that the law itself names is said once.
        named = not self._opening and said.endswith(amount)
        sum_up = said if named else f"{said} = {amount}"
        return self._made(
            formula.base.shown(given),
            amount_rupiah,
            f"{sum_up} ({self._article})",
            self._doubts_rounded if rounded else self._doubts,
        )

    def nothing_owed(self, why: Exemption) -> Line:
        """The line of a worker who does not owe this programme: 0 of 0, and why."""
        article = article_text(why.article, self._language)
        sentence = f"{why.words.say(self._language)} ({article})"
        doubts = tuple(doubt.say(self._language) for doubt in why.doubts)
        return replace(self._made(0, 0, sentence, doubts), article=article, confidence=why.confidence)

    def _made(self, base_rupiah: Exact, amount_rupiah: int, sentence: str, doubts: tuple[str, ...]) -> Line:
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
            self._law,
            self._provisional,
        )


NO_JP = Exemption(
    Words(
        id="Tidak ada iuran JP: pekerja ini tidak wajib JP pada bulan ini, misalnya karena usia pensiun telah tercapai",
        en="No JP contribution: this worker does not owe JP in this month, for example because the pension "
        "age is reached",
    ),
    "PP 45/2015 Pasal 15",
)
