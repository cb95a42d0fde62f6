"""What columns a kind of file may have, and finding them under whatever name and in whatever row they stand."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from lindung.uploads.limits import Refused

HEADING_ROWS: Final = 10
OURS: Final = "ours"
"""The column of reasons that we add to a file we give back: passed over when the file returns."""

_MOST_HEADING_CHARACTERS = 60
_NOT_WORD = re.compile(r"[^A-Z0-9]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_WORD_STARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True)
class Layout:
    """One kind of file. ``fields`` gives each field's headings, best first, in normal form.

    ``needed``: of every group at least one field must be there; the group's name is part of the refusal's code.
    ``content``: the fields of which one must be filled for a row to count. ``totals``: where ``TOTAL`` may stand.
    ``numbers_as_text``: fields whose digits a spreadsheet spoils when they are stored as numbers. ``beside``: sheets of
    our own forms that hold no rows.
    """

    kind: str
    sheet: str
    fields: Mapping[str, tuple[str, ...]]
    needed: Mapping[str, tuple[str, ...]]
    content: tuple[str, ...]
    identifiers: tuple[str, ...]
    totals: tuple[str, ...]
    numbers_as_text: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def packed(self) -> str:
        """One line of JSON, for the reading child."""
        return json.dumps(asdict(self))

    @staticmethod
    def unpacked(line: str) -> "Layout":
        return Layout(**json.loads(line))


@dataclass(frozen=True)
class Headings:
    """A row of headings: its place (from 0), the column (from 0) of every known field, all texts by column."""

    row: int
    columns: Mapping[str, int]
    texts: Mapping[int, str]
    twice: frozenset[str] = field(default=frozenset())

    @property
    def score(self) -> int:
        return len(self.columns)

    def rank(self) -> tuple[int, int]:
        """Known headings first; how many texts there are only where none is known."""
        return self.score, 0 if self.score else len(self.texts)


def normal_heading(text: str) -> str:
    """``Tgl. Lahir *`` and ``TglLahir`` as ``TGL_LAHIR``: upper case, no accents, no brackets, ``_`` between words."""
    text = _IN_BRACKETS.sub(" ", text)
    text = _WORD_STARTS.sub("_", text)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return _NOT_WORD.sub("_", plain).strip("_")


def find_headings(rows: Sequence[Sequence[str | None]], layout: Layout) -> Headings:
    """The row, among the first ten, with the most known headings; the first of equals. Its score may be 0.

    Where none is known, the row with the most texts: somebody may tell us what they mean.
    """
    found = [_headings(number, row, layout) for number, row in enumerate(rows[:HEADING_ROWS])]
    return max(found, key=Headings.rank, default=Headings(0, {}, {}))


def _headings(number: int, row: Sequence[str | None], layout: Layout) -> Headings:
    texts = {
        column: " ".join(text.split())[:_MOST_HEADING_CHARACTERS]
        for column, text in enumerate(row)
        if text is not None and text.strip()
    }
    by_name: dict[str, list[int]] = {}
    for column, text in texts.items():
        by_name.setdefault(normal_heading(text), []).append(column)
    columns, twice = {}, set()
    for name, aliases in layout.fields.items():
        alias = next((alias for alias in aliases if alias in by_name), None)
        if alias is not None:
            columns[name] = by_name[alias][0]
            if len(by_name[alias]) > 1 and name != OURS:
                twice.add(name)
    return Headings(number, columns, texts, frozenset(twice))


def check_headings(headings: Headings, layout: Layout) -> None:
    """Raise ``Refused`` unless these headings tell everything that this kind of file needs."""
    missing = [name for name, group in layout.needed.items() if not any(f in headings.columns for f in group)]
    seen = {column_letter(column): text for column, text in sorted(headings.texts.items())}
    if len(missing) == len(layout.needed):
        raise Refused("no_headings").at(seen)
    if missing:
        raise Refused(f"no_{missing[0]}_heading", row=headings.row + 1).at(seen)
    for name in headings.twice:
        raise Refused("heading_twice", heading=layout.fields[name][0], row=headings.row + 1)


def column_letter(column: int) -> str:
    """``0`` as ``A``, ``26`` as ``AA``: the name a spreadsheet gives a column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """``A`` as ``0``: the other way round."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
