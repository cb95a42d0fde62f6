"""This month's workers and wages beside last month's."""

from datetime import date
from typing import Any

import polars as pl

from lindung.registry import queries as registry
from lindung.uploads.findings import DIFFERENCE_SCHEMA
from lindung.uploads.kinds.wage_faults import SHARP_FALL, SHARP_RISE

_NOBODY = pl.DataFrame(schema={"row_no": pl.UInt32, "left_on": pl.Date})


def leavers(employer_id: int, month_before: date, workers: pl.DataFrame, matched: pl.DataFrame) -> pl.DataFrame:
    """``row_no`` and ``left_on`` of rows about people who worked here last month and no longer do.

    ``left_on`` is the first day they no longer worked. Asked only when there are rows that match nobody.
    """
    unmatched = matched.filter(
        pl.col("worker").is_null() & (pl.col("kpj").is_not_null() | pl.col("nik_index").is_not_null())
    )
    if unmatched.is_empty():
        return _NOBODY
    former = registry.employments_in(employer_id=employer_id, month_on=month_before).sort("from_on")
    former = former.join(workers, on="person_id", how="anti", maintain_order="left")
    ends = {
        name: unmatched.join(former.unique(name, keep="last").select(name, left_on="until_on"), on=name, how="inner")
        for name in ("kpj", "nik_index")
    }
    found = pl.concat([frame.select("row_no", "left_on") for frame in ends.values()])
    return found.drop_nulls().unique("row_no", keep="first").sort("row_no")


KINDS = ("missing", "left_out", "joined", "left", "up", "down")
"""In the order of a list: who is or may be forgotten, who came and went, then the wages."""


def is_sharp() -> pl.Expr:
    """Of a difference: a rise or fall that is asked about by itself."""
    before, after = pl.col("before_rupiah"), pl.col("after_rupiah")
    return pl.col("kind").is_in(["up", "down"]) & ((after >= SHARP_RISE * before) | (after * SHARP_FALL <= before))


def differences(
    rows: pl.DataFrame,
    accepted: pl.DataFrame,
    workers: pl.DataFrame,
    previous: pl.DataFrame,
    employer_id: int,
    month_before: date,
) -> pl.DataFrame:
    """Who joined, left, is missing though still employed, has a row with errors, or earns more or less.

    As ``DIFFERENCE_SCHEMA``: people first, then the wages, the biggest difference first. Without a last month nothing
    is compared; who is employed and not in the file, or not in ``accepted``, is told all the same.
    """
    reported = rows.filter(pl.col("person_id").is_not_null()).unique("person_id", keep="first", maintain_order=True)
    reported = reported.select("person_id", "before_rupiah", after_rupiah="wage_rupiah")
    left_out = reported.clear()
    if accepted.height != reported.height:
        left_out = reported.join(accepted, on="person_id", how="anti")
    last = previous.rename({"wage_rupiah": "before_rupiah"})
    absent = workers.select("person_id").unique().join(reported, on="person_id", how="anti")
    absent = absent.join(last, on="person_id", how="left")
    parts = [_without_wage(absent, "missing"), _without_wage(left_out, "left_out")]
    if not previous.is_empty():
        before, after = pl.col("before_rupiah"), pl.col("after_rupiah")
        gone = last.join(reported, on="person_id", how="anti").join(absent, on="person_id", how="anti")
        kind = (
            pl.when(before.is_null())
            .then(pl.lit("joined"))
            .when(after > before)
            .then(pl.lit("up"))
            .when(after < before)
            .then(pl.lit("down"))
        )
        compared = reported if left_out.is_empty() else reported.join(left_out, on="person_id", how="anti")
        parts += [_without_wage(gone, "left"), compared.with_columns(kind=kind).filter(pl.col("kind").is_not_null())]
    found = pl.concat(parts)
    names = workers.join(found, on="person_id", how="semi").unique("person_id", keep="last")
    names = names.select("person_id", "kpj", "name")
    if found.filter(pl.col("kind") == "left").height:
        former = registry.employments_in(employer_id=employer_id, month_on=month_before)
        names = pl.concat([names, former.select("person_id", "kpj", "name")]).unique("person_id", keep="first")
    named = found.join(names, on="person_id", how="left", maintain_order="left")
    place = pl.col("kind").replace_strict({kind: place for place, kind in enumerate(KINDS[:4])}, default=len(KINDS))
    size = (pl.col("after_rupiah") - pl.col("before_rupiah")).abs()
    return named.sort(place, -size.fill_null(0), "name", "person_id").select(*DIFFERENCE_SCHEMA)


def _without_wage(absent: pl.DataFrame, kind: str) -> pl.DataFrame:
    return absent.select("person_id", "before_rupiah", after_rupiah=pl.lit(None, pl.Int64), kind=pl.lit(kind))


def counts(accepted: pl.DataFrame, found: pl.DataFrame, previous: pl.DataFrame, month_before: date) -> dict[str, Any]:
    """How many of each kind, and how many stayed as they were."""
    kinds = dict(found.group_by("kind").len().iter_rows())
    same = accepted.filter(pl.col("wage_rupiah") == pl.col("before_rupiah")).height
    return {
        "compared_with": None if previous.is_empty() else month_before.isoformat(),
        **{kind: kinds.get(kind, 0) for kind in KINDS},
        "unchanged": same,
        "sharp": found.filter(is_sharp()).height,
        "previous_wage_rupiah": int(previous["wage_rupiah"].sum()),
    }
