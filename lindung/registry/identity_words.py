"""What the civil registry's answer means in words: for the firm that sent the worker, and for the worker.

Deceased, twice recorded and switched off read the same: whoever types a number must not learn that its owner is dead.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Words:
    """Why a row stands where it stands, what mends it, whom to ask, and what the worker himself is told.

    In the active language; ``cure`` and ``ask`` are empty where there is nothing to do.
    """

    reason: str
    cure: str
    ask: str
    for_worker: str


FIELDS: Final[Mapping[str, Text]] = {
    "nik": _("NIK"),
    "name": _("nama"),
    "birth_on": _("tanggal lahir"),
    "sex": _("jenis kelamin"),
    "birth_place": _("tempat lahir"),
    "mother_name": _("nama ibu kandung"),
}
"""What can differ from the civil registry's data, as it stands inside a sentence."""

_OFFICE: Final = _("Dinas Dukcapil tempat KTP dibuat, dengan KTP dan KK.")
_WORKER_OR_OFFICE: Final = _("Pekerja itu. Bila data sudah sama dengan KTP: Dinas Dukcapil tempat KTP dibuat.")
_NOTHING_TO_DO: Final = _("Anda tidak perlu berbuat apa-apa; kami coba lagi.")
_HELP: Final = _("Layanan 175.")
_SHOW_CARD: Final = _("Data dari perusahaan belum sama dengan KTP Anda. Perlihatkan KTP Anda ke bagian personalia.")
_BEING_CHECKED: Final = _("Data Anda sedang dicocokkan dengan Dukcapil. Anda tidak perlu berbuat apa-apa.")
_DONE: Final = _("Data Anda sudah cocok dengan Dukcapil.")

_GO_THERE: Final[tuple[Text, Text, Text, Text]] = (
    _("Dukcapil meminta data NIK ini diperiksa dahulu."),
    _("Cocokkan NIK dengan KTP. Bila sudah sama, pekerja perlu datang ke Dinas Dukcapil. Sesudah itu kirim lagi."),
    _OFFICE,
    _("Data kependudukan Anda perlu diperiksa. Datang ke Dinas Dukcapil dengan KTP dan KK."),
)
_WORDS: Final[Mapping[str, tuple[Text, Text, Text, Text]]] = {
    "": (
        _("Menunggu dicocokkan dengan Dukcapil."),
        _("Anda tidak perlu berbuat apa-apa."),
        "",
        _BEING_CHECKED,
    ),
    "match": (_("Cocok dengan data Dukcapil."), "", "", _DONE),
    "known": (_("Pekerja ini sudah terdaftar dan tetap memakai kartunya."), "", "", _DONE),
    "partial": (
        _("Hampir sama dengan data Dukcapil. Yang berbeda: %(fields)s."),
        _("Tulis persis seperti di KTP, lalu kirim lagi."),
        _WORKER_OR_OFFICE,
        _SHOW_CARD,
    ),
    "mismatch": (
        _("Berbeda dengan data Dukcapil: %(fields)s."),
        _("Cocokkan dengan KTP pekerja, perbaiki, lalu kirim lagi."),
        _WORKER_OR_OFFICE,
        _SHOW_CARD,
    ),
    "not_found": (
        _("NIK ini tidak ditemukan di Dukcapil."),
        _("Cocokkan 16 angka NIK dengan KTP, perbaiki, lalu kirim lagi."),
        _WORKER_OR_OFFICE,
        _SHOW_CARD,
    ),
    "invalid": (
        _("Susunan angka NIK ini tidak dikenal Dukcapil."),
        _("Cocokkan 16 angka NIK dengan KTP, perbaiki, lalu kirim lagi."),
        _WORKER_OR_OFFICE,
        _SHOW_CARD,
    ),
    "deceased": _GO_THERE,
    "duplicate": _GO_THERE,
    "inactive": _GO_THERE,
    "unavailable_quota": (
        _("Jatah pemeriksaan ke Dukcapil untuk hari ini habis. Kami lanjutkan besok."),
        _("Anda tidak perlu berbuat apa-apa."),
        _HELP,
        _BEING_CHECKED,
    ),
    "unavailable_hours": (
        _("Dukcapil sedang tutup. Kami lanjutkan saat buka."),
        _("Anda tidak perlu berbuat apa-apa."),
        _HELP,
        _BEING_CHECKED,
    ),
    "unavailable_outage": (_("Dukcapil belum menjawab."), _NOTHING_TO_DO, _HELP, _BEING_CHECKED),
    "unavailable_shape": (_("Jawaban Dukcapil belum bisa kami pakai."), _NOTHING_TO_DO, _HELP, _BEING_CHECKED),
    "unavailable_config": (_("Sambungan kami ke Dukcapil sedang diperiksa."), _NOTHING_TO_DO, _HELP, _BEING_CHECKED),
}
# What is not the civil registry's to say: two of our own rules, with words of their own.
_OF_OURS: Final[Mapping[str, tuple[Text, Text, Text, Text]]] = {
    "kpj": (
        _("Nomor KPJ ini belum bisa dipasangkan dengan data pekerja."),
        _("Cocokkan nomor KPJ, NIK, nama, dan tanggal lahir dengan kartu dan KTP pekerja, lalu kirim lagi."),
        _("Pekerja itu. Bila semua sudah sama: Layanan 175."),
        _("Nomor KPJ dari perusahaan belum cocok. Perlihatkan kartu dan KTP Anda ke bagian personalia."),
    ),
    "from_on": (
        _("Tanggal mulai kerja masih di dalam masa kerja yang sudah tercatat di perusahaan ini."),
        _("Perbaiki tanggal mulai kerja, atau tarik baris ini bila pekerja tidak pernah keluar."),
        _HELP,
        _("Tanggal mulai kerja Anda sedang diperiksa perusahaan."),
    ),
}


def words_of(outcome: str, differing: Collection[str]) -> Words:
    """The words for an enrolment's ``outcome`` and the fields that differ, both as they are stored.

    Raises ``KeyError`` for an outcome that there is not.
    """
    lines = _WORDS[outcome]
    own = [_OF_OURS[field] for field in differing if field in _OF_OURS]
    fields = ", ".join(str(FIELDS[field]) for field in differing if field in FIELDS)
    if own and not fields:
        lines = own.pop(0)
    reasons, cures = [str(lines[0]) % {"fields": fields}], [str(lines[1])]
    if "birth_place" in differing:
        cures.append(gettext("Bila tempat lahir sudah sama dengan KTP, kosongkan saja."))
    reasons += [str(more[0]) for more in own]
    cures += [str(more[1]) for more in own]
    return Words(" ".join(reasons), " ".join(filter(None, cures)), str(lines[2]), str(lines[3]))
