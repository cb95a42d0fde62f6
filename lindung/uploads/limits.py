"""What a file may be at most, and how a whole file is refused. Read by the web process, the worker and the child."""

from typing import Final

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 702  # the last column with two letters, ZZ

# A workbook is a zip.
MOST_ENTRIES: Final = 2_000
MOST_INFLATED_BYTES: Final = 300_000_000
MOST_INFLATED_RATIO: Final = 50
# Below this size a ratio says nothing: a page of equal lines is no bomb.
SMALL_INFLATED_BYTES: Final = 2_000_000

# What the spreadsheet programs themselves allow in one cell.
MOST_CELL_CHARACTERS: Final = 32_767

# The child that reads.
READER_MEMORY_BYTES: Final = 512 * 1024 * 1024
# Asked of the kernel while the child waits.
READER_READY_BYTES: Final = 24 * 1024 * 1024
READER_READY_COLUMNS: Final = 4  # of 2 MB each
READER_OUTPUT_BYTES: Final = 256 * 1024 * 1024
READER_SECONDS: Final = 20

# A month older than this is for an officer.
MOST_MONTHS_BACK: Final = 60


class Refused(Exception):
    """A whole file cannot be taken. ``code`` is in ``faults.REFUSALS``; ``params`` fill its texts, no personal data."""

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.headings: dict[str, str] = {}

    def at(self, headings: dict[str, str]) -> "Refused":
        """The same, with the texts of the columns (by letter) among which something needed was not found."""
        self.headings = headings
        return self
