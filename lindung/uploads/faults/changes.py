"""What can be wrong with a row about somebody who leaves, or whose data change."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lindung.uploads.faults.texts import Texts

CHANGE_FAULTS: Final[Mapping[str, Texts]] = {
    "cause_missing": Texts(_("Sebab keluar kosong."), _("Pilih sebab dari daftar di templat."), field="cause"),
    "cause_unread": Texts(
        _("Sebab keluar ini tidak kami kenal."), _("Pilih sebab dari daftar di templat."), field="cause"
    ),
    "exit_future": Texts(
        _("Hari terakhir kerja, %(last_on)s, belum tiba."), _("Kirim lagi sesudah hari itu."), field="event_on"
    ),
    "exit_before_start": Texts(
        _("Keluar %(last_on)s, sebelum hari pertama kerja %(from_on)s."), _("Periksa tanggalnya."), field="event_on"
    ),
    "already_left": Texts(
        _("Sudah dilaporkan keluar, hari terakhirnya %(last_on)s."), _("Hapus baris ini.")
    ),
    "death_this_month": Texts(
        _("Kematian bulan ini dilaporkan lewat klaim ahli waris, bukan berkas ini."),
        _("Hapus baris ini. Kantor cabang membantu ahli waris."),
        field="cause",
    ),
    "billed_after": Texts(
        _("Iurannya sudah ditagih sampai %(month)s."), _("Benar sudah keluar? Bila salah, periksa tanggalnya."),
        "warning", "event_on",
    ),
    "reported_late": Texts(
        _("%(count)s pekerja dilaporkan lebih dari 7 hari kerja sesudah keluar."),
        _("Laporkan pekerja keluar dalam 7 hari kerja (PP 44/2015 Pasal 9)."),
        "note",
    ),
    "nothing_changed": Texts(
        _("Tidak ada yang berubah di baris ini."), _("Isi sel yang ingin diubah, atau biarkan saja."), "note"
    ),
    "bank_not_taken": Texts(
        _("Rekening di %(count)s baris tidak kami ambil."), _("Rekening hanya bisa diisi pekerja sendiri."), "warning"
    ),
}  # fmt: skip
