"""Temporary reliefs: what part of a contribution is paid, in which contribution months, for whom.

A relief follows the contribution month, never the day of payment. The part paid is a parameter like any other
(``parameters/relief/``); before its first month and from the month that it is 100% again there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from lindung.law.errors import ImpossibleFact, NotInForce
from lindung.law.month import Month
from lindung.law.parameters import Value, load
from lindung.law.programmes import Programme
from lindung.law.wording import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lindung.law.programmes.rules import Rule


class Relief(StrEnum):
    """The regulation by which contributions are reduced for a time."""

    PANDEMIC = "PP 49/2020"
    """1% of JKK and JKM, 2020-08 to 2021-01; JP may be deferred."""
    LABOUR_INTENSIVE = "PP 7/2025"
    """Half of JKK for six industries, 2025-02 to 2026-01, with PP 36/2025."""
    OWN_ACCOUNT = "PP 50/2025"
    """Half of JKK and JKM of own-account workers, by sector."""


_OTHER_NAMES: Final = {"PP 36/2025": Relief.LABOUR_INTENSIVE}
SECTORS: Final = ("transport", "other")
"""Of own-account workers: transport means drivers and couriers, app-based or not (PP 50/2025)."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a relief reaches: its parameter, its programmes, and what is said of a programme without it."""

    parameter: str
    programmes: frozenset[Programme]
    unused: Words


_PAID_TO_THE_STATE: Final = frozenset({Programme.JKK, Programme.JKM})
_REACH: Final[Mapping[Relief, _Reach]] = {
    Relief.PANDEMIC: _Reach(
        "relief/pandemic",
        _PAID_TO_THE_STATE,
        Words(
            id="{programme} di sini tanpa keringanan PP 49/2020 (1% dari jumlah ini bagi yang memenuhi syarat).",
            en="{programme} is shown without the relief of PP 49/2020 (1% of it for those who qualify).",
        ),
    ),
    Relief.LABOUR_INTENSIVE: _Reach(
        "relief/labour_intensive",
        frozenset({Programme.JKK}),
        Words(
            id="{programme} di sini tanpa keringanan PP 7/2025 dan PP 36/2025 (setengahnya bagi industri padat karya "
            "yang memenuhi syarat).",
            en="{programme} is shown without the relief of PP 7/2025 and PP 36/2025 (half of it for labour-intensive "
            "industries that qualify).",
        ),
    ),
}
_DEFERRAL: Final = Words(
    id="{programme} di sini tanpa penundaan menurut PP 49/2020, yang atas permohonan membolehkan 1% dari iuran JP "
    "dibayar dahulu dan 99% sampai April 2022.",
    en="{programme} is shown without the deferral of PP 49/2020, under which 1% of the JP contribution could be paid "
    "first, on notice, and 99% until April 2022.",
)


def relief_named(text: str) -> Relief:
    """The relief of a regulation; PP 36/2025 prolongs PP 7/2025. Raises ImpossibleFact for any other."""
    found = _OTHER_NAMES.get(text) or (Relief(text) if text in set(Relief) else None)
    if found is None:
        known = ", ".join([*Relief, *_OTHER_NAMES])
        raise ImpossibleFact("relief", text, Words(id=known, en=known))
    return found


def not_reached(relief: Relief, month: Month) -> Words:
    """What is said of a relief named for a month that it does not reach."""
    return Words(
        id=f"{relief} tidak berlaku pada {month.words.id}",
        en=f"{relief} does not reach {month.words.en}",
    )


def part_paid(parameter: str, month: Month) -> Value | None:
    """The part of the normal contribution that is paid in ``month``; None outside the relief's months."""
    try:
        part = load(parameter, month)
    except NotInForce:
        return None
    return None if part.rate == 1 else part


def relieved(rule: Rule, month: Month, relief: Relief | None) -> Rule:
    """A wage earner's rule in ``month``: reduced by ``relief``, or with a remark on the relief not used."""
    if relief is not None and rule.programme in _REACH[relief].programmes:
        part = part_paid(_REACH[relief].parameter, month)
        if part:
            return rule.relieved(part)
    remarks = [*unused(rule, month, Relief.PANDEMIC, Relief.LABOUR_INTENSIVE)]
    if rule.programme is Programme.JP and part_paid("relief/pension_deferral", month):
        remarks.append(_of(rule, _DEFERRAL))
    return rule.remarked(*remarks)


def unused(rule: Rule, month: Month, *reliefs: Relief) -> tuple[Words, ...]:
    """What is said of a rule that could have been reduced in ``month`` by one of ``reliefs``."""
    return tuple(
        _of(rule, _REACH[relief].unused)
        for relief in reliefs
        if rule.programme in _REACH[relief].programmes and part_paid(_REACH[relief].parameter, month)
    )


def _of(rule: Rule, remark: Words) -> Words:
    return Words(*(text.format(programme=rule.programme) for text in remark))


def splits_jkp(month: Month, relief: Relief | None) -> bool:
    """Whether JKP can be split out of JKK: the adjusted split of relieved employers was not found."""
    return relief is not Relief.LABOUR_INTENSIVE or part_paid("relief/labour_intensive", month) is None


def own_account_part(month: Month, *, sector: str | None, budget_paid: bool, pandemic: bool) -> Value | None:
    """The part of JKK and JKM that an own-account worker pays, or None without relief.

    Without a sector the relief holds only in months in which every sector has it. PP 50/2025 leaves out those
    whose contribution is paid from a state or regional budget.
    """
    if pandemic and (part := part_paid("relief/pandemic", month)):
        return part
    if budget_paid:
        return None
    sectors = SECTORS if sector is None else (sector,)
    parts = [part_paid(f"relief/own_account_{name}", month) for name in sectors]
    return parts[-1] if all(parts) else None
