"""What a firm tells of a construction project."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.shared.amounts import PercentField, RupiahField
from lindung.channels.shared.contract_values import GROSS, NET, ContractValueForm, stage_choices
from lindung.channels.shared.fields import DayField
from lindung.channels.shared.forms import HouseForm
from lindung.law.money import MOST_CONTRACT_RUPIAH

MOST_STAGES: Final = 4


class ProjectFactsForm(HouseForm):
    """What is told of every project, whatever it pays by."""

    name = forms.CharField(label=gettext_lazy("Nama proyek"), max_length=200)
    work_order_no = forms.CharField(label=gettext_lazy("Nomor surat perintah kerja"), max_length=60)
    work_order_on = DayField(label=gettext_lazy("Tanggal surat perintah kerja"))
    from_on = DayField(label=gettext_lazy("Hari pertama proyek"))
    last_on = DayField(
        label=gettext_lazy("Hari terakhir proyek"), help_text=gettext_lazy("Termasuk masa pemeliharaan.")
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if {"from_on", "last_on"} <= told.keys() and told["last_on"] < told["from_on"]:
            self.add_error("last_on", _("Hari terakhir ini sebelum proyek mulai. Periksa tanggalnya."))
        return told


class ProjectForm(ContractValueForm, ProjectFactsForm):
    """One project that pays by its value. ``later_due`` are the days of the second and later stages, once valid."""

    contract = RupiahField(label=gettext_lazy("Nilai kontrak"))
    basis = forms.ChoiceField(
        label=gettext_lazy("Nilai itu"),
        choices=((NET, gettext_lazy("tanpa PPN")), (GROSS, gettext_lazy("sudah dengan PPN"))),
        initial=NET,
        widget=forms.RadioSelect,
    )
    vat_percent = PercentField(
        label=gettext_lazy("Tarif PPN kontrak itu, dalam persen"),
        help_text=gettext_lazy("Hanya bila nilai kontrak sudah dengan PPN."),
        required=False,
    )
    pattern = forms.ChoiceField(label=gettext_lazy("Cara bayar"), required=False)
    due_2 = DayField(
        label=gettext_lazy("Tahap kedua dibayar paling lambat"),
        help_text=gettext_lazy("Hanya bila bertahap. Tahap pertama dibayar sebelum proyek mulai."),
        required=False,
    )
    due_3 = DayField(label=gettext_lazy("Tahap ketiga dibayar paling lambat"), required=False)
    due_4 = DayField(label=gettext_lazy("Tahap keempat dibayar paling lambat"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pattern = self.fields["pattern"]
        assert isinstance(pattern, forms.ChoiceField)
        pattern.choices = stage_choices()

    def clean_contract(self) -> int:
        contract: int = self.cleaned_data["contract"]
        if not 0 < contract <= MOST_CONTRACT_RUPIAH:
            raise ValidationError(_("Nilai kontrak harus lebih dari nol. Periksa jumlahnya."))
        return contract

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        stages = len(told.get("pattern", "").split("/")) if told.get("pattern") else 1
        earliest: date | None = told.get("from_on")
        for number in range(2, MOST_STAGES + 1):
            name, due_on = f"due_{number}", told.get(f"due_{number}")
            if name in self.errors:
                continue
            if number <= stages and due_on is None:
                self.add_error(name, _("Isi tanggal tahap ini, karena cara bayarnya bertahap."))
            elif number > stages and due_on is not None:
                self.add_error(name, _("Cara bayar ini tidak punya tahap ini. Kosongkan tanggalnya."))
            elif due_on is not None and earliest is not None:
                if due_on < earliest or ("last_on" in told and due_on > told["last_on"]):
                    self.add_error(name, _("Tanggal tahap harus berurutan dan di dalam masa proyek."))
                earliest = due_on
        return told

    @property
    def later_due(self) -> list[date]:
        days = (self.cleaned_data.get(f"due_{number}") for number in range(2, MOST_STAGES + 1))
        return [day for day in days if day is not None]
