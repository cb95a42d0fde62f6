"""What a check found, as columns, and its sealed form: faults, differences from last month, and the user's own cells.

All of it is personal data: it lies encrypted in one field of the upload, bound to the upload's id.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from lindung.lib import crypto
from lindung.uploads.faults import FAULTS
from lindung.uploads.layouts import OURS
from lindung.uploads.sheet import Sheet

FAULT_SCHEMA: Final = {
    "row_no": pl.UInt32,  # as the user sees it; 0 is the whole file
    "letter": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "value": pl.String,  # the cell as it was sent, cut
    "params": pl.String,  # JSON
}
DIFFERENCE_SCHEMA: Final = {
    "person_id": pl.Int64,
    "kpj": pl.String,
    "name": pl.String,
    "kind": pl.String,  # one of wage_differences.KINDS
    "before_rupiah": pl.Int64,
    "after_rupiah": pl.Int64,
}
PREVIEW_SCHEMA: Final = {
    "row_no": pl.UInt32,
    "kind": pl.String,
    "name": pl.String,
    "kpj": pl.String,  # of the firm's own workers, and of a card that it named
    "employee_no": pl.String,
    "on": pl.Date,  # the first day of work, or the last; the month of a corrected wage
    "wage_rupiah": pl.Int64,
    "detail": pl.String,  # the cause of an exit; what is corrected, with blanks between
    "before_rupiah": pl.Int64,  # of a corrected wage, what was billed
}
ROW_SCHEMA: Final = {
    "person_id": pl.Int64,
    "employment_id": pl.Int64,
    "membership_id": pl.Int64,
    "wage_rupiah": pl.Int64,
    "jp_liable": pl.Boolean,
    "jkp_member": pl.Boolean,
}
CORRECTED_SCHEMA: Final = {"period": pl.Date, **ROW_SCHEMA}
_MOST_SHOWN_CHARACTERS = 80
_FOUND_SCHEMA = {"row_no": pl.UInt32, "code": pl.String, "letter": pl.String, "params": pl.String}


@dataclass(frozen=True, eq=False)
class Findings:
    """``cells`` (``row_no`` and a column per letter) is there only if a fault asks for an annotated file."""

    heading_row: int
    headings: Mapping[str, str]
    used: frozenset[str]
    faults: pl.DataFrame
    differences: pl.DataFrame
    cells: pl.DataFrame


def findings_of(sheet: Sheet, faults: pl.DataFrame, differences: pl.DataFrame) -> Findings:
    """The findings of a sheet; with the user's own cells if there is something to mend in them."""
    letters = [letter for letter in sheet.headings if letter != sheet.letters.get(OURS)]
    cells = sheet.cells.select("row_no", *letters)
    return Findings(
        heading_row=sheet.heading_row,
        headings=sheet.headings,
        used=frozenset(sheet.letters.values()),
        faults=faults,
        differences=differences,
        cells=cells.clear() if faults.is_empty() else cells,
    )


def unread_findings(headings: Mapping[str, str]) -> Findings:
    """Of a file of which no more was understood than that it has these columns."""
    nothing = pl.DataFrame(schema={"row_no": pl.UInt32})
    faults = pl.DataFrame(schema=FAULT_SCHEMA)
    return Findings(0, headings, frozenset(), faults, pl.DataFrame(schema=DIFFERENCE_SCHEMA), nothing)


def fault_counts(faults: pl.DataFrame) -> dict[str, Any]:
    """What every summary says of the faults (``FAULT_SCHEMA``)."""
    errors = faults.filter(pl.col("severity") == "error")
    return {
        "errors": errors.height,
        "rows_with_errors": errors["row_no"].n_unique(),
        "warnings": faults.filter(pl.col("severity") == "warning").height,
        "codes": dict(faults.group_by("code").len().sort("code").iter_rows()),
    }


class FoundFaults:
    """Faults as they are found, column-wise: each call adds all rows of one code."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._found: list[pl.DataFrame] = [pl.DataFrame(schema=_FOUND_SCHEMA)]

    def add(self, rows: pl.DataFrame, code: str, field: str | None = None, /, **params: pl.Expr) -> None:
        """One fault of ``code`` for each row (``row_no``); ``params`` are expressions over ``rows``.

        ``field``: where it stands, if not where faults of this code usually do.
        """
        if rows.is_empty():
            return
        named = [value.alias(name) for name, value in params.items()]
        texts = pl.struct(*named).struct.json_encode() if named else pl.lit("{}")
        letter = self._sheet.letters.get(FAULTS[code].field if field is None else field, "")
        self._found.append(
            rows.select(pl.col("row_no").cast(pl.UInt32), code=pl.lit(code), letter=pl.lit(letter), params=texts)
        )

    def add_cell(self, row_no: int, code: str, letter: str = "", **params: int | str) -> None:
        """One fault in one place; row 0 is the whole file."""
        self._found.append(
            pl.DataFrame([(row_no, code, letter, json.dumps(params))], schema=_FOUND_SCHEMA, orient="row")
        )

    def add_places(self, places: list[tuple[str, str, int]]) -> None:
        """Faults without parameters: (code, letter or "" for the whole row, row)."""
        frame = pl.DataFrame(places, schema={"code": pl.String, "letter": pl.String, "row_no": pl.UInt32}, orient="row")
        self._found.append(frame.select("row_no", "code", "letter", params=pl.lit("{}")))

    def silence_at(self, places: list[tuple[str, str, int]]) -> None:
        """Forget what was found in places of which the reader itself says that they are spoilt, as ``add_places``.

        Called before those are added: one reason for one cell.
        """
        schema = {"code": pl.String, "letter": pl.String, "row_no": pl.UInt32}
        spoilt = pl.DataFrame(places, schema=schema, orient="row")
        whole_rows = spoilt.filter(pl.col("letter") == "")
        found = pl.concat(self._found).join(spoilt, on=["row_no", "letter"], how="anti", maintain_order="left")
        self._found = [found.join(whole_rows, on="row_no", how="anti", maintain_order="left")]

    def rows_with_errors(self) -> pl.Series:
        codes = [code for code, texts in FAULTS.items() if texts.severity == "error"]
        return pl.concat(self._found).filter(pl.col("code").is_in(codes))["row_no"].unique()

    def frame(self) -> pl.DataFrame:
        """All of them by row, then column, with severity and the text of the cell: ``FAULT_SCHEMA``."""
        found = pl.concat(self._found)
        severities = {code: texts.severity for code, texts in FAULTS.items()}
        found = found.with_columns(
            severity=pl.col("code").replace_strict(severities, return_dtype=pl.String),
            value=pl.lit(None, dtype=pl.String),
        )
        for letter in found["letter"].unique():
            if letter in self._sheet.headings:
                found = (
                    found.join(self._sheet.cells.select("row_no", cell=letter), on="row_no", how="left")
                    .with_columns(value=pl.when(pl.col("letter") == letter).then("cell").otherwise("value"))
                    .drop("cell")
                )
        ordered = found.sort("row_no", pl.col("letter").str.len_chars(), "letter", maintain_order=True)
        return ordered.with_columns(pl.col("value").str.slice(0, _MOST_SHOWN_CHARACTERS)).select(*FAULT_SCHEMA)


def seal(upload_id: int, findings: Findings) -> bytes:
    """Encrypted for its one place."""
    head = {
        "heading_row": findings.heading_row,
        "headings": dict(findings.headings),
        "used": sorted(findings.used),
    }
    parts = [json.dumps(head).encode(), *(_ipc(f) for f in (findings.faults, findings.differences, findings.cells))]
    packed = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return crypto.encrypt(packed, f"uploads_upload.findings_encrypted:{upload_id}")


def unseal(upload_id: int, sealed: bytes | memoryview) -> Findings:
    """What ``seal`` sealed. Raises ``CannotDecrypt``."""
    packed = crypto.decrypt(sealed, f"uploads_upload.findings_encrypted:{upload_id}")
    parts, start = [], 0
    while start < len(packed):
        end = start + 8 + int.from_bytes(packed[start : start + 8], "big")
        parts.append(packed[start + 8 : end])
        start = end
    head = json.loads(parts[0])
    faults, differences, cells = (pl.read_ipc(io.BytesIO(part)) for part in parts[1:])
    return Findings(head["heading_row"], head["headings"], frozenset(head["used"]), faults, differences, cells)


def seal_rows(upload_id: int, rows: pl.DataFrame) -> bytes:
    """The accepted columns, encrypted."""
    return crypto.encrypt(_ipc(rows), f"uploads_upload.rows_encrypted:{upload_id}")


def unseal_rows(upload_id: int, sealed: bytes | memoryview) -> pl.DataFrame:
    """What ``seal_rows`` sealed. Raises ``CannotDecrypt``."""
    return pl.read_ipc(io.BytesIO(crypto.decrypt(sealed, f"uploads_upload.rows_encrypted:{upload_id}")))


def _ipc(frame: pl.DataFrame) -> bytes:
    written = io.BytesIO()
    frame.write_ipc(written, compression="zstd")
    return written.getvalue()
