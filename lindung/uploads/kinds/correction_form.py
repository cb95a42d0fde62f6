"""The form to correct billed wages, filled with one billed month: who was in it, and with which wage."""

from datetime import date
from typing import Final

import polars as pl
from django.utils.translation import gettext_lazy as _

from lindung.contributions import queries as contributions
from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts
from lindung.uploads.kinds.forms import BESIDE, FormColumn, write_form

__all__ = ["BESIDE", "write_correction_form"]

_FORM: Final = (
    FormColumn("KPJ", needed=True, how=_("Jangan diubah."), example="90012345678"),
    FormColumn("NAMA_LENGKAP", how=_("Hanya untuk Anda baca."), example="Siti Contoh", width=32),
    FormColumn("BLTH", needed=True, how=_("Bulan upahnya. Satu baris untuk satu bulan."), example="10/2026", width=12),
    FormColumn("UPAH_DITAGIH", how=_("Hanya untuk Anda baca: upah yang sudah ditagih."), example="4500000"),
    FormColumn(
        "UPAH",
        how=_("Upah sebulan yang benar. Kosongkan bila tidak berubah. Tulis 0 bila tidak bekerja di bulan itu."),
        example="5000000",
    ),
    FormColumn(
        "RAPEL", how=_("Atau tambahannya saja, bila upah bulan itu dibayar kurang. Jangan isi keduanya."),
        example="500000",
    ),
)  # fmt: skip


def write_correction_form(*, employer: EmployerFacts, period: date) -> bytes:
    """As .xlsx, a row for everybody who worked in the month; the columns for what was wrong are empty."""
    billed = contributions.wages_in(employer_id=employer.id, period=period)
    workers = registry.employments_in(employer_id=employer.id, month_on=period)
    rows = (
        workers.sort("from_on")
        .unique("person_id", keep="last")
        .join(billed, on="person_id", how="left")
        .sort("name", "person_id")
        .with_row_index("row_no", offset=2)
        .select(
            "row_no",
            KPJ="kpj",
            NAMA_LENGKAP="name",
            BLTH=pl.lit(f"{period:%m/%Y}"),
            UPAH_DITAGIH=pl.col("wage_rupiah").cast(pl.String),
            UPAH=pl.lit(None, pl.String),
            RAPEL=pl.lit(None, pl.String),
        )
    )
    return write_form(sheet="koreksi_upah", columns=_FORM, employer=employer, rows=rows)
