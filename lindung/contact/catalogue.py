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
    return _inviting(
        gettext("Iuran %(month)s sudah masuk") % facts,
        [
            gettext("%(employer)s sudah membayar iuran Anda untuk %(month)s.") % facts,
            gettext("Saldo Jaminan Hari Tua (JHT) Anda bertambah %(amount)s.") % facts,
            gettext("Nomor kartu (KPJ) Anda: %(kpj)s.") % facts,
        ],
        [gettext("Ada yang keliru? Tanya bagian personalia di tempat kerja Anda, atau telepon 175.")],
        gettext("Lihat saldo Anda"),
        gettext("Anda belum punya akun Lindung. Buat kata sandi untuk melihat saldo Anda.") if has_link else "",
    )


def _inviting(subject: str, paragraphs: list[str], closing: list[str], link_text: str, invitation: str) -> _Words:
    """Words that end in the front page, or, with an ``invitation``, in a first password."""
    if not invitation:
        return _Words(subject, paragraphs, closing, link_text)
    rules = gettext("Tautan ini berlaku %(hours)d jam. Setelah itu, masuklah dengan KPJ dan kata sandi Anda.")
    warning = gettext("Jangan berikan tautan ini kepada siapa pun, termasuk petugas.")
    return _Words(
        subject,
        [*paragraphs, invitation],
        [rules % {"hours": LINK_HOURS}, warning, *closing],
        gettext("Buat kata sandi"),
    )


def _contribution_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    text = gettext("Lindung: iuran %(month)s masuk, JHT +%(amount)s.") % _contribution_facts(params)
    return _with_link(text, link, link_is_in_mail)


def _with_link(text: str, link: str, link_is_in_mail: bool) -> str:
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


def _late_mail(params: Params, has_link: bool) -> _Words:
    facts = _late_facts(params)
    return _inviting(
        gettext("Iuran %(month)s belum dibayar") % facts,
        [
            gettext("%(employer)s belum melunasi iuran Anda untuk %(month)s. Batas bayarnya %(due)s.") % facts,
            gettext("Saldo Anda yang sudah ada tetap aman. Bulan ini belum ditambahkan."),
            gettext("Tanya bagian personalia di tempat kerja Anda. Kami juga menagihnya."),
        ],
        [gettext("Sudah dipotong dari upah tetapi tidak dibayarkan? Simpan slip upah Anda dan telepon 175.")],
        gettext("Lihat bulan-bulan Anda"),
        gettext("Anda belum punya akun Lindung. Buat kata sandi untuk melihat saldo Anda.") if has_link else "",
    )


def _late_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    text = gettext("Lindung: iuran %(month)s Anda belum dibayar tempat kerja.") % _late_facts(params)
    return _with_link(text, link, link_is_in_mail)


def _late_facts(params: Params) -> dict[str, str]:
    return {
        "employer": str(params["employer"]),
        "month": date_format(date.fromisoformat(f"{params['period']}-01"), "F Y"),
        "due": date_format(date.fromisoformat(params["due_on"]), "j F Y"),
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


def _membership_mail(params: Params, has_link: bool) -> _Words:
    facts = _work_facts(params)
    return _inviting(
        gettext("Anda sudah terdaftar: ini nomor KPJ Anda"),
        [
            gettext("%(employer)s mendaftarkan Anda sebagai peserta, bekerja di sana sejak %(day)s.") % facts,
            gettext("Nomor kartu (KPJ) Anda: %(kpj)s.") % facts,
            gettext("Simpan nomor ini. Berikan kepada perusahaan baru kalau Anda pindah kerja."),
        ],
        [gettext("Ada yang keliru? Tanya bagian personalia di tempat kerja Anda, atau telepon 175.")],
        gettext("Buka Lindung"),
        gettext("Anda belum punya akun Lindung. Buat kata sandi untuk melihat kartu Anda.") if has_link else "",
    )


def _membership_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    text = gettext("Lindung: Anda sudah terdaftar. Nomor KPJ Anda %(kpj)s.") % _work_facts(params)
    return _with_link(text, link, link_is_in_mail)


def _employment_mail(params: Params, has_link: bool) -> _Words:
    facts = _work_facts(params)
    return _inviting(
        gettext("Anda terdaftar di tempat kerja baru"),
        [
            gettext("%(employer)s mendaftarkan Anda sebagai pekerjanya sejak %(day)s.") % facts,
            gettext("Iuran dari sana masuk ke kartu yang sudah Anda punya, nomor KPJ %(kpj)s.") % facts,
        ],
        [gettext("Tidak bekerja di sana? Segera telepon 175.")],
        gettext("Buka Lindung"),
        gettext("Anda belum punya akun Lindung. Buat kata sandi untuk melihat kartu Anda.") if has_link else "",
    )


def _employment_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    text = gettext("Lindung: Anda didaftarkan di tempat kerja baru. Keliru? Telepon 175.")
    return _with_link(text, link, link_is_in_mail)


def _work_facts(params: Params) -> dict[str, str]:
    started_on = date.fromisoformat(params["from_on"])
    return {
        "kpj": str(params["kpj"]),
        "employer": str(params["employer"]),
        "day": date_format(started_on, "j F Y"),
    }


def _stopped_mail(params: Params, has_link: bool) -> _Words:
    """To somebody who is no member yet, at an address that only his employer knows: nothing of him stands here."""
    return _Words(
        gettext("Pendaftaran Anda belum selesai"),
        [
            gettext("%(employer)s mendaftarkan Anda sebagai peserta jaminan sosial.")
            % {"employer": params["employer"]},
            gettext("Pendaftaran itu belum selesai. Catatan kependudukan Anda perlu dibereskan lebih dahulu."),
            gettext("Datanglah ke kantor Dukcapil dengan KTP Anda, lalu kabari bagian personalia."),
        ],
        [gettext("Tidak bekerja di sana? Abaikan surat ini.")],
        gettext("Buka Lindung"),
    )


def _stopped_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    return gettext("Lindung: pendaftaran Anda belum selesai. Tanya bagian personalia, atau telepon 175.")


def _contact_mail(params: Params, has_link: bool) -> _Words:
    return _Words(
        gettext("Apakah nomor HP, e-mail, atau alamat Anda berubah?"),
        [
            gettext("%(employer)s menulis nomor HP, e-mail, atau alamat lain untuk Anda.")
            % {"employer": params["employer"]},
            gettext("Kami tidak mengubahnya. Hanya Anda yang boleh mengubahnya."),
        ],
        [gettext("Memang berubah? Telepon 175 atau datang ke kantor cabang.")],
        gettext("Buka Lindung"),
    )


def _contact_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    return gettext("Lindung: perusahaan menulis kontak lain untuk Anda. Tidak kami ubah. Memang berubah? Telepon 175.")


def _complaint_mail(params: Params, has_link: bool) -> _Words:
    facts = _complaint_facts(params)
    return _Words(
        gettext("Aduan %(number)s sudah dijawab") % facts,
        [
            gettext("%(employer)s menjawab aduan Anda tentang bulan %(month)s.") % facts,
            gettext("Baca jawabannya di halaman Anda. Belum beres? Katakan di sana paling lambat %(due)s.") % facts,
            gettext("Kalau Anda tidak berkata apa-apa, aduan ini kami anggap beres."),
        ],
        [gettext("Ada pertanyaan? Telepon 175 dan sebut nomor aduan Anda.")],
        gettext("Baca jawabannya"),
    )


def _complaint_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    text = gettext("Lindung: aduan %(number)s dijawab. Belum beres? Katakan paling lambat %(due)s.")
    return text % _complaint_facts(params)


def _passed_on_mail(params: Params, has_link: bool) -> _Words:
    facts = {"number": str(params["number"]), "employer": str(params["employer"])}
    return _Words(
        gettext("Aduan %(number)s sekarang di tangan kami") % facts,
        [
            gettext("%(employer)s tidak menjawab sampai batas waktunya.") % facts,
            gettext("Petugas kami yang meneruskan. Anda tidak perlu berbuat apa-apa."),
        ],
        [gettext("Ada pertanyaan? Telepon 175 dan sebut nomor aduan Anda.")],
        gettext("Lihat aduan Anda"),
    )


def _passed_on_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    return gettext("Lindung: tempat kerja tidak menjawab aduan Anda. Petugas kami yang meneruskan.")


def _decided_mail(params: Params, has_link: bool) -> _Words:
    facts = _complaint_facts(params)
    return _Words(
        gettext("Petugas sudah memutus aduan %(number)s") % facts,
        [
            gettext("Petugas kami sudah memeriksa aduan Anda tentang bulan %(month)s di %(employer)s.") % facts,
            gettext("Baca keputusan dan alasannya di halaman Anda."),
        ],
        [gettext("Ada pertanyaan? Telepon 175 dan sebut nomor aduan Anda.")],
        gettext("Baca keputusannya"),
    )


def _decided_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    return gettext("Lindung: petugas sudah memutus aduan %(number)s. Baca di halaman Anda.") % _complaint_facts(params)


def _complaint_facts(params: Params) -> dict[str, str]:
    due_on = params["due_on"]
    return {
        "number": str(params["number"]),
        "employer": str(params["employer"]),
        "month": date_format(date.fromisoformat(f"{params['period']}-01"), "F Y"),
        "due": date_format(date.fromisoformat(due_on), "j F Y") if due_on else "",
    }


def _rupiah(amount: int) -> str:
    separator = "," if (get_language() or "").startswith("en") else "."
    return f"Rp{amount:,}".replace(",", separator)


KINDS: dict[str, _Kind] = {
    "contribution_received": _Kind(
        ("kpj", "period", "employer", "jht_rupiah"), True, _contribution_mail, _contribution_sms
    ),
    "month_late": _Kind(("period", "due_on", "employer"), True, _late_mail, _late_sms),
    "membership_started": _Kind(("kpj", "employer", "from_on"), True, _membership_mail, _membership_sms),
    "employment_started": _Kind(("kpj", "employer", "from_on"), True, _employment_mail, _employment_sms),
    "enrolment_stopped": _Kind(("employer",), False, _stopped_mail, _stopped_sms),
    "contact_differs": _Kind(("employer",), False, _contact_mail, _contact_sms),
    "complaint_answered": _Kind(("number", "period", "employer", "due_on"), False, _complaint_mail, _complaint_sms),
    "complaint_passed_on": _Kind(("number", "employer"), False, _passed_on_mail, _passed_on_sms),
    "complaint_decided": _Kind(("number", "period", "employer", "due_on"), False, _decided_mail, _decided_sms),
    "account_started": _Kind((), False, _account_mail, _account_sms),
}
