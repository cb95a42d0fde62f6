"""The words about money that a bank told us of: to officers, and to the firm whose money is over."""

from operator import index

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
