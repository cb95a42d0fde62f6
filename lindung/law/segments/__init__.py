"""Topics of the law: facts in, an explained answer out. One file is one topic, as its name says (``bpu.py``).

A case is a mapping with ``id``, ``segment``, ``date`` (the contribution month) and ``inputs``; what a segment
does not know it refuses by name, so an answer never rests on an input that was passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

from lindung.law.answers import Answer, Result
from lindung.law.errors import ImpossibleFact, LawError, NotYetComputed
from lindung.law.facts import Facts
from lindung.law.inputs import canonical, day_of, wage_steps
from lindung.law.month import Month
from lindung.law.readings import Reading
from lindung.law.wording import LANGUAGES, Language, Words

Case = Mapping[str, object]


class Segment(Protocol):
    """What a file of this folder offers. ``PARAMETERS`` and ``READINGS``: what its answers can rest on."""

    TITLE: Words
    INPUTS: frozenset[str]
    PARAMETERS: tuple[str, ...]
    READINGS: tuple[Reading, ...]

    def answer(self, month: Month, facts: Facts, language: Language) -> Answer: ...


def names() -> tuple[str, ...]:
    """The segments that are computed, as cases write them: ``PU``, ``PU-JKP-SPLIT``."""
    files = Path(__file__).parent.glob("[a-z]*.py")
    return tuple(sorted(file.stem.upper().replace("_", "-") for file in files))


def find(name: object) -> Segment:
    """The module of a segment; raises NotYetComputed for any other name."""
    if name not in names():
        known = ", ".join(names())
        raise NotYetComputed(
            Words(
                id=f"segment {name!r} belum dihitung; yang dihitung: {known}",
                en=f"segment {name!r} is not yet computed; computed are: {known}",
            )
        )
    return cast(Segment, import_module(f"{__name__}.{str(name).lower().replace('-', '_')}"))


def answer(
    segment: object, when: Month | date | str, inputs: Mapping[str, object], language: Language = "id"
) -> Answer:
    """The explained answer of a segment for a contribution month, or for a day where the segment asks for one.

    Raises NotYetComputed for an unknown segment or input, ImpossibleFact for a fact that cannot be, NotInForce
    for a month before the law, NotKnown for a figure that nobody found.
    """
    module = find(segment)
    if language not in LANGUAGES:
        raise ImpossibleFact("language", language, Words(id="id atau en", en="id or en"))
    named = canonical(inputs)
    known = module.INPUTS
    if "raised_on" in known:
        until, since = wage_steps(named)
        known = known | {*until.values(), *since.values()}
    if unknown := sorted(str(name) for name in named.keys() - known):
        names_text, known_text = ", ".join(unknown), ", ".join(sorted(module.INPUTS))
        raise NotYetComputed(
            Words(
                id=f"input {names_text} belum dihitung untuk segment {segment}; yang dikenal: {known_text}",
                en=f"input {names_text} is not yet computed for segment {segment}; known are: {known_text}",
            )
        )
    month, on = _month(when)
    return module.answer(month, Facts(named, on), language)


def evaluate(case: Case, others: Mapping[str, Case] | None = None, language: Language = "id") -> Result:
    """Every amount that the segment of ``case`` can give. Errors: ``answer``, LawError for a case without a part.

    ``others``: the cases of the same file by id, for an input that says ``unrounded result of <id>``.
    """
    return answer_case(case, others, language).result


def answer_case(case: Case, others: Mapping[str, Case] | None = None, language: Language = "id") -> Answer:
    """``evaluate`` with everything that explains it."""
    segment = case.get("segment")
    find(segment)
    inputs = case.get("inputs")
    if not isinstance(inputs, Mapping):
        raise LawError(Words(id="inputs: harus berupa pemetaan nama ke nilai", en="inputs: must map names to values"))
    when = case.get("date")
    if when is not None and not isinstance(when, str | date):
        raise ImpossibleFact("date", when, Words(id="bulan seperti 2026-02", en="a month like 2026-02"))
    rest = {name: other for name, other in (others or {}).items() if other is not case}
    return answer(segment, when or "", _linked(inputs, rest), language)


def _linked(inputs: Mapping[str, object], others: Mapping[str, Case]) -> dict[str, object]:
    """The inputs with ``unrounded result of <id>`` replaced by the exact balance of that case."""
    linked = dict(inputs)
    for name, value in inputs.items():
        match = _LINK.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            continue
        exact = answer_case(others[match[1]], others).exact if match[1] in others else {}
        if "balance" not in exact:
            possible = Words(
                id="id kasus simulasi dalam berkas yang sama", en="the id of a simulation in the same file"
            )
            raise ImpossibleFact(str(name), value, possible)
        linked[str(name)] = exact["balance"]
    return linked


def _month(when: Month | date | str) -> tuple[Month, date | None]:
    """The contribution month, and the day where one is named; a whole date stands for the month that contains it."""
    if isinstance(when, Month):
        return when, None
    if isinstance(when, date):
        return Month.of(when), when
    if _DAY.fullmatch(when):
        day = day_of("date", when)
        return Month.of(day), day
    return Month.parse(when), None


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LINK: Final = re.compile(r"unrounded result of (\S+)")
