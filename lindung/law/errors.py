"""What the law room says when it cannot answer: always which fact, why, and what would be possible."""

from __future__ import annotations

from lindung.law.wording import Language, Words


class LawError(ValueError):
    """Base of every refusal. ``str(error)`` is English; ``say(language)`` gives either language."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words

    def say(self, language: Language) -> str:
        return self.words.say(language)


class NotInForce(LawError):
    """The month or day lies before the first value or rule that the law gives."""


class NotYetComputed(LawError):
    """A segment or an input that this version of the law does not compute, so it refuses to guess."""


class NotKnown(LawError):
    """The law has a figure here that nobody could read: it is not guessed, the caller may give his own."""


_MOST_SHOWN = 60


class ImpossibleFact(LawError):
    """A fact that cannot be, or is missing (``given`` None); ``fact`` is its name as the caller wrote it."""

    def __init__(self, fact: str, given: object, possible: Words) -> None:
        shown = (repr(given) if isinstance(given, str) else str(given))[:_MOST_SHOWN]
        wrong = Words(id="belum ada", en="missing")
        if given is not None:
            wrong = Words(id=f"{shown} tidak mungkin", en=f"{shown} is impossible")
        self.fact = fact
        super().__init__(
            Words(
                id=f"{fact}: {wrong.id}; yang mungkin: {possible.id}",
                en=f"{fact}: {wrong.en}; possible is {possible.en}",
            )
        )
