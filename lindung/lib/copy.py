"""What goes to the server in bulk and comes from it: whole columns, frames with texts, and large values.

To the server by COPY: fixed-width columns (integers, dates, booleans) as one structured array in its own wire format.
From the server as one row of arrays. A hundred thousand rows cost no Python loop either way.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import psycopg
from django.db import connection
from psycopg import sql

_HEADER = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
_TRAILER = b"\xff\xff"
_EPOCH = np.datetime64(date(2000, 1, 1), "D")
_SLICE_ROWS = 65_536


def _wire(values: npt.NDArray[Any]) -> tuple[str, npt.NDArray[Any]]:
    kind = values.dtype.kind
    if kind == "M":
        return ">i4", (values.astype("datetime64[D]") - _EPOCH).astype(">i4")
    if kind == "b":
        return ">u1", values.astype(">u1")
    if kind == "i" and values.dtype.itemsize in (2, 4, 8):
        code = f">i{values.dtype.itemsize}"
        return code, values.astype(code)
    raise TypeError(f"cannot copy a column of {values.dtype}")


def copy_columns(cursor: Any, table: str, columns: Mapping[str, npt.NDArray[Any]]) -> int:
    """Append the columns (equal lengths; int16, int32, int64, bool, datetime64) to ``table``; gives the rows.

    The dtype must be the column's own type in the database: the wire format carries widths, not types.
    ``table`` and the column names come from code, never from input.
    """
    wired = {name: _wire(values) for name, values in columns.items()}
    rows = len(next(iter(columns.values())))
    fields: list[tuple[str, str]] = [("count", ">i2")]
    for name, (code, _) in wired.items():
        fields += [(f"{name} width", ">i4"), (name, code)]
    layout = np.dtype(fields)
    names = ", ".join(f'"{name}"' for name in columns)
    with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN (FORMAT binary)') as sink:
        sink.write(_HEADER)
        for start in range(0, rows, _SLICE_ROWS):
            stop = min(start + _SLICE_ROWS, rows)
            block = np.empty(stop - start, dtype=layout)
            block["count"] = len(wired)
            for name, (code, values) in wired.items():
                block[f"{name} width"] = np.dtype(code).itemsize
                block[name] = values[start:stop]
            sink.write(block.tobytes())
        sink.write(_TRAILER)
    return rows


def copy_rows(cursor: Any, table: str, rows: pl.DataFrame) -> int:
    """Append a frame to ``table``, column by column's name; gives the rows. Empty texts stay empty, nulls become NULL.

    Bytes go as they are, moments must be texts with their offset. Names come from code, never from input.
    """
    names = ", ".join(f'"{name}"' for name in rows.columns)
    hexed = rows.with_columns(
        pl.concat_str(pl.lit("\\x"), pl.col(name).bin.encode("hex")).alias(name)
        for name, kind in rows.schema.items()
        if kind == pl.Binary
    )
    written = io.BytesIO()
    hexed.write_csv(written, include_header=False)
    with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN (FORMAT csv)') as sink:
        sink.write(written.getbuffer())
    return rows.height


def store_bytes(table: str, column: str, row_id: int, value: bytes) -> None:
    """Set a large ``bytea`` of one row, sent as it is: as text it would be twice as long and parsed once more.

    Runs in the framework's own transaction. ``table`` and ``column`` come from code, never from input.
    """
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        statement = sql.SQL("UPDATE {} SET {} = %b WHERE id = %s").format(sql.Identifier(table), sql.Identifier(column))
        cursor.execute(statement, [value, row_id])


def fetch_bytes(table: str, column: str, row_id: int) -> bytes:
    """What ``store_bytes`` stored; empty where there is nothing."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        statement = sql.SQL("SELECT {} FROM {} WHERE id = %s").format(sql.Identifier(column), sql.Identifier(table))
        row = cursor.execute(statement, [row_id], binary=True).fetchone()
    return bytes(row[0]) if row and row[0] else b""


_ARRAY_HEADER_BYTES = 20
_NO_DATE = np.iinfo(np.int32).max  # how the server writes the date 'infinity'
_BETWEEN = "\x1f"  # the unit separator: in no text that a person can write
_AGGREGATES: dict[Any, str] = {
    pl.Int64: "array_agg({})",
    pl.Boolean: "array_agg({})",
    pl.Date: "array_agg(coalesce({}, 'infinity'))",
    pl.String: f"string_agg(translate(coalesce({{}}, ''), '{_BETWEEN}', ''), '{_BETWEEN}')",
    pl.Binary: "string_agg({}, ''::bytea)",
}
_ELEMENTS: dict[Any, str] = {pl.Int64: ">i8", pl.Boolean: ">u1", pl.Date: ">i4"}


def fetch_columns(select: str, params: Sequence[object], schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """The rows of a SELECT as columns, without an object for any value.

    ``select`` is written in code, its columns are those of ``schema`` in any order: Int64 (bigint, never null),
    Boolean (never null), Date, String (null becomes empty), Binary (all of one width, never null). The rows come in
    the order in which the server finds them, whatever ``select`` says of it: several nodes have no order among them.
    """
    aggregates = ", ".join(_AGGREGATES[kind].format(f'"{name}"') for name, kind in schema.items())
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        statement = f"SELECT count(*), {aggregates} FROM ({select}) AS given"
        cursor.execute(statement.encode(), params, binary=True)
        result = cursor.pgresult
        if result is None:
            raise RuntimeError("a SELECT gave no result")
        values = [result.get_value(0, place) for place in range(result.nfields)]
    rows = int.from_bytes(values[0] or b"", "big")
    if not rows:
        return pl.DataFrame(schema=dict(schema))
    return pl.DataFrame(
        [
            _column(name, kind, value or b"", rows)
            for (name, kind), value in zip(schema.items(), values[1:], strict=True)
        ]
    )


def _column(name: str, kind: type[pl.DataType], value: bytes, rows: int) -> pl.Series:
    if kind is pl.String:
        series = pl.Series(name, [value.decode()]).str.split(_BETWEEN).explode()
    elif kind is pl.Binary:
        width = len(value) // rows
        series = pl.Series(name, [value[at : at + width] for at in range(0, len(value), width)], dtype=pl.Binary)
    else:
        element = np.dtype([("width", ">i4"), ("value", _ELEMENTS[kind])])
        numbers = np.frombuffer(value, dtype=element, offset=_ARRAY_HEADER_BYTES)["value"]
        series = _numbers(name, kind, numbers)
    if len(series) != rows:
        raise ValueError(f"column {name} came with {len(series)} of {rows} values")
    return series


def _numbers(name: str, kind: type[pl.DataType], numbers: npt.NDArray[Any]) -> pl.Series:
    if kind is pl.Int64:
        return pl.Series(name, numbers.astype(np.int64))
    if kind is pl.Boolean:
        return pl.Series(name, numbers.astype(np.bool_))
    days = pl.Series(name, numbers.astype(np.int32))
    known = days.set(days == _NO_DATE, None)
    since_1970: pl.Series = known + int((_EPOCH - np.datetime64(0, "D")).astype(np.int64))
    return since_1970.cast(pl.Date)
