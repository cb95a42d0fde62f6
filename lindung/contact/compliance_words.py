"""The words to a firm of a month that is due, and to a member of what became of his complaint."""

from datetime import date
from operator import index
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from lindung.contact.words import Params, Words, month_of, rupiah
from lindung.law.wording import article_text

DUE_PARAMS: Final = ("employer", "period", "due_on", "late", "billed", "amount_rupiah", "account", "rate", "article")

COMPLAINT_PARAMS: Final = ("number", "period", "employer", "due_on")


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
        "due": date_format(date.fromisoformat(params["due_on"]), "j F Y"),
        "amount": rupiah(index(params["amount_rupiah"] or 0)),
        "account": str(params["account"]),
        "rate": str(params["rate"]),
        "article": article_text(str(params["article"]), "en" if english else "id"),
    }


def complaint_mail(params: Params, has_link: bool) -> Words:
    """A firm answered."""
    facts = _facts(params)
    return Words(
        gettext("Aduan %(number)s sudah dijawab") % facts,
        [
            gettext("%(employer)s menjawab aduan Anda tentang bulan %(month)s.") % facts,
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
    return Words(
        gettext("Petugas sudah memutus aduan %(number)s") % facts,
        [
            gettext("Petugas kami sudah memeriksa aduan Anda tentang bulan %(month)s di %(employer)s.") % facts,
            gettext("Baca keputusan dan alasannya di halaman Anda."),
        ],
        [gettext("Ada pertanyaan? Telepon 175 dan sebut nomor aduan Anda.")],
        gettext("Baca keputusannya"),
    )


def decided_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    return gettext("Lindung: petugas sudah memutus aduan %(number)s. Baca di halaman Anda.") % _facts(params)


def _facts(params: Params) -> dict[str, str]:
    due_on = params["due_on"]
    return {
        "number": str(params["number"]),
        "employer": str(params["employer"]),
        "month": month_of(params["period"]),
        "due": date_format(date.fromisoformat(due_on), "j F Y") if due_on else "",
    }
