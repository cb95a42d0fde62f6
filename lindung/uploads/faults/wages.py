"""What can be wrong with the month, the firm and the wage in a row."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lindung.uploads.faults.texts import Texts

WAGE_FAULTS: Final[Mapping[str, Texts]] = {
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
        _("Rapel %(amount_rupiah)s milik bulan lain, jadi tidak ditagih di bulan ini."),
        _("Sesudah ini, sebut bulan asalnya. Iurannya kami hitung untuk bulan itu."),
        "warning",
        "back_pay",
    ),
    "back_pay_unreadable": Texts(
        _("Rapel ini bukan angka yang jelas."), _("Tulis angka penuh, contoh 500000, atau kosongkan."), field="back_pay"
    ),
    "month_missing": Texts(_("BLTH kosong."), _("Tulis bulan upahnya, seperti 10/2026."), field="period"),
    "month_not_billed": Texts(
        _("%(month)s belum ditagih, jadi belum ada yang dikoreksi."),
        _("Laporkan upahnya lewat Lapor upah, atau perbaiki BLTH."),
        field="period",
    ),
    "month_partly_paid": Texts(
        _("Tagihan %(month)s baru dibayar sebagian."),
        _("Lunasi dulu tagihan itu, lalu kirim lagi baris ini."),
        field="period",
    ),
    "same_worker_month": Texts(
        _("Pekerja dan bulan ini juga ada di baris %(other_row)s."), _("Hapus salah satu baris.")
    ),
    "wage_and_back_pay": Texts(
        _("UPAH dan RAPEL terisi di baris yang sama."),
        _("Isi salah satu: upah yang benar, atau tambahannya saja sebagai rapel."),
        field="back_pay",
    ),
    "back_pay_without_wage": Texts(
        _("Rapel untuk bulan yang upahnya belum ditagih."),
        _("Tulis upah bulan itu di kolom UPAH."),
        field="back_pay",
    ),
    "right_wage_rises": Texts(
        _("Upah %(month)s naik dari %(before_rupiah)s menjadi %(after_rupiah)s."),
        _("Benar? Bila salah, periksa jumlah nolnya."),
        "warning",
        "wage",
    ),
    "right_wage_falls": Texts(
        _("Upah %(month)s turun dari %(before_rupiah)s menjadi %(after_rupiah)s."),
        _("Benar? Bila salah, periksa jumlah nolnya."),
        "warning",
        "wage",
    ),
    "wage_withdrawn": Texts(
        _("Upah %(month)s menjadi nol. Bulan itu tidak lagi tercatat sebagai bulan kerja."),
        _("Benar ia tidak bekerja di bulan itu? Bila salah, tulis upahnya."),
        "warning",
        "wage",
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
}  # fmt: skip
