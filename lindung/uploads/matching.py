"""Whose row is it: the employer's own workers of the month, looked up by KPJ, then NIK, then employee number.

Only the employer's own workers are looked at, so that nothing is told about anybody else, not even that he exists.
"""

from typing import Final

import polars as pl

from lindung.lib.crypto import blind_index_column
from lindung.uploads.cleaning import SCIENTIFIC, digits, tidy

KPJ_DIGITS: Final = 11
_FEWEST_KPJ_DIGITS = 8
_NIK = r"^[0-9]{16}$"


def identities(fields: pl.DataFrame) -> pl.DataFrame:
    """What each row says of its worker, cleaned.

    From ``row_no`` and the texts ``kpj``, ``nik``, ``employee_no``, ``worker_code``, and the flag ``nik_is_number``.
    Adds ``nik_index`` (32 bytes, null without a usable NIK), ``nik_fault`` (``nik_form``, ``nik_lost_digit`` or null).
    """
    cleaned = fields.select(
        "row_no", "nik_is_number", kpj=_kpj(fields["kpj"]), nik=digits(fields["nik"]),
        employee_no=tidy(fields["employee_no"]), worker_code=tidy(fields["worker_code"]),
    )  # fmt: skip
    nik = pl.col("nik")
    lost = nik.str.contains(SCIENTIFIC) | (pl.col("nik_is_number") & nik.str.contains(r"^[0-9]{15}0$|^[0-9]{17,}$"))
    cleaned = cleaned.with_columns(
        nik_fault=pl.when(lost).then(pl.lit("nik_lost_digit")).when(~nik.str.contains(_NIK)).then(pl.lit("nik_form"))
    )
    usable = cleaned.filter(nik.is_not_null() & pl.col("nik_fault").is_null()).select("row_no", "nik")
    indexes = pl.Series(blind_index_column("nik", usable["nik"].to_list()), dtype=pl.Binary)
    if usable.height == cleaned.height:
        return cleaned.with_columns(nik_index=indexes)
    return cleaned.join(usable.select("row_no", nik_index=indexes), on="row_no", how="left", maintain_order="left")


def _kpj(column: pl.Series) -> pl.Series:
    """Bare digits; leading zeros that a number lost come back."""
    bare = digits(column)
    if bare.str.len_bytes().eq(KPJ_DIGITS).all():
        return bare
    short = bare.str.contains(rf"^[0-9]{{{_FEWEST_KPJ_DIGITS},{KPJ_DIGITS - 1}}}$")
    return pl.select(pl.when(short).then(bare.str.zfill(KPJ_DIGITS)).otherwise(bare)).to_series()


def match(rows: pl.DataFrame, workers: pl.DataFrame) -> pl.DataFrame:
    """``rows`` of ``identities`` in their order, with ``worker`` (row of ``workers``, null: none) and ``by``.

    ``workers`` is sorted by ``from_on``: of several employments of one card the last is meant. ``by`` is ``kpj``,
    ``nik`` or ``number``; ``differ`` marks a NIK that is not the matched worker's.
    """
    numbered = workers.with_row_index("worker")
    by_kpj = numbered.unique("kpj", keep="last").select("kpj", by_kpj="worker")
    rows = rows.join(by_kpj, on="kpj", how="left", maintain_order="left")
    if rows["by_kpj"].null_count():
        rows = _match_the_rest(rows, numbered)
    else:
        rows = rows.with_columns(worker="by_kpj", by=pl.lit("kpj"))
    own_index = workers["nik_index"].gather(rows["worker"])
    return rows.with_columns(differ=(pl.col("nik_index") != own_index).fill_null(value=False)).select(
        "row_no", "kpj", "nik", "employee_no", "worker_code", "nik_fault", "nik_index", "worker", "by", "differ"
    )


def _match_the_rest(rows: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    """``worker`` and ``by`` for all rows, where ``by_kpj`` alone does not tell them."""
    by_nik = numbered.unique("nik_index", keep="last").select("nik_index", by_nik="worker")
    by_number = (
        numbered.filter(pl.col("employee_no") != "")
        .group_by("employee_no")
        .agg(pl.col("worker").last(), persons=pl.col("person_id").n_unique())
        .filter(pl.col("persons") == 1)
    )
    for number in ("employee_no", "worker_code"):
        rows = rows.join(
            by_number.select(pl.col("employee_no").alias(number), pl.col("worker").alias(f"by_{number}")),
            on=number, how="left", maintain_order="left",
        )  # fmt: skip
    rows = rows.join(by_nik, on="nik_index", how="left", maintain_order="left")
    # A good NIK that is nobody's here is not outvoted by a number that the firm itself gives out.
    own_number = pl.when(pl.col("nik_index").is_null()).then(pl.coalesce("by_employee_no", "by_worker_code"))
    return rows.with_columns(
        worker=pl.coalesce("by_kpj", "by_nik", own_number),
        by=pl.when(pl.col("by_kpj").is_not_null())
        .then(pl.lit("kpj"))
        .when(pl.col("by_nik").is_not_null())
        .then(pl.lit("nik"))
        .when(own_number.is_not_null())
        .then(pl.lit("number")),
    )
