"""Who the people of a firm's list are to us, before anybody else is asked."""

from difflib import SequenceMatcher
from typing import Any

import polars as pl

from lindung.registry.models import Enrolment
from lindung.registry.names import plain_name
from lindung.registry.placing import find_cards, find_people

_NOT_THE_SAME = 0.001  # what is merely alike is never as good as the same
# Of a NIK with a name that is not quite his the civil registry can still say whose it is: twins are alike in all else.
# Of a card with a slip in the name nobody can, and its number alone is checked against slips.
_BY_NIK, _BY_CARD = 1.0, 0.85
_STATE, _OUTCOME = Enrolment.State, Enrolment.Outcome


def recognise(cursor: Any, employer_id: int, rows: pl.DataFrame) -> pl.DataFrame:
    """``rows`` (with ``row``, ``nik_index``, ``kpj``, ``name``, ``birth_on``, ``from_on``) and who they are.

    Adds ``placing.FOUND`` (``kpj`` is then the card's own, and ``kpj_named`` what the firm wrote), ``state``,
    ``outcome`` and ``differing``. ``enrolled``: a member whose data agree; he needs no more than an employment.
    ``to_correct``: what was written cannot be; of a card's number no more is said than that it and the person do not
    belong together, whoever's it is. ``waiting``: the civil registry must be asked. That is so for a member's NIK
    with another name, too: he may have married, or the NIK may be somebody else's.
    """
    by_nik = find_people(cursor, employer_id, *_given(rows, "nik_index"))
    by_card = find_cards(cursor, employer_id, *_given(rows, "kpj"))
    named = rows.filter(pl.col("kpj").is_not_null())["row"]
    found = pl.concat([by_card, by_nik.filter(~pl.col("row").is_in(named.to_list()))])
    known = (
        rows.rename({"kpj": "kpj_named"})
        .join(found, on="row", how="left", maintain_order="left")
        .join(by_nik.select("row", nik_person="person_id"), on="row", how="left", maintain_order="left")
    )
    known = known.with_columns(
        likeness=pl.Series(
            [
                0.0 if known_name is None else 1.0 if told == known_name else _likeness(told, known_name)
                for told, known_name in zip(known["name"], known["name_known"], strict=True)
            ],
            dtype=pl.Float64,
        )
    ).with_columns(alike=pl.col("likeness") >= pl.when(pl.col("kpj_named").is_null()).then(_BY_NIK).otherwise(_BY_CARD))
    return known.with_columns(differing=_differing()).with_columns(*_decision()).drop("nik_person", "likeness", "alike")


def overlaps_earlier_work() -> pl.Expr:
    """Of frames with ``FOUND``: time that was reported as over in this firm begins again before it ended."""
    return pl.col("employment_id").is_null() & (pl.col("left_on") > pl.col("from_on")).fill_null(value=False)


def _given(rows: pl.DataFrame, column: str) -> tuple[list[int], list[Any]]:
    there = rows.filter(pl.col(column).is_not_null())
    return there["row"].to_list(), there[column].to_list()


def _likeness(one: str, other: str) -> float:
    """1.0 for the same words in any order, titles and dots aside; less the more letters differ."""
    first, second = (" ".join(sorted(plain_name(name).split())) for name in (one, other))
    return 1.0 if first == second else SequenceMatcher(None, first, second, autojunk=False).ratio() - _NOT_THE_SAME


def _differing() -> pl.Expr:
    by_card = pl.col("kpj_named").is_not_null()
    nobody = pl.col("person_id").is_null()
    other_birth = (pl.col("birth_on") != pl.col("birth_on_known")).fill_null(value=False)
    other_nik = pl.col("nik_index").is_not_null() & pl.col("nik_person").ne_missing(pl.col("person_id"))
    overlaps = pl.col("alike") & overlaps_earlier_work()
    return (
        pl.when(by_card & (nobody | other_nik | other_birth | ~pl.col("alike")))
        .then(pl.lit("kpj"))
        .when(other_birth)
        .then(pl.lit("birth_on"))
        .when(overlaps)
        .then(pl.lit("from_on"))
        .otherwise(pl.lit(""))
    )


def _decision() -> tuple[pl.Expr, pl.Expr]:
    wrong = pl.col("differing") != ""
    unknown = pl.col("person_id").is_null() | ~pl.col("alike")
    states = (_STATE.TO_CORRECT, _STATE.WAITING, _STATE.ENROLLED)
    outcomes = (_OUTCOME.MISMATCH, _OUTCOME.NONE, _OUTCOME.KNOWN)

    def chosen(words: tuple[str, str, str]) -> pl.Expr:
        first, second, third = (pl.lit(str(word)) for word in words)
        return pl.when(wrong).then(first).when(unknown).then(second).otherwise(third)

    return chosen(states).alias("state"), chosen(outcomes).alias("outcome")
