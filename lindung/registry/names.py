"""Names as the civil registry writes them: capitals, no titles, no punctuation. For comparing only, never for print."""

import re
import unicodedata
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Letters of other alphabets that look like Latin capitals. A name with one is refused where it is typed; what came in
# another way is compared by what a reader sees.
_LOOKALIKES: Final = str.maketrans("АВЕЅЗІЈКМНОРСТУХԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESZIJKMHOPCTYXGQWABEZHIKMNOPTYX")
# One word stays one word: Ma'ruf with any of these, or none, is the same name.
_WITHIN_WORDS: Final = re.compile("['’‘ʼʻʾʿ`´ˈ]")
_WORD: Final = re.compile(r"[^\W_]+(?:[.][^\W_]+)*[.]?")
_SPACED_DEGREE: Final = re.compile(r"\b([SMDA])\.\s+(?=[A-Z])")
_LATE: Final = _words("ALM ALMH ALMARHUM ALMARHUMAH")
_BEFORE: Final = _words("H HJ KH HAJI HAJJAH IR PROF DR DRS DRA DRG DRH APT NS")
# Degrees, without their dots: some are nobody's name; some only with dots, as S.E.; some only after a comma.
_UNMISTAKABLE: Final = _words(
    "SAG SFARM SGZ SHI SHUM SIKOM SKED SKEP SKES SKG SKH SKM SKOM SKPM SPD SPDI SPSI SPT SPTK SSI SSN SSOS STP STRKEP"
    " STRT MFARM MHUM MIKOM MKES MKM MKN MKOM MPD MPDI MPSI MSC MSI MSN BSC LLM PHD MBA AMD AMDKEB AMDKEP CPA"
)
_WITH_DOTS: Final = _UNMISTAKABLE | _words("SE SH ST SS SAP SIA SIK SIP SST MM MH MT MA MAK MAP MSE BA")
_AFTER_COMMA: Final = _WITH_DOTS | _BEFORE | _words("SM ME BE AK CA BC HK NERS AMK SPA SPB SPOG SPPD")
_UNKNOWN: Final = frozenset(
    {"TIDAK TAHU", "TIDAK DIKETAHUI", "TDK TAHU", "TDK DIKETAHUI", "BELUM DIKETAHUI", "TIDAK ADA", "UNKNOWN"}
)


def plain_name(name: str) -> str:
    """``"dr. H. Ahmad Ma'ruf, S.Kom."`` becomes ``AHMAD MARUF``; empty when there is no letter or digit in it.

    Accents stay, in composed form. A name that is nothing but titles stays as it is.
    """
    text = _capitals(name)
    before, _comma, after = text.partition(",")
    words = _WORD.findall(before)
    while len(words) > 1 and _is_degree(words[-1]):
        words.pop()
    # What follows a comma and is no degree belongs to the name, as in a list that puts the family first.
    words += [word for word in _WORD.findall(_SPACED_DEGREE.sub(r"\1.", after)) if _bare(word) not in _AFTER_COMMA]
    while _bare(words[0] if words else "") in _BEFORE and _is_name(words[1:]):
        words.pop(0)
    return " ".join(_spelled(words) or _spelled(_WORD.findall(text)))


def plain_mother_name(name: str | None) -> str:
    """``plain_name`` of a mother; empty when nobody knows her name, in any of the ways to write that."""
    plain = plain_name(name or "")
    return "" if plain in _UNKNOWN or not any(letter.isalpha() for letter in plain) else plain


def plain_place(place: str | None) -> str:
    """A place in capitals, without punctuation."""
    return " ".join(_spelled(_WORD.findall(_capitals(place or ""))))


def _capitals(text: str) -> str:
    visible = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    capitals = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible).upper())
    return _WITHIN_WORDS.sub("", capitals).translate(_LOOKALIKES)


def _bare(word: str) -> str:
    return word.replace(".", "")


def _spelled(words: list[str]) -> list[str]:
    """Without dots and without the word for the late; ``M.Y.`` and ``M.Rizki`` are two words each."""
    return [" ".join(filter(None, word.split("."))) for word in words if _bare(word) not in _LATE]


def _is_degree(word: str) -> bool:
    return _bare(word) in (_WITH_DOTS if "." in word.rstrip(".") else _UNMISTAKABLE)


def _is_name(words: list[str]) -> bool:
    """Whether something is left that can be a name: more than one letter, and no title."""
    return any(len(bare) > 1 and bare not in _BEFORE for bare in map(_bare, words))
