"""What can be wrong with a row about somebody who works in the firm."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lindung.uploads.faults.texts import Texts

OWN_WORKER_FAULTS: Final[Mapping[str, Texts]] = {
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
}  # fmt: skip
