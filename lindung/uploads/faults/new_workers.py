"""What can be wrong with a row about somebody who is to work in the firm, with a card or without one."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lindung.uploads.faults.texts import Texts

NEW_WORKER_FAULTS: Final[Mapping[str, Texts]] = {
    "mother_missing": Texts(
        _("Nama ibu kandung kosong."), _("Isi bila tahu, agar Dukcapil mudah mencocokkan."), "warning", "mother_name"
    ),
    "mother_same": Texts(
        _("Nama ibu kandung sama dengan nama pekerja."), _("Periksa KK pekerja."), "warning", "mother_name"
    ),
    "sex_missing": Texts(_("Jenis kelamin kosong."), _("Tulis L atau P."), field="sex"),
    "sex_unread": Texts(_("Jenis kelamin ini tidak terbaca."), _("Tulis L atau P."), field="sex"),
    "married_missing": Texts(
        _("Status kawin kosong."), _("Tulis Y bila kawin, atau T bila tidak."), field="married"
    ),
    "married_unread": Texts(
        _("Status kawin ini tidak terbaca."), _("Tulis Y bila kawin, atau T bila tidak."), field="married"
    ),
    "contract_missing": Texts(_("Status pegawai kosong."), _("Tulis PKWT atau PKWTT."), field="contract"),
    "contract_unread": Texts(_("Status pegawai ini tidak terbaca."), _("Tulis PKWT atau PKWTT."), field="contract"),
    "blood_unread": Texts(
        _("Golongan darah ini tidak terbaca, jadi tidak kami simpan."),
        _("Tulis A, B, AB, atau O, atau kosongkan."),
        "warning",
        "blood",
    ),
    "npwp_unread": Texts(
        _("NPWP bukan 15 atau 16 angka, jadi tidak kami simpan."), _("Periksa NPWP, atau kosongkan."), "warning", "npwp"
    ),
    "postal_unread": Texts(
        _("Kode pos bukan 5 angka, jadi tidak kami simpan."), _("Periksa kode pos, atau kosongkan."), "warning",
        "postal_code",
    ),
    "birth_future": Texts(_("Tanggal lahir belum terjadi."), _("Periksa tahun lahirnya."), field="birth_on"),
    "birth_estimated": Texts(
        _("Tanggal lahirnya tidak lengkap. Kami memakai yang ada di NIK, %(read_on)s."),
        _("Benar? Bila salah, tulis tanggal lahir sesuai KTP."),
        "warning",
        "birth_on",
    ),
    "child": Texts(
        _("Pekerja belum berumur 15 tahun pada hari pertama kerja, %(from_on)s."),
        _("Periksa tanggal lahir dan hari pertama kerjanya."),
        field="birth_on",
    ),
    "birth_long_ago": Texts(
        _("Pekerja ini berumur lebih dari 100 tahun."), _("Benar? Bila salah, periksa tahun lahirnya."), "warning",
        "birth_on",
    ),
    "starts_far_ahead": Texts(
        _("Hari pertama kerja, %(from_on)s, masih lebih dari 31 hari lagi."),
        _("Periksa tahunnya, atau kirim lagi mendekati hari itu."),
        field="from_on",
    ),
    "starts_later": Texts(
        _("Hari pertama kerja, %(from_on)s, belum tiba."), _("Benar? Bila salah, periksa tanggalnya."), "warning",
        "from_on",
    ),
    "contract_before_start": Texts(
        _("Kontrak berakhir %(last_on)s, sebelum hari pertama kerja %(from_on)s."),
        _("Periksa kedua tanggalnya."),
        field="contract_until_on",
    ),
    "contract_end_missing": Texts(
        _("Akhir kontrak PKWT kosong."), _("Isi tanggal akhir kontraknya."), "warning", "contract_until_on"
    ),
    "contract_end_unneeded": Texts(
        _("PKWTT tidak punya akhir kontrak, jadi tanggalnya tidak kami simpan."),
        _("Periksa status pegawainya."),
        "warning",
        "contract_until_on",
    ),
    "contract_over": Texts(
        _("Kontrak ini sudah berakhir %(last_on)s."), _("Bila ia masih bekerja, isi akhir kontrak yang baru."),
        "warning", "contract_until_on",
    ),
    "wage_small": Texts(
        _("Upah ini %(wage_rupiah)s, kurang dari Rp500.000."), _("Benar? Bila salah, periksa jumlah nolnya."),
        "warning", "wage",
    ),
    "wage_large": Texts(
        _("Upah ini %(wage_rupiah)s, lebih dari Rp500.000.000."), _("Benar? Bila salah, periksa jumlah nolnya."),
        "warning", "wage",
    ),
    "no_contact": Texts(
        _("HP dan e-mail kosong, jadi pekerja tidak menerima pesan dari kami."),
        _("Isi salah satunya bila ada."),
        "warning",
        "phone",
    ),
    "same_nik": Texts(
        _("NIK ini juga ada di baris %(other_row)s."), _("Hapus salah satu baris."), field="nik"
    ),
    "same_nik_other_name": Texts(
        _("NIK ini juga ada di baris %(other_row)s dengan nama lain."),
        _("Periksa KTP keduanya. Nomor KK bukan NIK."),
        field="nik",
    ),
    "same_person_other_nik": Texts(
        _("Nama dan tanggal lahir ini juga ada di baris %(other_row)s dengan NIK lain."),
        _("Benar dua orang? Bila bukan, hapus salah satu baris."),
        "warning",
        "name",
    ),
    "same_employee_no": Texts(
        _("Nomor pegawai ini juga ada di baris %(other_row)s."), _("Periksa nomor pegawai keduanya."), "warning",
        "employee_no",
    ),
    "works_here": Texts(
        _("Pekerja ini sudah bekerja di perusahaan Anda, dengan KPJ %(kpj)s."),
        _("Hapus baris ini. Untuk mengubah datanya, kirim berkas koreksi."),
    ),
    "waits_here": Texts(
        _("Pekerja ini sudah Anda kirim dan masih kami cocokkan."),
        _("Baris ini menggantikan yang lama. Hapus bila tidak ada yang berubah."),
        "warning",
    ),
    "left_here": Texts(
        _("Menurut laporan Anda ia bekerja di sini sampai %(last_on)s."),
        _("Tulis hari pertama kerja sesudah hari itu."),
        field="from_on",
    ),
    "kpj_unfit": Texts(
        _("KPJ dan NIK ini tidak cocok. Pekerja kami cari dari NIK."), _("Periksa KPJ, atau kosongkan."), "warning",
        "kpj",
    ),
    "kpj_missing": Texts(
        _("KPJ kosong."), _("Isi nomor di kartu pekerja. Tanpa kartu, kirim sebagai pekerja baru."), field="kpj"
    ),
    "kpj_form": Texts(
        _("Nomor KPJ terdiri dari 8 sampai 13 angka."), _("Tulis nomornya sesuai kartu pekerja."), field="kpj"
    ),
    "kpj_is_nik": Texts(
        _("Ini seperti NIK, bukan nomor KPJ."),
        _("Isi nomor di kartu pekerja. Tanpa kartu, kirim sebagai pekerja baru."),
        field="kpj",
    ),
    "kpj_slip": Texts(
        _("Nomor KPJ ini mungkin salah ketik."), _("Tulis nomornya sesuai kartu pekerja."), field="kpj"
    ),
    "kpj_no_match": Texts(
        _("Nomor KPJ ini belum bisa dipakai. Nomor, nama, atau tanggal lahirnya tidak cocok."),
        _("Periksa kartu pekerja. Tanpa kartu, kirim sebagai pekerja baru."),
        field="kpj",
    ),
    "same_kpj": Texts(
        _("KPJ ini juga ada di baris %(other_row)s."), _("Hapus salah satu baris."), field="kpj"
    ),
    "registered_late": Texts(
        _("%(count)s pekerja didaftarkan lebih dari 30 hari sejak hari pertama kerja."),
        _("Daftarkan pekerja baru dalam 30 hari (PP 45/2015 Pasal 4)."),
        "note",
    ),
    "columns_missing": Texts(
        _("Kolom %(headings)s tidak ada, jadi tidak kami catat."),
        _("Tambahkan kolomnya bila datanya ada."),
        "warning",
    ),
}  # fmt: skip
