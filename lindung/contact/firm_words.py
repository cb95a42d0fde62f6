"""The words to a firm about what it sent us."""

from django.utils.translation import gettext

from lindung.contact.words import Params, Words


def returned_mail(params: Params, has_link: bool) -> Words:
    """A paper was given back. Which one, and why, stands behind the firm's own door."""
    facts = {"employer": str(params["employer"])}
    return Words(
        gettext("%(employer)s: satu dokumen perlu dikirim lagi") % facts,
        [
            gettext("Petugas sudah memeriksa dokumen %(employer)s. Satu belum bisa diterima.") % facts,
            gettext("Alasannya ada di halaman Perusahaan. Perbaiki, lalu kirim lagi di sana."),
        ],
        [gettext("Iuran dan data pekerja tetap berjalan.")],
        gettext("Buka meja perusahaan"),
    )


def returned_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    return gettext("Lindung: satu dokumen perusahaan perlu dikirim lagi. Alasannya ada di halaman Perusahaan.")
