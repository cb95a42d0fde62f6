"""`lindung translations check|update|compile`: English for every Indonesian text, without system gettext.

Texts are gathered from Python and templates by Django's `templatize` and Babel's extractor, kept in one
catalogue (`msgid` is the Indonesian source, `msgstr` the English), and compiled by Babel for Django.
"""

import argparse
import io
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
_SINGLE, _PLURAL = None, (1, 2)
_IN_CONTEXT, _PLURAL_IN_CONTEXT = ((1, "c"), 2), ((1, "c"), 2, 3)
_KEYWORDS: Mapping[str, Any] = {
    "_": _SINGLE,
    "gettext": _SINGLE,
    "gettext_lazy": _SINGLE,
    "gettext_noop": _SINGLE,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _IN_CONTEXT,
    "pgettext_lazy": _IN_CONTEXT,
    "npgettext": _PLURAL_IN_CONTEXT,
    "npgettext_lazy": _PLURAL_IN_CONTEXT,
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
# Lines of the header that say nothing here or would differ from one run to the next.
_RESTLESS_HEADERS = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)
_HEADER = "# English for every Indonesian text. Kept by `lindung translations update`; write the msgstr by hand."


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("translations", help="English texts for every Indonesian one")
    parser.add_argument(
        "act",
        choices=("check", "update", "compile"),
        help="check: name what lacks English; update: gather new texts, drop those gone; compile: for Django",
    )


def run(args: argparse.Namespace) -> int:
    if args.act == "update":
        update(PACKAGE, CATALOGUE)
        return 0
    if args.act == "compile":
        compile_catalogue(CATALOGUE)
        return 0
    faults = find_faults(PACKAGE, CATALOGUE)
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{len(faults)} faults in {CATALOGUE.name}\n" if faults else "every text has its English\n")
    return 1 if faults else 0


def gather(package: Path) -> Catalog:
    """Return every text of the package's Python files and templates; SyntaxError names an unreadable file."""
    found = Catalog(domain="django")
    for path in sorted(
        (*package.rglob("*.py"), *package.rglob("templates/**/*.html"), *package.rglob("templates/**/*.txt"))
    ):
        place = path.relative_to(package.parent).as_posix()
        try:
            for message, context in _texts(path):
                found.add(message, locations=[(place, 0)], context=context)
        except SyntaxError as error:
            raise SyntaxError(f"{place}: {error}") from error
    return found


def _texts(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Only templatize's calls count; its filling keeps an indentation that is not Python's.
        filled = templatize(source, origin=path.name)
        source = "\n".join(line.lstrip() for line in filled.splitlines())
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), _KEYWORDS):
        yield message, context


def update(package: Path, catalogue: Path) -> None:
    """Write the catalogue anew: English stays, new texts wait empty, texts gone from the source leave."""
    known = _read(catalogue)
    known.update(gather(package), no_fuzzy_matching=True)
    known.obsolete.clear()
    known.header_comment = _HEADER
    written = io.BytesIO()
    write_po(written, known, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    _write(catalogue, "".join(line for line in lines if not _is_restless(line)).encode())


def compile_catalogue(catalogue: Path) -> None:
    """Write `django.mo` beside the catalogue."""
    compiled = io.BytesIO()
    write_mo(compiled, _read(catalogue))
    _write(catalogue.with_suffix(".mo"), compiled.getvalue())


def find_faults(package: Path, catalogue: Path) -> list[str]:
    """Return a line for every text that lacks English, is fuzzy, obsolete, or has other placeholders."""
    known, source = _read(catalogue), gather(package)
    faults = []
    for text in source:
        if not text.id:
            continue  # the header
        entry = known.get(text.id, text.context)
        if entry is None:
            faults.append(f"not in the catalogue: {_shown(text)}")
        elif not all(_strings(entry)):
            faults.append(f"no English: {_shown(text)}")
        elif entry.fuzzy:
            faults.append(f"fuzzy: {_shown(text)}")
        elif any(_placeholders(english) != _placeholders(_last(text.id)) for english in _strings(entry)):
            faults.append(f"other placeholders: {_shown(text)}")
    gone = [text for text in known if text.id and source.get(text.id, text.context) is None]
    faults += [f"obsolete: {_shown(text)}" for text in (*gone, *known.obsolete.values())]
    return faults


def _strings(entry: Message) -> tuple[str, ...]:
    return tuple(entry.string) if isinstance(entry.string, list | tuple) else (str(entry.string or ""),)


def _last(text_id: str | list[str] | tuple[str, ...]) -> str:
    return text_id if isinstance(text_id, str) else text_id[-1]


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def _shown(text: Message) -> str:
    place = f" ({text.locations[0][0]})" if text.locations else ""
    return f"{_last(text.id)!r}{place}"


def _is_restless(line: str) -> bool:
    return line.startswith(tuple(f'"{name}' for name in _RESTLESS_HEADERS))


def _read(catalogue: Path) -> Catalog:
    if not catalogue.exists():
        return Catalog(locale="en", domain="django", fuzzy=False)
    with catalogue.open("rb") as file:
        return read_po(file, locale="en", domain="django", abort_invalid=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
