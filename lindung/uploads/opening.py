"""From a file's bytes to the packed rows of its best sheet. Runs in the reading child, with all its code loaded."""

import codecs
import json

from lindung.uploads.containers import Package
from lindung.uploads.delimited import ENCODINGS, read_delimited
from lindung.uploads.layouts import Layout
from lindung.uploads.limits import Refused
from lindung.uploads.sheet import packed, real_rows
from lindung.uploads.workbooks import read_ods, read_xlsx

# What is loaded or started only when first asked for must be there before the child can open nothing any more.
for _encoding in (*ENCODINGS, "cp437"):
    codecs.lookup(_encoding)


def open_file(layout: Layout, container: str, content: bytes) -> tuple[bytes | memoryview, bytes]:
    """(rows as Arrow IPC, facts about the sheet as JSON). A refusal has no rows and says its code."""
    try:
        if container == "csv":
            table = read_delimited(content, layout)
        elif container == "ods":
            table = read_ods(content, Package(content), layout)
        else:
            table = read_xlsx(content, Package(content), layout)
        return packed(real_rows(table, layout))
    except Refused as refused:
        return b"", json.dumps(
            {"refused": refused.code, "params": refused.params, "headings": refused.headings}
        ).encode()


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


def rehearse() -> None:
    """Read a small file once: the libraries load and start much of themselves only when they are first used."""
    open_file(_SPECIMEN, "csv", b"A,B,C\n1,2,3\n")
