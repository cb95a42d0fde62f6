"""JP put off in the pandemic: 1% of the contribution now, the rest from May 2021 to April 2022. PP 49/2020."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lindung.law.lines import Line, RuleInWords
from lindung.law.parameters import load
from lindung.law.programmes import Programme, jp
from lindung.law.programmes.rules import in_force
from lindung.law.wording import Language, Words, article_text, day_words, rate_text, rupiah_text

if TYPE_CHECKING:
    from lindung.law.bases import Exact
    from lindung.law.month import Month


def deferred_lines(lines: list[Line], month: Month, jp_wage: Exact, language: Language) -> list[Line]:
    """``lines`` with their JP told apart: owed in all (not billed now), due now by payer, and put off.

    What is put off is the whole contribution less what is due now, so that the parts add up.
    Raises NotInForce before August 2020.
    """
    part = load("relief/pension_deferral", month)
    whole, now = [], []
    for rule in in_force(Programme.JP, jp.RULES, month)(month, None):
        first = replace(rule.relieved(part), key=f"jp_due_now_{rule.payer}")
        whole.append(replace(RuleInWords(rule, language).line(jp_wage), billed=False))
        now.append(RuleInWords(first, language).line(jp_wage))
    owed, due = (sum(line.amount_rupiah for line in some) for some in (whole, now))
    later = _put_off(now, owed, due, month, language)
    others = [line for line in lines if line.programme is not Programme.JP]
    place = next(at for at, line in enumerate(lines) if line.programme is Programme.JP)
    return [*others[:place], *whole, *now, later, *others[place:]]


def _put_off(now: list[Line], owed: int, due: int, month: Month, language: Language) -> Line:
    part = load("relief/pension_deferral", month)
    starts, ends = (load(f"relief/pension_deferral_{end}", month) for end in ("from", "until"))
    article = article_text(ends.article, language)
    rate = 1 - part.rate
    return replace(
        now[0],
        key="jp_deferred",
        payer="employer",
        base_rupiah=owed,
        rate=rate,
        rate_text=rate_text(rate, language),
        amount_rupiah=owed - due,
        article=article,
        sentence=_LATER.say(language).format(
            owed=rupiah_text(owed, language),
            due=rupiah_text(due, language),
            rest=rupiah_text(owed - due, language),
            starts=day_words(starts.day).say(language),
            ends=day_words(ends.day).say(language),
            article=article,
        ),
        billed=False,
        law={name: row for line in now for name, row in line.law.items()},
    )


_LATER = Words(
    id="iuran JP {owed} dikurangi yang dibayar dahulu {due} = {rest}, mulai dibayar paling lambat {starts} dan lunas "
    "paling lambat {ends} ({article})",
    en="JP contribution {owed} less what is paid first {due} = {rest}, paid starting by {starts} and settled by "
    "{ends} ({article})",
)
