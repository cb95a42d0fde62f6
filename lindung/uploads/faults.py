"""Everything that can be wrong with a file, by code: what is wrong, and how to mend it.

A parameter's name says how it is written: ``..._rupiah`` as an amount, ``..._on`` as a date, ``month`` as a month;
anything else as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Severity = Literal["error", "warning", "note"]
"""An error stops the file; a warning is confirmed with it; a note is told."""

_Text = str | Promise


@dataclass(frozen=True, slots=True)
class Texts:
    """Why, and what to do; for a fault in a row also its severity and the field it stands in ("" is the whole row)."""

    reason: _Text
    cure: _Text
    severity: Severity = "error"
    field: str = ""


REFUSALS: Final[Mapping[str, Texts]] = {
    "empty_file": Texts(_("Berkas ini kosong."), _("Isi berkas, simpan, lalu kirim lagi.")),
    "too_big": Texts(
        _("Berkas lebih besar dari 25 MB."), _("Hapus gambar dan lembar yang tidak perlu, lalu kirim lagi.")
    ),
    "wrong_type": Texts(
        _("Berkas ini bukan Excel (.xlsx), ODS atau CSV."), _("Buka berkas di Excel, simpan ulang sebagai .xlsx.")
    ),
    "name_and_type": Texts(
        _("Isi berkas tidak sama dengan jenis di akhir namanya."),
        _("Buka berkas di Excel, simpan ulang sebagai .xlsx. Jangan hanya mengganti nama."),
    ),
    "password": Texts(_("Berkas memakai kata sandi."), _("Simpan tanpa kata sandi, lalu kirim lagi.")),
    "unsafe": Texts(
        _("Berkas ditolak karena tidak aman dibuka."), _("Salin datanya ke berkas baru dari templat, lalu kirim lagi.")
    ),
    "cannot_be_read": Texts(
        _("Berkas tidak bisa dibaca dengan aman. Mungkin rusak."),
        _("Salin datanya ke berkas baru dari templat, lalu kirim lagi."),
    ),
    "quotes": Texts(
        _("Tanda kutip tidak ditutup, mulai baris %(row)s."), _("Simpan ulang sebagai .xlsx, lalu kirim lagi.")
    ),
    "too_many_rows": Texts(
        _("Berkas berisi lebih dari 100.000 baris."), _("Hapus baris yang bukan pekerja, lalu kirim lagi.")
    ),
    "too_many_columns": Texts(
        _("Kolom di berkas ini terlalu banyak."), _("Salin kolom yang perlu ke templat, lalu kirim lagi.")
    ),
    "no_headings": Texts(
        _("Judul kolom tidak ditemukan di 10 baris pertama."),
        _("Tulis judul kolom seperti di templat, misalnya KPJ, NIK dan UPAH."),
    ),
    "no_wage_heading": Texts(
        _("Kolom UPAH tidak ada di baris judul, yaitu baris %(row)s."), _("Tambahkan kolom dengan judul UPAH.")
    ),
    "no_identifier_heading": Texts(
        _("Kolom KPJ, NIK atau NO_PEGAWAI tidak ada di baris %(row)s."),
        _("Tambahkan kolom KPJ atau NIK, agar pekerja bisa dikenali."),
    ),
    "heading_twice": Texts(
        _("Judul %(heading)s ada dua kali di baris %(row)s."), _("Hapus atau ganti nama salah satu kolomnya.")
    ),
    "no_rows": Texts(_("Berkas hanya berisi judul, tanpa pekerja."), _("Isi satu baris untuk setiap pekerja.")),
    "nobody_to_bill": Texts(
        _("Tidak ada pekerja di berkas yang bekerja pada bulan ini."),
        _("Pilih bulan lain, atau periksa daftar pekerja."),
    ),
    "month_future": Texts(
        _("%(month)s belum tiba."), _("Pilih bulan ini atau bulan yang sudah lewat.")
    ),
    "month_before_employer": Texts(
        _("Perusahaan Anda baru terdaftar sejak %(since_on)s."), _("Pilih bulan sejak perusahaan terdaftar.")
    ),
    "month_too_old": Texts(
        _("%(month)s sudah lebih dari 60 bulan lalu."), _("Hubungi kantor cabang untuk melaporkan bulan ini.")
    ),
    "already_billed": Texts(
        _("Iuran %(month)s sudah ditagih dengan nomor %(number)s."),
        _("Buka tagihan itu. Untuk mengubah upah, hubungi kantor cabang."),
    ),
    "our_fault": Texts(
        _("Kami gagal memeriksa berkas ini. Ini kesalahan kami."), _("Kirim lagi berkas yang sama beberapa saat lagi.")
    ),
}  # fmt: skip

FAULTS: Final[Mapping[str, Texts]] = {
    "wage_missing": Texts(_("Upah kosong."), _("Isi upah sebulan, contoh 4500000."), field="wage"),
    "wage_zero": Texts(_("Upah nol."), _("Isi upah sebulan. Hapus baris bila tidak ada upah."), field="wage"),
    "wage_negative": Texts(_("Upah kurang dari nol."), _("Tulis upah tanpa tanda minus."), field="wage"),
    "wage_fraction": Texts(_("Upah bukan rupiah bulat."), _("Bulatkan upah ke rupiah, tanpa sen."), field="wage"),
    "wage_ambiguous": Texts(
        _("Upah ini bisa berarti dua jumlah."), _("Tulis angka penuh, contoh 4500000."), field="wage"
    ),
    "wage_unreadable": Texts(_("Upah ini bukan angka."), _("Tulis angka penuh, contoh 4500000."), field="wage"),
    "wage_too_large": Texts(
        _("Upah lebih dari Rp1.000.000.000.000."), _("Periksa jumlah nolnya."), field="wage"
    ),
    "error_cell": Texts(_("Sel ini berisi kesalahan rumus Excel."), _("Ganti rumus dengan nilainya.")),
    "unvalued_formula": Texts(
        _("Hasil rumus di sel ini tidak tersimpan."), _("Buka di Excel, simpan lagi, atau ganti dengan nilainya.")
    ),
    "quotes": Texts(_("Tanda kutip di baris ini tidak ditutup."), _("Hapus tanda kutip di baris ini.")),
    "overlong_line": Texts(
        _("Baris ini berisi lebih banyak sel daripada judul."),
        _("Tulis upah tanpa pemisah ribuan, contoh 4500000."),
    ),
    "no_identifier": Texts(
        _("KPJ, NIK dan nomor pegawai kosong."), _("Isi KPJ atau NIK. Hapus baris yang bukan pekerja.")
    ),
    "nik_form": Texts(_("NIK bukan 16 angka."), _("Tulis 16 angka sesuai KTP, atau isi KPJ."), field="nik"),
    "nik_lost_digit": Texts(
        _("Angka terakhir NIK hilang di Excel."),
        _("Ubah kolom NIK menjadi Teks, ketik ulang NIK, atau isi KPJ."),
        field="nik",
    ),
    "not_your_worker": Texts(
        _("Bukan pekerja Anda pada bulan ini."),
        _("Periksa KPJ dan NIK. Daftarkan dulu pekerja baru."),
    ),
    "kpj_nik_differ": Texts(
        _("KPJ %(kpj)s dan NIK %(nik)s bukan orang yang sama."),
        _("Periksa keduanya, atau kosongkan yang tidak pasti."),
        field="kpj",
    ),
    "same_worker": Texts(
        _("Pekerja ini juga ada di baris %(other_row)s."), _("Hapus salah satu baris.")
    ),
    "other_month": Texts(
        _("BLTH di baris ini %(month)s, bukan bulan yang Anda pilih."),
        _("Perbaiki BLTH, atau pilih bulan yang benar."),
        field="period",
    ),
    "month_unreadable": Texts(_("BLTH ini bukan bulan."), _("Tulis seperti 10/2026."), field="period"),
    "other_npp": Texts(
        _("NPP ini bukan NPP perusahaan Anda."), _("Perbaiki NPP, atau kirim berkas yang benar."), field="npp"
    ),
    "back_pay": Texts(
        _("Rapel dilaporkan di berkas bulan asalnya."), _("Kosongkan kolom RAPEL."), field="back_pay"
    ),
    "nik_form_passed": Texts(
        _("NIK bukan 16 angka. Pekerja dikenali dari KPJ."), _("Perbaiki NIK di data Anda."), "warning", "nik"
    ),
    "nik_lost_digit_passed": Texts(
        _("Angka terakhir NIK hilang di Excel. Pekerja dikenali dari KPJ."),
        _("Ubah kolom NIK menjadi Teks."),
        "warning",
        "nik",
    ),
    "kpj_not_used": Texts(
        _("KPJ ini bukan kartu pekerja Anda. Pekerja dikenali dari NIK atau nomor pegawai."),
        _("Periksa KPJ."),
        "warning",
        "kpj",
    ),
    "name_differs": Texts(
        _("Nama di berkas berbeda dari nama terdaftar, %(registered)s."),
        _("Periksa apakah ini orang yang sama."),
        "warning",
        "name",
    ),
    "birth_differs": Texts(
        _("Tanggal lahir di berkas berbeda dari yang terdaftar, %(registered_on)s."),
        _("Periksa apakah ini orang yang sama."),
        "warning",
        "birth_on",
    ),
    "birth_unreadable": Texts(
        _("Tanggal lahir ini tidak terbaca."), _("Tulis seperti 02-03-1990."), "warning", "birth_on"
    ),
    "left_before": Texts(
        _("Pekerja ini keluar %(left_on)s, jadi tidak ditagih."),
        _("Bila ia masih bekerja, perbaiki dulu tanggal keluarnya."),
        "warning",
    ),
    "wage_rose": Texts(
        _("Upah naik dari %(before_rupiah)s menjadi %(after_rupiah)s."),
        _("Benar? Bila salah, periksa jumlah nolnya."),
        "warning",
        "wage",
    ),
    "wage_fell": Texts(
        _("Upah turun dari %(before_rupiah)s menjadi %(after_rupiah)s."),
        _("Benar? Bila salah, periksa jumlah nolnya."),
        "warning",
        "wage",
    ),
    "hidden_rows": Texts(
        _("%(count)s baris tersembunyi ikut dibaca."), _("Benar? Bila tidak, hapus baris itu."), "warning"
    ),
    "formulas": Texts(
        _("Berkas memakai rumus. Kami membaca hasil yang tersimpan."), _("Periksa jumlah upah di bawah."), "warning"
    ),
    "links": Texts(
        _("Berkas menunjuk ke berkas lain. Kami tidak membukanya."), _("Periksa jumlah upah di bawah."), "warning"
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


def describe(texts: Texts, params: Mapping[str, int | str]) -> tuple[str, str]:
    """(reason, cure) in the active language with the parameters filled in."""
    shown = {name: _shown(name, value) for name, value in params.items()}
    return str(texts.reason) % shown if shown else str(texts.reason), str(texts.cure)


def _shown(name: str, value: int | str) -> str:
    if name.endswith("_rupiah"):
        return f"Rp{number_format(value, decimal_pos=0, force_grouping=True)}"
    if name.endswith("_on"):
        return date_format(date.fromisoformat(str(value)), "j F Y")
    if name == "month":
        return date_format(date.fromisoformat(str(value)), "F Y")
    return str(value)
