"""The words to a firm of a month that is due, and to both of what became of a complaint."""

from datetime import date
from operator import index
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from lindung.contact.words import Params, Words, month_of, rupiah
from lindung.law.wording import article_text

DUE_PARAMS: Final = ("employer", "period", "due_on", "late", "billed", "amount_rupiah", "account", "rate", "article")

COMPLAINT_PARAMS: Final = ("number", "period", "employer", "due_on")
CLAIM_PARAMS: Final = ("number", "employer", "due_on")
END_PARAMS: Final = ("number", "employer", "last_on")


def due_mail(params: Params, has_link: bool) -> Words:
    """A month is due soon, or was: what, how much, by when, to which number, and what comes after."""
    facts = _due_facts(params)
    if params["late"]:
        subject = gettext("%(employer)s: iuran %(month)s belum dibayar") % facts
        first = gettext("Iuran %(month)s seharusnya dibayar paling lambat %(due)s.") % facts
        after = gettext("Dendanya %(rate)s dari iuran untuk setiap bulan yang dimulai (%(article)s).") % facts
    else:
        subject = gettext("%(employer)s: iuran %(month)s jatuh tempo %(due)s") % facts
        first = gettext("Iuran %(month)s harus dibayar paling lambat %(due)s.") % facts
        after = gettext("Lewat hari itu, dendanya %(rate)s untuk setiap bulan yang dimulai (%(article)s).") % facts
    if not params["billed"]:
        paying = gettext("Upahnya belum dilaporkan, jadi tagihannya belum ada. Laporkan upah dahulu.")
    elif params["account"]:
        paying = gettext("Bayar %(amount)s ke nomor virtual account %(account)s.") % facts
    else:
        paying = gettext("Sisanya %(amount)s. Minta nomor bayar baru di halaman tagihan.") % facts
    closing = [gettext("Sudah dibayar hari ini? Abaikan surat ini.")]
    return Words(subject, [first, paying, after], closing, gettext("Buka meja perusahaan"))


def due_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    facts = _due_facts(params)
    if params["late"]:
        return gettext("Lindung: iuran perusahaan %(month)s lewat batas %(due)s. Denda berjalan.") % facts
    return gettext("Lindung: iuran perusahaan %(month)s jatuh tempo %(due)s.") % facts


def _due_facts(params: Params) -> dict[str, str]:
    english = (get_language() or "").startswith("en")
    return {
        "employer": str(params["employer"]),
        "month": month_of(params["period"]),
        "due": _day(params["due_on"]),
        "amount": rupiah(index(params["amount_rupiah"] or 0)),
        "account": str(params["account"]),
        "rate": str(params["rate"]),
        "article": article_text(str(params["article"]), "en" if english else "id"),
    }


def complaint_mail(params: Params, has_link: bool) -> Words:
    """A firm answered."""
    facts = _facts(params)
    if facts["month"]:
        first = gettext("%(employer)s menjawab aduan Anda tentang bulan %(month)s.") % facts
    else:
        first = gettext("%(employer)s menjawab laporan Anda bahwa Anda sudah berhenti bekerja.") % facts
    return Words(
        gettext("Aduan %(number)s sudah dijawab") % facts,
        [
            first,
            gettext("Baca jawabannya di halaman Anda. Belum beres? Katakan di sana paling lambat %(due)s.") % facts,
            gettext("Kalau Anda tidak berkata apa-apa, aduan ini kami anggap beres."),
        ],
        [gettext("Ada pertanyaan? Telepon 175 dan sebut nomor aduan Anda.")],
        gettext("Baca jawabannya"),
    )


def complaint_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    text = gettext("Lindung: aduan %(number)s dijawab. Belum beres? Katakan paling lambat %(due)s.")
    return text % _facts(params)


def passed_on_mail(params: Params, has_link: bool) -> Words:
    """A firm was silent."""
    facts = {"number": str(params["number"]), "employer": str(params["employer"])}
    return Words(
        gettext("Aduan %(number)s sekarang di tangan kami") % facts,
        [
            gettext("%(employer)s tidak menjawab sampai batas waktunya.") % facts,
            gettext("Petugas kami yang meneruskan. Anda tidak perlu berbuat apa-apa."),
        ],
        [gettext("Ada pertanyaan? Telepon 175 dan sebut nomor aduan Anda.")],
        gettext("Lihat aduan Anda"),
    )


def passed_on_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    return gettext("Lindung: tempat kerja tidak menjawab aduan Anda. Petugas kami yang meneruskan.")


def decided_mail(params: Params, has_link: bool) -> Words:
    """An officer decided."""
    facts = _facts(params)
    if facts["month"]:
        first = gettext("Petugas kami sudah memeriksa aduan Anda tentang bulan %(month)s di %(employer)s.") % facts
    else:
        first = gettext("Petugas kami sudah memeriksa laporan Anda tentang berhenti bekerja di %(employer)s.") % facts
    return Words(
        gettext("Petugas sudah memutus aduan %(number)s") % facts,
        [
            first,
            gettext("Baca keputusan dan alasannya di halaman Anda."),
        ],
        [gettext("Ada pertanyaan? Telepon 175 dan sebut nomor aduan Anda.")],
        gettext("Baca keputusannya"),
    )


def decided_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    return gettext("Lindung: petugas sudah memutus aduan %(number)s. Baca di halaman Anda.") % _facts(params)


def claim_mail(params: Params, has_link: bool) -> Words:
    """Somebody says that he left a firm, and the firm never said so."""
    facts = {"number": str(params["number"]), "employer": str(params["employer"]), "due": _day(params["due_on"])}
    return Words(
        gettext("%(employer)s: seorang pekerja mengatakan sudah berhenti") % facts,
        [
            gettext("Ia belum dilaporkan keluar dari %(employer)s. Aduannya bernomor %(number)s.") % facts,
            gettext("Laporkan ia keluar, atau jelaskan mengapa tidak, paling lambat %(due)s.") % facts,
            gettext("Tanpa jawaban, petugas kami yang memutus. Petugas dapat mencatatnya keluar."),
        ],
        [gettext("Nama dan tulisannya ada di halaman aduan perusahaan Anda.")],
        gettext("Buka meja perusahaan"),
    )


def claim_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    text = gettext("Lindung: seorang pekerja mengatakan sudah berhenti dari perusahaan Anda. Batas jawab %(due)s.")
    return text % {"due": _day(params["due_on"])}


def ended_mail(params: Params, has_link: bool) -> Words:
    """To the member: an officer ended his work at a firm."""
    facts = _end_facts(params)
    return Words(
        gettext("Anda sudah tercatat berhenti bekerja di %(employer)s") % facts,
        [
            gettext("Petugas kami memutus laporan Anda, nomor %(number)s.") % facts,
            gettext("Hari kerja terakhir yang tercatat: %(last)s.") % facts,
            gettext("Bulan-bulan sesudahnya tidak dihitung sebagai belum dibayar."),
        ],
        [gettext("Ada pertanyaan? Telepon 175 dan sebut nomor aduan Anda.")],
        gettext("Baca keputusannya"),
    )


def ended_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    return gettext("Lindung: Anda tercatat berhenti bekerja. Hari terakhir %(last)s.") % _end_facts(params)


def ended_at_firm_mail(params: Params, has_link: bool) -> Words:
    """To the firm: an officer ended somebody's work there."""
    facts = _end_facts(params)
    return Words(
        gettext("%(employer)s: petugas mencatat seorang pekerja keluar") % facts,
        [
            gettext("Petugas memutus aduan %(number)s. Hari kerja terakhirnya %(last)s.") % facts,
            gettext("Jangan laporkan upahnya untuk bulan-bulan sesudah hari itu."),
        ],
        [gettext("Nama dan alasannya ada di halaman aduan perusahaan Anda.")],
        gettext("Buka meja perusahaan"),
    )


def ended_at_firm_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    text = gettext("Lindung: petugas mencatat seorang pekerja keluar dari perusahaan Anda. Hari terakhirnya %(last)s.")
    return text % _end_facts(params)


def _end_facts(params: Params) -> dict[str, str]:
    return {
        "number": str(params["number"]),
        "employer": str(params["employer"]),
        "last": _day(params["last_on"]),
    }


def _facts(params: Params) -> dict[str, str]:
    return {
        "number": str(params["number"]),
        "employer": str(params["employer"]),
        "month": month_of(params["period"]) if params["period"] else "",
        "due": _day(params["due_on"]) if params["due_on"] else "",
    }


def _day(day: str) -> str:
    return date_format(date.fromisoformat(day), "j F Y")
