"""A PNG, chunk by chunk (ISO/IEC 15948): what draws the picture is kept, the rest falls away."""

import struct
import zlib
from typing import Final

from lindung.evidence.limits import MOST_PIXELS, MOST_SEGMENTS, Refused

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_DRAWING: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs"})


def stripped_png(content: bytes) -> bytes:
    """The same picture without anything else. Raises ``Refused``."""
    kept, at, seen = [SIGNATURE], len(SIGNATURE), set[bytes]()
    for _chunk_no in range(MOST_SEGMENTS):
        if at + 12 > len(content):
            raise Refused("cut_off")
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise Refused("cut_off")
        if zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            raise Refused("broken")
        if name == b"IHDR":
            _measure(content[at + 8 : end - 4])
        elif not seen:
            raise Refused("broken")
        if name in _DRAWING:
            kept.append(content[at:end])
        seen.add(name)
        at = end
        if name == b"IEND":
            if b"IDAT" not in seen:
                raise Refused("broken")
            return b"".join(kept)
    raise Refused("broken")


def _measure(header: bytes) -> None:
    if len(header) != 13:
        raise Refused("broken")
    width, height = struct.unpack(">II", header[:8])
    if not (width and height):
        raise Refused("broken")
    if width * height > MOST_PIXELS:
        raise Refused("too_many_pixels")
