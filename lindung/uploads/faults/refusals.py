"""Why a whole file cannot be taken, by code."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lindung.uploads.faults.texts import Texts

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
    "no_name_heading": Texts(
        _("Kolom nama tidak ada di baris judul, yaitu baris %(row)s."), _("Tambahkan kolom NAMA_LENGKAP.")
    ),
    "no_nik_heading": Texts(
        _("Kolom NIK tidak ada di baris judul, yaitu baris %(row)s."), _("Tambahkan kolom NOMOR_IDENTITAS atau NIK.")
    ),
    "no_kpj_heading": Texts(
        _("Kolom KPJ tidak ada di baris judul, yaitu baris %(row)s."), _("Tambahkan kolom KPJ.")
    ),
    "no_birth_heading": Texts(
        _("Kolom tanggal lahir tidak ada di baris judul, yaitu baris %(row)s."), _("Tambahkan kolom TANGGAL_LAHIR.")
    ),
    "no_sex_heading": Texts(
        _("Kolom jenis kelamin tidak ada di baris judul, yaitu baris %(row)s."), _("Tambahkan kolom JENIS_KELAMIN.")
    ),
    "no_start_heading": Texts(
        _("Kolom hari pertama kerja tidak ada di baris judul, yaitu baris %(row)s."),
        _("Tambahkan kolom TGL_AWAL_BEKERJA."),
    ),
    "no_cause_heading": Texts(
        _("Kolom sebab keluar tidak ada di baris judul, yaitu baris %(row)s."), _("Tambahkan kolom SEBAB_NA.")
    ),
    "no_event_heading": Texts(
        _("Kolom hari keluar tidak ada di baris judul, yaitu baris %(row)s."), _("Tambahkan kolom TGL_KEJADIAN.")
    ),
    "no_change_heading": Texts(
        _("Tidak ada kolom yang bisa diubah di baris judul, yaitu baris %(row)s."),
        _("Pakai judul kolom seperti di templat koreksi."),
    ),
    "no_period_heading": Texts(
        _("Kolom BLTH tidak ada di baris judul, yaitu baris %(row)s."),
        _("Tambahkan kolom BLTH, agar jelas upah bulan mana yang dikoreksi."),
    ),
    "no_right_wage_heading": Texts(
        _("Kolom UPAH atau RAPEL tidak ada di baris judul, yaitu baris %(row)s."),
        _("Tambahkan kolom UPAH untuk upah yang benar, atau RAPEL untuk tambahannya."),
    ),
    "nothing_to_change": Texts(
        _("Tidak ada yang berubah di berkas ini."), _("Isi sel yang ingin diubah, lalu kirim lagi.")
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
        _("Buka tagihan itu. Upah yang salah diperbaiki lewat Koreksi upah."),
    ),
    "month_not_of_project": Texts(
        _("%(month)s bukan bulan proyek ini, atau belum tiba."), _("Pilih bulan lain di halaman proyeknya.")
    ),
    "our_fault": Texts(
        _("Kami gagal memeriksa berkas ini. Ini kesalahan kami."), _("Kirim lagi berkas yang sama beberapa saat lagi.")
    ),
}  # fmt: skip
