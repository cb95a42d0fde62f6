"""The words about money that a bank or a slip told us of: to officers, and to the firm where it is over or lacks."""

from datetime import date
from operator import index

from django.utils.formats import date_format
from django.utils.translation import gettext

from lindung.contact.words import Params, Words, rupiah


def credit_mail(params: Params, has_link: bool) -> Words:
    """Money came that no bill asked for: paid twice, or too much."""
    facts = {"employer": str(params["employer"]), "amount": rupiah(index(params["rupiah"]))}
    return Words(
        gettext("%(employer)s: %(amount)s menjadi saldo perusahaan") % facts,
        [
            gettext("Uang yang masuk lebih banyak daripada tagihannya, atau dibayar dua kali."),
            gettext("Kelebihannya %(amount)s kami simpan sebagai saldo %(employer)s.") % facts,
            gettext("Pilihannya ada pada Anda: biarkan, maka saldo itu membayar tagihan berikutnya."),
            gettext("Atau minta dikembalikan ke rekening perusahaan, di halaman Saldo perusahaan."),
        ],
        [gettext("Bukan uang Anda? Telepon 175.")],
        gettext("Buka meja perusahaan"),
    )


def credit_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    facts = {"amount": rupiah(index(params["rupiah"]))}
    return gettext("Lindung: %(amount)s lebih bayar menjadi saldo perusahaan Anda. Bisa diminta kembali.") % facts


PART_PARAMS = ("employer", "rupiah", "left_rupiah", "paid_on")


def part_mail(params: Params, has_link: bool) -> Words:
    """An officer booked money that pays less than its bills ask for."""
    facts = {
        "employer": str(params["employer"]),
        "amount": rupiah(index(params["rupiah"])),
        "left": rupiah(index(params["left_rupiah"])),
        "day": date_format(date.fromisoformat(params["paid_on"]), "j F Y"),
    }
    return Words(
        gettext("%(employer)s: tagihan iuran masih kurang %(left)s") % facts,
        [
            gettext("Uang %(amount)s tanggal %(day)s sudah kami catat untuk %(employer)s.") % facts,
            gettext("Tagihan untuk uang itu masih kurang %(left)s, sudah dengan denda kalau ada.") % facts,
            gettext("Nomor virtual account-nya berganti. Nomor untuk sisanya ada di halaman Tagihan."),
        ],
        [gettext("Bukan uang Anda? Telepon 175.")],
        gettext("Buka meja perusahaan"),
    )


def part_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    facts = {"amount": rupiah(index(params["rupiah"])), "left": rupiah(index(params["left_rupiah"]))}
    return (
        gettext("Lindung: %(amount)s dicatat, tagihan Anda kurang %(left)s. Nomor VA baru di halaman Tagihan.") % facts
    )


def clash_mail(params: Params, has_link: bool) -> Words:
    """One reference, two contents."""
    facts = {"bank": str(params["bank"])}
    return Words(
        gettext("%(bank)s memberi satu nomor acuan dua isi") % facts,
        [
            gettext("%(bank)s memakai nomor acuan pembayaran yang sama untuk isi yang lain.") % facts,
            gettext("Yang kedua kami tolak. Tidak ada yang dicatat."),
            gettext("Tanyakan kepada bank, lalu cocokkan dengan rekening korannya."),
        ],
        [gettext("Kabar ini dikirim sekali sehari untuk setiap bank.")],
        gettext("Buka Lindung"),
    )


def clash_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    return gettext("Lindung: satu bank memberi satu nomor acuan dua isi. Periksa halaman Rekening koran.")
