"""What can be wrong with a new worker's NIK by its looks alone."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lindung.uploads.faults.texts import Texts

NIK_FAULTS: Final[Mapping[str, Texts]] = {
    "nik_missing": Texts(_("NIK kosong."), _("Isi 16 angka NIK sesuai KTP pekerja."), field="nik"),
    "nik_retype": Texts(
        _("Angka terakhir NIK hilang di Excel."), _("Ubah kolom NIK menjadi Teks, lalu ketik ulang NIK."), field="nik"
    ),
    "nik_letters": Texts(
        _("Ada huruf di NIK. Maksud Anda %(meant)s?"), _("Tulis 16 angka sesuai KTP pekerja."), field="nik"
    ),
    "nik_not_number": Texts(_("NIK berisi selain angka."), _("Tulis 16 angka sesuai KTP pekerja."), field="nik"),
    "nik_length": Texts(
        _("NIK harus 16 angka. Anda menulis %(count)s angka."), _("Tulis 16 angka sesuai KTP pekerja."), field="nik"
    ),
    "nik_is_kpj": Texts(
        _("Ini seperti nomor KPJ, bukan NIK."), _("Pindahkan ke kolom KPJ, lalu isi NIK sesuai KTP."), field="nik"
    ),
    "nik_example": Texts(_("NIK ini contoh."), _("Tulis NIK di KTP pekerja."), field="nik"),
    "nik_unknown": Texts(
        _("NIK ini tidak dikenal, karena empat angka terakhirnya nol."), _("Periksa KTP pekerja."), field="nik"
    ),
    "nik_province": Texts(_("Empat angka pertama NIK tidak dikenal."), _("Periksa KTP pekerja."), field="nik"),
    "nik_day": Texts(
        _("Angka ke-7 dan ke-8 NIK tidak sesuai tanggal."),
        _("Periksa KTP pekerja. Nomor KK bukan NIK."),
        field="nik",
    ),
    "nik_month": Texts(
        _("Angka ke-9 dan ke-10 NIK tidak sesuai bulan."),
        _("Periksa KTP pekerja. Nomor KK bukan NIK."),
        field="nik",
    ),
    "passport": Texts(
        _("Pekerja dengan paspor belum bisa didaftarkan lewat berkas."),
        _("Hapus baris ini, lalu hubungi kantor cabang dengan paspor dan izin kerjanya."),
        field="nik",
    ),
    "identity_unread": Texts(
        _("Jenis identitas ini tidak kami kenal. Kami membacanya sebagai KTP."),
        _("Tulis KTP atau PASPOR."),
        "warning",
        "identity_kind",
    ),
    "nik_day_rare": Texts(
        _("Tanggal di dalam NIK tidak ada di kalender."),
        _("Periksa KTP. Bila memang begitu, biarkan saja."),
        "warning",
        "nik",
    ),
    "nik_district": Texts(
        _("Kode daerah di NIK tidak kami kenal."),
        _("Periksa KTP. Bila memang begitu, biarkan saja."),
        "warning",
        "nik",
    ),
    "nik_sex_differs": Texts(
        _("NIK dan jenis kelamin tidak sejalan."),
        _("Periksa KTP. Bila memang begitu, biarkan saja; Dukcapil yang menjawab."),
        "warning",
        "nik",
    ),
    "nik_birth_differs": Texts(
        _("NIK dan tanggal lahir tidak sejalan."),
        _("Periksa KTP. Bila memang begitu, biarkan saja; Dukcapil yang menjawab."),
        "warning",
        "nik",
    ),
    "nik_is_family_card": Texts(
        _("NIK ini mungkin nomor KK."), _("Periksa KTP pekerja. Nomor KK bukan NIK."), "warning", "nik"
    ),
}  # fmt: skip
