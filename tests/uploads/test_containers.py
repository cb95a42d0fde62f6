"""What a file really is; and zips that are not what they say."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from lindung.uploads.containers import Package, agrees, sniff
from lindung.uploads.limits import Refused
from tests.uploads import files
from tests.uploads.sending import read

CELLS = [["KPJ", "UPAH"], ["12345678901", "4500000"]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \r\n\r\n", "empty_file"),
        (OLE + b"\0" * 600, "wrong_type"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"%PDF-1.7\n1 0 obj", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "wrong_type"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1", "wrong_type"),
        (b"<html><table><tr><td>KPJ</td></tr></table></html>", "wrong_type"),
        (b"{\\rtf1\\ansi KPJ}", "wrong_type"),
        (files.zip_file({"word/document.xml": b"<w/>"}), "wrong_type"),
        (files.zip_file({"xl/workbook.bin": b"\x83"}), "wrong_type"),
        (files.zip_file({"anything.txt": b"x"}), "wrong_type"),
        (b"PK\x03\x04 cut off here", "cannot_be_read"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_by_what_it_holds(content: bytes, code: str) -> None:
    assert refusal(lambda: sniff(content)) == code


def test_the_three_formats_are_told_by_their_bytes() -> None:
    assert sniff(files.csv_file(CELLS)) == "csv"
    assert sniff(files.csv_file(CELLS, encoding="utf-16")) == "csv"
    assert sniff(files.csv_file(CELLS, encoding="utf-16-le")) == "csv"
    assert sniff(files.xlsx_file(CELLS)) == "xlsx"
    assert sniff(files.ods_file(CELLS)) == "ods"


def test_a_name_must_say_what_the_bytes_are() -> None:
    assert agrees("Upah Oktober.XLSX", "xlsx")
    assert not agrees("upah.xlsx", "csv")
    assert not agrees("upah.xls", "xlsx")
    assert not agrees("upah.xlsm", "xlsx")
    assert not agrees("upah", "csv")


def test_a_bomb_is_refused_quickly_while_it_is_counted() -> None:
    bomb = files.with_parts(files.xlsx_file(CELLS), {"xl/media/image1.png": lambda _: b"\0" * 120_000_000})
    started = time.perf_counter()
    assert refusal(lambda: Package(bomb)) == "unsafe"
    assert time.perf_counter() - started < 1


def test_a_bomb_that_lies_about_its_size_is_found_by_inflating_it() -> None:
    """The directory says 100 bytes, with the checksum of those 100: only counting tells the truth."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(b"\0" * 400_000_000) + packer.flush()
    content = bytearray(files.with_parts(files.xlsx_file(CELLS), {"xl/sharedStrings.xml": lambda _: b"X" * 100}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    bomb = _zip_with_raw_entry(parts, "xl/sharedStrings.xml", packed, claimed=100, crc=zlib.crc32(b"\0" * 100))
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        assert len(archive.read("xl/sharedStrings.xml")) == 100, "an ordinary reader must believe the lie"
    started = time.perf_counter()
    assert refusal(lambda: Package(bomb)) == "unsafe"
    assert time.perf_counter() - started < 1


def _zip_with_raw_entry(parts: dict[str, bytes], name: str, packed: bytes, *, claimed: int, crc: int) -> bytes:
    """A zip in which one entry's compressed bytes and claimed size are ours."""
    written, directory = bytearray(), bytearray()
    for part_name, part in parts.items():
        data, size, check, method = part, len(part), zlib.crc32(part), 0
        if part_name == name:
            data, size, check, method = packed, claimed, crc, 8
        fields = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, check, len(data), size, len(part_name), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + fields
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(written)) + part_name.encode()
        written += b"PK\x03\x04" + fields + part_name.encode() + data
    count = len(parts)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(written), 0)
    return bytes(written + directory) + b"PK\x05\x06" + end


def test_a_hundred_thousand_entries_are_refused_before_they_are_listed() -> None:
    many = files.zip_file({f"{number}": b"" for number in range(2001)} | {"xl/workbook.xml": b"<x/>"})
    assert refusal(lambda: sniff(many)) == "unsafe"


def test_the_same_name_twice_in_a_zip_is_refused() -> None:
    written = io.BytesIO(files.xlsx_file(CELLS))
    with zipfile.ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(files.SHEET, b"<worksheet/>")
    assert refusal(lambda: Package(written.getvalue())) == "unsafe"


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("part", [files.SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/drawings/a.vml"])
def test_entities_are_refused_wherever_they_are(part: str) -> None:
    def spoil(old: bytes) -> bytes:
        return old.replace(b"?>", b"?>" + ENTITIES, 1) or ENTITIES

    spoilt = files.with_parts(files.xlsx_file(CELLS), {part: spoil})
    assert refusal(lambda: Package(spoilt)) == "unsafe"


def test_a_declaration_cut_by_the_edge_of_a_chunk_is_still_seen() -> None:
    filler = b" " * ((1 << 20) - 4)
    spoilt = files.with_parts(files.xlsx_file(CELLS), {"xl/extra.xml": lambda _: filler + ENTITIES + b"<x/>"})
    assert refusal(lambda: Package(spoilt)) == "unsafe"


def test_markup_in_another_encoding_cannot_hide_anything() -> None:
    hidden = (b"<?xml?>" + ENTITIES).decode().encode("utf-16")
    spoilt = files.with_parts(files.xlsx_file(CELLS), {"xl/extra.xml": lambda _: hidden})
    assert refusal(lambda: Package(spoilt)) == "unsafe"


def test_a_zip_with_a_password_says_so() -> None:
    content = bytearray(files.xlsx_file(CELLS))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    assert refusal(lambda: read(bytes(content))) == "password"


def test_a_cut_off_workbook_cannot_be_read() -> None:
    whole = files.xlsx_file(CELLS)
    assert refusal(lambda: read(whole[: len(whole) // 2])) == "cannot_be_read"


def test_an_honest_workbook_passes() -> None:
    package = Package(files.xlsx_file(CELLS))
    assert b"sheetData" in package.part(files.SHEET)


def test_a_part_that_holds_one_byte_more_than_it_says_is_refused() -> None:
    part = b"<worksheet>" + b" " * 5_000 + b"</worksheet>"
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(part) + packer.flush()
    for claimed, refused in ((len(part), False), (len(part) - 1, True), (len(part) + 1, True)):
        content = _zip_with_raw_entry({"a.xml": b""}, "a.xml", packed, claimed=claimed, crc=zlib.crc32(part))
        if refused:
            assert refusal(lambda: Package(content)) == "unsafe"  # noqa: B023 # called at once
        else:
            assert Package(content).part("a.xml") == part
