"""The numbers of the law: one file each, ``<programme>/<name>.yaml``, every value with date and article.

``load`` answers what is in force in a month (or on a day), ``history`` gives every value, ``all_names`` every
file. A contribution month is governed by the value in force on its last day.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from lindung.law.errors import LawError, NotInForce
from lindung.law.month import Month
from lindung.law.wording import Words, rate_text
from lindung.law.yaml_text import read_yaml

Confidence = Literal["high", "medium", "low"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Start:
    """What is known of the first day of a value: only answers at that border depend on it."""

    confidence: Confidence
    doubt: Words | None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a parameter, in force from ``from_on`` until the next one.

    ``value`` is whole (rupiah, years, a day of the month), an exact rate, or a rate for each risk class.
    Values that ``load`` returns carry the confidence and the doubts of the month asked for; those of
    ``history`` the file's.
    """

    name: str
    value: int | Fraction | Mapping[str, Fraction]
    from_on: date
    article: str
    confidence: Confidence
    source: str
    checked_on: date
    doubts: tuple[Words, ...]
    start: Start
    provisional: bool = False

    @property
    def whole(self) -> int:
        if not isinstance(self.value, int):
            raise LawError(_both(f"{self.name}: not a whole number"))
        return self.value

    @property
    def rate(self) -> Fraction:
        if not isinstance(self.value, Fraction):
            raise LawError(_both(f"{self.name}: not a rate"))
        return self.value

    @property
    def rates(self) -> Mapping[str, Fraction]:
        if not isinstance(self.value, Mapping):
            raise LawError(_both(f"{self.name}: not a table of rates"))
        return self.value

    @property
    def text(self) -> str:
        """The value as it stands in the file: ``7000000``, ``3.7%``, ``I 0.24%, II 0.54%``."""
        if isinstance(self.value, Mapping):
            return ", ".join(f"{key} {rate_text(rate, 'en')}" for key, rate in self.value.items())
        return rate_text(self.value, "en") if isinstance(self.value, Fraction) else str(self.value)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader must know of answers from one month until (not including) another."""

    from_month: Month
    until: Month
    words: Words


@dataclass(frozen=True, slots=True)
class Parameter:
    """A whole file. ``renewed_every_months`` is set where the law publishes anew (the JP ceiling, yearly)."""

    name: str
    title: Words
    unit: str
    renewed_every_months: int | None
    values: tuple[Value, ...]
    remarks: tuple[Remark, ...]


def all_names() -> tuple[str, ...]:
    """Every parameter as ``<programme>/<name>``, sorted."""
    return tuple(sorted(f"{path.parent.name}/{path.stem}" for path in _FOLDER.glob("*/*.yaml")))


def history(name: str) -> tuple[Value, ...]:
    """Every value of one parameter, oldest first. Raises LawError for a name that no file has."""
    return parameter(name).values


@cache
def parameter(name: str) -> Parameter:
    """One file, read once. Raises LawError for an unknown name and for a file that lacks what it must say."""
    if name not in all_names():
        known = ", ".join(all_names())
        raise LawError(
            Words(
                id=f"tidak ada parameter {name!r}; yang ada: {known}",
                en=f"there is no parameter {name!r}; there are: {known}",
            )
        )
    return parse(name, read_yaml(_FOLDER / f"{name}.yaml"))


@lru_cache(maxsize=4096)
def load(name: str, when: Month | date) -> Value:
    """The value in force in the contribution month, or on the day.

    Raises NotInForce before the first value. Where the law renews a value and no newer one is known, the last
    one answers, ``provisional`` and with confidence low.
    """
    return in_force(parameter(name), when)


def in_force(whole: Parameter, when: Month | date) -> Value:
    """``load`` for a parameter at hand."""
    month = when if isinstance(when, Month) else Month.of(when)
    last_on = when.last_on if isinstance(when, Month) else when
    started = [value for value in whole.values if value.from_on <= last_on]
    if not started:
        first = whole.values[0]
        raise NotInForce(
            Words(
                id=f"{whole.title.id} ({whole.name}) belum berlaku pada {when}; berlaku sejak "
                f"{first.from_on} ({first.article})",
                en=f"{whole.title.en} ({whole.name}) is not in force in {when}; it is from "
                f"{first.from_on} ({first.article})",
            )
        )
    value = started[-1]
    borders = [border.start for border in whole.values if _at_border(border.from_on, month)]
    doubts = [*value.doubts, *(start.doubt for start in borders if start.doubt)]
    doubts += [remark.words for remark in whole.remarks if remark.from_month <= month < remark.until]
    confidence = least_confident(value.confidence, *(start.confidence for start in borders))
    step = whole.renewed_every_months
    provisional = step is not None and value is whole.values[-1] and month >= Month.of(value.from_on).plus(step)
    if provisional:
        confidence = "low"
        doubts.append(_not_published_yet(whole, value, month))
    return replace(value, confidence=confidence, doubts=tuple(doubts), provisional=provisional)


def least_confident(*confidences: Confidence) -> Confidence:
    """The weakest of the marks given (at least one)."""
    return max(confidences, key=CONFIDENCES.index)


def parse(name: str, content: object) -> Parameter:
    """A parameter from the content of its file. Raises LawError that says what is missing or wrong."""
    try:
        return _parse(name, content)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise LawError(_both(f"law/parameters/{name}.yaml: {type(error).__name__}: {error}")) from error


def _parse(name: str, content: object) -> Parameter:
    whole = _fields(content, {"title", "unit", "values"}, {"renewed_every_months", "remarks"})
    values = tuple(_value(name, row) for row in whole["values"])
    starts = [value.from_on for value in values]
    if not starts or sorted(set(starts)) != starts:
        raise ValueError("values must stand in order of their dates, at least one, each date once")
    remarks = (_fields(row, {"from", "until", "id", "en"}) for row in whole.get("remarks", ()))
    return Parameter(
        name=name,
        title=Words(**_fields(whole["title"], {"id", "en"})),
        unit=whole["unit"],
        renewed_every_months=whole.get("renewed_every_months"),
        values=values,
        remarks=tuple(
            Remark(Month.parse(row["from"]), Month.parse(row["until"]), Words(row["id"], row["en"])) for row in remarks
        ),
    )


def _value(name: str, content: object) -> Value:
    row = _fields(content, {"from", "value", "article", "confidence", "source", "checked_on"}, {"doubt", "start"})
    start = _fields(row.get("start", {"confidence": "high"}), {"confidence"}, {"doubt"})
    doubt = _doubt(row)
    if not isinstance(row["checked_on"], date):
        raise ValueError("checked_on must be a day")
    return Value(
        name=name,
        value=_amount(row["value"]),
        from_on=row["from"] if isinstance(row["from"], date) else Month.parse(row["from"]).first_on,
        article=row["article"],
        confidence=row["confidence"],
        source=row["source"],
        checked_on=row["checked_on"],
        doubts=(doubt,) if doubt else (),
        start=Start(start["confidence"], _doubt(start)),
    )


def _doubt(row: Mapping[str, Any]) -> Words | None:
    """The doubt of a value or of its start; whatever is not certain must say why."""
    if row["confidence"] not in CONFIDENCES:
        raise ValueError(f"confidence must be one of {', '.join(CONFIDENCES)}")
    if "doubt" in row:
        return Words(**_fields(row["doubt"], {"id", "en"}))
    if row["confidence"] != "high":
        raise ValueError(f"confidence {row['confidence']} needs a doubt in plain words")
    return None


def _amount(written: object) -> int | Fraction | Mapping[str, Fraction]:
    if isinstance(written, Mapping):
        return {key: _rate(text) for key, text in written.items()}
    return written if isinstance(written, int) else _rate(written)


def _rate(written: object) -> Fraction:
    text = str(written)
    if not text.endswith("%"):
        raise ValueError(f"{text!r} is neither a whole number nor a rate such as 3.70%")
    return Fraction(text[:-1]) / 100


def _fields(content: object, needed: Set[str], possible: Set[str] = frozenset()) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise TypeError(f"expected the fields {', '.join(sorted(needed))}")
    if missing := needed - content.keys():
        raise KeyError(f"missing {', '.join(sorted(missing))}")
    if unknown := content.keys() - needed - possible:
        raise KeyError(f"unknown {', '.join(sorted(map(str, unknown)))}")
    return content


def _at_border(from_on: date, month: Month) -> bool:
    """Whether a doubt about the first month touches this month: it, or the one before it."""
    first = Month.of(from_on)
    return month in (first, first.previous())


def _not_published_yet(whole: Parameter, value: Value, month: Month) -> Words:
    return Words(
        id=f"Sementara: {whole.title.id} untuk {month} belum diumumkan; dipakai nilai yang berlaku "
        f"sejak {value.from_on}.",
        en=f"Provisional: the {whole.title.en} for {month} is not published; the value in force "
        f"from {value.from_on} is used.",
    )


def _both(text: str) -> Words:
    return Words(id=text, en=text)
