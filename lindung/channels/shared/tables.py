"""What the table templates are given: cells as markup, a class for each column, a name for the region to scroll."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import slugify

from lindung.channels.shared import bar_charts, pieces
from lindung.channels.shared.components import ExplainedTable, Link, Ranking, Table


def region_id(caption: str) -> str:
    return f"table-{slugify(str(caption))}"


def data_table(table: Table) -> dict[str, Any]:
    """Return the context of a table whose rows are one line each."""
    kinds = [column.kind for column in table.columns]
    labels = [column.label for column in table.columns]
    # What is wider than a phone: there each row becomes a block of named values.
    stacks = len(kinds) + _wide_columns(table) > _COLUMNS_ON_A_PHONE
    return {
        "table": table,
        "region_id": region_id(table.caption),
        "stacks": stacks,
        "many": len(kinds) >= _MANY_COLUMNS,
        "rows": pieces.table_rows(table.rows, kinds, labels if stacks else ()),
        "total": list(zip(table.total, kinds, labels, strict=True)) if table.total else None,
    }


_COLUMNS_ON_A_PHONE = 3
_MANY_COLUMNS = 8
_LONG_TEXT = 24


def _wide_columns(table: Table) -> int:
    """How many columns, the one with the names aside, are as wide as two: days in words, long numbers, sentences."""
    return sum(
        column.kind in ("date", "number") or any(_is_long(row[place]) for row in table.rows)
        for place, column in enumerate(table.columns)
        if place
    )


def _is_long(cell: object) -> bool:
    words = cell.text if isinstance(cell, Link) else cell
    return isinstance(words, str) and len(words) > _LONG_TEXT


def explained_table(table: ExplainedTable) -> dict[str, Any]:
    """Return the context of a table whose rows say under them why they are so."""
    classes = [f"{column.kind} wide" if column.wide else column.kind for column in table.columns]

    def cells(row: Sequence[object], empty: str = "") -> list[tuple[SafeString | str, str]]:
        shown = zip(row, table.columns, classes, strict=True)
        return [(empty if value is None else pieces.show(value, column.kind), each) for value, column, each in shown]

    return {
        "table": table,
        "region_id": region_id(table.caption),
        "heads": [(column.label, each) for column, each in zip(table.columns, classes, strict=True)],
        "rows": [(cells(row.cells, pieces.show(None)), row.notes) for row in table.rows],
        "total": cells(table.total) if table.total else None,
    }


def ranking(table: Ranking) -> dict[str, Any]:
    """Return the context of a table whose rows carry a bar each."""
    kinds = [column.kind for column in table.columns]
    bars = bar_charts.shares([row.weight for row in table.rows])
    rows = [
        (pieces.show(row.cells[0], kinds[0]), bar, list(zip(row.cells[1:], kinds[1:], strict=True)))
        for row, bar in zip(table.rows, bars, strict=True)
    ]
    return {"table": table, "region_id": region_id(table.caption), "rows": rows}
