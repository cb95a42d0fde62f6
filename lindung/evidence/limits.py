"""What a paper may be at most, and how one is refused."""

from typing import Final, Literal

MOST_BYTES: Final = 6 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
"""More than any phone's camera makes; a small file that claims more is a bomb."""
MOST_SEGMENTS: Final = 2_000
"""Of a picture: a camera writes some dozens, and a PNG of this size in the smallest usual pieces has 1,500."""
MOST_ESCAPES: Final = 100_000
"""Letters of names written in a roundabout way; a large scan has some ten thousand that only look so."""
MOST_UNPACKED_BYTES: Final = 8 * 1024 * 1024
"""Of the packed objects of a PDF that are looked through."""

Code = Literal["empty", "too_big", "other_format", "cut_off", "broken", "too_many_pixels", "password", "unsafe"]


class Refused(Exception):
    """A paper cannot be taken. ``code`` says why; the doors have the words."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code
