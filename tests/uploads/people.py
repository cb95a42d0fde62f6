"""New workers as employers write them down. All of them are invented."""

import itertools
import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from tests.builders import Firm
from tests.uploads.files import Cell, Row

NEW_WORKERS = (
    "NO_PEGAWAI", "NAMA_LENGKAP", "GELAR", "TELEPON_AREA_RUMAH", "TELEPON_RUMAH", "TELEPON_AREA_KANTOR",
    "TELEPON_KANTOR", "TELEPON_EXT_KANTOR", "HP", "EMAIL", "TEMPAT_LAHIR", "TANGGAL_LAHIR", "NAMA_IBU_KANDUNG",
    "JENIS_IDENTITAS", "NOMOR_IDENTITAS", "MASA_LAKU_IDENTITAS", "JENIS_KELAMIN", "SURAT_MENYURAT_KE",
    "TANGGAL_KEPESERTAAN", "STATUS_KAWIN", "GOLONGAN_DARAH", "NPWP", "KODE_NEGARA", "UPAH", "ALAMAT", "KODE_POS",
    "LOKASI_PEKERJAAN", "STATUS_PEGAWAI", "TGL_AWAL_BEKERJA", "TGL_AKHIR_KONTRAK",
)  # fmt: skip
CONTINUING_WORKERS = (
    "NOMOR_IDENTITAS_KPJ", "NO_PEGAWAI", "NAMA_LENGKAP", "TGL_LAHIR", "UPAH", "LOKASI_PEKERJAAN", "STATUS_PEGAWAI",
    "TGL_AWAL_BEKERJA", "TGL_AKHIR_KONTRAK",
)  # fmt: skip
EXITS = ("KPJ", "NAMA_LENGKAP", "TGL_LAHIR", "SEBAB_NA", "TGL_KEJADIAN", "KETERANGAN")
CORRECTIONS = (
    "KODE", "NOMOR_PEGAWAI", "ALAMAT_LENGKAP_DOMISILI", "HANDPHONE", "LOKASI_PEKERJAAN", "EMAIL", "NAMA_BANK",
    "KODE_BANK", "NOMOR_REKENING", "NAMA_REKENING",
)  # fmt: skip
HEADINGS = {
    "new_workers": NEW_WORKERS,
    "continuing_workers": CONTINUING_WORKERS,
    "exits": EXITS,
    "corrections": CORRECTIONS,
}

_numbers = itertools.count(secrets.randbelow(9000) * 1000 + 1)
# No digits in them: a number in a name is asked about.
_WORDS = ("Siti", "Budi", "Wayan", "Ketut", "Agus", "Dewi", "Putri", "Rizki", "Nur", "Eko")


def words(number: int) -> str:
    return " ".join(_WORDS[int(digit)] for digit in f"{number:04d}")


def nik(number: int, *, born_on: date = date(1990, 3, 2), sex: str = "P") -> str:
    """A NIK of the fictitious province, and of a person of this birth date and sex."""
    day = born_on.day + (40 if sex == "P" else 0)
    return f"99{number // 9999 % 90 + 10:02d}01{day:02d}{born_on:%m%y}{number % 9999 + 1:04d}"


def new_worker(*, born_on: date = date(1990, 3, 2), sex: str = "P", **changes: Cell) -> Row:
    """One faultless row; ``changes`` are cells by heading."""
    number = next(_numbers)
    row: Row = dict.fromkeys(NEW_WORKERS)
    row |= {
        "NO_PEGAWAI": f"B{number}",
        "NAMA_LENGKAP": words(number),
        "HP": f"0800{number:08d}",
        "EMAIL": f"baru{number}@contoh.example",
        "TEMPAT_LAHIR": "Bandung",
        "TANGGAL_LAHIR": f"{born_on:%d-%m-%Y}",
        "NAMA_IBU_KANDUNG": f"Ibu {words(number)}",
        "JENIS_IDENTITAS": "KTP",
        "NOMOR_IDENTITAS": nik(number, born_on=born_on, sex=sex),
        "JENIS_KELAMIN": sex,
        "STATUS_KAWIN": "T",
        "KODE_NEGARA": "ID",
        "UPAH": 5_000_000,
        "ALAMAT": "Jalan Contoh 1",
        "KODE_POS": "40111",
        "LOKASI_PEKERJAAN": "PUSAT",
        "STATUS_PEGAWAI": "PKWTT",
        "TGL_AWAL_BEKERJA": "02-11-2026",
    }
    return row | changes


def new_workers(count: int = 3, **changes: Cell) -> list[Row]:
    return [new_worker(**changes) for _ in range(count)]


def changed(rows: Sequence[Mapping[str, Cell]], number: int, **changes: Cell) -> list[Row]:
    """The rows with some cells of one of them changed."""
    return [dict(row) | (changes if place == number else {}) for place, row in enumerate(rows)]


def continuing_worker(of: Firm, number: int = 0, **changes: Cell) -> Row:
    """A faultless row about somebody who has his card from work in another firm."""
    told = of.told.row(number, named=True)
    row: Row = {
        "NOMOR_IDENTITAS_KPJ": of.people["kpj"][number],
        "NO_PEGAWAI": f"L{next(_numbers)}",
        "NAMA_LENGKAP": told["name"],
        "TGL_LAHIR": f"{told['birth_on']:%d-%m-%Y}",
        "UPAH": 5_000_000,
        "LOKASI_PEKERJAAN": "PUSAT",
        "STATUS_PEGAWAI": "PKWTT",
        "TGL_AWAL_BEKERJA": "02-11-2026",
        "TGL_AKHIR_KONTRAK": None,
    }
    return row | changes


def leaver(of: Firm, number: int = 0, **changes: Cell) -> Row:
    """A faultless row about somebody who resigned yesterday."""
    told = of.told.row(number, named=True)
    row: Row = {
        "KPJ": of.people["kpj"][number],
        "NAMA_LENGKAP": told["name"],
        "TGL_LAHIR": f"{told['birth_on']:%d-%m-%Y}",
        "SEBAB_NA": "A1",
        "TGL_KEJADIAN": "20-11-2026",
        "KETERANGAN": None,
    }
    return row | changes


def correction(of: Firm, number: int = 0, **changes: Cell) -> Row:
    """A row that changes where somebody works."""
    row: Row = dict.fromkeys(CORRECTIONS)
    row |= {"KODE": of.people["kpj"][number], "LOKASI_PEKERJAAN": "Cabang Contoh"}
    return row | changes
