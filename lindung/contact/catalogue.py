"""Every message the platform sends: its words, per kind and channel, in the reader's language.

A short message is GSM-7 and fits into one part of 160 places, so it holds no names and no words of others. A link
is never part of a message that carries a code; there is none here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from lindung.access.services import LINK_HOURS
from lindung.contact import bank_words as bank
from lindung.contact import compliance_words as compliance
from lindung.contact import firm_words as firms
from lindung.contact import paid_words as paid
from lindung.contact import refund_words as refunds
from lindung.contact.words import Params, inviting, month_of, with_link
from lindung.contact.words import Words as _Words

Opens = Literal["", "invitation", "application"]


@dataclass(frozen=True, slots=True)
class MailText:
    """One letter's words: ``text`` and ``html`` say the same."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """``params`` names what the words need; ``invites`` says that who has no account gets a link to one.

    ``opens`` names the thing that the fact itself is a link to: an ``invitation``, an ``application``.
    """

    params: tuple[str, ...]
    invites: bool
    mail: Callable[[Params, bool], _Words]
    sms: Callable[[Params, str, bool], str]
    opens: Opens = ""


def opens(kind: str) -> Opens:
    """What the link in a message of this kind opens, if it is the fact's own; empty for an unknown kind too."""
    return KINDS[kind].opens if kind in KINDS else ""


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


def _late_mail(params: Params, has_link: bool) -> _Words:
    facts = _late_facts(params)
    return inviting(
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
    return with_link(text, link, link_is_in_mail)


def _late_facts(params: Params) -> dict[str, str]:
    return {
        "employer": str(params["employer"]),
        "month": month_of(params["period"]),
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
    return inviting(
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
    return with_link(text, link, link_is_in_mail)


def _employment_mail(params: Params, has_link: bool) -> _Words:
    facts = _work_facts(params)
    return inviting(
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
    return with_link(text, link, link_is_in_mail)


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


def _invitation_mail(params: Params, has_link: bool) -> _Words:
    return _Words(
        gettext("%(employer)s mengundang Anda mengurus iurannya") % {"employer": params["employer"]},
        [
            gettext("%(employer)s mengundang Anda bekerja di meja perusahaannya di Lindung.")
            % {"employer": params["employer"]},
            gettext("Anda belum terdaftar di sana sebelum menerima undangan ini."),
        ],
        [
            gettext("Tautan ini berlaku %(hours)d jam.") % {"hours": LINK_HOURS},
            gettext("Tidak kenal perusahaan ini? Abaikan surat ini."),
        ],
        gettext("Terima undangan") if has_link else gettext("Buka Lindung"),
    )


def _invitation_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    return gettext("Lindung: Anda diundang mengurus sebuah perusahaan. Tautannya ada di e-mail Anda.")


def _application_mail(params: Params, has_link: bool) -> _Words:
    return _Words(
        gettext("Pastikan pendaftaran perusahaan Anda"),
        [
            gettext("Seseorang mendaftarkan perusahaan di Lindung dengan alamat e-mail ini."),
            gettext("Belum ada yang terdaftar. Pastikan dulu bahwa e-mail ini milik Anda."),
        ],
        [
            gettext("Tautan ini berlaku %(hours)d jam.") % {"hours": LINK_HOURS},
            gettext("Bukan Anda? Abaikan surat ini. Yang diketik akan kami hapus."),
        ],
        gettext("Pastikan dan lanjutkan") if has_link else gettext("Buka Lindung"),
    )


def _application_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    return gettext("Lindung: pendaftaran perusahaan Anda menunggu kepastian lewat e-mail.")


def _registered_mail(params: Params, has_link: bool) -> _Words:
    facts = {"employer": params["employer"], "npp": params["npp"]}
    return _Words(
        gettext("%(employer)s sudah terdaftar") % facts,
        [
            gettext("%(employer)s sudah terdaftar dengan NPP %(npp)s.") % facts,
            gettext("Daftarkan pekerja Anda, lalu laporkan upah bulan pertama."),
        ],
        [gettext("Ada yang keliru? Telepon 175 dan sebutkan NPP Anda.")],
        gettext("Buka meja perusahaan"),
    )


def _registered_sms(params: Params, link: str, link_is_in_mail: bool) -> str:
    return gettext("Lindung: perusahaan Anda terdaftar dengan NPP %(npp)s.") % {"npp": params["npp"]}


KINDS: dict[str, _Kind] = {
    "contribution_received": _Kind(paid.MONTH_PARAMS, True, paid.month_mail, paid.month_sms),
    "contributions_received": _Kind(paid.MONTHS_PARAMS, True, paid.months_mail, paid.months_sms),
    "own_payment_received": _Kind(paid.OWN_PARAMS, True, paid.own_mail, paid.own_sms),
    "month_late": _Kind(("period", "due_on", "employer"), True, _late_mail, _late_sms),
    "membership_started": _Kind(("kpj", "employer", "from_on"), True, _membership_mail, _membership_sms),
    "employment_started": _Kind(("kpj", "employer", "from_on"), True, _employment_mail, _employment_sms),
    "enrolment_stopped": _Kind(("employer",), False, _stopped_mail, _stopped_sms),
    "contact_differs": _Kind(("employer",), False, _contact_mail, _contact_sms),
    "month_due": _Kind(compliance.DUE_PARAMS, False, compliance.due_mail, compliance.due_sms),
    "complaint_answered": _Kind(
        compliance.COMPLAINT_PARAMS, False, compliance.complaint_mail, compliance.complaint_sms
    ),
    "complaint_passed_on": _Kind(("number", "employer"), False, compliance.passed_on_mail, compliance.passed_on_sms),
    "complaint_decided": _Kind(compliance.COMPLAINT_PARAMS, False, compliance.decided_mail, compliance.decided_sms),
    "exit_claimed": _Kind(compliance.CLAIM_PARAMS, False, compliance.claim_mail, compliance.claim_sms),
    "exit_ended": _Kind(compliance.END_PARAMS, False, compliance.ended_mail, compliance.ended_sms),
    "exit_ended_at_firm": _Kind(
        compliance.END_PARAMS, False, compliance.ended_at_firm_mail, compliance.ended_at_firm_sms
    ),
    "account_started": _Kind((), False, _account_mail, _account_sms),
    "firm_invitation": _Kind(("employer",), False, _invitation_mail, _invitation_sms, opens="invitation"),
    "firm_application": _Kind((), False, _application_mail, _application_sms, opens="application"),
    "credit_kept": _Kind(("employer", "rupiah"), False, bank.credit_mail, bank.credit_sms),
    "paid_in_part": _Kind(bank.PART_PARAMS, False, bank.part_mail, bank.part_sms),
    "refund_asked": _Kind(refunds.PARAMS, False, refunds.asked_mail, refunds.asked_sms),
    "refund_sent": _Kind(refunds.PARAMS, False, refunds.sent_mail, refunds.sent_sms),
    "refund_refused": _Kind(refunds.PARAMS, False, refunds.refused_mail, refunds.refused_sms),
    "refund_returned": _Kind(refunds.PARAMS, False, refunds.returned_mail, refunds.returned_sms),
    "payment_clash": _Kind(("bank",), False, bank.clash_mail, bank.clash_sms),
    "paper_returned": _Kind(("employer",), False, firms.returned_mail, firms.returned_sms),
    "firm_registered": _Kind(("employer", "npp"), False, _registered_mail, _registered_sms),
}
