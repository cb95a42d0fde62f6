"""What can be wrong with a file or a cell, whatever it is about."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lindung.uploads.faults.texts import Texts

FILE_FAULTS: Final[Mapping[str, Texts]] = {
    "error_cell": Texts(_("Sel ini berisi kesalahan rumus Excel."), _("Ganti rumus dengan nilainya.")),
    "unvalued_formula": Texts(
        _("Hasil rumus di sel ini tidak tersimpan."), _("Buka di Excel, simpan lagi, atau ganti dengan nilainya.")
    ),
    "quotes": Texts(_("Tanda kutip di baris ini tidak ditutup."), _("Hapus tanda kutip di baris ini.")),
    "overlong_line": Texts(
        _("Baris ini berisi lebih banyak sel daripada judul."),
        _("Tulis upah tanpa pemisah ribuan, contoh 4500000."),
    ),
    "hidden_rows": Texts(
        _("%(count)s baris tersembunyi ikut dibaca."), _("Benar? Bila tidak, hapus baris itu."), "warning"
    ),
    "formulas": Texts(
        _("Berkas memakai rumus. Kami membaca hasil yang tersimpan."), _("Periksa hasilnya di bawah."), "warning"
    ),
    "links": Texts(
        _("Berkas menunjuk ke berkas lain. Kami tidak membukanya."), _("Periksa hasilnya di bawah."), "warning"
    ),
    "macros": Texts(_("Berkas berisi makro. Kami tidak menjalankannya."), _("Simpan tanpa makro."), "warning"),
    "merged_cells": Texts(
        _("Berkas memakai sel gabungan. Hanya sel kiri atas yang berisi nilai."),
        _("Periksa baris yang digabung."),
        "note",
    ),
    "other_sheets": Texts(
        _("Kami membaca lembar %(sheet)s saja."), _("Pindahkan data ke satu lembar bila ada yang terlewat."), "note"
    ),
    "total_rows": Texts(_("%(count)s baris jumlah dilewati."), _("Tidak ada yang perlu diubah."), "note"),
}  # fmt: skip
