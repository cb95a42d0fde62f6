"""The words about contributions that came: a month's, several months' at once, or what somebody paid himself."""

from datetime import date
from operator import index
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext

from lindung.contact.words import Params, Words, inviting, month_of, rupiah, with_link

MONTH_PARAMS: Final = ("kpj", "period", "employer", "jht_rupiah")
MONTHS_PARAMS: Final = (*MONTH_PARAMS, "last_period", "months")
OWN_PARAMS: Final = ("kpj", "rupiah", "jht_rupiah", "from_on", "until_on")


def month_mail(params: Params, has_link: bool) -> Words:
    """An employer paid a month."""
    facts = _month_facts(params)
    return _received(
        gettext("Iuran %(month)s sudah masuk") % facts,
        gettext("%(employer)s sudah membayar iuran Anda untuk %(month)s.") % facts,
        facts,
        has_link,
    )


def months_mail(params: Params, has_link: bool) -> Words:
    """An employer paid several months with one payment; a worker may have only one of them."""
    if params["months"] == 1:
        return month_mail(params, has_link)
    facts = _month_facts(params) | {"last": month_of(params["last_period"]), "count": str(index(params["months"]))}
    return _received(
        gettext("Iuran %(count)s bulan sudah masuk") % facts,
        gettext("%(employer)s sudah membayar iuran Anda untuk %(count)s bulan, dari %(month)s sampai %(last)s.")
        % facts,
        facts,
        has_link,
    )


def _received(subject: str, paid: str, facts: dict[str, str], has_link: bool) -> Words:
    return inviting(
        subject,
        [
            paid,
            gettext("Saldo Jaminan Hari Tua (JHT) Anda bertambah %(amount)s.") % facts,
            gettext("Nomor kartu (KPJ) Anda: %(kpj)s.") % facts,
        ],
        [gettext("Ada yang keliru? Tanya bagian personalia di tempat kerja Anda, atau telepon 175.")],
        gettext("Lihat saldo Anda"),
        gettext("Anda belum punya akun Lindung. Buat kata sandi untuk melihat saldo Anda.") if has_link else "",
    )


def month_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """A month, short."""
    text = gettext("Lindung: iuran %(month)s masuk, JHT +%(amount)s.") % _month_facts(params)
    return with_link(text, link, link_is_in_mail)


def months_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """Several months, short."""
    if params["months"] == 1:
        return month_sms(params, link, link_is_in_mail)
    facts = _month_facts(params) | {"count": str(index(params["months"]))}
    text = gettext("Lindung: iuran %(count)s bulan masuk, JHT +%(amount)s.") % facts
    return with_link(text, link, link_is_in_mail)


def _month_facts(params: Params) -> dict[str, str]:
    return {
        "kpj": str(params["kpj"]),
        "employer": str(params["employer"]),
        "month": month_of(params["period"]),
        "amount": rupiah(index(params["jht_rupiah"])),
    }


def own_mail(params: Params, has_link: bool) -> Words:
    """A member paid an order of his own."""
    facts = _own_facts(params)
    paragraphs = [
        gettext("Iuran %(paid)s yang Anda bayar sendiri sudah kami terima.") % facts,
        gettext("Iuran itu untuk %(first)s sampai %(last)s, di kartu (KPJ) %(kpj)s.") % facts,
    ]
    if params["jht_rupiah"]:
        paragraphs.append(gettext("Saldo Jaminan Hari Tua (JHT) Anda bertambah %(amount)s.") % facts)
    return inviting(
        gettext("Pembayaran iuran Anda sudah kami terima"),
        paragraphs,
        [gettext("Bukan Anda yang membayar? Telepon 175.")],
        gettext("Lihat perlindungan Anda"),
        gettext("Anda belum punya akun Lindung. Buat kata sandi untuk melihat saldo Anda.") if has_link else "",
    )


def own_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    """The same, short."""
    text = gettext("Lindung: iuran %(paid)s diterima, sampai %(last)s.") % _own_facts(params)
    return with_link(text, link, link_is_in_mail)


def _own_facts(params: Params) -> dict[str, str]:
    return {
        "kpj": str(params["kpj"]),
        "paid": rupiah(index(params["rupiah"])),
        "amount": rupiah(index(params["jht_rupiah"])),
        "first": date_format(date.fromisoformat(params["from_on"]), "j F Y"),
        "last": date_format(date.fromisoformat(params["until_on"]), "j F Y"),
    }
