"""People of the demonstration as the simulated civil registry knows them, and a list of new workers to try out.

The list is what an HR officer would send: mostly right, with the faults that people make.
"""

from datetime import date, timedelta

import polars as pl

from lindung.nation.demo import MOST_PEOPLE, SEED
from lindung.nation.people import invent
from lindung.partners.dukcapil.people import register_people
from lindung.partners.dukcapil.simulator import FORCED_ENDINGS
from lindung.uploads.text_workbook import write_text_sheet

NEWCOMERS = 50
_FIRST = MOST_PEOPLE - 200  # the demonstration's firms hire from the other end
_SHEET = "data_tk_baru"
_FAULTS: tuple[tuple[int, str, str], ...] = (
    (3, "NOMOR_IDENTITAS", "990101450590123"),
    (9, "TANGGAL_LAHIR", "31-02-1990"),
    (15, "UPAH", "4,5"),
    (21, "NAMA_LENGKAP", "-"),
    (27, "TGL_AWAL_BEKERJA", "besok"),
)
"""(Place from 0, column, what was typed): found before anything is asked of anybody."""

_SLIPS: tuple[tuple[int, str, str], ...] = (
    (33, "NAMA_LENGKAP", "Orang Lain Contoh"),
    (39, "TANGGAL_LAHIR", "01-01-1980"),
)
"""What looks right here and is not so in the civil registry."""


def register_demonstration(*, today: date) -> int:
    """Tell the simulated civil registry of everybody whom the demonstration may hire; gives how many."""
    return register_people(invent(SEED, first=0, count=MOST_PEOPLE, today=today))


def newcomers_file(*, today: date) -> bytes:
    """An .xlsx in the scheme's form for new workers: fifty people whom the simulated civil registry knows."""
    people = invent(SEED, first=_FIRST, count=2 * NEWCOMERS, today=today)
    people = people.filter(~pl.col("nik").str.slice(-4).is_in(list(FORCED_ENDINGS))).head(NEWCOMERS)
    day = "%d-%m-%Y"
    rows = people.with_row_index("place").select(
        row_no=pl.col("place") + 2,
        NO_PEGAWAI=pl.format("B{}", (pl.col("place") + 1).cast(pl.String).str.zfill(4)),
        NAMA_LENGKAP="name",
        HP="phone",
        EMAIL="email",
        TEMPAT_LAHIR="birth_place",
        TANGGAL_LAHIR=pl.col("birth_on").dt.to_string(day),
        NAMA_IBU_KANDUNG="mother_name",
        JENIS_IDENTITAS=pl.lit("KTP"),
        NOMOR_IDENTITAS="nik",
        JENIS_KELAMIN="sex",
        STATUS_KAWIN=pl.lit("T"),
        KODE_NEGARA=pl.lit("ID"),
        UPAH=(4_500_000 + pl.col("place") % 9 * 250_000).cast(pl.String),
        STATUS_PEGAWAI=pl.lit("PKWTT"),
        TGL_AWAL_BEKERJA=pl.lit((today - timedelta(days=7)).strftime(day)),
    )
    for place, column, typed in (*_FAULTS, *_SLIPS):
        here = pl.col("row_no") == place + 2
        rows = rows.with_columns(pl.when(here).then(pl.lit(typed)).otherwise(column).alias(column))
    headings = rows.columns[1:]
    return write_text_sheet(rows, name=_SHEET, headings=headings, widths=[20] * len(headings), heading_row=1)
