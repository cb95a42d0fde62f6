"""What can be wrong with names, dates and addresses, whoever they belong to.

Those of names and dates stand in more than one field: who finds one says in which.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lindung.uploads.faults.texts import Texts

PEOPLE_FAULTS: Final[Mapping[str, Texts]] = {
    "name_missing": Texts(_("Nama kosong."), _("Tulis nama lengkap sesuai KTP."), field="name"),
    "name_empty": Texts(_("Nama ini tidak berisi huruf."), _("Tulis nama lengkap sesuai KTP."), field="name"),
    "name_emoji": Texts(
        _("Nama tidak boleh memakai emoji."), _("Hapus emojinya, sisakan namanya."), field="name"
    ),
    "name_foreign_letter": Texts(
        _("Ada huruf yang bukan huruf Latin pada nama: %(marked)s."),
        _("Ketik ulang huruf di dalam kurung siku."),
        field="name",
    ),
    "name_signs": Texts(
        _("Ada tanda yang tidak bisa ada pada nama: %(marked)s."),
        _("Hapus tanda di dalam kurung siku."),
        field="name",
    ),
    "name_long": Texts(
        _("Nama lebih dari 200 huruf."), _("Tulis nama lengkap saja, tanpa keterangan lain."), field="name"
    ),
    "name_test": Texts(
        _("Nama ini seperti isian percobaan."), _("Benar? Bila bukan orang, hapus barisnya."), "warning", "name"
    ),
    "name_digits": Texts(
        _("Ada angka pada nama."), _("Periksa KTP. Bila memang begitu, biarkan saja."), "warning", "name"
    ),
    "name_unusual": Texts(
        _("Ada tanda yang jarang ada pada nama: %(marked)s."),
        _("Periksa KTP. Bila memang begitu, biarkan saja."),
        "warning",
        "name",
    ),
    "date_missing": Texts(_("Tanggal kosong."), _("Tulis seperti 02-03-1990."), field="birth_on"),
    "date_unreadable": Texts(_("Tanggal ini tidak terbaca."), _("Tulis seperti 02-03-1990."), field="birth_on"),
    "date_no_such_day": Texts(
        _("Bulan %(month)s tidak punya tanggal %(day)s."), _("Periksa tanggalnya."), field="birth_on"
    ),
    "date_other_calendar": Texts(
        _("Tahun ini bukan tahun Masehi."), _("Tulis tahun Masehi, contoh 1990."), field="birth_on"
    ),
    "date_incomplete": Texts(
        _("Tanggal ini tidak lengkap."), _("Tulis tanggal, bulan, dan tahun, seperti 02-03-1990."), field="birth_on"
    ),
    "date_read_as": Texts(
        _("Kami membaca tanggal ini sebagai %(read_on)s."),
        _("Benar? Bila salah, tulis seperti 02-03-1990."),
        "warning",
        "birth_on",
    ),
    "phone_unreadable": Texts(
        _("Nomor HP ini tidak terbaca."), _("Tulis seperti 081234567890, atau kosongkan."), field="phone"
    ),
    "phone_two": Texts(_("Ada dua nomor HP."), _("Tulis satu nomor saja."), field="phone"),
    "phone_length": Texts(
        _("Nomor HP biasanya 10-13 angka. Anda menulis %(count)s angka."),
        _("Periksa nomornya, atau kosongkan."),
        field="phone",
    ),
    "phone_not_mobile": Texts(
        _("Nomor ini bukan nomor HP."), _("Tulis nomor HP pekerja, atau kosongkan."), field="phone"
    ),
    "phone_landline": Texts(
        _("Ini nomor telepon rumah. Pesan tidak bisa sampai ke sana."),
        _("Tulis nomor HP pekerja bila ada."),
        "warning",
        "phone",
    ),
    "phone_foreign": Texts(
        _("Nomor HP ini dari luar Indonesia."), _("Benar? Bila salah, tulis seperti 081234567890."), "warning", "phone"
    ),
    "phone_shared": Texts(
        _("Nomor HP ini dipakai %(count)s pekerja."), _("Tulis nomor HP pekerja sendiri bila ada."), "warning", "phone"
    ),
    "email_unreadable": Texts(
        _("Alamat e-mail ini tidak bisa dipakai."), _("Tulis seperti nama@contoh.example, atau kosongkan."),
        field="email",
    ),
    "email_two": Texts(_("Ada dua alamat e-mail."), _("Tulis satu alamat saja."), field="email"),
    "email_typo": Texts(
        _("Maksud Anda @%(meant)s?"), _("Periksa ejaan alamat e-mailnya."), "warning", "email"
    ),
    "email_throwaway": Texts(
        _("Alamat e-mail ini hanya sementara."), _("Tulis alamat yang dipakai pekerja sehari-hari."), "warning", "email"
    ),
    "email_shared": Texts(
        _("Alamat e-mail ini dipakai %(count)s pekerja."),
        _("Tulis alamat e-mail pekerja sendiri bila ada."),
        "warning",
        "email",
    ),
    "too_long": Texts(
        _("Isi sel ini lebih dari %(most)s huruf."), _("Persingkat isinya."), field="address"
    ),
}  # fmt: skip
