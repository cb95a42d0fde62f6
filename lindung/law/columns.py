"""Formulas over whole int64 columns: the same amounts as one at a time, some rows in the cache at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lindung.law.errors import ImpossibleFact
from lindung.law.money import whole_number
from lindung.law.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from lindung.law.bases import Base
    from lindung.law.formula import Share
    from lindung.law.programmes.rules import Rule

    Rupiah = NDArray[np.int64]
    Flags = NDArray[np.bool_]

ROWS_AT_ONCE: Final = 65_536
"""Rows of one step: what a step reads again is still in the processor's cache."""


class Work(NamedTuple):
    """Shares of one base: computed in one pass over its rows. ``only_for``: the rows that owe them, None: all."""

    base: Base
    source: Rupiah
    only_for: Flags | None
    shares: list[tuple[str, Share]]


def amounts(rules: Sequence[Rule], given: Rupiah, most: int) -> dict[str, Rupiah]:
    """Key -> the amounts of every rule over ``given`` (0 to ``most``), each a new column of the same length."""
    import numpy as np

    rows = check_column("given", given, most)
    work: dict[Base, Work] = {}
    for rule in rules:
        base = rule.formula.base
        work.setdefault(base, Work(base, given, None, [])).shares.append((rule.key, rule.formula))
    columns = {rule.key: np.empty(rows, np.int64) for rule in rules}
    fill(work.values(), columns, rows)
    return columns


def fill(work: Iterable[Work], columns: Mapping[str, Rupiah], rows: int) -> None:
    """Write every share into its column, some rows at a time."""
    import numpy as np

    groups = list(work)
    scratch = np.empty(min(rows, ROWS_AT_ONCE), np.int64)
    for first in range(0, rows, ROWS_AT_ONCE):
        window = slice(first, min(first + ROWS_AT_ONCE, rows))
        room = scratch[: window.stop - first]
        for formula_base, source, only_for, shares in groups:
            base = formula_base.column(source[window], room)
            if only_for is not None:
                # Nothing of nothing is nothing: one multiplication of the base serves all its shares.
                base = np.multiply(base, only_for[window], out=room)
            for key, share in shares:
                share.column(base, columns[key][window])


def check_column(fact: str, column: Rupiah, most: int) -> int:
    """The number of rows; raises ImpossibleFact unless it is one int64 column of amounts from 0 to ``most``."""
    if column.ndim != 1 or column.dtype.str != "<i8":
        shape = f"{column.ndim}-d {column.dtype}"
        raise ImpossibleFact(fact, shape, Words(id="satu kolom int64", en="one int64 column"))
    # Read as unsigned, whatever is below zero is larger than any amount: one pass finds both kinds of wrong.
    if column.size and int(column.view("<u8").max()) > most:
        row = int(((column < 0) | (column > most)).argmax())
        whole_number(f"{fact}[{row}]", int(column[row]), most=most, rupiah=True)
    return len(column)


def check_flags(fact: str, flags: Flags) -> int:
    """The number of rows; raises ImpossibleFact unless it is one bool column."""
    if flags.ndim != 1 or flags.dtype.kind != "b":
        raise ImpossibleFact(fact, f"{flags.ndim}-d {flags.dtype}", Words(id="satu kolom bool", en="one bool column"))
    return len(flags)


def check_length(fact: str, length: int, rows: int) -> None:
    """Raise ImpossibleFact unless a column is as long as the one it stands beside."""
    if length != rows:
        raise ImpossibleFact(fact, length, Words(id=f"{rows} baris seperti wages", en=f"{rows} rows like wages"))
