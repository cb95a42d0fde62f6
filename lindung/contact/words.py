"""What a letter is made of, before it is laid out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from lindung.access.services import LINK_HOURS

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """One letter in plain sentences; ``closing`` stands under the link."""

    subject: str
    paragraphs: list[str]
    closing: list[str]
    link_text: str


def rupiah(amount: int) -> str:
    """An amount in the reader's way: `Rp4.500.000`, English `Rp4,500,000`."""
    separator = "," if (get_language() or "").startswith("en") else "."
    return f"Rp{amount:,}".replace(",", separator)


def month_of(period: str) -> str:
    """`2026-10` as the reader calls that month."""
    return date_format(date.fromisoformat(f"{period}-01"), "F Y")


def inviting(subject: str, paragraphs: list[str], closing: list[str], link_text: str, invitation: str) -> Words:
    """Words that end in the front page, or, with an ``invitation``, in a first password."""
    if not invitation:
        return Words(subject, paragraphs, closing, link_text)
    rules = gettext("Tautan ini berlaku %(hours)d jam. Setelah itu, masuklah dengan KPJ dan kata sandi Anda.")
    warning = gettext("Jangan berikan tautan ini kepada siapa pun, termasuk petugas.")
    return Words(
        subject,
        [*paragraphs, invitation],
        [rules % {"hours": LINK_HOURS}, warning, *closing],
        gettext("Buat kata sandi"),
    )


def with_link(text: str, link: str, link_is_in_mail: bool) -> str:
    """A short message with its one-time link, or saying that the mail has it, or neither."""
    if link:
        invitation = gettext("Buat akun (%(hours)d jam):") % {"hours": LINK_HOURS}
        return f"{text} {invitation} {link}"
    if link_is_in_mail:
        where = gettext("Tautan untuk membuat akun ada di e-mail Anda.")
        return f"{text} {where}"
    return text
