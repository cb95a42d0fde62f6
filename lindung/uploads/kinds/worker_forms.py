"""The columns of the forms for new workers and for those who have a card: what to write in each, with an example.

Headings and order are those of the scheme's own forms. Examples are invented.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from lindung.uploads.kinds.forms import PLACES, FormColumn

_DAY = _("Tulis hari, bulan, tahun, seperti 02-03-1990.")
_NAME = _("Nama lengkap sesuai KTP. Satu kata boleh. Gelar boleh.")
_WAGE = _("Upah sebulan dalam rupiah, tanpa titik dan koma.")
_PLACE = _("Kode dari lembar Lokasi Pekerjaan. Boleh kosong bila hanya ada satu lokasi.")
_CONTRACT = _("PKWT untuk kontrak, PKWTT untuk tetap.")
_CONTRACT_END = _("Hari terakhir kontrak, hanya untuk PKWT.")
_NUMBER = _("Nomor pegawai di perusahaan Anda.")
_START = _("Hari pertama kerja.")

_EMPLOYEE_NO = FormColumn("NO_PEGAWAI", how=_NUMBER, example="K-0001", width=14)
_FULL_NAME = FormColumn("NAMA_LENGKAP", needed=True, how=_NAME, example="Siti Contoh", width=32)
_WAGE_COLUMN = FormColumn("UPAH", needed=True, how=_WAGE, example="4500000", width=14)
_LOCATION = FormColumn("LOKASI_PEKERJAAN", how=_PLACE, example="PUSAT", choices=PLACES)
_STATUS = FormColumn("STATUS_PEGAWAI", needed=True, how=_CONTRACT, example="PKWT", choices=("PKWT", "PKWTT"))
_FIRST_DAY = FormColumn("TGL_AWAL_BEKERJA", needed=True, how=_START, example="01-11-2026")
_LAST_DAY = FormColumn("TGL_AKHIR_KONTRAK", how=_CONTRACT_END, example="31-10-2027")

NEW_WORKERS_FORM: Final = (
    _EMPLOYEE_NO,
    _FULL_NAME,
    FormColumn("GELAR", how=_("Boleh kosong."), example="S.Kom.", width=10),
    FormColumn("TELEPON_AREA_RUMAH", how=_("Boleh kosong."), example="021"),
    FormColumn("TELEPON_RUMAH", how=_("Boleh kosong."), example="5550100"),
    FormColumn("TELEPON_AREA_KANTOR", how=_("Boleh kosong."), example="021"),
    FormColumn("TELEPON_KANTOR", how=_("Boleh kosong."), example="5550100"),
    FormColumn("TELEPON_EXT_KANTOR", how=_("Boleh kosong."), example="12"),
    FormColumn("HP", how=_("Nomor HP pekerja sendiri. KPJ dan tautannya kami kirim ke sana."), example="080012345678"),
    FormColumn("EMAIL", how=_("Alamat e-mail pekerja sendiri, bila ada."), example="siti@contoh.example", width=28),
    FormColumn("TEMPAT_LAHIR", how=_("Kota atau kabupaten."), example="Bandung"),
    FormColumn("TANGGAL_LAHIR", needed=True, how=_DAY, example="02-03-1990", width=14),
    FormColumn("NAMA_IBU_KANDUNG", how=_("Isi bila tahu, agar Dukcapil mudah mencocokkan."), example="Ibu Contoh"),
    FormColumn(
        "JENIS_IDENTITAS", how=_("KTP. Pekerja dengan paspor didaftarkan di kantor cabang."), example="KTP",
        choices=("KTP", "PASPOR"),
    ),
    FormColumn(
        "NOMOR_IDENTITAS", needed=True, how=_("NIK, 16 angka sesuai KTP. Biarkan sel sebagai Teks."),
        example="9910014203900001", width=22,
    ),
    FormColumn("MASA_LAKU_IDENTITAS", how=_("Boleh kosong."), example=""),
    FormColumn("JENIS_KELAMIN", needed=True, how=_("L atau P."), example="P", choices=("L", "P"), width=14),
    FormColumn("SURAT_MENYURAT_KE", how=_("Boleh kosong. E untuk e-mail."), example="E"),
    FormColumn("TANGGAL_KEPESERTAAN", how=_("Boleh kosong."), example=""),
    FormColumn("STATUS_KAWIN", needed=True, how=_("Y bila kawin, T bila tidak."), example="T", choices=("Y", "T")),
    FormColumn("GOLONGAN_DARAH", how=_("Boleh kosong."), example="O", choices=("A", "B", "AB", "O")),
    FormColumn("NPWP", how=_("15 atau 16 angka. Boleh kosong."), example="", width=22),
    FormColumn("KODE_NEGARA", how=_("ID untuk warga negara Indonesia."), example="ID", width=14),
    _WAGE_COLUMN,
    FormColumn("ALAMAT", how=_("Tempat tinggal sekarang."), example="Jalan Contoh 1", width=40),
    FormColumn("KODE_POS", how=_("5 angka. Boleh kosong."), example="40111", width=10),
    _LOCATION,
    _STATUS,
    _FIRST_DAY,
    _LAST_DAY,
)  # fmt: skip
CONTINUING_WORKERS_FORM: Final = (
    FormColumn("NOMOR_IDENTITAS_KPJ", needed=True, how=_("Nomor di kartu pekerja."), example="90012345678", width=22),
    _EMPLOYEE_NO,
    _FULL_NAME,
    FormColumn("TGL_LAHIR", needed=True, how=_DAY, example="02-03-1990", width=14),
    _WAGE_COLUMN,
    _LOCATION,
    _STATUS,
    _FIRST_DAY,
    _LAST_DAY,
)
