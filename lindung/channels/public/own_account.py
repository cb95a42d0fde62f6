"""The question of an own-account worker (BPU): income, programmes, how many months at once."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from lindung.channels.public.asking import LawForm
from lindung.channels.shared.amounts import RupiahField, WholeField
from lindung.channels.shared.fields import MonthField
from lindung.channels.shared.formats import language
from lindung.law import Answer, Month, Programme, answer
from lindung.law.parameters import history
from lindung.law.reliefs import SECTORS, Relief

_SECTORS: Final = {
    "transport": gettext_lazy("Transportasi: pengemudi dan kurir"),
    "other": gettext_lazy("Bidang lain"),
}
_WITH_JHT: Final = "JKK,JKM,JHT"
_PACKAGES: Final = (
    (_WITH_JHT, gettext_lazy("JKK, JKM, dan tabungan JHT")),
    ("JKK,JKM", gettext_lazy("JKK dan JKM saja")),
)


class OwnAccountForm(LawForm):
    """``answer``: the amounts of the first month and of all that is paid at once; ``standing`` with unpaid months."""

    MORE = ("budget_paid", "age", "pandemic", "unpaid_months")
    FACTS: ClassVar = {"relief": "pandemic"}

    month = MonthField(label=gettext_lazy("Bulan iuran pertama"))
    income = RupiahField(label=gettext_lazy("Penghasilan rata-rata sebulan"))
    programmes = forms.ChoiceField(label=gettext_lazy("Program"), choices=_PACKAGES, initial=_WITH_JHT)
    months = forms.TypedChoiceField(label=gettext_lazy("Dibayar untuk"), coerce=int, initial="1")
    sector = forms.ChoiceField(
        label=gettext_lazy("Bidang usaha"),
        choices=[("", gettext_lazy("Tidak disebut")), *((sector, _SECTORS[sector]) for sector in SECTORS)],
        required=False,
    )
    budget_paid = forms.BooleanField(label=gettext_lazy("Iuran dibayar APBN atau APBD"), required=False)
    age = WholeField(label=gettext_lazy("Usia saat mendaftar, dalam tahun"), required=False)
    pandemic = forms.BooleanField(label=gettext_lazy("Mendapat keringanan PP 49/2020, masa pandemi"), required=False)
    unpaid_months = WholeField(
        label=gettext_lazy("Bulan berturut-turut yang belum dibayar"),
        help_text=gettext_lazy("Untuk melihat apakah perlindungan masih berjalan."),
        required=False,
    )

    answer: Answer
    standing: Answer | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = self.fields["months"]
        assert isinstance(months, forms.ChoiceField)
        months.choices = [
            (str(count), ngettext("%(count)s bulan", "%(count)s bulan", count) % {"count": count})
            for count in history("bpu/months_at_once")[-1].choices
        ]

    def ask(self) -> None:
        given = self.cleaned_data
        inputs = {
            "income": given["income"],
            "programmes": [Programme(code).value for code in given["programmes"].split(",")],
            "months": given["months"] if given["months"] > 1 else None,
            "sector": given["sector"] or None,
            "budget_paid": given["budget_paid"] or None,
            "age": given["age"],
            "relief": Relief.PANDEMIC.value if given["pandemic"] else None,
        }
        month, unpaid = Month.of(given["month"]), given["unpaid_months"]
        self.answer = answer("BPU", month, inputs, language())
        if unpaid is not None:
            self.standing = answer("ARREARS", month, {"arrears_of": "BPU", "unpaid_months": unpaid}, language())
