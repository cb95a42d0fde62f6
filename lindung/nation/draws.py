"""Chance that is the same everywhere: what is drawn about a thing depends on the seed, the topic and the thing alone.

No stream is consumed, so that no order, no number of threads and no size of parts can change a draw. Whole numbers
only: the mixing is that of SplitMix64 (Steele, Lea and Flood 2014), and a bound is met by multiplying and shifting.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

IN_ALL = 10_000
"""Chances are given in ten thousand."""

_STEP, _FIRST, _SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_HALF = np.uint64(32)


class Draws:
    """All chance of one nation."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._keys: dict[str, np.uint64] = {}

    def below(self, topic: str, of: Integers, bound: int | Integers) -> Integers:
        """For each thing a number from 0 to ``bound - 1``; a bound is from 1 to 2^31."""
        high = self._mixed(topic, of) >> _HALF
        return (high * np.asarray(bound, dtype=np.uint64) >> _HALF).astype(np.int64)

    def low(self, topic: str, of: Integers, bound: int | Integers) -> Integers:
        """The same, but small numbers are common and large ones rare: a quarter of ``bound`` on average."""
        high = self._mixed(topic, of) >> _HALF
        again = self._mixed(topic + ", again", of) >> _HALF
        return ((high * again >> _HALF) * np.asarray(bound, dtype=np.uint64) >> _HALF).astype(np.int64)

    def chance(self, topic: str, of: Integers, in_ten_thousand: int | Integers) -> Flags:
        """For each thing whether it happens."""
        happens: Flags = self.below(topic, of, IN_ALL) < in_ten_thousand
        return happens

    def pick(self, topic: str, of: Integers, weights: Sequence[int]) -> Integers:
        """For each thing the place of one of the weights, as often as they say."""
        ends = np.cumsum(np.array(weights, dtype=np.int64))
        return np.searchsorted(ends, self.below(topic, of, int(ends[-1])), side="right").astype(np.int64)

    def bell(self, topic: str, of: Integers) -> Integers:
        """0 to 1020, mostly about 510: the sum of four dice of 256 sides, nearly a normal curve of width 148."""
        mixed = self._mixed(topic, of)
        total = np.zeros(len(of), dtype=np.int64)
        for shift in (8, 24, 40, 56):
            total += ((mixed >> np.uint64(shift)) & np.uint64(255)).astype(np.int64)
        return total

    def _mixed(self, topic: str, of: Integers) -> npt.NDArray[np.uint64]:
        if topic not in self._keys:
            digest = hashlib.sha256(f"{self.seed} {topic}".encode()).digest()
            self._keys[topic] = np.uint64(int.from_bytes(digest[:8], "big"))
        mixed = of.astype(np.uint64) * _STEP + self._keys[topic]
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
        mixed ^= mixed >> np.uint64(31)
        return mixed
