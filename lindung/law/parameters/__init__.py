"""The numbers of the law: one file each, ``<programme>/<name>.yaml``, every value with date and article.

``load`` answers what is in force in a month (or on a day), ``history`` gives every value, ``all_names`` every
file. A contribution month is governed by the value in force on its last day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lindung.law.errors import LawError, NotInForce, NotKnown
from lindung.law.month import Month
from lindung.law.parameters.values import (
    CONFIDENCES,
    Confidence,
    Number,
    Start,
    Value,
    least_confident,
    number_text,
    read_amount,
)
from lindung.law.wording import Words, day_words
from lindung.law.yaml_text import read_yaml

__all__ = [
    "CONFIDENCES",
    "Confidence",
    "Parameter",
    "Remark",
    "Start",
    "Value",
    "all_names",
    "history",
    "in_force",
    "least_confident",
    "load",
    "number_text",
    "parameter",
    "parse",
]

_FOLDER = Path(__file__).parent
_NAME = re.compile(r"[a-z_]+/[a-z0-9_]+")


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
    unit: Words
    renewed_every_months: int | None
    values: tuple[Value, ...]
    remarks: tuple[Remark, ...]

    @property
    def series(self) -> dict[str, list[tuple[date, Number]]]:
        """Label -> (first day, number), for a chart: one series for each row of a table, else one called ``""``.

        Values that are unknown are left out; lists and days have no series.
        """
        drawn: dict[str, list[tuple[date, Number]]] = {}
        for value in self.values:
            rows = value.value.items() if isinstance(value.value, Mapping) else [("", value.value)]
            for label, number in rows:
                if isinstance(number, int | Fraction):
                    drawn.setdefault(str(label), []).append((value.from_on, number))
        return drawn


def all_names() -> tuple[str, ...]:
    """Every parameter as ``<programme>/<name>``, sorted."""
    return tuple(sorted(f"{path.parent.name}/{path.stem}" for path in _FOLDER.glob("*/*.yaml")))


def history(name: str) -> tuple[Value, ...]:
    """Every value of one parameter, oldest first. Raises LawError for a name that no file has."""
    return parameter(name).values


@cache
def parameter(name: str) -> Parameter:
    """One file, read once. Raises LawError for an unknown name and for a file that lacks what it must say."""
    if not _NAME.fullmatch(name) or not (_FOLDER / f"{name}.yaml").is_file():
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

    Raises NotInForce before the first value and NotKnown where the file says ``unknown``. Where the law renews
    a value and no newer one is known, the last one answers, ``provisional`` and with confidence low.
    """
    return in_force(parameter(name), when)


def in_force(whole: Parameter, when: Month | date) -> Value:
    """``load`` for a parameter at hand."""
    month = when if isinstance(when, Month) else Month.of(when)
    last_on = when.last_on if isinstance(when, Month) else when
    started = [value for value in whole.values if value.from_on <= last_on]
    asked, at = (when.words, "in") if isinstance(when, Month) else (day_words(when), "on")
    if not started:
        first = whole.values[0]
        began = day_words(first.from_on)
        raise NotInForce(
            Words(
                id=f"{whole.title.id} ({whole.name}) belum berlaku pada {asked.id}; berlaku sejak "
                f"{began.id} ({first.article})",
                en=f"{whole.title.en} ({whole.name}) is not in force {at} {asked.en}; it is from "
                f"{began.en} ({first.article})",
            )
        )
    value = started[-1]
    if value.value is None:
        raise NotKnown(
            Words(
                id=f"{whole.title.id} ({whole.name}) untuk {asked.id} tidak diketahui: {value.doubts[0].id}",
                en=f"{whole.title.en} ({whole.name}) of {asked.en} is not known: {value.doubts[0].en}",
            )
        )
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
        unit=Words(**_fields(whole["unit"], {"id", "en"})),
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
    amount = read_amount(row["value"])
    if amount is None and doubt is None:
        raise ValueError("an unknown value needs a doubt in plain words")
    if not isinstance(row["checked_on"], date):
        raise ValueError("checked_on must be a day")
    return Value(
        name=name,
        value=amount,
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
    since = day_words(value.from_on)
    return Words(
        id=f"Sementara: {whole.title.id} untuk {month.words.id} belum diumumkan; dipakai nilai yang berlaku "
        f"sejak {since.id}.",
        en=f"Provisional: the {whole.title.en} for {month.words.en} is not published; the value in force "
        f"from {since.en} is used.",
    )


def _both(text: str) -> Words:
    return Words(id=text, en=text)
