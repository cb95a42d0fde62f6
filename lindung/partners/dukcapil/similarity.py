"""How alike two texts are, 0 to 100, as the simulated registry sees it: by words, in any order, whole numbers only."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

# Words that are written in several ways, and words that say little.
_SPELLINGS: Final = {
    **dict.fromkeys(("ST", "SITTI", "STI"), "SITI"),
    **dict.fromkeys(("M", "MUH", "MOH", "MHD", "MUHAMAD", "MOHAMAD", "MOHAMMAD", "MOCHAMAD"), "MUHAMMAD"),
    **dict.fromkeys(("ABD", "ABDOEL"), "ABDUL"),
}
_LIGHT: Final = {"BIN": 1, "BINTI": 1, "ALIAS": 1}
_MOST_LETTERS: Final = 200


def similarity(one: str, other: str) -> int:
    """Per cent alike; 100 only when both have the same letters. The order of words, or of arguments, is no matter."""
    left, right = sorted((_words(one), _words(other)))
    if not left or not right:
        return 0
    whole = sum(map(_weight, left)) + sum(map(_weight, right))
    together = _alike("".join(left), "".join(right))  # a space too many or too few
    return max(sum(_pairs(left, right)) // whole, together)


def _words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text[:_MOST_LETTERS].upper())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter) and letter not in "'’‘`")
    return [_SPELLINGS.get(word, word) for word in re.findall(r"[^\W_]+", letters)]


def _weight(word: str) -> int:
    return _LIGHT.get(word, len(word))


def _pairs(left: list[str], right: list[str]) -> Iterator[int]:
    """Each word with the one most like it that is still free, the best pairs first; weight times per cent."""
    scored = [(-_alike(a, b), a, b, i, j) for i, a in enumerate(left) for j, b in enumerate(right)]
    # Sorted by likeness and then by letters, so that a tie is always broken the same way.
    free_left, free_right = set(range(len(left))), set(range(len(right)))
    for minus, a, b, i, j in sorted(scored):
        if i in free_left and j in free_right:
            free_left.remove(i)
            free_right.remove(j)
            yield -minus * (_weight(a) + _weight(b))


def _alike(a: str, b: str) -> int:
    """Letters that need no change (Levenshtein), in per cent of the longer word."""
    if a == b:
        return 100
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != other))
    longest = max(len(a), len(b))
    return 100 * (longest - row[-1]) // longest
