"""A PDF, looked through for what acts by itself (ISO 32000-2, 12.6.4): scripts, programs, attachments, sending."""

import re
import zlib
from typing import Final

from lindung.evidence.limits import MOST_ESCAPES, MOST_UNPACKED_BYTES, Refused

_ACTING: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|SubmitForm|ImportData)")
_LOCKED: Final = re.compile(rb"/Encrypt\b")
# A name may write any of its letters as # and two hexadecimal digits.
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
# Objects may lie packed in a stream of their own.
_PACKED: Final = b"/ObjStm"
_BEGINS: Final = re.compile(rb"stream\r?\n")
_ENDS: Final = b"endstream"
_TAIL_BYTES: Final = 1024


def examine_pdf(content: bytes) -> None:
    """Nothing, if the file may be kept. Raises ``Refused``."""
    if b"%%EOF" not in content[-_TAIL_BYTES:]:
        raise Refused("cut_off")
    if content.count(b"#") > MOST_ESCAPES:
        raise Refused("unsafe")
    plain = _plain(content)
    if _LOCKED.search(plain):
        raise Refused("password")
    # Who writes the mark of packed objects in a roundabout way wants them not to be found.
    if _ACTING.search(plain) or plain.count(_PACKED) != content.count(_PACKED):
        raise Refused("unsafe")
    left, at = MOST_UNPACKED_BYTES, content.find(_PACKED)
    while at >= 0:
        begins = _BEGINS.search(content, at)
        ends = content.find(_ENDS, begins.end()) if begins else -1
        if begins is None or ends < 0:
            raise Refused("broken")
        objects = _unpacked(content[begins.end() : ends], left)
        left -= len(objects)
        if left <= 0 or _ACTING.search(_plain(objects)):
            raise Refused("unsafe")
        at = content.find(_PACKED, ends)


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error as error:
        raise Refused("broken") from error


def _plain(content: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), content)
