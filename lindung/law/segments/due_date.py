"""DUE-DATE: the last day to pay a wage earners' month without a fine; what is known of the other segments."""

from __future__ import annotations

from typing import Final

from lindung.law import readings
from lindung.law.answers import Answer, Plain
from lindung.law.arrears import due, months_late, working_days_after
from lindung.law.facts import Facts
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.wording import Language, Words, article_text, day_words

TITLE: Final = Words(id="Tanggal jatuh tempo", en="Due date")
INPUTS: Final = frozenset({"due_of", "holidays", "paid_on", "work_order_on"})
PARAMETERS: Final = ("arrears/due_day", "bpu/lapse_months", "jakon/registration_working_days")
READINGS: Final = (
    readings.DUE_ON_WORKING_DAY,
    readings.FEBRUARY_WITHOUT_A_30TH,
    readings.NO_DUE_DAY_FOR_OWN_ACCOUNT,
    readings.NO_FINE_FOR_OWN_ACCOUNT,
    readings.CONSTRUCTION_DUE_WITH_ITS_STAGE,
)
SEGMENTS: Final = ("PU", "BPU", "JAKON")


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``due_on``; with ``paid_on`` also the started months of delay. ``holidays``: days besides Saturdays, Sundays.

    For ``due_of: BPU`` and ``JAKON`` the law read names no day: ``due_on`` is null, and the answer says what is known;
    for a construction project with ``work_order_on`` also the last day to register it, ``register_by``.
    """
    match facts.text("due_of", SEGMENTS):
        case "BPU":
            facts.refuse(INPUTS - {"due_of"}, beside="due_of: BPU")
            return _own_account(month, language)
        case "JAKON":
            facts.refuse(frozenset({"paid_on"}), beside="due_of: JAKON")
            return _construction(month, facts, language)
    facts.refuse(frozenset({"work_order_on"}), beside="due_of: PU")
    day = due(month, facts.days("holidays"), language)
    result: dict[str, Plain] = {"due_on": day.due_on}
    paid_on = facts.day("paid_on")
    if paid_on is not None:
        result["months_late"] = months_late(day.due_on, paid_on)
    value = load("arrears/due_day", month)
    return Answer(
        "DUE-DATE", month, language, result, sentences=(day.sentence,), readings=day.readings, values=(value,)
    )


def _own_account(month: Month, language: Language) -> Answer:
    lapse = load("bpu/lapse_months", month)
    words = Words(
        id=f"Tanpa denda; perlindungan berhenti setelah {lapse.whole} bulan tidak membayar",
        en=f"Without a fine; the cover lapses after {lapse.whole} unpaid months",
    )
    return Answer(
        "DUE-DATE",
        month,
        language,
        {"due_on": None, "fine": 0},
        sentences=(words.say(language),),
        readings=(readings.NO_DUE_DAY_FOR_OWN_ACCOUNT, readings.NO_FINE_FOR_OWN_ACCOUNT),
        values=(lapse,),
    )


def _construction(month: Month, facts: Facts, language: Language) -> Answer:
    result: dict[str, Plain] = {"due_on": None}
    said, values = [_WITH_ITS_STAGE], []
    ordered_on = facts.day("work_order_on")
    if ordered_on is None:
        facts.refuse(frozenset({"holidays"}), beside="due_of: JAKON")
    else:
        limit = load("jakon/registration_working_days", month)
        by = working_days_after(ordered_on, limit.whole, facts.days("holidays"))
        result["register_by"] = by
        values = [limit]
        said.append(
            Words(
                id=f"Proyek didaftarkan paling lambat {day_words(by).id}, {limit.whole} hari kerja setelah surat "
                f"perintah kerja ({limit.article})",
                en=f"The project is registered by {day_words(by).en}, {limit.whole} working days after the work order "
                f"({article_text(limit.article, 'en')})",
            )
        )
    return Answer(
        "DUE-DATE",
        month,
        language,
        result,
        sentences=tuple(words.say(language) for words in said),
        readings=(readings.CONSTRUCTION_DUE_WITH_ITS_STAGE,),
        values=tuple(values),
    )


_WITH_ITS_STAGE: Final = Words(
    id="Iuran proyek dibayar sebelum atau bersama tahap yang jatuh tempo",
    en="The contribution of a project is paid before or with the stage that is due",
)
