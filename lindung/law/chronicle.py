"""The timeline: every dated value of every parameter as an event, in order of dates, with its regulation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Final, Literal

from lindung.law.parameters import Confidence, Parameter, Value, all_names, parameter
from lindung.law.wording import Language, Words, article_text

Change = Literal["begins", "changes", "is confirmed", "ends", "is unknown"]


@dataclass(frozen=True, slots=True)
class Event:
    """One value of one parameter on its first day. ``before``: the value that it follows, as text."""

    on: date
    parameter: str
    title: Words
    unit: Words
    change: Change
    value: str
    before: str | None
    article: str
    regulation: str
    confidence: Confidence
    doubts: tuple[Words, ...]

    def sentence(self, language: Language) -> str:
        """``JP wage ceiling: 10547400 -> 11086300 rupiah per month (PP 45/2015 art 29(3); letter ...)``."""
        said = _CHANGES[self.change].say(language)
        number = f"{self.before} -> {self.value}" if self.change == "changes" else self.value
        article = article_text(self.article, language)
        return f"{self.title.say(language)} {said}: {number} ({self.unit.say(language)}; {article})"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one regulation changed on one day."""

    on: date
    regulation: str
    events: tuple[Event, ...]


def timeline(*, about: str = "") -> tuple[Entry, ...]:
    """Every change known, oldest first. ``about`` keeps the parameters whose name begins with it: ``jp/``."""
    events = [event for name in all_names() if name.startswith(about) for event in _events(parameter(name))]
    events.sort(key=lambda event: (event.on, event.regulation, event.parameter))
    return tuple(
        Entry(on, regulation, tuple(group))
        for (on, regulation), group in groupby(events, key=lambda event: (event.on, event.regulation))
    )


def regulation_of(article: str) -> str:
    """The regulation that a citation ends with: the letter of ``PP 45/2015 Pasal 29 ayat 3; surat B/726/022025``."""
    last = article.rpartition(";")[2].strip()
    found = _REGULATION.match(last)
    return found[0] if found else last


def _events(whole: Parameter) -> list[Event]:
    before: Sequence[Value | None] = [None, *whole.values[:-1]]
    return [
        Event(
            on=value.from_on,
            parameter=whole.name,
            title=whole.title,
            unit=whole.unit,
            change=_change(value, former),
            value=value.text,
            before=former.text if former else None,
            article=value.article,
            regulation=regulation_of(value.article),
            confidence=value.confidence,
            doubts=(*value.doubts, *([value.start.doubt] if value.start.doubt else [])),
        )
        for value, former in zip(whole.values, before, strict=True)
    ]


def _change(value: Value, former: Value | None) -> Change:
    if value.value is None:
        return "is unknown"
    if former is None:
        return "begins"
    if former.value == value.value:
        return "is confirmed"
    return "ends" if value.name.startswith("relief/") and value.value == Fraction(1) else "changes"


_REGULATION: Final = re.compile(r"(UU|PP|Perpres|Permenaker|Permen P2MI) \d+/\d{4}|surat \S+")
_CHANGES: Final[dict[Change, Words]] = {
    "begins": Words(id="mulai berlaku", en="begins"),
    "changes": Words(id="berubah", en="changes"),
    "is confirmed": Words(id="tetap", en="stays"),
    "ends": Words(id="berakhir", en="ends"),
    "is unknown": Words(id="tidak diketahui", en="is unknown"),
}
