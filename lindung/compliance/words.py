"""What people wrote in a complaint, sealed and opened; and the number by which it is called."""

from datetime import datetime

from lindung.lib.clock import wib_date
from lindung.lib.crypto import decrypt, encrypt


def seal(row: str, row_id: int, words: str) -> bytes | None:
    """The words for their row of ``compliance_<row>``; None for no words."""
    text = words.strip()
    return encrypt(text, _place(row, row_id)) if text else None


def opened(row: str, row_id: int, sealed: bytes | memoryview | None) -> str:
    """What ``seal`` wrote. Raises ``CannotDecrypt`` where it was written for another row."""
    return decrypt(sealed, _place(row, row_id)).decode() if sealed is not None else ""


def number_of(complaint_id: int, opened_at: datetime) -> str:
    """Such as ``AD-26-000123``."""
    return f"AD-{wib_date(opened_at):%y}-{complaint_id:06d}"


def _place(row: str, row_id: int) -> str:
    return f"compliance_{row}.words_encrypted:{row_id}"
