"""What a file really is, whatever its name says, and whether a workbook's zip is safe to open.

Nothing is believed: sizes in a zip are what its maker wrote there, so every entry is inflated and counted before
any reader sees the file.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final, Literal

from zlib_ng import zlib_ng

from lindung.uploads.limits import (
    MOST_ENTRIES,
    MOST_INFLATED_BYTES,
    MOST_INFLATED_RATIO,
    SMALL_INFLATED_BYTES,
    Refused,
)

Format = Literal["xlsx", "ods", "csv"]
FORMATS: Final = {".xlsx": "xlsx", ".ods": "ods", ".csv": "csv"}

_ZIP = b"PK\x03\x04"
_ZIP_EMPTY = b"PK\x05\x06"
_ZIP_DIRECTORY_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN_TEXT = (b"%PDF", b"{\\rtf", b"<")
_CHUNK = 1 << 20
# Of more than this a second inflating is cheaper than the memory, which the sheet's reader needs.
_KEPT_BYTES = 64_000_000
_DEFLATED = 8
_STORED = 0
_ENCRYPTED_FLAG = 1
_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_DECLARATION_CUT = len(b"<!DOCTYP")
# No text has these; a text of the old systems may end with 1A.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1c-\x1f]")


def sniff(content: bytes) -> Format:
    """Which of the three formats the bytes are. Raises ``Refused`` with the reason for anything else."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refused("empty_file")
    if content.startswith(_OLE):
        raise Refused("password" if _OLE_ENCRYPTED in content else "wrong_type")
    if content.startswith((_ZIP, _ZIP_EMPTY)):
        return _kind_of_zip(content)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf_16(content):
        return "csv"
    head = content[:4096]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_FOREIGN_TEXT) or _CONTROL.search(head):
        raise Refused("wrong_type")
    return "csv"


def agrees(file_name: str, found: Format) -> bool:
    """Whether the end of the name says what the bytes are."""
    return FORMATS.get("." + file_name.rpartition(".")[2].lower()) == found


def _looks_like_utf_16(content: bytes) -> bool:
    head = content[:200]
    return len(head) > 3 and (not any(head[1::2]) or not any(head[::2]))


def _kind_of_zip(content: bytes) -> Format:
    if content.count(_ZIP_DIRECTORY_ENTRY) > MOST_ENTRIES:
        raise Refused("unsafe")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, OSError) as error:
        raise Refused("cannot_be_read") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    # A document or slides of the same family have a content.xml too; the mimetype tells, and the reader asks it.
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    raise Refused("wrong_type")


class Package:
    """A workbook's zip, inflated and counted once. Raises ``Refused`` if it is not what it says, or unsafe."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._kept: dict[str, bytes] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, OSError) as error:
            raise Refused("cannot_be_read") from error
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise Refused("password")
        self._entries = {entry.filename: entry for entry in entries}
        self.names = frozenset(self._entries)
        most_inflated = min(MOST_INFLATED_BYTES, max(SMALL_INFLATED_BYTES, MOST_INFLATED_RATIO * len(content)))
        if (
            len(entries) > MOST_ENTRIES
            or len(self._entries) != len(entries)
            or sum(entry.file_size for entry in entries) > most_inflated
        ):
            raise Refused("unsafe")
        self._count(entries)

    def part(self, name: str) -> bytes:
        """A part's bytes. Raises ``KeyError`` if it is not there."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's bytes, large ones by a megabyte. Raises ``KeyError`` if it is not there."""
        kept = self._kept.get(name)
        return iter((kept,)) if kept is not None else self._inflate(self._entries[name], _CHUNK)

    def _count(self, entries: list[zipfile.ZipInfo]) -> None:
        """Inflate everything, keep what will be read again, and refuse what no honest program writes.

        What the parts say they hold was added up already: enough that none holds more than it says.
        """
        left_to_keep = _KEPT_BYTES
        for entry in entries:
            is_markup = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
            keep = is_markup and entry.file_size <= left_to_keep
            size, tail = 0, b""
            # One byte more than it says is asked for, so that whoever lies is caught by that byte.
            for chunk in self._inflate(entry, entry.file_size + 1 if keep else _CHUNK):
                if is_markup:
                    if not size and b"\0" in chunk[:200]:
                        # UTF-16 markup: no spreadsheet program writes it, and it would hide from these checks.
                        raise Refused("unsafe")
                    markup = tail + chunk
                    # Hardly a part has such a sign, and it is found much sooner than a pattern.
                    if b"!" in markup and _DECLARATIONS.search(markup):
                        raise Refused("unsafe")
                    tail = markup[-_DECLARATION_CUT:]
                size += len(chunk)
                if size > entry.file_size:
                    raise Refused("unsafe")
                if keep:
                    self._kept[entry.filename] = chunk
            if size != entry.file_size:
                raise Refused("unsafe")
            if keep:
                left_to_keep -= size

    def _inflate(self, entry: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
        """What really comes out, by chunks of at most so many bytes, whatever size the entry claims."""
        start = entry.header_offset
        header = self._content[start : start + 30]
        if len(header) < 30 or not header.startswith(_ZIP):
            raise Refused("cannot_be_read")
        start += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        packed = self._content[start : start + entry.compress_size]
        if entry.compress_type == _STORED:
            yield packed
            return
        if entry.compress_type != _DEFLATED:
            raise Refused("cannot_be_read")
        inflater = zlib_ng.decompressobj(-zlib_ng.MAX_WBITS)
        try:
            while not inflater.eof:
                chunk = inflater.decompress(packed, most)
                packed = inflater.unconsumed_tail
                if not chunk and not inflater.eof:
                    raise Refused("cannot_be_read")
                yield chunk
        except zlib_ng.error as error:  # type: ignore[misc]  # its stub takes the class for one of its exceptions
            raise Refused("cannot_be_read") from error
