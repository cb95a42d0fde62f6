"""What goes to the server in bulk: columns by binary COPY, frames with texts by COPY, and large values.

Fixed-width columns (integers, dates, booleans) become one structured array in the server's own wire format, so that
a hundred thousand rows cost one buffer and no Python loop.
"""

import io
from collections.abc import Mapping
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
