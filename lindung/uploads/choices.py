"""Reading columns in which one of a few things is meant, in whatever words."""

from collections.abc import Mapping
from typing import Final

import polars as pl

SEX: Final = {
    "L": "L", "LK": "L", "LAKI": "L", "LAKI LAKI": "L", "LELAKI": "L", "PRIA": "L", "COWOK": "L", "MALE": "L", "M": "L",
    "P": "P", "PR": "P", "PEREMPUAN": "P", "WANITA": "P", "W": "P", "CEWEK": "P", "FEMALE": "P", "F": "P",
}  # fmt: skip
MARRIED: Final = {
    "Y": "Y", "YA": "Y", "K": "Y", "KAWIN": "Y", "NIKAH": "Y", "MENIKAH": "Y", "SUDAH KAWIN": "Y", "SUDAH MENIKAH": "Y",
    "MARRIED": "Y", "K 0": "Y", "K 1": "Y", "K 2": "Y", "K 3": "Y", "K0": "Y", "K1": "Y", "K2": "Y", "K3": "Y",
    "T": "T", "TIDAK": "T", "TK": "T", "BELUM": "T", "BELUM KAWIN": "T", "BELUM MENIKAH": "T", "TIDAK KAWIN": "T",
    "LAJANG": "T", "SINGLE": "T", "BUJANG": "T", "GADIS": "T", "D": "T", "DUDA": "T", "JANDA": "T", "C": "T",
    "CERAI": "T", "CERAI HIDUP": "T", "CERAI MATI": "T", "DIVORCED": "T", "WIDOWED": "T",
    "TK 0": "T", "TK 1": "T", "TK 2": "T", "TK 3": "T", "TK0": "T", "TK1": "T", "TK2": "T", "TK3": "T",
}  # fmt: skip
"""Kawin or not; the tax office's K/1 and TK/0 too."""
CONTRACT: Final = {
    "PKWT": "PKWT", "KONTRAK": "PKWT", "PEGAWAI KONTRAK": "PKWT", "KARYAWAN KONTRAK": "PKWT", "CONTRACT": "PKWT",
    "TIDAK TETAP": "PKWT", "FIXED TERM": "PKWT",
    "PKWTT": "PKWTT", "TETAP": "PKWTT", "PEGAWAI TETAP": "PKWTT", "KARYAWAN TETAP": "PKWTT", "PERMANENT": "PKWTT",
}  # fmt: skip
BLOOD: Final = {
    f"{group}{rhesus}": group
    for group in ("A", "B", "AB", "O")
    for rhesus in ("", "+", "-", " +", " -", " POSITIF", " NEGATIF")
}
IDENTITY: Final = {
    "KTP": "KTP", "E KTP": "KTP", "EKTP": "KTP", "KTP EL": "KTP", "NIK": "KTP", "KARTU TANDA PENDUDUK": "KTP",
    "PASPOR": "PASPOR", "PASSPORT": "PASPOR", "PASPORT": "PASPOR", "KITAS": "PASPOR", "KITAP": "PASPOR",
}  # fmt: skip
CITIZEN: Final = {"ID": "ID", "IDN": "ID", "INDONESIA": "ID", "WNI": "ID", "INA": "ID"}
"""Every other country is one too, but not this."""


def read_choices(column: pl.Series, words: Mapping[str, str]) -> pl.DataFrame:
    """``choice`` (null: none, or not understood) and ``unread`` (something is written that is none of ``words``)."""
    plain = (
        column.str.normalize("NFKC")
        .str.to_uppercase()
        .str.replace_all(r"[^\p{L}\p{N}+\-]+", " ")
        .str.replace_all(r"([\p{L}\p{N}])-([\p{L}\p{N}])", "${1} ${2}")
        .str.strip_chars()
    )
    return pl.DataFrame({"plain": plain}).select(
        choice=pl.col("plain").replace_strict(words, default=None, return_dtype=pl.String),
        unread=(pl.col("plain").str.contains(r"[\p{L}\p{N}]") & ~pl.col("plain").is_in(list(words))).fill_null(
            value=False
        ),
    )
