"""From a file's bytes to the rows of its best sheet. Runs in the reading child, with all its code loaded."""

import codecs
import io
import json
import zipfile
from typing import BinaryIO

import polars as pl

from lindung.uploads.containers import Package
from lindung.uploads.delimited import ENCODINGS, read_delimited
from lindung.uploads.layouts import Layout
from lindung.uploads.limits import READER_READY_BYTES, READER_READY_COLUMNS, Refused
from lindung.uploads.sheet import pack, real_rows
from lindung.uploads.workbooks import read_ods, read_xlsx

# What is loaded or started only when first asked for must be there before the child can open nothing any more.
for _encoding in (*ENCODINGS, "cp437"):
    codecs.lookup(_encoding)


def open_file(layout: Layout, container: str, content: bytes, rows: BinaryIO) -> bytes:
    """Write the sheet's rows as Arrow IPC into ``rows``; its facts as JSON. A refusal has no rows and says its code."""
    try:
        if container == "csv":
            table = read_delimited(content, layout)
        elif container == "ods":
            table = read_ods(content, Package(content), layout)
        else:
            table = read_xlsx(content, Package(content), layout)
        return pack(real_rows(table, layout), rows)
    except Refused as refused:
        facts = {"refused": refused.code, "params": refused.params, "headings": refused.headings}
        return json.dumps(facts).encode()


_SPECIMEN = Layout(
    kind="specimen",
    sheet="specimen",
    fields={"first": ("A",), "second": ("B",), "third": ("C",)},
    needed={"first": ("first",)},
    content=("first",),
    identifiers=("second",),
    totals=("third",),
    numbers_as_text=("first",),
)


_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_SPECIMEN_PARTS = {
    "_rels/.rels": _RELATION.format("officeDocument", "xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": _RELATION.format("worksheet", "worksheets/sheet1.xml"),
    "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="specimen" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/sharedStrings.xml": f"<sst {_MAIN}><si><t>A</t></si><si><t>B</t></si><si><t>C</t></si></sst>",
    "xl/worksheets/sheet1.xml": f'<worksheet {_MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
    '<c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row><row r="2"><c r="A2"><v>1</v></c>'
    '<c r="B2"><v>2</v></c><c r="C2"><v>3</v></c></row></sheetData></worksheet>',
}


def rehearse() -> None:
    """Read two small files once: the libraries load and start much of themselves only when they are first used."""
    open_file(_SPECIMEN, "csv", b"A,B,C\n1,2,3\n", io.BytesIO())
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _SPECIMEN_PARTS.items():
            archive.writestr(name, part)
    open_file(_SPECIMEN, "xlsx", workbook.getvalue(), io.BytesIO())


def ask_for_memory() -> None:
    """Have the kernel hand over what most files will take: page by page it would take a tenth of the reading.

    Polars has a store of its own. Both stores keep what is let go (see ``_KEEP_MEMORY`` of ``reading``).
    """
    bytearray(READER_READY_BYTES)
    # Several, because the store gives a very large piece back at once.
    [pl.int_range(1 << 18, eager=True) for _ in range(READER_READY_COLUMNS)]
