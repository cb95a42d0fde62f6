"""What the bytes of a paper really are, and whether they may be kept. Nothing is drawn, run or believed."""

from typing import Final, Literal

from lindung.evidence.jpeg import stripped_jpeg
from lindung.evidence.limits import MOST_BYTES, Refused
from lindung.evidence.pdf import examine_pdf
from lindung.evidence.png import SIGNATURE as PNG
from lindung.evidence.png import stripped_png

Format = Literal["pdf", "jpeg", "png"]
_TEST_VIRUS: Final = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


def examined(content: bytes) -> tuple[Format, bytes]:
    """The format by its bytes, whatever the name said, and what is kept of it. Raises ``Refused``.

    Of a picture only what draws it is kept: where it was taken, by which phone, and whatever was hung on behind are
    gone. A PDF is kept as it is, if it ends where it should and holds nothing that acts by itself.
    """
    if not content:
        raise Refused("empty")
    if len(content) > MOST_BYTES:
        raise Refused("too_big")
    if _TEST_VIRUS in content:
        raise Refused("unsafe")
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg", stripped_jpeg(content)
    if content.startswith(PNG):
        return "png", stripped_png(content)
    if content.startswith(b"%PDF-"):
        examine_pdf(content)
        return "pdf", content
    raise Refused("other_format")
