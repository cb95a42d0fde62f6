"""A rule: one share of one programme, in one month, with its formula and the parameters it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from lindung.law.errors import NotInForce
from lindung.law.formula import Base, Share
from lindung.law.month import Month
from lindung.law.parameters import Confidence, Value, least_confident
from lindung.law.programmes import Programme
from lindung.law.wording import Words, rate_text

Payer = Literal["employer", "worker", "government"]
Builder = Callable[[Month, str | None], tuple["Rule", ...]]
"""(month, risk class) -> the rules of one programme."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """``key`` is the name of the amount everywhere: in bills, cases, SQL and answers.

    ``billed`` is False for the JKP split: what leaves the JKK and JKM bills, and what the State adds.
    """

    key: str
    programme: Programme
    payer: Payer
    formula: Share
    rate: Value
    ceiling: Value | None = None
    risk_class: str | None = None
    billed: bool = True
    note: Words | None = None

    @property
    def article(self) -> str:
        return self.rate.article

    @property
    def confidence(self) -> Confidence:
        return least_confident(*(value.confidence for value in self.values))

    @property
    def doubts(self) -> tuple[Words, ...]:
        return tuple(dict.fromkeys(doubt for value in self.values for doubt in value.doubts))

    @property
    def values(self) -> tuple[Value, ...]:
        return (self.rate, self.ceiling) if self.ceiling else (self.rate,)

    @property
    def law(self) -> dict[str, tuple[int | str, str, str]]:
        """Parameter -> (value, article, in force from), JSON-ready; ``jkk/rate/II`` is that of class II."""
        if self.risk_class:
            rate = rate_text(self.rate.rates[self.risk_class], "en")
            return {f"{self.rate.name}/{self.risk_class}": (rate, self.article, str(self.rate.from_on))}
        return {value.name: (_plain(value), value.article, str(value.from_on)) for value in self.values}


def share(
    key: str,
    payer: Payer,
    rate: Value,
    base: Base,
    *,
    ceiling: Value | None = None,
    billed: bool = True,
    note: Words | None = None,
) -> Rule:
    """A rule whose rate is one number; the programme is the first word of ``key``."""
    programme = Programme(key.partition("_")[0].upper())
    return Rule(key, programme, payer, Share(rate.rate, base), rate, ceiling, billed=billed, note=note)


def in_force(programme: Programme, dated: tuple[tuple[Month, Builder], ...], month: Month) -> Builder:
    """The last builder that had begun by ``month``. Raises NotInForce before the first."""
    begun = [builder for first, builder in dated if first <= month]
    if not begun:
        first = dated[0][0]
        raise NotInForce(
            Words(
                id=f"{programme} belum ada pada {month}; iuran pertama untuk {first}",
                en=f"{programme} does not exist in {month}; its first contribution month is {first}",
            )
        )
    return begun[-1]


def _plain(value: Value) -> int | str:
    return value.text if isinstance(value.value, Fraction) else value.whole
