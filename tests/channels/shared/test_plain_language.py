"""Every Indonesian text of every screen: no officialese, no loan word with a plain equal, short sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import lindung
from lindung.config.translations import gather

PACKAGE = Path(lindung.__file__).parent
RULES = PACKAGE / "channels" / "shared" / "plain_language.txt"
ERROR_PAGES = re.compile(r"templates/(?:[45]\d\d|shared/refusal)\.html$")
LONGEST_ERROR_SENTENCE = 20
MEAN_SENTENCE = 15


@dataclass(frozen=True)
class Text:
    words: str
    place: str

    @property
    def is_error(self) -> bool:
        """Texts in Python are messages; those in templates are errors on the error pages only."""
        return self.place.endswith(".py") or bool(ERROR_PAGES.search(self.place))


def texts() -> Iterator[Text]:
    for message in gather(PACKAGE):
        for text in (message.id,) if isinstance(message.id, str) else message.id:
            if text:
                yield Text(plain(text), message.locations[0][0])


def plain(text: str) -> str:
    """Drop markup and make placeholders a word each."""
    return re.sub(r"%\(\w+\)[sd]|\{\w*\}", "x", re.sub(r"<[^>]+>", " ", text))


def sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.!?:])\s+", text) if part.strip()]


def banned() -> dict[str, str]:
    lines = [line for line in RULES.read_text().splitlines() if line and not line.startswith("#")]
    return {phrase.strip(): instead.strip() for phrase, instead in (line.split("|") for line in lines)}


def banned_in(text: str) -> list[str]:
    return [
        f"{phrase!r} -> {instead}"
        for phrase, instead in banned().items()
        if re.search(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text, re.I)
    ]


TEXTS = sorted(set(texts()), key=lambda text: (text.place, text.words))
PLACES = sorted({text.place for text in TEXTS})


def test_the_list_is_long_enough_and_offers_something_better() -> None:
    assert len(banned()) >= 60
    assert all(banned().values())


@pytest.mark.parametrize("place", PLACES)
def test_no_screen_uses_a_banned_phrase(place: str) -> None:
    assert {text.words: found for text in TEXTS if text.place == place and (found := banned_in(text.words))} == {}


def test_no_sentence_of_an_error_is_too_long() -> None:
    too_long = {
        sentence: text.place
        for text in TEXTS
        if text.is_error
        for sentence in sentences(text.words)
        if len(sentence.split()) > LONGEST_ERROR_SENTENCE
    }
    assert too_long == {}


@pytest.mark.parametrize("place", PLACES)
def test_sentences_are_short_in_the_mean(place: str) -> None:
    lengths = [len(sentence.split()) for text in TEXTS if text.place == place for sentence in sentences(text.words)]
    assert sum(lengths) <= MEAN_SENTENCE * len(lengths)


def test_the_linter_finds_what_it_is_for() -> None:
    assert banned_in("Silakan melakukan pembayaran.")
    assert banned_in("Dimohon menunggu, SISTEM SEDANG MAINTENANCE.")
    assert banned_in("Submit") == ["'submit' -> kirim"]
    assert banned_in("Kirim klaim Anda. Berguna bagi keluarga; e-mail tidak wajib.") == []
    assert sentences("Isi NIK. Lalu kirim?") == ["Isi NIK.", "Lalu kirim?"]
