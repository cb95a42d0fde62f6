"""What people earn: most little more than the minimum, few very much, everybody a little more each January."""

import numpy as np
import numpy.typing as npt

_LEAST_RUPIAH = 2_600_000
_STEP_RUPIAH = 1_000

Integers = npt.NDArray[np.int64]


def starting_wages(random: np.random.Generator, count: int) -> Integers:
    """Monthly wages in whole rupiah, 2.6 to 27.6 million; half of them below 4.4 million."""
    # The product of three evenly spread numbers is small mostly and large rarely, as wages are.
    product = random.integers(0, 1_000, (3, count)).prod(axis=0)
    wages: Integers = _LEAST_RUPIAH + product // 40_000 * _STEP_RUPIAH
    return wages


def wages_after(starting: Integers, januaries: int) -> Integers:
    """The same people's wages after that many Januaries, each of which adds 5%, cut down to a thousand."""
    wages = starting
    for _ in range(januaries):
        wages = wages * 105 // 100 // _STEP_RUPIAH * _STEP_RUPIAH
    return wages
