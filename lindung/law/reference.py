"""The reference page of the parameters, written from their files so that it cannot differ from them."""

from __future__ import annotations

from collections.abc import Iterator

from lindung.law import readings
from lindung.law.parameters import Parameter, all_names, parameter
from lindung.law.wording import article_text


def parameters_page() -> str:
    """The Markdown text of ``docs/reference/law/parameters.md``."""
    return "\n".join([_HEAD, *(line for name in all_names() for line in _section(parameter(name))), *_readings()])


def _section(whole: Parameter) -> Iterator[str]:
    yield f"\n## `{whole.name}`\n"
    renewed = f" Published anew every {whole.renewed_every_months} months." if whole.renewed_every_months else ""
    yield f"{whole.title.en} (*{whole.title.id}*), {whole.unit}.{renewed}\n"
    yield "| From | Value | Article | Confidence | Compared on | Source |"
    yield "|---|---|---|---|---|---|"
    for value in whole.values:
        start = value.start.confidence
        marks = value.confidence if start == "high" else f"{value.confidence}; first month {start}"
        article = article_text(value.article, "en")
        cells = (value.from_on, value.text, article, marks, value.checked_on, value.source)
        yield f"| {' | '.join(map(str, cells))} |"
    doubts = [f"- {value.from_on}: {doubt.en}" for value in whole.values for doubt in value.doubts]
    doubts += [f"- {value.from_on}: {value.start.doubt.en}" for value in whole.values if value.start.doubt]
    doubts += [f"- {row.from_month} until {row.until.previous()}: {row.words.en}" for row in whole.remarks]
    if doubts:
        yield "\nDoubts and remarks:\n"
        yield from doubts


def _readings() -> Iterator[str]:
    yield "\n## Where the law is silent\n"
    yield "| Reading | Decided in | Article | Confidence | What is taken |"
    yield "|---|---|---|---|---|"
    for name, reading in readings.ALL.items():
        article = article_text(reading.article, "en")
        yield f"| `{name}` | {reading.where} | {article} | {reading.confidence} | {reading.doubt.en} |"
    yield ""


_HEAD = """# The parameters of the law

Written by `lindung law reference`; do not edit. Each heading is a file,
`lindung/law/parameters/<heading>.yaml`. A contribution month is governed by the value in force on its last
day."""
