"""Which columns a kind of file has, and finding them under whatever name and in whatever row they stand.

Sources of the names: the scheme's own templates, and what payroll programs export.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lindung.uploads.limits import Refused

HEADING_ROWS: Final = 10
OURS: Final = "ours"
"""The column of reasons that we add to a file we give back: passed over when the file returns."""

_MOST_HEADING_CHARACTERS = 60
_NOT_WORD = re.compile(r"[^A-Z0-9]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_WORD_STARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True)
class Layout:
    """One kind of file. ``fields`` gives each field's headings, best first, in normal form.

    ``needed``: of every group at least one field must be there; the group's name is part of the refusal's code.
    ``content``: the fields of which one must be filled for a row to count. ``totals``: where ``TOTAL`` may stand.
    ``numbers_as_text``: fields whose digits a spreadsheet spoils when they are stored as numbers.
    """

    kind: str
    sheet: str
    fields: Mapping[str, tuple[str, ...]]
    needed: Mapping[str, tuple[str, ...]]
    content: tuple[str, ...]
    identifiers: tuple[str, ...]
    totals: tuple[str, ...]
    numbers_as_text: tuple[str, ...]


WAGE_REPORT: Final = Layout(
    kind="wage_report",
    sheet="data_upah",
    fields={
        "nik": (
            "NIK", "NIK_KTP", "NO_NIK", "NOMOR_NIK", "NO_KTP", "NOMOR_KTP", "KTP", "NOMOR_IDENTITAS", "NO_IDENTITAS",
        ),
        "kpj": (
            "KPJ", "NO_KPJ", "NOMOR_KPJ", "NOKPJ", "NOMOR_IDENTITAS_KPJ", "NO_BPJS_TK", "NO_BPJSTK", "NOMOR_BPJS_TK",
            "NO_BPJS_KETENAGAKERJAAN", "NOMOR_PESERTA", "NO_PESERTA",
        ),
        "employee_no": (
            "NO_PEGAWAI", "NOMOR_PEGAWAI", "ID_PEGAWAI", "NO_KARYAWAN", "NOMOR_KARYAWAN", "ID_KARYAWAN", "NIP",
            "EMPLOYEE_NO", "EMPLOYEE_NUMBER", "EMPLOYEE_ID", "EMPLOYEE",
        ),
        "worker_code": ("KODE_TK", "KODE_TENAGA_KERJA"),
        "name": (
            "NAMA_LENGKAP", "NAMA_TENAGA_KERJA", "NAMA_PEKERJA", "NAMA_PEGAWAI", "NAMA_KARYAWAN", "NAMA", "FULL_NAME",
            "EMPLOYEE_NAME", "NAME",
        ),
        "birth_on": ("TANGGAL_LAHIR", "TGL_LAHIR", "BIRTH_DATE", "BIRTHDATE", "DATE_OF_BIRTH"),
        "wage": (
            "UPAH", "UPAH_DILAPORKAN", "UPAH_SEBULAN", "UPAH_BULANAN", "GAJI", "GAJI_POKOK", "WAGE", "BASIC_SALARY",
            "SALARY",
        ),
        "back_pay": ("RAPEL", "UPAH_RAPEL", "RAPELAN"),
        "period": ("BLTH", "BULAN_TAHUN", "BULAN_UPAH", "PERIODE", "PERIOD"),
        "npp": ("NPP", "NO_NPP", "NOMOR_NPP"),
        OURS: ("PERBAIKI",),
    },
    needed={"wage": ("wage",), "identifier": ("kpj", "nik", "employee_no", "worker_code")},
    content=("nik", "kpj", "employee_no", "worker_code", "name", "wage", "back_pay"),
    identifiers=("nik", "kpj", "employee_no", "worker_code"),
    totals=("nik", "kpj", "employee_no", "worker_code", "name"),
    numbers_as_text=("nik", "kpj"),
)  # fmt: skip
LAYOUTS: Final = {WAGE_REPORT.kind: WAGE_REPORT}


@dataclass(frozen=True)
class Headings:
    """A row of headings: its place (from 0), the column (from 0) of every known field, all texts by column."""

    row: int
    columns: Mapping[str, int]
    texts: Mapping[int, str]
    twice: frozenset[str] = field(default=frozenset())

    @property
    def score(self) -> int:
        return len(self.columns)


def normal_heading(text: str) -> str:
    """``Tgl. Lahir *`` and ``TglLahir`` as ``TGL_LAHIR``: upper case, no accents, no brackets, ``_`` between words."""
    text = _IN_BRACKETS.sub(" ", text)
    text = _WORD_STARTS.sub("_", text)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return _NOT_WORD.sub("_", plain).strip("_")


def find_headings(rows: Sequence[Sequence[str | None]], layout: Layout) -> Headings:
    """The row, among the first ten, with the most known headings; the first of equals. Its score may be 0."""
    found = [_headings(number, row, layout) for number, row in enumerate(rows[:HEADING_ROWS])]
    return max(found, key=lambda headings: headings.score, default=Headings(0, {}, {}))


def _headings(number: int, row: Sequence[str | None], layout: Layout) -> Headings:
    texts = {
        column: " ".join(text.split())[:_MOST_HEADING_CHARACTERS]
        for column, text in enumerate(row)
        if text is not None and text.strip()
    }
    by_name: dict[str, list[int]] = {}
    for column, text in texts.items():
        by_name.setdefault(normal_heading(text), []).append(column)
    columns, twice = {}, set()
    for name, aliases in layout.fields.items():
        alias = next((alias for alias in aliases if alias in by_name), None)
        if alias is not None:
            columns[name] = by_name[alias][0]
            if len(by_name[alias]) > 1 and name != OURS:
                twice.add(name)
    return Headings(number, columns, texts, frozenset(twice))


def check_headings(headings: Headings, layout: Layout) -> None:
    """Raise ``Refused`` unless these headings tell everything that this kind of file needs."""
    missing = [name for name, group in layout.needed.items() if not any(f in headings.columns for f in group)]
    if len(missing) == len(layout.needed):
        raise Refused("no_headings")
    if missing:
        raise Refused(f"no_{missing[0]}_heading", row=headings.row + 1)
    for name in headings.twice:
        raise Refused("heading_twice", heading=layout.fields[name][0], row=headings.row + 1)


def column_letter(column: int) -> str:
    """``0`` as ``A``, ``26`` as ``AA``: the name a spreadsheet gives a column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """``A`` as ``0``: the other way round."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
