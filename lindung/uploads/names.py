"""Reading and judging names, as Indonesia writes them: one word or many, titles, initials, any order."""

from typing import Final

import polars as pl

from lindung.uploads.cleaning import plain_name
from lindung.uploads.findings import FoundFaults

MOST_CHARACTERS: Final = 200

_INVISIBLE = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_EMOJI = r"[\p{Extended_Pictographic}\x{1F1E6}-\x{1F1FF}\x{1F3FB}-\x{1F3FF}\x{20E3}\x{E0020}-\x{E007F}]"
# Letters such as the ayn are no Latin ones but belong to no other writing either.
_FOREIGN = r"[\p{L}&&[^\p{Latin}]&&[^\p{Lm}]]"
# A sign that never stands in a name and does stand in what is written to break programs, and heaps of accents.
_FORBIDDEN = r"[<>{}\[\]\\$;^~\x{FFFD}]|\p{M}{3,}"
_UNUSUAL = r"[=+|@!?*#%&:_\"“”]"
_TRIALS = ["TEST", "TES", "TESTING", "COBA", "CONTOH", "DUMMY", "NULL", "NONE", "UNDEFINED", "XXX", "XX", "ABC", "ASDF"]


def read_names(column: pl.Series) -> pl.Series:
    """Names with their blanks in order and nothing invisible; case, titles and apostrophes stay. Null when empty."""
    return (
        column.str.replace_all("[´`]", "'")
        .str.normalize("NFKC")
        .str.replace_all(_INVISIBLE, "")
        .str.replace_all(r"\s+", " ")
        .str.replace(r"^[ '’‘]+", "")
        .str.strip_chars()
        .replace("", None)
    )


def bad_names(found: FoundFaults, rows: pl.DataFrame, column: str, field: str) -> None:
    """Names in a ``column`` that cannot be, one reason a row, and names to be looked at; they stand in ``field``."""
    name = pl.col(column)
    written = rows.filter(name.is_not_null())
    marks = {
        "name_foreign_letter": _FOREIGN,
        "name_signs": _FORBIDDEN,
        "name_unusual": _UNUSUAL,
    }
    emoji, foreign, forbidden = (name.str.contains(pattern) for pattern in (_EMOJI, _FOREIGN, _FORBIDDEN))
    long = name.str.len_chars() > MOST_CHARACTERS
    empty = ~name.str.contains(r"[\p{L}\p{N}]")
    reasons = (
        pl.when(emoji).then(pl.lit("name_emoji")).when(foreign).then(pl.lit("name_foreign_letter"))
        .when(forbidden).then(pl.lit("name_signs")).when(empty).then(pl.lit("name_empty"))
        .when(long).then(pl.lit("name_long"))
    )  # fmt: skip
    judged = written.with_columns(reason=reasons)
    for code in judged["reason"].drop_nulls().unique(maintain_order=True):
        params = {"marked": _marked(name, marks[code])} if code in marks else {}
        found.add(judged.filter(pl.col("reason") == code), code, field, **params)
    fair = judged.filter(pl.col("reason").is_null())
    found.add(fair.filter(plain_name(fair[column]).is_in(_TRIALS)), "name_test", field)
    found.add(fair.filter(name.str.contains("[0-9]")), "name_digits", field)
    found.add(fair.filter(name.str.contains(_UNUSUAL)), "name_unusual", field, marked=_marked(name, _UNUSUAL))


def _marked(name: pl.Expr, pattern: str) -> pl.Expr:
    return name.str.replace_all(f"({pattern})", "[${1}]").str.slice(0, 80)
