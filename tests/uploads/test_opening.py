"""From bytes to rows, in this process: large parts as small ones, and what a child reads before its first file."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lindung.uploads import containers, markup, opening, workbooks
from lindung.uploads.kinds import wage_report
from lindung.uploads.limits import Refused
from tests.uploads import files

HEADINGS: list[files.Cell] = ["NIK", "KPJ", "NAMA_LENGKAP", "UPAH"]


def opened(content: bytes) -> tuple[list[tuple[object, ...]], dict[str, Any]]:
    rows = io.BytesIO()
    facts = json.loads(opening.open_file(wage_report.LAYOUT, "xlsx", content, rows))
    return pl.read_ipc_stream(rows.getvalue()).rows(), facts


def spoilt_sheet(change: Callable[[bytes], bytes] = bytes) -> bytes:
    """Formulas with and without a result, an error, hidden rows, merged cells, numbers where texts should be."""

    def spoil(page: Worksheet, text: Format) -> None:
        page.write_formula(3, 3, "=1/0", None, "#DIV/0!")
        page.write_formula(7, 3, "=A1", None, 4_500_000)
        page.set_row(5, None, None, {"hidden": True})
        page.merge_range(45, 7, 46, 7, "digabung", text)

    cells = [HEADINGS, *([9910014503900000 + n, str(12345678900 + n), f"Contoh {n}", n] for n in range(40))]
    return files.with_parts(files.xlsx_file(cells, change=spoil), {files.SHEET: change})


def test_a_sheet_too_large_to_be_kept_is_read_by_pieces_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = opened(spoilt_sheet())
    assert whole[1]["notes"]["formulas"] == 2
    assert (whole[1]["notes"]["hidden_rows"], whole[1]["notes"]["merged_cells"]) == (1, 1)
    assert whole[1]["spoilt"] == [["error_cell", "D", 4]]
    monkeypatch.setattr(containers, "_KEPT_BYTES", 0)
    for most in (97, 1_000):
        monkeypatch.setattr(containers, "_CHUNK", most)
        assert opened(spoilt_sheet()) == whole


def test_a_sheet_of_many_cells_is_read_to_the_same_as_one_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of few cells it is known beforehand which columns hold numbers, and those alone are looked through again."""
    of_few = opened(spoilt_sheet())
    assert {row[-1] for row in of_few[0]} == {True}, "every NIK of this sheet is a number"
    monkeypatch.setattr(workbooks, "_FEW_CELLS", 0)
    assert opened(spoilt_sheet()) == of_few


PACKERS = st.tuples(
    st.integers(0, 9), st.sampled_from([zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE, zlib.Z_FIXED])
)
PARTS = st.lists(
    st.sampled_from([b'<c r="A1" t="s"><v>', b"0", b"17", b"</v></c>", bytes(range(97, 123))]), max_size=300
)


def zip_of(packed: bytes, size: int) -> bytes:
    """A zip of one part with these packed bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.xml", packed)
    content = bytearray(written.getvalue())
    directory = content.index(b"PK\x01\x02")
    for method, length in ((8, 22), (directory + 10, directory + 24)):
        content[method] = zipfile.ZIP_DEFLATED
        content[length : length + 4] = size.to_bytes(4, "little")
    return bytes(content)


@given(
    pieces=PARTS,
    packer=PACKERS,
    flushed=st.booleans(),
    spoilt=st.none() | st.tuples(st.integers(0), st.integers(0, 256)),
)
def test_a_part_is_what_any_program_packed_or_refused(
    pieces: list[bytes], packer: tuple[int, int], flushed: bool, spoilt: tuple[int, int] | None
) -> None:
    """Whatever is inflated here is what the standard library makes of it, and what is spoilt gives nothing else."""
    level, strategy = packer
    packing = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    flush = packing.flush(zlib.Z_FULL_FLUSH) if flushed else b""
    packed = bytearray(flush + b"".join(map(packing.compress, pieces)) + packing.flush())
    text = b"".join(pieces)
    if spoilt is not None:
        place, byte = spoilt[0] % len(packed), spoilt[1]
        packed[place:] = packed[place + 1 :] if byte == 256 else bytes([byte]) + packed[place + 1 :]
    told = b""
    try:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        told = inflater.decompress(bytes(packed), len(text) + 1)
        # A part with a zero byte is refused for what it holds.
        told_whole = inflater.eof and len(told) == len(text) and b"\0" not in told
    except zlib.error:
        told_whole = False
    try:
        part = containers.Package(zip_of(bytes(packed), len(text))).part("a.xml")
    except Refused:
        assert not told_whole
    else:
        assert part == told


def test_rows_that_do_not_say_their_number_are_read_all_the_same() -> None:
    def without_numbers(sheet: bytes) -> bytes:
        return re.sub(rb'<(row|c) r="[A-Z]*[0-9]+"', rb"<\1", sheet)

    rows, facts = opened(spoilt_sheet(without_numbers))
    assert rows[:40] == opened(spoilt_sheet())[0]
    assert facts["notes"]["formulas"] == 2


@pytest.mark.parametrize("most", range(1, 30))
def test_pieces_of_markup_begin_with_a_row_and_lose_nothing(most: int) -> None:
    text = b"<head/>" + b"".join(b'<row r="%d">%s</row>' % (n, b"x" * n) for n in range(30)) + b"<tail/>"
    pieces = list(markup.blocks((text[n : n + most] for n in range(0, len(text), most)), b"<row"))
    assert b"".join(pieces) == text
    assert all(piece.startswith(b"<row") for piece in pieces[1:])


def test_a_child_has_read_a_text_and_a_workbook_before_its_first_file(monkeypatch: pytest.MonkeyPatch) -> None:
    read, open_file = [], opening.open_file

    def told(*file: Any) -> bytes:
        facts = open_file(*file)
        read.append((file[1], json.loads(facts)["letters"]))
        return facts

    monkeypatch.setattr(opening, "open_file", told)
    opening.rehearse()
    letters = {"first": "A", "second": "B", "third": "C"}
    assert read == [("csv", letters), ("xlsx", letters)]
