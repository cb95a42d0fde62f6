"""Complaints in words, the same for everybody who reads them; in the active language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise

KINDS: Final[dict[str, Text]] = {
    "wage_wrong": _("Upah yang dilaporkan tidak sama dengan upah sebenarnya"),
    "month_missing": _("Iuran bulan ini belum dibayar atau tidak dilaporkan"),
    "not_my_employer": _("Tidak bekerja di perusahaan ini pada bulan itu"),
    "exit_unreported": _("Sudah berhenti bekerja di perusahaan ini"),
}
"""What a member says of a month, or of his work."""

SHORT_KINDS: Final[dict[str, Text]] = {
    "wage_wrong": _("Upah tidak cocok"),
    "month_missing": _("Bulan belum ada"),
    "not_my_employer": _("Bukan tempat kerjanya"),
    "exit_unreported": _("Sudah berhenti"),
}

STATES: Final[dict[str, Text]] = {
    "with_firm": _("Menunggu jawaban perusahaan"),
    "answered": _("Dijawab, menunggu pekerja"),
    "with_agency": _("Ditangani petugas"),
    "ordered": _("Perusahaan harus membetulkan"),
    "settled": _("Beres"),
    "withdrawn": _("Ditarik kembali"),
    "closed": _("Diputus petugas"),
}

ANSWERS: Final[dict[str, Text]] = {
    "corrected": _("Sudah kami betulkan"),
    "explained": _("Sudah benar, ini penjelasannya"),
    "not_ours": _("Bukan pekerja kami pada bulan itu"),
    "reported": _("Sudah kami laporkan keluar"),
    "still_here": _("Masih bekerja di sini"),
    "other_day": _("Berhenti, tetapi pada hari lain"),
}
"""What a firm answers."""

MOVES: Final[dict[str, Text]] = {
    "open": _("Aduan dibuat"),
    "answer": _("Perusahaan menjawab"),
    "accept": _("Pekerja menyatakan beres"),
    "object": _("Pekerja menyatakan belum beres, diteruskan ke petugas"),
    "withdraw": _("Pekerja menarik aduan"),
    "order": _("Petugas meminta perusahaan membetulkan"),
    "close": _("Petugas memutus dan menutup aduan"),
    "end": _("Petugas mencatat pekerja keluar"),
    "run_out": _("Batas waktu perusahaan lewat tanpa jawaban, diteruskan ke petugas"),
    "lapse": _("Pekerja tidak berkata apa-apa, dianggap beres"),
}
"""What happened to a complaint."""

OWNERS: Final[dict[str, Text]] = {
    "firm": pgettext_lazy("yang harus bertindak", "Perusahaan"),
    "member": pgettext_lazy("yang harus bertindak", "Pekerja"),
    "agency": pgettext_lazy("yang harus bertindak", "Petugas"),
}
