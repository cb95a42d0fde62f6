"""What the civil registry answered: the possible outcomes, and the one parser that reads them off the wire.

The wire is a page with one row. A row compares element by element, or says by a code (or, in old deployments, by a
text alone) why it does not. Whatever is not understood to the last element is ``Unavailable("shape")``, never a match.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal, NamedTuple


class Element(StrEnum):
    """What the registry compares; the names are those of the wire."""

    NAME = "NAMA_LGKP"
    MOTHER_NAME = "NAMA_LGKP_IBU"
    BIRTH_PLACE = "TMPT_LHR"
    BIRTH_ON = "TGL_LHR"
    SEX = "JENIS_KLMIN"
    ADDRESS = "ALAMAT"
    FAMILY_CARD = "NO_KK"
    MARITAL = "STATUS_KAWIN"


class Match(NamedTuple):
    """One element compared: the registry's own yes or no, and how alike, 0 to 100 (100 or 0 where it gave no score)."""

    ok: bool
    score: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The NIK exists and every element sent was compared. Whether that is enough is not decided here."""

    matches: Mapping[str, Match]
    quota_left: int | None = None


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nobody has this NIK (code 13), or the registry cannot work on it (08)."""

    quota_left: int | None = None


@dataclass(frozen=True, slots=True)
class Deceased:
    """The registry knows that this person died (code 11)."""

    quota_left: int | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The registry has this person twice (code 12)."""

    quota_left: int | None = None


@dataclass(frozen=True, slots=True)
class Inactive:
    """The person's record is switched off (code 14)."""

    quota_left: int | None = None


@dataclass(frozen=True, slots=True)
class Invalid:
    """The number is not built as a NIK (code 15)."""

    quota_left: int | None = None


UnavailableKind = Literal["quota", "hours", "config", "bug", "outage", "shape"]


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No usable answer; it says nothing about the person.

    ``kind``: ``quota`` the day's calls are used up; ``hours`` closed now; ``config`` our account, address or
    certificate is not accepted; ``bug`` our question was incomplete; ``outage`` no answer; ``shape`` an answer that is
    not one. ``reason`` is one of our own words, never the registry's: an answer may quote a person.
    ``retry_after_seconds`` is the registry's wish, if it had one.
    """

    kind: UnavailableKind
    reason: str = ""
    retry_after_seconds: int | None = None
    quota_left: int | None = None


Outcome = Compared | NotFound | Deceased | Duplicate | Inactive | Invalid | Unavailable

FOUND_CODES: Final = frozenset({"00", "01"})
_PERSONS: Final[Mapping[str, type[NotFound | Deceased | Duplicate | Inactive | Invalid]]] = {
    "08": NotFound,
    "11": Deceased,
    "12": Duplicate,
    "13": NotFound,
    "14": Inactive,
    "15": Invalid,
}
_UNAVAILABLE: Final[Mapping[str, UnavailableKind]] = {
    "03": "config",
    "04": "config",
    "05": "quota",
    "06": "hours",
    "07": "bug",
    "09": "config",
    "10": "config",
    "16": "config",
    "17": "config",
}
# Deployments without codes say the same in words, with capitals as they like.
_CODE_OF_TEXT: Final = {
    "data tidak ditemukan": "13",
    "login gagal": "03",
    "ip address tidak sesuai": "04",
    "kuota akses hari ini telah habis": "05",
}
_CODE: Final = re.compile(r"[0-9]{1,2}")
# ASCII alone: with the whole of Unicode a long s would be an s, and an Arabic nine a nine.
_COMPARISON: Final = re.compile(r"\s*(tidak\s+)?sesuai(?:\s*\(([0-9]{1,3})\))?\s*", re.IGNORECASE | re.ASCII)
_BUGS: Final = frozenset({400, 405, 406, 411, 413, 415, 422})
_CLOSED_TO_US: Final = frozenset({401, 403, 404, 407})
_PASSING: Final = frozenset({408, 425, 429})
_LONGEST_WISH_SECONDS: Final = 86_400


def read_answer(status: int, body: bytes, *, nik: str, sent: Iterable[str], retry_after: str = "") -> Outcome:
    """Read an HTTP answer about ``nik``, to which the elements ``sent`` were given. Never raises."""
    if status != 200:
        return _http_trouble(status, retry_after)
    try:
        page = json.loads(body, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        return Unavailable("shape", "no JSON")
    if not isinstance(page, dict):
        return Unavailable("shape", "no page")
    quota_left = _quota(page.get("QUOTALIMITER"))
    rows = page.get("CONTENT")
    if not isinstance(rows, list) or len(rows) != 1 or not isinstance(rows[0], dict):
        return Unavailable("shape", "not one row", quota_left=quota_left)
    return _row(rows[0], nik, sent, quota_left)


def read_comparison(text: object) -> Match | None:
    """``"Sesuai"``, ``"Sesuai (92)"``, ``"Tidak Sesuai"``, ``"Tidak Sesuai (40)"``; None for anything else."""
    found = _COMPARISON.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    ok = found[1] is None
    score = int(found[2]) if found[2] else 100 * ok
    return Match(ok, score) if score <= 100 else None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object with upper-case names. One that says a thing twice says nothing."""
    read = {name.strip().upper(): value for name, value in pairs}
    if len(read) != len(pairs):
        raise ValueError("a name occurs twice")
    return read


def _row(row: dict[str, Any], nik: str, sent: Iterable[str], quota_left: int | None) -> Outcome:
    code = _code(row)
    if code is None:
        return Unavailable("shape", "unknown code", quota_left=quota_left)
    if code in _UNAVAILABLE:
        return Unavailable(_UNAVAILABLE[code], f"code {code}", quota_left=quota_left)
    compared = code in FOUND_CODES
    if not _is_about(row.get("NIK"), nik, may_be_missing=not compared):
        return Unavailable("shape", "about another NIK", quota_left=quota_left)
    if not compared:
        return _PERSONS[code](quota_left)
    matches = {}
    for element in sent:
        match = read_comparison(row.get(element))
        if match is None:
            return Unavailable("shape", f"no comparison of {element}", quota_left=quota_left)
        matches[str(element)] = match
    return Compared(matches, quota_left) if matches else Unavailable("shape", "nothing compared", quota_left=quota_left)


def _code(row: dict[str, Any]) -> str | None:
    """The row's code; ``00`` where it has none and gives no reason in words. None when it is not one of the table's."""
    given, text = row.get("RESPONSE_CODE"), row.get("RESPON")
    if given is None:
        if text is None:
            return "00"
        return _CODE_OF_TEXT.get(" ".join(text.casefold().split()).rstrip(".! ")) if isinstance(text, str) else None
    written = str(given).strip() if isinstance(given, str | int) and not isinstance(given, bool) else ""
    code = written.zfill(2) if _CODE.fullmatch(written) else ""
    if code in FOUND_CODES:
        return code if text is None else None  # found, and a reason why not
    return code if code in _PERSONS or code in _UNAVAILABLE else None


def _is_about(echo: object, nik: str, *, may_be_missing: bool) -> bool:
    """Whether the row is about the person we asked about; one deployment writes "Sesuai" instead of the number."""
    if echo is None:
        return may_be_missing
    if isinstance(echo, int) and not isinstance(echo, bool):
        return str(echo) == nik
    if not isinstance(echo, str):
        return False
    match = read_comparison(echo)
    return echo.strip() == nik if match is None else match == Match(True, 100)


def _quota(given: object) -> int | None:
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) <= 9:
        return int(given)
    return given if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 10**9 else None


def _http_trouble(status: int, retry_after: str) -> Unavailable:
    wish = int(retry_after) if re.fullmatch("[0-9]{1,6}", retry_after) else None
    if wish is not None:
        wish = min(wish, _LONGEST_WISH_SECONDS)
    reason = f"HTTP {status}"
    if status >= 500 or status in _PASSING:
        return Unavailable("outage", reason, wish)
    if status in _BUGS:
        return Unavailable("bug", reason)
    # A redirect leads to a portal's sign-in: our address is wrong.
    if status in _CLOSED_TO_US or 300 <= status < 400:
        return Unavailable("config", reason)
    return Unavailable("shape", reason)
