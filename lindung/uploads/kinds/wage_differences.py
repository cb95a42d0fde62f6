"""This month's workers and wages beside last month's."""

from datetime import date
from typing import Any

import polars as pl

from lindung.registry import queries as registry
from lindung.uploads.findings import DIFFERENCE_SCHEMA

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


def differences(
    rows: pl.DataFrame, workers: pl.DataFrame, previous: pl.DataFrame, employer_id: int, month_before: date
) -> pl.DataFrame:
    """Who joined, left, is missing though still employed, or earns more or less: ``DIFFERENCE_SCHEMA``.

    Without a last month nothing is compared; who is employed and not in the file is told all the same.
    """
    reported = rows.filter(pl.col("person_id").is_not_null()).unique("person_id", keep="first", maintain_order=True)
    reported = reported.select("person_id", "before_rupiah", after_rupiah="wage_rupiah")
    last = previous.rename({"wage_rupiah": "before_rupiah"})
    absent = workers.select("person_id").unique().join(reported, on="person_id", how="anti")
    absent = absent.join(last, on="person_id", how="left")
    parts = [_without_wage(absent, "missing")]
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
        parts += [_without_wage(gone, "left"), reported.with_columns(kind=kind).filter(pl.col("kind").is_not_null())]
    found = pl.concat(parts)
    names = workers.join(found, on="person_id", how="semi").unique("person_id", keep="last")
    names = names.select("person_id", "kpj", "name")
    if found.filter(pl.col("kind") == "left").height:
        former = registry.employments_in(employer_id=employer_id, month_on=month_before)
        names = pl.concat([names, former.select("person_id", "kpj", "name")]).unique("person_id", keep="first")
    named = found.join(names, on="person_id", how="left", maintain_order="left")
    return named.sort("kind", "name", "person_id").select(*DIFFERENCE_SCHEMA)


def _without_wage(absent: pl.DataFrame, kind: str) -> pl.DataFrame:
    return absent.select("person_id", "before_rupiah", after_rupiah=pl.lit(None, pl.Int64), kind=pl.lit(kind))


def counts(rows: pl.DataFrame, found: pl.DataFrame, previous: pl.DataFrame, month_before: date) -> dict[str, Any]:
    """How many of each kind, and how many stayed as they were."""
    kinds = dict(found.group_by("kind").len().iter_rows())
    same = rows.filter(pl.col("wage_rupiah") == pl.col("before_rupiah"))["person_id"].n_unique()
    return {
        "compared_with": None if previous.is_empty() else month_before.isoformat(),
        **{kind: kinds.get(kind, 0) for kind in ("joined", "left", "missing", "up", "down")},
        "unchanged": same,
        "previous_wage_rupiah": int(previous["wage_rupiah"].sum()),
    }
