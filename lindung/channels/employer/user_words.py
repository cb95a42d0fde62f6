"""Roles and what cannot be done about users, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.access.permissions import FIRM_ROLES
from lindung.access.queries import FirmUser
from lindung.registry.queries import EmployerFacts


@dataclass(frozen=True, slots=True)
class UserRow:
    """One user as the list shows him; ``roles`` are (what he is, since when)."""

    name: str
    url: str
    me: bool
    roles: tuple[tuple[str, datetime], ...]
    seen_at: datetime | None
    end_url: str


def role_names() -> dict[str, str]:
    """Role -> what it is called in a list."""
    return {
        "firm_entry": _("Pengisi"),
        "firm_approval": _("Penyetuju"),
        "firm_reader": _("Pembaca"),
        "firm_admin": _("Administrator"),
    }


def roles_as_choices() -> list[tuple[str, str]]:
    """Every role with what it may do, as one picks it."""
    what = {
        "firm_entry": _("Pengisi: melapor upah, mendaftarkan dan melaporkan pekerja"),
        "firm_approval": _("Penyetuju: memeriksa dan menyetujui yang diisi orang lain"),
        "firm_reader": _("Pembaca: melihat saja"),
        "firm_admin": _("Administrator: mengatur pengguna dan data perusahaan"),
    }
    return [(role, what[role]) for role in FIRM_ROLES]


def rows_of(firm: EmployerFacts, users: list[FirmUser], me: int) -> list[UserRow]:
    """Users as the list shows them."""
    names = role_names()
    return [
        UserRow(
            user.name,
            reverse("employer:user", args=[firm.id, user.account_id]),
            user.account_id == me,
            tuple((names[role], since) for role, since in user.roles),
            user.seen_at,
            reverse("employer:end-user", args=[firm.id, user.account_id]),
        )
        for user in users
    ]


def fault_words(code: str) -> str:
    """Why something about users cannot be done, and what to do; empty for no fault."""
    words = {
        "no_role": _("Pilih paling sedikit satu peran."),
        "user_already": _("Orang ini sudah pengguna. Ubah perannya di daftar pengguna."),
        "closed": _("Akun dengan e-mail ini sudah ditutup. Pakai e-mail lain, atau telepon 175."),
        "too_many_letters": _("Hari ini sudah tiga undangan ke e-mail ini. Coba lagi besok."),
        "not_there": _("Orang ini bukan pengguna lagi. Muat ulang daftarnya."),
        "own_role_raised": _("Anda tidak bisa menambah peran sendiri. Minta administrator lain."),
        "last_administrator": _("Harus ada satu administrator. Beri dulu peran itu kepada orang lain."),
        "no_second_person": _("Persetujuan dua orang butuh satu pengisi dan satu penyetuju yang lain."),
        "one_person_alone": _("Yang meminta tidak bisa menyetujuinya sendiri. Minta orang lain."),
    }
    return words.get(code, "")
