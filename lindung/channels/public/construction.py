"""The question of a construction project (JAKON): its value or its workers' wages."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy

from lindung.channels.public.asking import LawForm
from lindung.channels.shared.amounts import PercentField, RupiahField
from lindung.channels.shared.contract_values import GROSS, NET, ContractValueForm, stage_choices
from lindung.channels.shared.fields import MonthField
from lindung.channels.shared.formats import language
from lindung.law import Answer, Month, answer
from lindung.law.reliefs import Relief

WAGES: Final = "wages"
_BASES: Final = (
    (NET, gettext_lazy("Nilai kontrak tanpa PPN")),
    (GROSS, gettext_lazy("Nilai kontrak sudah dengan PPN")),
    (WAGES, gettext_lazy("Upah semua pekerja proyek, sebulan")),
)


class ConstructionForm(ContractValueForm, LawForm):
    """``answer``: one sum for the project and its stages, or the month's sum where wages are listed."""

    MORE = ("pandemic",)
    FACTS: ClassVar = {
        "contract_net_of_vat": "amount",
        "contract_including_vat": "amount",
        "monthly_wage": "amount",
        "vat_rate": "vat_percent",
        "relief": "pandemic",
    }

    month = MonthField(label=gettext_lazy("Bulan iuran"))
    basis = forms.ChoiceField(
        label=gettext_lazy("Dihitung dari"),
        help_text=gettext_lazy("Dari upah bila daftar upah pekerja diketahui, dari nilai kontrak bila tidak."),
        choices=_BASES,
        initial=NET,
        widget=forms.RadioSelect,
    )
    amount = RupiahField(label=gettext_lazy("Jumlahnya"))
    vat_percent = PercentField(
        label=gettext_lazy("Tarif PPN kontrak itu, dalam persen"),
        help_text=gettext_lazy("Hanya bila nilai kontrak sudah dengan PPN."),
        required=False,
    )
    stages = forms.ChoiceField(label=gettext_lazy("Cara bayar"), required=False)
    pandemic = forms.BooleanField(label=gettext_lazy("Mendapat keringanan PP 49/2020, masa pandemi"), required=False)

    answer: Answer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = self.fields["stages"]
        assert isinstance(stages, forms.ChoiceField)
        stages.choices = stage_choices()

    def ask(self) -> None:
        given = self.cleaned_data
        fact = {NET: "contract_net_of_vat", GROSS: "contract_including_vat", WAGES: "monthly_wage"}[given["basis"]]
        inputs = {
            fact: given["amount"],
            "vat_rate": given["vat_percent"],
            "stages": given["stages"] or None,
            "relief": Relief.PANDEMIC.value if given["pandemic"] else None,
        }
        self.answer = answer("JAKON", Month.of(given["month"]), inputs, language())
