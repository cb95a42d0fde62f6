"""The kinds of file: what each is for, what it needs, and where it is sent."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.channels.shared.components import Link
from lindung.channels.shared.formats import month_name
from lindung.registry.queries import EmployerFacts
from lindung.uploads.queries import UploadView

WAGES: Final = "wage_report"
WAGE_CORRECTION: Final = "wage_correction"
PROJECT_WAGES: Final = "project_wages"
WORKER_KINDS: Final = ("new_workers", "continuing_workers", "exits", "corrections", WAGE_CORRECTION)
ENROLLING: Final = ("new_workers", "continuing_workers")


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind in words. ``needs`` is one paragraph; ``hints`` are what most can skip."""

    code: str
    title: str
    needs: str
    hints: tuple[str, ...]
    template_name: str


def file_kinds() -> dict[str, FileKind]:
    """Code -> kind, in the order in which they are offered."""
    kinds = (
        FileKind(
            "new_workers",
            _("Pekerja baru"),
            _("Belum pernah punya KPJ, atau tidak tahu nomornya. Perlu KTP: NIK, nama, tanggal lahir, jenis kelamin."),
            (
                _("NIK kami cocokkan dengan Dukcapil. KPJ terbit setelah cocok."),
                _("Siapa yang ternyata sudah punya kartu tetap memakai kartunya."),
                _("Yang wajib: nama, NIK, tanggal lahir, jenis kelamin, upah, dan hari pertama kerja."),
                _("Isi HP atau e-mail pekerja. Ke sanalah kami mengirim KPJ-nya."),
            ),
            "data_tk_baru",
        ),
        FileKind(
            "continuing_workers",
            _("Pekerja yang sudah punya KPJ"),
            _("Pindah dari perusahaan lain dan membawa kartunya. Perlu nomor KPJ, nama, dan tanggal lahir."),
            (
                _("Nomor KPJ, nama, dan tanggal lahir harus milik orang yang sama."),
                _("Kartunya tidak ada? Kirim sebagai pekerja baru. NIK-nya kami kenali."),
            ),
            "data_tk_lanjutan",
        ),
        FileKind(
            "exits",
            _("Pekerja keluar"),
            _("Berhenti bekerja di sini. Perlu KPJ, nama, tanggal lahir, sebab, dan hari kerja terakhir."),
            (
                _("Laporkan paling lambat 7 hari kerja sesudah hari kerja terakhir."),
                _("Klaim pekerja nanti memakai hari dan sebab ini. Periksa keduanya."),
                _("Kematian bulan ini tidak lewat berkas. Kantor cabang membantu ahli warisnya."),
            ),
            "data_tk_na",
        ),
        FileKind(
            "corrections",
            _("Koreksi data"),
            _("Nomor HP, e-mail, alamat, lokasi kerja, atau nomor pegawai yang berubah. Isi yang berubah saja."),
            (
                _("Nama, NIK, dan tanggal lahir tidak diubah lewat berkas ini."),
                _("Pekerja yang punya akun mengubah kontaknya sendiri. Kami mengabarinya."),
                _("Upah bulan yang sudah ditagih: kirim Koreksi upah."),
            ),
            "update_data_tk",
        ),
        FileKind(
            WAGE_CORRECTION,
            _("Koreksi upah"),
            _("Upah yang salah di bulan yang sudah ditagih, atau rapelnya. Satu berkas untuk banyak bulan."),
            (
                _("Satu baris untuk satu pekerja di satu bulan. Tulis bulannya di kolom BLTH."),
                _("Kolom UPAH berisi upah yang benar. Atau isi kolom RAPEL dengan tambahannya saja."),
                _("Yang sudah benar biarkan kosong. Barisnya kami lewati."),
                _("Kekurangan ditagih untuk bulannya sendiri. Kelebihan menjadi saldo perusahaan."),
            ),
            "koreksi_upah",
        ),
    )
    return {kind.code: kind for kind in kinds}


def kind_or_404(code: str) -> FileKind:
    found = file_kinds().get(code)
    if found is None:
        raise Http404
    return found


def sent_from(firm: EmployerFacts, found: UploadView) -> Link:
    """The page on which a file of this kind is sent, and what to call it."""
    if found.kind == WAGES:
        address = reverse("employer:wage-table" if found.typed else "employer:wages", args=[firm.id])
        return Link(_("Lapor upah"), f"{address}?month={found.period:%Y-%m}")
    if found.kind == PROJECT_WAGES:
        address = reverse(
            "employer:project-list", args=[firm.id, found.project_id, found.period.year, found.period.month]
        )
        return Link(_("Daftar upah %(month)s") % {"month": month_name(found.period)}, address)
    return Link(file_kinds()[found.kind].title, reverse("employer:worker-file", args=[firm.id, found.kind]))


def menu_of(found: UploadView) -> str:
    """The page of the main menu to which a file belongs, as the name of its address."""
    return {WAGES: "employer:wages", PROJECT_WAGES: "employer:projects"}.get(found.kind, "employer:workers")
