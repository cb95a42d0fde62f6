"""A JPEG, segment by segment (ITU-T T.81 annex B): what draws the picture is kept, the rest falls away."""

import re
import struct
from typing import Final

from lindung.evidence.limits import MOST_PIXELS, MOST_SEGMENTS, Refused

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})  # what browsers draw: baseline, extended, progressive
_TABLES: Final = frozenset({0xC4, 0xDB, 0xDD})
_APP_JFIF, _APP_EXIF, _APP_COLOURS, _APP_ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_DRAWING: Final = {_APP_JFIF: b"JFIF\0", _APP_COLOURS: b"ICC_PROFILE\0", _APP_ADOBE: b"Adobe"}
_EXIF: Final = b"Exif\0\0"
_ORIENTATION: Final = 0x0112
_MARK: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
# In the packed part FF is followed by 00, by a restart mark, or by more FF; anything else is the next segment.
_AFTER_SCAN: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def stripped_jpeg(content: bytes) -> bytes:
    """The same picture, the right way up, without anything else. Raises ``Refused``."""
    kept = [b"\xff\xd8"]
    at, framed, scanned = 2, False, False
    for _segment_no in range(MOST_SEGMENTS):
        found = _MARK.match(content, at)
        if found is None:
            raise Refused("broken" if len(content) - at >= 2 else "cut_off")
        mark, at = content[found.end() - 1], found.end()
        if mark == _END:
            if not (framed and scanned):
                raise Refused("broken")
            return b"".join([*kept, b"\xff\xd9"])
        body = _body(content, at)
        at += 2 + len(body)
        if mark in _FRAMES:
            _measure(body)
            framed = True
        if mark in _FRAMES or mark in _TABLES or mark == _SCAN or body.startswith(_DRAWING.get(mark, b"\0\0\0")):
            kept.append(_segment(mark, body))
        elif mark == _APP_EXIF and (turned := _turned(body)):
            kept.append(_segment(_APP_EXIF, turned))
        elif not (0xE0 <= mark <= 0xEF or mark == 0xFE):
            raise Refused("broken")
        if mark == _SCAN:
            found = _AFTER_SCAN.search(content, at)
            if found is None:
                raise Refused("cut_off")
            kept.append(content[at : found.start()])
            at, scanned = found.start(), True
    raise Refused("broken")


def _body(content: bytes, at: int) -> bytes:
    if at + 2 > len(content):
        raise Refused("cut_off")
    length = int.from_bytes(content[at : at + 2], "big")
    if length < 2:
        raise Refused("broken")
    if at + length > len(content):
        raise Refused("cut_off")
    return content[at + 2 : at + length]


def _segment(mark: int, body: bytes) -> bytes:
    return bytes((0xFF, mark)) + (len(body) + 2).to_bytes(2, "big") + body


def _measure(frame: bytes) -> None:
    if len(frame) < 6:
        raise Refused("broken")
    height, width = struct.unpack(">HH", frame[1:5])
    if not (height and width):
        raise Refused("broken")
    if height * width > MOST_PIXELS:
        raise Refused("too_many_pixels")


def _turned(exif: bytes) -> bytes:
    """An Exif segment that says how the picture was held, and nothing else; empty where it was held upright."""
    if not exif.startswith(_EXIF) or exif[6:8] not in (b"II", b"MM"):
        return b""
    order = "<" if exif[6:8] == b"II" else ">"
    tiff = exif[6:]
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (entries,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(entries):
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if (tag, kind, count) == (_ORIENTATION, 3, 1) and 2 <= value <= 8:
                return _EXIF + b"MM\0\x2a" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
    except struct.error:
        pass  # An Exif that cannot be read is dropped like any other.
    return b""
