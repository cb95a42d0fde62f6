"""A civil registry in memory: says of each NIK what it was told to say, and remembers who was asked about."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping

from lindung.partners.dukcapil.answers import Compared, Element, Match, Outcome

Answer = Outcome | Callable[[], Outcome]
YES = Match(True, 100)


def compared(**scores: int) -> Compared:
    """Everything agrees but for the fields named, each with its likeness in per cent."""
    matches = {str(element): YES for element in (Element.NAME, Element.BIRTH_ON, Element.SEX, Element.MOTHER_NAME)}
    for name, score in scores.items():
        matches[str(Element[name.upper()])] = Match(score >= 90, score)
    return Compared(matches, quota_left=500)


class Registry:
    """``answers``: NIK -> what is said of it; of everybody else that all agrees."""

    def __init__(self, answers: Mapping[str, Answer] | None = None, otherwise: Answer | None = None) -> None:
        self.answers = dict(answers or {})
        self.otherwise = otherwise or compared()
        self.asked: Counter[str] = Counter()
        self.given: dict[str, dict[str, str]] = {}
        self.whys: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def verify(self, nik: str, given: Mapping[str, str], *, purpose: str, actor: str) -> Outcome:
        with self._lock:
            self.asked[nik] += 1
            self.given[nik] = dict(given)
            self.whys.add((purpose, actor))
            answer = self.answers.get(nik, self.otherwise)
        return answer() if callable(answer) else answer
