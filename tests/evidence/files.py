"""Small files of each format, built mark by mark."""

import struct
import zlib

PLACE = b"GPS 6.1754 S, 106.8272 E"
HIDDEN = b"PK\x03\x04 a workbook behind the picture"
SCAN = b"\x12\x34\xff\x00\x56\xff\xd0\x78"


def segment(mark: int, body: bytes) -> bytes:
    return bytes((0xFF, mark)) + (len(body) + 2).to_bytes(2, "big") + body


def exif(orientation: int, order: str = "<") -> bytes:
    head = b"II\x2a\0" if order == "<" else b"MM\0\x2a"
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0) + struct.pack(f"{order}HHII", 0x8825, 4, 1, 60)
    return b"Exif\0\0" + head + struct.pack(f"{order}IH", 8, 2) + entries + b"\0\0\0\0" + PLACE


def frame(width: int = 40, height: int = 30) -> bytes:
    return segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")


def jpeg(*, held: bytes = b"", width: int = 40, height: int = 30, behind: bytes = b"") -> bytes:
    """Two scans, a comment, and whatever a phone writes about itself (``held``)."""
    parts = [b"\xff\xd8", segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")]
    parts += [segment(0xE1, held)] if held else []
    parts += [segment(0xFE, PLACE), segment(0xDB, b"\0" * 65), frame(width, height), segment(0xC4, b"\0" * 17)]
    parts += [segment(0xDA, b"\x01\x01\0\0\x3f\0"), SCAN, segment(0xDA, b"\x01\x01\0\0\x3f\0"), SCAN]
    return b"".join([*parts, b"\xff\xd9", behind])


def chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def png(*, width: int = 4, height: int = 2, behind: bytes = b"") -> bytes:
    header = struct.pack(">II", width, height) + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(b"\0" * 10)
    parts = [chunk(b"IHDR", header), chunk(b"tEXt", PLACE), chunk(b"IDAT", rows), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + behind


def pdf(*objects: bytes) -> bytes:
    return b"\n".join([b"%PDF-1.7", b"1 0 obj <</Type /Catalog>> endobj", *objects, b"startxref\n9\n%%EOF\n"])


def packed(objects: bytes) -> bytes:
    squeezed = zlib.compress(objects)
    head = b"5 0 obj <</Type /ObjStm /Filter /FlateDecode /DecodeParms <</Predictor 1>> /N 1>>\nstream\r\n"
    return head + squeezed + b"\nendstream endobj"
