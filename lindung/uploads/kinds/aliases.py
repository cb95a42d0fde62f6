"""What the columns of employers' files are called: every field's headings, best first, in normal form.

Sources of the names: the scheme's own templates, older ones too, and what payroll programs export.
"""

from collections.abc import Mapping
from typing import Final

from lindung.uploads.layouts import OURS

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "nik": (
        "NIK", "NIK_KTP", "NO_NIK", "NOMOR_NIK", "NO_KTP", "NOMOR_KTP", "KTP", "NOMOR_IDENTITAS", "NO_IDENTITAS",
    ),
    "kpj": (
        "KPJ", "NO_KPJ", "NOMOR_KPJ", "NOKPJ", "NOMOR_IDENTITAS_KPJ", "NO_BPJS_TK", "NO_BPJSTK", "NOMOR_BPJS_TK",
        "NO_BPJS_KETENAGAKERJAAN", "NOMOR_PESERTA", "NO_PESERTA",
    ),
    "employee_no": (
        "NO_PEGAWAI", "NOMOR_PEGAWAI", "ID_PEGAWAI", "NO_KARYAWAN", "NOMOR_KARYAWAN", "ID_KARYAWAN", "NIP",
        "EMPLOYEE_NO", "EMPLOYEE_NUMBER", "EMPLOYEE_ID", "EMPLOYEE",
    ),
    "worker_code": ("KODE_TK", "KODE_TENAGA_KERJA"),
    "name": (
        "NAMA_LENGKAP", "NAMA_TENAGA_KERJA", "NAMA_PEKERJA", "NAMA_PEGAWAI", "NAMA_KARYAWAN", "NAMA", "FULL_NAME",
        "EMPLOYEE_NAME", "NAME",
    ),
    "birth_on": ("TANGGAL_LAHIR", "TGL_LAHIR", "BIRTH_DATE", "BIRTHDATE", "DATE_OF_BIRTH"),
    "wage": (
        "UPAH", "UPAH_DILAPORKAN", "UPAH_SEBULAN", "UPAH_BULANAN", "GAJI", "GAJI_POKOK", "WAGE", "BASIC_SALARY",
        "SALARY",
    ),
    "day_wage": (
        "UPAH_HARIAN", "UPAH_SEHARI", "UPAH_PER_HARI", "GAJI_HARIAN", "GAJI_PER_HARI", "DAILY_WAGE", "DAILY_RATE",
    ),
    "project": (
        "NOMOR_PROYEK", "NO_PROYEK", "KODE_PROYEK", "PROYEK", "PROJECT_NUMBER", "PROJECT_NO", "PROJECT_CODE",
    ),
    "back_pay": ("RAPEL", "UPAH_RAPEL", "RAPELAN"),
    "period": ("BLTH", "BULAN_TAHUN", "BULAN_UPAH", "PERIODE", "PERIOD"),
    "npp": ("NPP", "NO_NPP", "NOMOR_NPP"),
    "first_name": ("NAMA_DEPAN", "FIRST_NAME"),
    "middle_name": ("NAMA_TENGAH", "MIDDLE_NAME"),
    "last_name": ("NAMA_BELAKANG", "LAST_NAME"),
    "title": ("GELAR",),
    "home_area": ("TELEPON_AREA_RUMAH",),
    "home_phone": ("TELEPON_RUMAH",),
    "office_area": ("TELEPON_AREA_KANTOR",),
    "office_phone": ("TELEPON_KANTOR",),
    "office_extension": ("TELEPON_EXT_KANTOR",),
    "phone": (
        "HP", "NO_HP", "NOMOR_HP", "HANDPHONE", "NO_HANDPHONE", "NOMOR_HANDPHONE", "NO_TELEPON", "NOMOR_TELEPON",
        "NO_TELP", "TELEPON", "TELP", "NO_WA", "WHATSAPP", "PHONE", "PHONE_NUMBER", "MOBILE", "MOBILE_PHONE",
    ),
    "email": ("EMAIL", "E_MAIL", "ALAMAT_EMAIL", "SUREL", "EMAIL_ADDRESS"),
    "birth_place": ("TEMPAT_LAHIR", "KOTA_LAHIR", "BIRTH_PLACE", "PLACE_OF_BIRTH"),
    "mother_name": ("NAMA_IBU_KANDUNG", "IBU_KANDUNG", "NAMA_IBU", "MOTHER_NAME", "MOTHERS_NAME"),
    "identity_kind": ("JENIS_IDENTITAS", "TIPE_IDENTITAS", "JENIS_ID", "IDENTITY_TYPE"),
    "identity_until": ("MASA_LAKU_IDENTITAS",),
    "sex": ("JENIS_KELAMIN", "KELAMIN", "JNS_KELAMIN", "JK", "L_P", "GENDER", "SEX"),
    "letters_to": ("SURAT_MENYURAT_KE",),
    "member_on": ("TANGGAL_KEPESERTAAN",),
    "married": (
        "STATUS_KAWIN", "STATUS_PERKAWINAN", "STATUS_PERNIKAHAN", "STATUS_NIKAH", "STATUS_MENIKAH", "MARITAL_STATUS",
    ),
    "blood": ("GOLONGAN_DARAH", "GOL_DARAH", "BLOOD_TYPE", "BLOOD_GROUP"),
    "npwp": ("NPWP", "NO_NPWP", "NOMOR_NPWP"),
    "country": ("KODE_NEGARA", "NEGARA", "KEWARGANEGARAAN", "WARGA_NEGARA", "COUNTRY", "NATIONALITY"),
    "address": (
        "ALAMAT", "ALAMAT_LENGKAP_DOMISILI", "ALAMAT_DOMISILI", "ALAMAT_LENGKAP", "ALAMAT_RUMAH", "ALAMAT_TINGGAL",
        "ADDRESS",
    ),
    "postal_code": ("KODE_POS", "KODEPOS", "POSTAL_CODE", "ZIP_CODE"),
    "location": ("LOKASI_PEKERJAAN", "LOKASI_KERJA", "KODE_LOKASI", "LOKASI", "WORK_LOCATION"),
    "contract": (
        "STATUS_PEGAWAI", "STATUS_KARYAWAN", "STATUS_PEKERJA", "STATUS_KONTRAK", "JENIS_KONTRAK", "CONTRACT_TYPE",
        "EMPLOYMENT_STATUS",
    ),
    "from_on": (
        "TGL_AWAL_BEKERJA", "TANGGAL_AWAL_BEKERJA", "TGL_MULAI_BEKERJA", "TANGGAL_MULAI_BEKERJA", "TGL_MULAI_KERJA",
        "TANGGAL_MULAI_KERJA", "MULAI_BEKERJA", "TGL_MASUK", "TANGGAL_MASUK", "TGL_MASUK_KERJA", "TANGGAL_MASUK_KERJA",
        "JOIN_DATE", "START_DATE", "HIRE_DATE", "DATE_OF_JOINING",
    ),
    "contract_until_on": (
        "TGL_AKHIR_KONTRAK", "TANGGAL_AKHIR_KONTRAK", "AKHIR_KONTRAK", "TGL_HABIS_KONTRAK", "TANGGAL_HABIS_KONTRAK",
        "CONTRACT_END_DATE", "END_DATE",
    ),
    "cause": ("SEBAB_NA", "SEBAB_NONAKTIF", "SEBAB_KELUAR", "SEBAB", "ALASAN_KELUAR", "ALASAN_NONAKTIF", "ALASAN"),
    "event_on": (
        "TGL_KEJADIAN", "TANGGAL_KEJADIAN", "TGL_KELUAR", "TANGGAL_KELUAR", "TGL_BERHENTI", "TANGGAL_BERHENTI",
        "TGL_NONAKTIF", "TANGGAL_NONAKTIF", "HARI_TERAKHIR_KERJA", "LAST_WORKING_DAY", "RESIGN_DATE", "LAST_DAY",
    ),
    "bank_account": ("NOMOR_REKENING", "NO_REKENING"),
    "bank_name": ("NAMA_BANK",),
    "bank_code": ("KODE_BANK",),
    "account_name": ("NAMA_REKENING",),
}  # fmt: skip


def columns(*names: str) -> dict[str, tuple[str, ...]]:
    """The headings of some fields, and of the column of reasons in a file that comes back."""
    return {**{name: ALIASES[name] for name in names}, OURS: ("PERBAIKI",)}
