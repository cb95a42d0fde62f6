"""A template and a frozen value in, the bytes of a PDF out: no network, no system fonts, no clock."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

_FOLDER = Path(__file__).resolve().parent


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with the typesetter: every machine then draws the same page."""
    return typst.Fonts(include_system_fonts=False)


def typeset(template: str, content: Mapping[str, object], *, made_at: datetime) -> bytes:
    """Set ``<template>.typ`` with a JSON-ready value, which it finds as text in ``sys.inputs.content``.

    The value reaches the template as strings, never as markup. ``made_at`` is the document's own date: the same
    template, value and moment give the same bytes. Raises ``typst.TypstError`` for a template that is wrong.
    """
    compiler = typst.Compiler(
        (_FOLDER / f"{template}.typ").read_bytes(),
        root=_FOLDER,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
    )
    made = compiler.compile(
        format="pdf",
        # It can be read aloud and copied from (PDF/UA), and still opens in thirty years (PDF/A).
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(made_at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template}.typ gave no single document")
    return made
