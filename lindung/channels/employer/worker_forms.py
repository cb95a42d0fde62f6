"""What is asked about somebody who works here: what changed, or when and why he left."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lindung.channels.shared.fields import DayField
from lindung.channels.shared.formats import long_date
from lindung.channels.shared.forms import HouseForm
from lindung.registry.exit_causes import CAUSES
from lindung.registry.staff_queries import WorkerRow, WorkerView
from lindung.uploads.contacts import read_emails, read_phones
from lindung.uploads.faults import FAULTS, describe

_CONTACT: Final = ("phone", "email", "address")


class CorrectionForm(HouseForm):
    """What may change: what is left empty stays. What we hold of the contact is never shown in full."""

    location = forms.CharField(label=_("Lokasi kerja"), max_length=80, required=False)
    employee_no = forms.CharField(label=_("Nomor pegawai"), max_length=40, required=False)
    phone = forms.CharField(
        label=_("Nomor HP baru"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "size": "22"}),
    )
    email = forms.CharField(
        label=_("E-mail baru"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}),
    )
    address = forms.CharField(
        label=_("Alamat baru"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, worker: WorkerView, **kwargs: Any) -> None:
        self._row = worker.row
        initial = {"location": worker.row.location, "employee_no": worker.row.employee_no}
        super().__init__(*args, initial=initial, **kwargs)
        for name, masked in (("phone", worker.phone_masked), ("email", worker.email_masked)):
            if masked:
                self.fields[name].help_text = gettext("Sekarang %(masked)s. Kosongkan bila tidak berubah.") % {
                    "masked": masked
                }

    def clean_phone(self) -> str:
        found = read_phones(pl.Series([self.cleaned_data["phone"] or None], dtype=pl.String)).row(0, named=True)
        return self._contact("phone", found["phone"], found["phone_fault"], {"count": found["phone_digits"]})

    def clean_email(self) -> str:
        found = read_emails(pl.Series([self.cleaned_data["email"] or None], dtype=pl.String)).row(0, named=True)
        return self._contact("email", found["email"], found["email_fault"], {})

    def _contact(self, name: str, value: str | None, fault: str | None, params: dict[str, Any]) -> str:
        if fault:
            raise forms.ValidationError(" ".join(describe(FAULTS[fault], params)), fault)
        return value or ""

    def clean(self) -> dict[str, Any]:
        """Something has to change."""
        given = super().clean() or {}
        if not self.errors and not any(self.corrections().values()):
            raise forms.ValidationError(gettext("Belum ada yang berubah. Isi yang ingin Anda ubah."), "nothing_changed")
        return given

    def corrections(self) -> dict[str, str | None]:
        """The columns of a correction; None for what stays."""
        given = self.cleaned_data
        told: dict[str, str | None] = {name: given.get(name) or None for name in _CONTACT}
        for name in ("location", "employee_no"):
            value = given.get(name, "")
            told[name] = value if value and value != getattr(self._row, name) else None
        return told


class ExitForm(HouseForm):
    """The last day of work of one worker or several, and the cause that holds for all of them."""

    cause = forms.ChoiceField(
        label=_("Mengapa berhenti bekerja?"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih salah satu sebab di daftar.")},
    )

    def __init__(self, *args: Any, workers: Sequence[WorkerRow], proposed: dict[int, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._workers = workers
        days = {}
        for row in workers:
            label = (
                gettext("Hari kerja terakhir")
                if len(workers) == 1
                else gettext("Hari kerja terakhir %(name)s") % {"name": row.name}
            )
            days[day_name(row)] = DayField(
                label=label,
                initial=proposed.get(row.employment_id),
                help_text=gettext("Bekerja di sini sejak %(day)s.") % {"day": long_date(row.from_on)},
            )
        cause = self.fields["cause"]
        cause.choices = [(code, found.text) for code, found in CAUSES.items()]  # type: ignore[attr-defined] # a ChoiceField, declared above
        sure = gettext("Saya tahu laporan ini tidak bisa dibatalkan dari sini")
        self.fields = {**days, "cause": cause, "sure": forms.BooleanField(label=sure)}

    def exits(self) -> pl.DataFrame:
        """The exits as the registry takes them: the day after the last one, of each."""
        given = self.cleaned_data
        return pl.DataFrame(
            {
                "employment_id": [row.employment_id for row in self._workers],
                "until_on": [given[day_name(row)] + timedelta(days=1) for row in self._workers],
                "cause": [given["cause"]] * len(self._workers),
            },
            schema={"employment_id": pl.Int64, "until_on": pl.Date, "cause": pl.String},
        )


def day_name(row: WorkerRow) -> str:
    """The field that asks for the last day of one worker."""
    return f"last-{row.employment_id}"
