"""Administrative sanctions for an employer that does not register its workers. PP 86/2013 Pasal 5-9.

Two written warnings, then a fine, then refusal of public services. The fine of 0.1% is another one than the 2%
for paying late.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lindung.law.arrears import working_days_after
from lindung.law.lines import Line
from lindung.law.money import MOST_DEBT_RUPIAH, round_half_up, whole_number
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.programmes.rules import law_row
from lindung.law.readings import ROUNDING
from lindung.law.wording import Language, Words, article_text, rate_text, rupiah_text


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the procedure and the day from which it can be taken, if every step lasts as long as it may."""

    key: str
    from_on: date
    words: Words


def steps(first_warning_on: date, holidays: Container[date] = ()) -> tuple[Step, ...]:
    """First warning, second warning, fine, refusal of services: each from the first day after the one before.

    A warning lasts at most 10 working days, the fine at most 30 days. ``holidays`` as for ``arrears.due``.
    """
    length = load("sanctions/warning_working_days", first_warning_on).whole
    days = [first_warning_on]
    for _ in range(load("sanctions/warnings", first_warning_on).whole):
        days.append(working_days_after(days[-1], length, holidays) + timedelta(days=1))
    days.append(days[-1] + timedelta(days=load("sanctions/fine_days", first_warning_on).whole))
    return tuple(Step(key, day, words) for (key, words), day in zip(_STEPS.items(), days, strict=True))


def fine(contribution_rupiah: int, month: Month, language: Language = "id") -> Line:
    """The fine for not registering: 0.1% of the contribution of a month that should have been paid.

    It runs for at most 30 days, so one month of it is all there is. Raises NotInForce before July 2015.
    """
    whole_number("contribution_owed", contribution_rupiah, most=MOST_DEBT_RUPIAH, rupiah=True)
    rate = load("sanctions/unregistered_rate", month)
    exact = contribution_rupiah * rate.rate
    amount_rupiah = round_half_up(exact.numerator, exact.denominator)
    doubts = [*rate.doubts, *([ROUNDING.doubt] if exact.denominator != 1 else [])]
    article = article_text(rate.article, language)
    return Line(
        key="fine",
        programme=None,
        payer="employer",
        base_rupiah=contribution_rupiah,
        rate=rate.rate,
        rate_text=rate_text(rate.rate, language),
        amount_rupiah=amount_rupiah,
        article=article,
        sentence=_FINE.say(language).format(
            rate=rate_text(rate.rate, language),
            owed=rupiah_text(contribution_rupiah, language),
            amount=rupiah_text(amount_rupiah, language),
            article=article,
        ),
        confidence=rate.confidence,
        doubts=tuple(doubt.say(language) for doubt in doubts),
        law={rate.name: law_row(rate)},
    )


_STEPS: Final = {
    "first_warning": Words(id="teguran tertulis pertama", en="first written warning"),
    "second_warning": Words(id="teguran tertulis kedua", en="second written warning"),
    "fine": Words(id="denda", en="fine"),
    "services_refused": Words(
        id="tidak mendapat pelayanan publik tertentu (izin usaha, tender, tenaga kerja asing, penyediaan jasa pekerja, "
        "bangunan)",
        en="refusal of public services (licences for business, tenders, foreign workers, labour supply, building)",
    ),
}
_FINE: Final = Words(
    id="{rate} sebulan x iuran yang seharusnya dibayar {owed} = {amount}, paling lama 30 hari ({article})",
    en="{rate} a month x contribution that should have been paid {owed} = {amount}, for at most 30 days ({article})",
)
