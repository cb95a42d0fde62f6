"""Whether the civil registry's answer is enough to enrol somebody, and what to do when it is not. Pure.

The rule of a match: the registry knows the NIK, the name is at least 90 per cent alike, the birth date is the same, and
nothing else that was told differs. The mother's name is a note on the quality of data here, never a reason: many are
unknown or spelled anew at every office.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from lindung.lib.clock import WIB
from lindung.lib.crypto import blind_index
from lindung.partners.dukcapil.answers import (
    Compared,
    Deceased,
    Duplicate,
    Element,
    Inactive,
    Invalid,
    Match,
    NotFound,
    Outcome,
    Unavailable,
    UnavailableKind,
)
from lindung.registry.names import plain_mother_name, plain_name, plain_place

NAME_LEAST: Final = 90
"""From this likeness in per cent on, a name agrees."""
NAME_NEAR: Final = 70
"""From here to ``NAME_LEAST`` it is likely the same person, written in another way."""
MOTHER_LEAST: Final = 80
CACHE_DAYS: Final = 30
"""How long an answer that compared is good for the same question."""
QUOTA_RENEWED: Final = time(0, 5, tzinfo=WIB)
"""The day's calls are counted anew at midnight; five minutes for clocks that differ."""
OPENS: Final = time(6, 0, tzinfo=WIB)
"""Our guess of when the registry opens: it publishes no hours."""
CLOSES: Final = time(18, 0, tzinfo=WIB)
"""Who is told "closed" between ``OPENS`` and this tries again in an hour: a wrong guess costs an hour and not a day."""
_PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
_HOUR: Final = timedelta(hours=1)
_SEXES: Final = {"L": "Laki-laki", "P": "Perempuan"}

State = Literal["waiting", "to_correct", "to_resolve", "enrolled"]
OutcomeCode = Literal[
    "match",
    "partial",
    "mismatch",
    "not_found",
    "deceased",
    "duplicate",
    "inactive",
    "invalid",
    "unavailable_quota",
    "unavailable_hours",
    "unavailable_outage",
    "unavailable_shape",
    "unavailable_config",
]

_FIELDS: Final = {
    Element.NAME: "name",
    Element.BIRTH_ON: "birth_on",
    Element.SEX: "sex",
    Element.BIRTH_PLACE: "birth_place",
    Element.MOTHER_NAME: "mother_name",
}
_ABOUT_PERSON: Final[Mapping[type[object], tuple[State, OutcomeCode]]] = {
    NotFound: ("to_correct", "not_found"),
    Invalid: ("to_correct", "invalid"),
    Deceased: ("to_resolve", "deceased"),
    Duplicate: ("to_resolve", "duplicate"),
    Inactive: ("to_resolve", "inactive"),
}
# A question of ours that was wrong is for whoever looks after the connection, as a refused account is.
_IN_VAIN: Final[Mapping[UnavailableKind, OutcomeCode]] = {
    "quota": "unavailable_quota",
    "hours": "unavailable_hours",
    "outage": "unavailable_outage",
    "shape": "unavailable_shape",
    "config": "unavailable_config",
    "bug": "unavailable_config",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a row.

    ``differing`` names our fields (name, birth_on, sex, birth_place), in that order; ``scores`` is field -> per cent
    alike, mother's name included. ``mother_agrees`` is None when she was not compared. ``next_try_at`` is set exactly
    when the state is ``waiting``.
    """

    state: State
    outcome: OutcomeCode
    differing: tuple[str, ...] = ()
    scores: dict[str, int] = field(default_factory=dict)
    mother_agrees: bool | None = None
    next_try_at: datetime | None = None


def elements_of(
    *, name: str, birth_on: date, sex: str | None, mother_name: str | None, birth_place: str | None
) -> dict[str, str]:
    """What is put before the registry: as little as is needed, names in its own spelling, nothing that is empty.

    ``sex`` is L or P. The birth date is ISO 8601; the client writes it as the agreement says.
    """
    elements = {
        Element.NAME: plain_name(name),
        Element.BIRTH_ON: birth_on.isoformat(),
        Element.SEX: _SEXES.get(sex or "", ""),
        Element.BIRTH_PLACE: plain_place(birth_place),
        Element.MOTHER_NAME: plain_mother_name(mother_name),
    }
    return {str(element): text for element, text in elements.items() if text}


def elements_hash(given: Mapping[str, str]) -> bytes:
    """32 bytes that are equal for equal questions (``elements_of``) and say nothing else without our key."""
    return blind_index("identity elements", json.dumps(dict(given), sort_keys=True, ensure_ascii=False))


def decide(outcome: Outcome, *, tries: int, now: datetime) -> Decision:
    """What an answer means for a row that was asked about ``tries`` times before without a usable answer."""
    if isinstance(outcome, Compared):
        return _compared(outcome.matches)
    if isinstance(outcome, Unavailable):
        return Decision("waiting", _IN_VAIN[outcome.kind], next_try_at=next_try_at(outcome, tries=tries, now=now))
    state, code = _ABOUT_PERSON[type(outcome)]
    return Decision(state, code)


def _compared(matches: Mapping[str, Match]) -> Decision:
    scores = {named: matches[element].score for element, named in _FIELDS.items() if element in matches}
    differing = tuple(named for element, named in _FIELDS.items() if _differs(element, matches.get(element)))
    mother = matches.get(Element.MOTHER_NAME)
    mother_agrees = None if mother is None else mother.score >= MOTHER_LEAST
    if not differing:
        return Decision("enrolled", "match", (), scores, mother_agrees)
    near = scores.get("name", 0) >= NAME_NEAR and set(differing) <= {"name", "birth_place"}
    return Decision("to_correct", "partial" if near else "mismatch", differing, scores, mother_agrees)


def _differs(element: Element, match: Match | None) -> bool:
    """Without name and birth date there is no match at all; what else was not compared does not differ."""
    if element == Element.MOTHER_NAME:
        return False
    if match is None:
        return element in (Element.NAME, Element.BIRTH_ON)
    least = {Element.NAME: NAME_LEAST, Element.BIRTH_PLACE: 0}.get(element, 100)
    return not match.ok or match.score < least


def next_try_at(outcome: Unavailable, *, tries: int, now: datetime) -> datetime:
    """When to ask again about a row that got no usable answer now, after ``tries`` times before.

    After an outage or an answer that is none: 1, 5, 15, 60 minutes later, then hourly; not before the registry wished.
    """
    if outcome.kind == "quota":
        return _next(QUOTA_RENEWED, now)
    if outcome.kind == "hours":
        inside = OPENS <= now.astimezone(WIB).timetz() < CLOSES
        return now + _HOUR if inside else _next(OPENS, now)
    if outcome.kind in ("config", "bug"):
        return now + _HOUR
    return now + max(_PAUSES[min(tries, len(_PAUSES) - 1)], timedelta(seconds=outcome.retry_after_seconds or 0))


def _next(at: time, now: datetime) -> datetime:
    """The first moment after ``now`` at which it is this time of the day in western Indonesia."""
    local = now.astimezone(WIB)
    today = datetime.combine(local.date(), at)
    return today if today > local else today + timedelta(days=1)
