"""What can be wrong with a row about somebody who works on a construction project."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lindung.uploads.faults.texts import Texts

PROJECT_FAULTS: Final[Mapping[str, Texts]] = {
    "other_project": Texts(
        _("Nomor proyek di baris ini bukan proyek yang Anda pilih."),
        _("Perbaiki nomornya, atau kirim berkas ini di halaman proyeknya."),
        field="project",
    ),
    "wage_and_day_wage": Texts(
        _("Upah sebulan dan upah harian terisi dua-duanya."), _("Isi salah satu saja."), field="wage"
    ),
    "same_name_no_nik": Texts(
        _("Nama ini juga ada di baris %(other_row)s, dan NIK-nya kosong."),
        _("Isi NIK keduanya. Bila orangnya sama, hapus salah satu baris."),
        "warning",
        "name",
    ),
    "no_nik": Texts(
        _("NIK kosong. Pekerja ini hanya dikenal dari namanya."), _("Isi NIK bila Anda tahu."), "note", "nik"
    ),
    "nik_remembered": Texts(
        _("NIK kosong. Kami pakai NIK dari daftar sebelumnya, karena namanya sama."),
        _("Bila bukan orang yang sama, isi NIK-nya."),
        "note",
        "nik",
    ),
}  # fmt: skip
