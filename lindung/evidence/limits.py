"""What a paper may be at most, and how one is refused."""

from typing import Final, Literal

MOST_BYTES: Final = 6 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
"""More than any phone's camera makes; a small file that claims more is a bomb."""
MOST_UNPACKED_BYTES: Final = 8 * 1024 * 1024
"""Of the packed objects of a PDF that are looked through."""

Code = Literal["empty", "too_big", "other_format", "cut_off", "broken", "too_many_pixels", "password", "unsafe"]


class Refused(Exception):
    """A paper cannot be taken. ``code`` says why; the doors have the words."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code
