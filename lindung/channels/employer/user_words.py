"""Roles and what cannot be done about users, in words."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.access.permissions import FIRM_ROLES
from lindung.access.queries import FirmUser
from lindung.channels.employer.standing import moment_wib
from lindung.channels.shared.components import Column, ExplainedRow, ExplainedTable, Link
from lindung.channels.shared.formats import long_date
from lindung.lib.clock import wib_date
from lindung.registry.queries import EmployerFacts


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


def users_table(firm: EmployerFacts, users: list[FirmUser], me: int, *, administers: bool) -> ExplainedTable:
    """Everybody with his roles; under each since when, and when he last came."""
    names = role_names()
    rows = []
    for user in users:
        name = _("%(name)s (Anda)") % {"name": user.name} if user.account_id == me else user.name
        url = reverse("employer:user", args=[firm.id, user.account_id])
        begun: dict[date, list[str]] = {}
        for role, since in user.roles:
            begun.setdefault(wib_date(since), []).append(names[role])
        notes = [
            _("%(role)s sejak %(day)s.") % {"role": ", ".join(roles), "day": long_date(day)}
            for day, roles in sorted(begun.items())
        ]
        seen = _("Terakhir masuk %(day)s.") % {"day": moment_wib(user.seen_at)} if user.seen_at else _("Belum masuk.")
        who: object = Link(name, url) if administers else name
        rows.append(ExplainedRow([who, ", ".join(names[role] for role in user.codes)], [*notes, seen]))
    return ExplainedTable(_("Pengguna perusahaan"), [Column(_("Nama")), Column(_("Peran"))], rows)


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
