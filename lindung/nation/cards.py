"""Card numbers (KPJ): scattered over their range, each once."""

import numpy as np

from lindung.lib.damm import check_digit
from lindung.nation.draws import Draws, Integers

_LOWEST, _RANGE = 10**9, 9 * 10**9  # ten digits, none of which a spreadsheet would drop as a leading zero
_STEP = 3_141_592_651  # without a divisor in common with the range
_CARDS_EACH = 16


def kpj(draws: Draws, number: Integers, card: Integers) -> list[str]:
    """The number of each card: ten digits that belong to this person and card alone, and the check digit."""
    shift = draws.below("cards", np.zeros(1, dtype=np.int64), 1 << 30)[0]
    digits = _LOWEST + ((number * _CARDS_EACH + card) * _STEP + shift) % _RANGE
    return [text + check_digit(text) for text in map(str, digits.tolist())]
