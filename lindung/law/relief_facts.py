"""Whether an employer has a relief: what a case says, held against the conditions of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lindung.law.errors import ImpossibleFact
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.reliefs import Relief, not_reached, part_paid, relief_named
from lindung.law.wording import Words

if TYPE_CHECKING:
    from lindung.law.facts import Facts

INPUTS: Final = frozenset(
    {"relief", "labour_intensive_relief", "industry", "active_members", "jkk_paid_until", "paid_until"}
)
_CONDITIONS: Final = ("industry", "active_members", "jkk_paid_until")


def named_relief(facts: Facts, *possible: Relief) -> Relief | None:
    """The relief that a case names, one of ``possible``; None when it names none."""
    given = facts.raw("relief")
    if given is None:
        return None
    relief = relief_named(str(given))
    if relief not in possible:
        known = ", ".join(possible)
        raise ImpossibleFact("relief", given, Words(id=f"{known} di segmen ini", en=f"{known} in this segment"))
    return relief


def wage_earner_relief(month: Month, facts: Facts) -> tuple[Relief | None, tuple[Words, ...]]:
    """The relief that reduces JKK (and JKM) in ``month``, and what is said where one is asked for and not given.

    ``labour_intensive_relief: true`` says that the employer qualifies; industry, members and paid months, where
    given, are held against it, and all three together are as good as saying so.
    """
    named = named_relief(facts, Relief.PANDEMIC, Relief.LABOUR_INTENSIVE)
    flag = facts.flag("labour_intensive_relief")
    if flag is False and named is Relief.LABOUR_INTENSIVE:
        possible = Words(id="true di samping relief ini", en="true beside this relief")
        raise ImpossibleFact("labour_intensive_relief", flag, possible)
    if flag is None and named is not Relief.LABOUR_INTENSIVE and facts.given(*_CONDITIONS) == _CONDITIONS:
        flag = True
    asked = [relief for relief in (named, Relief.LABOUR_INTENSIVE if flag else None) if relief]
    if Relief.PANDEMIC not in asked:
        facts.refuse(frozenset({"paid_until"}), beside="no relief of PP 49/2020")
    said: list[Words] = []
    if Relief.LABOUR_INTENSIVE not in asked and facts.given(*_CONDITIONS) and flag is None:
        said.append(_NOT_ALL_GIVEN)
    for relief in asked:
        parameter = "relief/pandemic" if relief is Relief.PANDEMIC else "relief/labour_intensive"
        if part_paid(parameter, month) is None:
            said.append(not_reached(relief, month))
        elif unmet := _unmet(relief, month, facts):
            said.append(unmet)
        else:
            return relief, ()
    return None, tuple(dict.fromkeys(said))


_NOT_ALL_GIVEN: Final = Words(
    id=f"Keringanan PP 7/2025 tidak dihitung: syaratnya belum disebut semua ({', '.join(_CONDITIONS)})",
    en=f"The relief of PP 7/2025 is not taken: not all its conditions are given ({', '.join(_CONDITIONS)})",
)


def _unmet(relief: Relief, month: Month, facts: Facts) -> Words | None:
    """The first condition that the facts given do not meet."""
    if relief is Relief.PANDEMIC:
        needed = Month.of(load("relief/pandemic_paid_until", month).day)
        return _unpaid(relief, facts.month("paid_until"), needed)
    industries = load("relief/labour_intensive_industries", month).words
    industry = facts.text("industry", (*industries, "other"))
    if industry == "other":
        known = ", ".join(industries)
        return Words(id=f"{relief} hanya untuk {known}", en=f"{relief} is for {known} only")
    least = load("relief/labour_intensive_members", month).whole
    if "active_members" in facts and facts.whole("active_members", most=10**8) < least:
        return Words(
            id=f"{relief} mensyaratkan paling sedikit {least} peserta aktif",
            en=f"{relief} asks for at least {least} active members",
        )
    paid_until = Month.of(load("relief/labour_intensive_paid_until", month).day)
    return _unpaid(relief, facts.month("jkk_paid_until"), paid_until)


def _unpaid(relief: Relief, paid: Month | None, needed: Month) -> Words | None:
    if paid is None or paid >= needed:
        return None
    return Words(
        id=f"{relief} mensyaratkan iuran lunas sampai dengan {needed}",
        en=f"{relief} asks that contributions are paid up to {needed}",
    )
