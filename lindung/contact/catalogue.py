"""Every message the platform sends: its words, per kind and channel, in the reader's language.

A short message is GSM-7 and fits into one part of 160 places, so it holds no names and no words of others. A link
is never part of a message that carries a code; there is none here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import index
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, override

from lindung.access.services import LINK_HOURS

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MailText:
    """One letter's words: ``text`` and ``html`` say the same."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Words:
    subject: str
    paragraphs: list[str]
    closing: list[str]
    link_text: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """``params`` names what the words need; ``invites`` says that who has no account gets a link to one."""

    params: tuple[str, ...]
    invites: bool
    mail: Callable[[Params, bool], _Words]
    sms: Callable[[Params, str, bool], str]


def invites(kind: str) -> bool:
    """Whether messages of this kind open an account for who has none. Raises ``KeyError`` for an unknown kind."""
    return KINDS[kind].invites


def mail_text(kind: str, params: Params, *, link: str, home: str, language: str) -> MailText:
    """The letter of a kind. ``link`` is the one-time link, empty for who has an account; ``home`` the front page.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` when the kind or what it needs is not as declared.
    """
    with override(language):
        words = KINDS[kind].mail(_needed(kind, params), bool(link))
        target = link or home
        html = render_to_string(
            "contact/mail.html",
            {
                "language": language,
                "subject": words.subject,
                "paragraphs": words.paragraphs,
                "link": target,
                "link_text": words.link_text,
                "closing": words.closing,
            },
        )
    text = "\n\n".join([*words.paragraphs, f"{words.link_text}:\n{target}", *words.closing]) + "\n"
    return MailText(words.subject, text, html)


def sms_text(kind: str, params: Params, *, link: str, link_is_in_mail: bool, language: str) -> str:
    """The short message of a kind, with the one-time link, or saying that the mail has it, or neither.

    Raises like ``mail_text``.
    """
    with override(language):
        return KINDS[kind].sms(_needed(kind, params), link, link_is_in_mail)


def _needed(kind: str, params: Params) -> Params:
    return {name: params[name] for name in KINDS[kind].params}


def _contribution_mail(params: Params, has_link: bool) -> _Words:
    facts = _contribution_facts(params)
    paragraphs = [
        gettext("%(employer)s sudah membayar iuran Anda untuk %(month)s.") % facts,
        gettext("Saldo Jaminan Hari Tua (JHT) Anda bertambah %(amount)s.") % facts,
        gettext("Nomor kartu (KPJ) Anda: %(kpj)s.") % facts,
    ]
    closing = [gettext("Ada yang keliru? Tanya bagian personalia di tempat kerja Anda, atau telepon 175.")]
    subject = gettext("Iuran %(month)s sudah masuk") % facts
    if not has_link:
        return _Words(subject, paragraphs, closing, gettext("Lihat saldo Anda"))
    paragraphs.append(gettext("Anda belum punya akun Lindung. Buat kata sandi untuk melihat saldo Anda."))
    rules = gettext("Tautan ini berlaku %(hours)d jam. Setelah itu, masuklah dengan KPJ dan kata sandi Anda.")
    warning = gettext("Jangan berikan tautan ini kepada siapa pun, termasuk petugas.")
    return _Words(subject, paragraphs, [rules % {"hours": LINK_HOURS}, warning, *closing], gettext("Buat kata sandi"))


def _contribution_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    facts = _contribution_facts(params)
    text = gettext("Lindung: iuran %(month)s masuk, JHT +%(amount)s.") % facts
    if link:
        invitation = gettext("Buat akun (%(hours)d jam):") % {"hours": LINK_HOURS}
        return f"{text} {invitation} {link}"
    if link_is_in_mail:
        where = gettext("Tautan untuk membuat akun ada di e-mail Anda.")
        return f"{text} {where}"
    return text


def _contribution_facts(params: Params) -> dict[str, str]:
    month = date.fromisoformat(f"{params['period']}-01")
    return {
        "kpj": str(params["kpj"]),
        "employer": str(params["employer"]),
        "month": date_format(month, "F Y"),
        "amount": _rupiah(index(params["jht_rupiah"])),
    }


def _account_mail(params: Params, has_link: bool) -> _Words:
    return _Words(
        gettext("Akun Lindung Anda sudah aktif"),
        [gettext("Akun Lindung Anda sudah aktif. Masuklah dengan KPJ dan kata sandi Anda.")],
        [gettext("Bukan Anda yang membuatnya? Segera telepon 175.")],
        gettext("Buka Lindung"),
    )


def _account_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    return gettext("Lindung: akun Anda sudah aktif. Bukan Anda yang membuatnya? Segera telepon 175.")


def _rupiah(amount: int) -> str:
    separator = "," if (get_language() or "").startswith("en") else "."
    return f"Rp{amount:,}".replace(",", separator)


KINDS: dict[str, _Kind] = {
    "contribution_received": _Kind(
        ("kpj", "period", "employer", "jht_rupiah"), True, _contribution_mail, _contribution_sms
    ),
    "account_started": _Kind((), False, _account_mail, _account_sms),
}
