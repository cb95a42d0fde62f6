"""Columns on their way into the tables: as arrays in one parameter, and sealed."""

from collections.abc import Iterable

import polars as pl

from lindung.lib.crypto import encrypt_column


def array(values: Iterable[object]) -> str:
    """Numbers, dates, digits, words of ours or bytes as the text of a PostgreSQL array: one parameter for thousands.

    None becomes NULL. Not for free text: nothing is escaped.
    """
    return "{" + ",".join(_item(value) for value in values) + "}"


def _item(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return rf'"\\x{value.hex()}"'
    return str(value) or '""'


def sealed(values: pl.Series, place: str, row_ids: pl.Series) -> pl.Series:
    """A column of texts encrypted for ``place``, each bound to its row's id; nulls stay null."""
    there = values.is_not_null()
    if there.all():
        return pl.Series(encrypt_column(values.to_list(), place, row_ids.to_list()), dtype=pl.Binary)
    found = iter(encrypt_column(values.filter(there).to_list(), place, row_ids.filter(there).to_list()))
    return pl.Series([next(found) if given else None for given in there], dtype=pl.Binary)
