"""One worker typed on a screen: the fields, judged by the same rules as a row of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import polars as pl
from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lindung.channels.shared.fields import DayField
from lindung.channels.shared.formats import count
from lindung.channels.shared.forms import HouseForm, missing_answer
from lindung.registry.queries import EmployerFacts
from lindung.uploads.typed import Typed, TypedFault, check_typed

DAY: Final = "%d-%m-%Y"
"""How a day is written in a file."""


def _text(label: Any, *, most: int, needed: bool = True, hint: Any = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=needed,
        help_text=hint,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


class TypedWorkerForm(HouseForm):
    """A worker's fields by the names that files have for them; ``only`` names those that are asked for."""

    name = _text(_("Nama lengkap"), most=200, hint=_("Sesuai KTP."))
    nik = _text(_("NIK"), most=40, hint=_("16 angka pada KTP."), inputmode="numeric", spellcheck="false", size="22")
    kpj = _text(
        _("Nomor KPJ"), most=40, needed=False, hint=_("Nomor di kartu pekerja."), inputmode="numeric", size="22"
    )
    birth_on = DayField(label=_("Tanggal lahir"), help_text=_("Misalnya 2 3 1990."))
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"),
        choices=[("L", _("Laki-laki")), ("P", _("Perempuan"))],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih laki-laki atau perempuan.")},
    )
    birth_place = _text(_("Tempat lahir"), most=80, needed=False)
    mother_name = _text(_("Nama ibu kandung"), most=200, needed=False, hint=_("Membantu Dukcapil mencocokkan datanya."))
    phone = _text(
        _("Nomor HP pekerja"), most=40, needed=False, hint=_("Ke sini KPJ-nya kami kirim."), inputmode="tel", size="22"
    )
    email = _text(_("E-mail pekerja"), most=254, needed=False, inputmode="email", spellcheck="false")
    from_on = DayField(label=_("Hari pertama kerja"))
    wage = _text(_("Upah sebulan"), most=30, hint=_("Tulis penuh, misalnya 4500000."), inputmode="numeric", size="16")
    contract = forms.ChoiceField(
        label=_("Perjanjian kerja"),
        choices=[("PKWTT", _("Tetap (PKWTT)")), ("PKWT", _("Kontrak (PKWT)"))],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih tetap atau kontrak.")},
    )
    contract_until_on = DayField(label=_("Hari terakhir kontrak"), required=False, help_text=_("Hanya untuk PKWT."))
    employee_no = _text(_("Nomor pegawai"), most=40, needed=False, size="22")
    location = _text(_("Lokasi kerja"), most=80, needed=False)

    def __init__(self, *args: Any, only: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: field for name, field in self.fields.items() if name in only}

    def texts(self) -> dict[str, str]:
        """What was typed, as a file would say it; a field that is wrong already is empty."""
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: value.strftime(DAY) if isinstance(value, date) else value or "" for name, value in given.items()}


def judge(
    form: TypedWorkerForm, *, kind: str, employer: EmployerFacts, today: date, besides: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Put everything that is wrong beside its field, and what is odd beside a tick; gives the row to be sent.

    ``form.errors`` says whether it may be. ``besides`` is what is known of the worker and not asked again. A tick holds
    for the warnings that were shown with it only.
    """
    form.is_valid()
    found = _on_screen(
        check_typed(kind=kind, employer=employer, typed={**(besides or {}), **form.texts()}, today=today)
    )
    for fault in found.errors:
        field = fault.field if fault.field in form.fields else None
        if field is None or field not in form.errors:
            form.add_error(field, f"{fault.reason} {fault.cure}")
    warnings = [fault for fault in found.warnings if fault.field in form.fields or not fault.field]
    if not form.errors and warnings:
        _ask_to_read(form, warnings)
    return found.rows


def _on_screen(found: Typed) -> Typed:
    """The same faults, with what to do on a screen where a file's cure speaks of rows and columns."""
    cures = {
        "works_here": gettext("Buka namanya di daftar pekerja. Datanya bisa diubah di sana."),
        "waits_here": gettext("Kiriman ini menggantikan yang lama. Lanjutkan bila datanya memang berubah."),
        "wage_zero": gettext("Isi upah sebulan, misalnya 4500000."),
        "nik_is_kpj": gettext("Isi 16 angka NIK sesuai KTP. Kartunya kami kenali dari NIK."),
    }
    faults = (replace(fault, cure=cures.get(fault.code, fault.cure)) for fault in found.faults)
    return replace(found, faults=tuple(faults))


def _ask_to_read(form: TypedWorkerForm, warnings: Sequence[TypedFault]) -> None:
    number = len(warnings)
    label = ngettext(
        "Saya sudah memeriksa %(number)s peringatan di atas",
        "Saya sudah memeriksa %(number)s peringatan di atas",
        number,
    )
    listed = format_html_join("", "<li>{} {}</li>", ((fault.reason, fault.cure) for fault in warnings))
    tick = forms.BooleanField(label=label % {"number": count(number)}, help_text=format_html("<ul>{}</ul>", listed))
    name = f"read-{'-'.join(sorted(fault.code for fault in warnings))}"
    form.fields[name] = tick
    if name not in form.data:
        form.add_error(name, missing_answer(tick, str(tick.label)))


def refused_words(code: str) -> str:
    """Why the registry did not take a row that had no fault by itself."""
    if code == "already_waiting":
        return gettext("Pekerja ini sudah ada di pendaftaran lain yang belum selesai. Buka daftar pekerja.")
    return gettext("Data ini belum bisa kami terima. Periksa lagi, atau telepon 175.")
