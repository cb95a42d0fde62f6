"""New workers whom the civil registry or we could not take, as a form on its way back to the firm.

It is the form that they came in, with a first column that says what to mend. Sent back, each row takes the place of the
old one.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import polars as pl

from lindung.registry.identity_words import words_of
from lindung.registry.queries import EmployerFacts
from lindung.uploads.kinds import continuing_workers, new_workers
from lindung.uploads.kinds.forms import FormColumn, write_form
from lindung.uploads.kinds.worker_forms import CONTINUING_WORKERS_FORM, NEW_WORKERS_FORM

_OURS: Final = FormColumn("Perbaiki", width=60)
_DAY: Final = "%d-%m-%Y"
# Heading of the form -> what was told besides, by the names that ``new_workers`` gives it.
_BESIDES: Final[Mapping[str, str]] = {
    "GELAR": "title",
    "TELEPON_RUMAH": "home_phone",
    "TELEPON_KANTOR": "office_phone",
    "TEMPAT_LAHIR": "birth_place",
    "MASA_LAKU_IDENTITAS": "identity_until",
    "SURAT_MENYURAT_KE": "letters_to",
    "TANGGAL_KEPESERTAAN": "member_on",
    "STATUS_KAWIN": "marital",
    "GOLONGAN_DARAH": "blood_group",
    "NPWP": "npwp",
    "ALAMAT": "address",
    "KODE_POS": "postal_code",
}


def write_rows_back(rows: pl.DataFrame, *, employer: EmployerFacts) -> bytes:
    """``rows``: the columns of ``PROPOSED`` with ``outcome`` and ``differing``; all of one form."""
    by_card = rows["nik"].null_count() == rows.height
    kind, columns = (continuing_workers, CONTINUING_WORKERS_FORM) if by_card else (new_workers, NEW_WORKERS_FORM)
    told = _texts(rows).with_columns(_reasons(rows).alias(_OURS.heading), *_besides(rows))
    headings = [column.heading for column in columns]
    there = [pl.col(name) if name in told.columns else pl.lit(None, pl.String).alias(name) for name in headings]
    filled = told.with_row_index("row_no", offset=2).select("row_no", _OURS.heading, *there)
    return write_form(sheet=kind.LAYOUT.sheet, columns=(_OURS, *columns), employer=employer, rows=filled)


def _texts(rows: pl.DataFrame) -> pl.DataFrame:
    """What was told, as it is written in either form."""
    last_on = pl.col("contract_until_on") - timedelta(days=1)
    born, starts, ends = (day.dt.to_string(_DAY) for day in (pl.col("birth_on"), pl.col("from_on"), last_on))
    return rows.select(
        NO_PEGAWAI="employee_no",
        NAMA_LENGKAP="name",
        HP=pl.col("phone").str.replace(r"^\+62", "0"),
        EMAIL="email",
        TANGGAL_LAHIR=born,
        TGL_LAHIR=born,
        NAMA_IBU_KANDUNG="mother_name",
        NOMOR_IDENTITAS="nik",
        NOMOR_IDENTITAS_KPJ="kpj",
        JENIS_IDENTITAS=pl.lit("KTP"),
        JENIS_KELAMIN="sex",
        KODE_NEGARA=pl.when(pl.col("citizen")).then(pl.lit("ID")).otherwise(pl.lit("WNA")),
        UPAH=pl.col("wage_rupiah").cast(pl.String),
        LOKASI_PEKERJAAN="location",
        STATUS_PEGAWAI="contract",
        TGL_AWAL_BEKERJA=starts,
        TGL_AKHIR_KONTRAK=ends,
    ).with_columns(pl.all().replace("", None))


def _besides(rows: pl.DataFrame) -> list[pl.Series]:
    told: list[Mapping[str, str]] = [json.loads(details) if details else {} for details in rows["details"]]
    return [pl.Series(heading, [one.get(name) for one in told], dtype=pl.String) for heading, name in _BESIDES.items()]


def _reasons(rows: pl.DataFrame) -> pl.Series:
    """Why each row stands where it stands and what mends it, in the active language."""
    found = {}
    for outcome, differing in rows.select("outcome", "differing").unique().iter_rows():
        words = words_of(outcome, differing.split())
        found[outcome, differing] = " ".join(filter(None, (words.reason, words.cure)))
    pairs = rows.select("outcome", "differing").iter_rows()
    return pl.Series([found[outcome, differing] for outcome, differing in pairs], dtype=pl.String)
