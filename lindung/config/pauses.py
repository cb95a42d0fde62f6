"""How soon somebody who died is started again."""

from dataclasses import dataclass
from typing import Final

FIRST_SECONDS: Final = 0.2
LONGEST_SECONDS: Final = 5.0
SETTLED_SECONDS: Final = 3.0
"""Who ran so long was well: when he dies after that, he is started again at once."""


@dataclass
class Pauses:
    """Those of one who is kept running: each time he dies soon again, twice as long."""

    failures: int = 0

    def after(self, lived_seconds: float) -> float:
        """Seconds to wait now that he died."""
        if lived_seconds > SETTLED_SECONDS:
            self.failures = 0
        seconds = min(LONGEST_SECONDS, FIRST_SECONDS * 2**self.failures)
        self.failures += 1
        return float(seconds)
