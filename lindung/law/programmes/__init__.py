"""The five programmes. One file each says what is owed, and from which month that formula is the law."""

from __future__ import annotations

from enum import StrEnum


class Programme(StrEnum):
    """A programme by its code, which is also its value."""

    JHT = "JHT"
    """Jaminan Hari Tua: old-age savings."""
    JP = "JP"
    """Jaminan Pensiun: pension."""
    JKK = "JKK"
    """Jaminan Kecelakaan Kerja: work accident."""
    JKM = "JKM"
    """Jaminan Kematian: death."""
    JKP = "JKP"
    """Jaminan Kehilangan Pekerjaan: job loss, paid by the State and out of JKK and JKM, never billed."""
