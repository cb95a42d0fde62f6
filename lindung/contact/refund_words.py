"""The words to a firm about credit that it asked back. Where to, and why not, stands behind the firm's own door."""

from operator import index
from typing import Final

from django.utils.translation import gettext

from lindung.contact.words import Params, Words, rupiah

PARAMS: Final = ("employer", "rupiah", "number")


def asked_mail(params: Params, has_link: bool) -> Words:
    """Somebody of the firm asked; everybody there hears it, also who did not ask."""
    return Words(
        gettext("%(employer)s: pengembalian saldo %(amount)s diminta") % _facts(params),
        [
            gettext("Seorang pengguna %(employer)s meminta saldo %(amount)s dikembalikan.") % _facts(params),
            gettext("Nomor permintaannya %(number)s. Dua petugas memeriksanya sebelum uangnya dikirim.")
            % _facts(params),
        ],
        [gettext("Tidak meminta ini? Tarik permintaannya di halaman Saldo perusahaan, atau segera telepon 175.")],
        gettext("Buka meja perusahaan"),
    )


def asked_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    return gettext(
        "Lindung: pengembalian saldo %(amount)s diminta. Bukan Anda? Telepon 175, sebut %(number)s."
    ) % _facts(params)


def sent_mail(params: Params, has_link: bool) -> Words:
    """The transfer is recorded."""
    return Words(
        gettext("%(employer)s: %(amount)s sudah kami kirim") % _facts(params),
        [
            gettext("Saldo %(amount)s yang diminta kembali oleh %(employer)s sudah kami transfer.") % _facts(params),
            gettext("Nomor permintaannya %(number)s. Nomor transfernya ada di halaman Saldo perusahaan.")
            % _facts(params),
        ],
        [gettext("Belum masuk setelah dua hari kerja? Telepon 175 dan sebutkan nomornya.")],
        gettext("Buka meja perusahaan"),
    )


def sent_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    return gettext("Lindung: pengembalian saldo %(amount)s sudah kami transfer, nomor %(number)s.") % _facts(params)


def refused_mail(params: Params, has_link: bool) -> Words:
    """Two officers said no; the money is credit again."""
    return Words(
        gettext("%(employer)s: pengembalian saldo belum bisa kami penuhi") % _facts(params),
        [
            gettext("Permintaan %(number)s atas %(amount)s belum bisa kami penuhi.") % _facts(params),
            gettext("Uangnya sudah kembali menjadi saldo %(employer)s.") % _facts(params),
            gettext("Alasannya ada di halaman Saldo perusahaan."),
        ],
        [gettext("Tidak setuju dengan alasannya? Telepon 175 dan sebutkan nomornya.")],
        gettext("Buka meja perusahaan"),
    )


def refused_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    return gettext(
        "Lindung: permintaan %(number)s belum bisa dipenuhi. Alasannya di halaman Saldo perusahaan."
    ) % _facts(params)


def returned_mail(params: Params, has_link: bool) -> Words:
    """The bank gave the money back to us; it is credit again."""
    return Words(
        gettext("%(employer)s: transfer %(amount)s kembali kepada kami") % _facts(params),
        [
            gettext("Bank mengembalikan transfer %(amount)s untuk permintaan %(number)s.") % _facts(params),
            gettext("Uangnya sudah kembali menjadi saldo %(employer)s. Tidak ada yang hilang.") % _facts(params),
            gettext("Alasannya ada di halaman Saldo perusahaan. Minta lagi dengan rekening lain di sana."),
        ],
        [gettext("Butuh bantuan? Telepon 175 dan sebutkan nomornya.")],
        gettext("Buka meja perusahaan"),
    )


def returned_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    return gettext(
        "Lindung: transfer %(number)s kembali dari bank dan menjadi saldo lagi. Minta dengan rekening lain."
    ) % (_facts(params))


def _facts(params: Params) -> dict[str, str]:
    return {
        "employer": str(params["employer"]),
        "amount": rupiah(index(params["rupiah"])),
        "number": str(params["number"]),
    }
