"""The reference pages of the law, written from its files so that they cannot differ from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from lindung.law import readings, segments
from lindung.law.chronicle import timeline
from lindung.law.inputs import INPUTS
from lindung.law.parameters import Parameter, Value, all_names, history, least_confident, parameter
from lindung.law.segments import Segment
from lindung.law.wording import article_text
from lindung.law.yaml_text import read_yaml


def parameters_page() -> str:
    """The Markdown text of ``docs/reference/law/parameters.md``."""
    return "\n".join([_PARAMETERS, *(line for name in all_names() for line in _section(parameter(name))), *_readings()])


def timeline_page() -> str:
    """The Markdown text of ``docs/reference/law/timeline.md``."""
    return "\n".join([_TIMELINE, *_timeline()])


def topics_page() -> str:
    """The Markdown text of ``docs/reference/law/topics.md``."""
    return "\n".join([_TOPICS, *_topics()])


def coverage_page(cases: Path) -> str:
    """The Markdown text of ``docs/reference/law/coverage.md``; ``cases``: the folder of the worked cases."""
    return "\n".join([_COVERAGE, *_coverage(cases)])


def _section(whole: Parameter) -> Iterator[str]:
    yield f"\n## `{whole.name}`\n"
    renewed = f" Published anew every {whole.renewed_every_months} months." if whole.renewed_every_months else ""
    yield f"{whole.title.en} (*{whole.title.id}*), {whole.unit.en}.{renewed}\n"
    yield "| From | Value | Article | Confidence | Compared on | Source |"
    yield "|---|---|---|---|---|---|"
    for value in whole.values:
        start = value.start.confidence
        marks = value.confidence if start == "high" else f"{value.confidence}; first month {start}"
        article = article_text(value.article, "en")
        cells = (value.from_on, value.text, article, marks, value.checked_on, value.source)
        yield f"| {' | '.join(map(str, cells))} |"
    doubts = [f"- {value.from_on}: {doubt}" for value in whole.values for doubt in _doubts(value)]
    doubts += [f"- {row.from_month} until {row.until.previous()}: {row.words.en}" for row in whole.remarks]
    if doubts:
        yield "\nDoubts and remarks:\n"
        yield from doubts


def _doubts(value: Value) -> list[str]:
    words = [*value.doubts, *([value.start.doubt] if value.start.doubt else [])]
    return [doubt.en for doubt in words]


def _readings() -> Iterator[str]:
    yield "\n## Where the law is silent\n"
    yield "| Reading | Decided in | Article | Confidence | What is taken |"
    yield "|---|---|---|---|---|"
    for name, reading in readings.ALL.items():
        article = article_text(reading.article, "en")
        said = f"{reading.doubt.en} (*{reading.doubt.id}*)"
        yield f"| `{name}` | {reading.where} | {article} | {reading.confidence} | {said} |"
    yield ""


def _timeline() -> Iterator[str]:
    for year, entries in groupby(timeline(), key=lambda entry: entry.on.year):
        yield f"\n## {year}\n"
        for entry in entries:
            yield f"- **{entry.on}, {article_text(entry.regulation, 'en')}**"
            for event in entry.events:
                mark = "" if event.confidence == "high" else f" *({event.confidence})*"
                yield f"  - `{event.parameter}`: {event.sentence('en')}{mark}"
    yield ""


def _topics() -> Iterator[str]:
    for name in segments.names():
        topic = segments.find(name)
        yield f"\n## `{name}`\n"
        yield f"{topic.TITLE.en} (*{topic.TITLE.id}*). {_told(topic.answer)}\n"
        yield "| Input | Kind | Meaning |"
        yield "|---|---|---|"
        for known in INPUTS.values():
            if known.name in topic.INPUTS:
                names = ", ".join(f"`{one}`" for one in (known.name, *known.aliases))
                yield f"| {names} | {known.kind.name.lower()} | {known.title.en} (*{known.title.id}*) |"
    yield ""


def _told(function: Callable[..., object]) -> str:
    """The docstring of an answer as one paragraph: it names the keys of the result."""
    return " ".join((function.__doc__ or "").split()).replace("``", "`")


def _coverage(cases: Path) -> Iterator[str]:
    counted: Counter[str] = Counter()
    for path in sorted(cases.glob("*.yaml")):
        content: Any = read_yaml(path)
        counted.update(case["segment"] for case in content["cases"])
    yield "| Topic | What it answers | Cases | Lowest confidence | Open questions |"
    yield "|---|---|---|---|---|"
    topics = {name: segments.find(name) for name in segments.names()}
    for name, topic in topics.items():
        marks = [value.confidence for value in _values(topic)] + [reading.confidence for reading in topic.READINGS]
        cells = (f"`{name}`", topic.TITLE.en, counted[name], least_confident("high", *marks), len(_questions(topic)))
        yield f"| {' | '.join(map(str, cells))} |"
    for name, topic in topics.items():
        if questions := _questions(topic):
            yield f"\n## `{name}`\n"
            yield from (f"- {question}" for question in questions)
    yield ""


def _values(topic: Segment) -> list[Value]:
    return [value for name in topic.PARAMETERS for value in history(name)]


def _questions(topic: Segment) -> list[str]:
    """Every doubt once, with the parameter or reading that it is about."""
    doubts = [f"`{value.name}`: {doubt}" for value in _values(topic) for doubt in _doubts(value)]
    names = {reading: name for name, reading in readings.ALL.items()}
    return list(dict.fromkeys([*doubts, *(f"*{names[one]}*: {one.doubt.en}" for one in topic.READINGS)]))


_PARAMETERS = """# The parameters of the law

Written by `lindung law reference parameters`; do not edit. Each heading is a file,
`lindung/law/parameters/<heading>.yaml`. A contribution month is governed by the value in force on its last
day."""
_TIMELINE = """# The timeline of the law

Written by `lindung law reference timeline`; do not edit. Every dated value of every parameter, by the
regulation that its citation ends with; what is not of high confidence is marked."""
_TOPICS = """# Topics and their inputs

Written by `lindung law reference topics`; do not edit. The same names serve the files of cases, the command line
(`--wage-paid-in-month`) and `law.answer`. In a file, a raise inside a month may also be written as
`wage_until_14th` and `wage_from_15th`, and an opening balance as `unrounded result of <id of a simulation>`."""
_COVERAGE = """# What the law room covers

Written by `lindung law reference coverage`; do not edit. Cases are those of `tests/law/cases`; the lowest
confidence is that of any parameter or reading on which an answer of the topic can rest.
"""
