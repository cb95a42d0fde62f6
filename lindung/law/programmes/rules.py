"""A rule: one share of one programme, in one month, with its formula and the parameters it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from lindung.law.bases import Base
from lindung.law.errors import NotInForce
from lindung.law.formula import Share
from lindung.law.month import Month
from lindung.law.parameters import Confidence, Value, least_confident
from lindung.law.programmes import Programme
from lindung.law.wording import Words, rate_text

Payer = Literal["employer", "worker", "government", "member", "operator"]
"""``member``: own-account and migrant workers, who pay for themselves; ``operator``: what it credits."""
LawRow = tuple[int | str, str, str]
"""(value, article, in force from): plain, so that it goes into JSON as it is."""
Builder = Callable[[Month, str | None], tuple["Rule", ...]]
"""(month, risk class) -> the rules of one programme."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """``key`` is the name of the amount everywhere: in bills, cases, SQL and answers.

    ``billed`` is False for the JKP split: what leaves the JKK and JKM bills, and what the State adds.
    ``relief`` is the part of the normal contribution that is paid, already inside ``formula``; ``remarks`` are
    what a reader must know beside the doubts of the values. ``beside``: other values behind the base.
    ``programme`` is None where one amount pays for two (migrant workers: JKK and JKM together).
    """

    key: str
    programme: Programme | None
    payer: Payer
    formula: Share
    rate: Value
    ceiling: Value | None = None
    billed: bool = True
    note: Words | None = None
    relief: Value | None = None
    remarks: tuple[Words, ...] = ()
    beside: tuple[Value, ...] = ()

    @property
    def article(self) -> str:
        return f"{self.rate.article}; {self.relief.article}" if self.relief else self.rate.article

    @property
    def confidence(self) -> Confidence:
        return least_confident(*(value.confidence for value in self.values))

    @property
    def doubts(self) -> tuple[Words, ...]:
        return tuple(dict.fromkeys([*(doubt for value in self.values for doubt in value.doubts), *self.remarks]))

    @property
    def values(self) -> tuple[Value, ...]:
        return tuple(value for value in (self.rate, self.ceiling, self.relief, *self.beside) if value)

    @property
    def law(self) -> dict[str, LawRow]:
        """Parameter -> (value, article, in force from), JSON-ready; ``jkk/rate/II`` is that of class II."""
        return {value.name: law_row(value) for value in self.values}

    def relieved(self, relief: Value) -> Rule:
        """The same rule with only the part ``relief`` of its contribution to pay; rounded once."""
        normal = self.formula.rate
        said = [_relief_note(relief.rate, normal), *([self.note] if self.note else [])]
        note = Words(id="; ".join(words.id for words in said), en="; ".join(words.en for words in said))
        return replace(self, formula=Share(normal * relief.rate, self.formula.base), relief=relief, note=note)

    def remarked(self, *remarks: Words) -> Rule:
        """The same rule with more to be said about it."""
        return replace(self, remarks=(*self.remarks, *remarks)) if remarks else self


def share(
    key: str,
    payer: Payer,
    rate: Value,
    base: Base,
    *,
    ceiling: Value | None = None,
    billed: bool = True,
    note: Words | None = None,
    beside: tuple[Value, ...] = (),
) -> Rule:
    """A rule whose rate is one number, or all of a base that ``rate`` names; ``key`` begins with the programme."""
    programme = Programme(key.partition("_")[0].upper())
    part = rate.value if isinstance(rate.value, Fraction) else Fraction(1)
    return Rule(key, programme, payer, Share(part, base), rate, ceiling, billed=billed, note=note, beside=beside)


def in_force(programme: Programme, dated: tuple[tuple[Month, Builder], ...], month: Month) -> Builder:
    """The last builder that had begun by ``month``. Raises NotInForce before the first."""
    begun = [builder for first, builder in dated if first <= month]
    if not begun:
        first = dated[0][0]
        raise NotInForce(
            Words(
                id=f"{programme} belum ada pada {month.words.id}; iuran pertama untuk {first.words.id}",
                en=f"{programme} does not exist in {month.words.en}; its first contribution month is {first.words.en}",
            )
        )
    return begun[-1]


def law_row(value: Value) -> LawRow:
    """A value as answers name it."""
    plain = value.value if isinstance(value.value, int) else value.text
    return plain, value.article, str(value.from_on)


def _relief_note(part: Fraction, normal: Fraction) -> Words:
    if normal == 1:
        return Words(id="keringanan", en="relief")
    return Words(
        id=f"keringanan: {rate_text(part, 'id')} dari {rate_text(normal, 'id')}",
        en=f"relief: {rate_text(part, 'en')} of {rate_text(normal, 'en')}",
    )
