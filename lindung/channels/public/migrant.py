"""The question of a migrant worker (PMI): the length of the contract, the way of placement, JHT by choice."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.public.asking import LawForm
from lindung.channels.shared.amounts import WholeField
from lindung.channels.shared.fields import DayField
from lindung.channels.shared.formats import language, rupiah
from lindung.law import Answer, answer
from lindung.law.parameters import history
from lindung.law.segments.pmi import AGENCY, INDIVIDUAL

_ROUTES: Final = (
    (AGENCY, gettext_lazy("Lewat perusahaan penempatan")),
    (INDIVIDUAL, gettext_lazy("Perseorangan")),
)


class MigrantForm(LawForm):
    """``answer``: what is paid once, and the JHT of a month where one was chosen."""

    MORE = ("extra_months",)
    FACTS: ClassVar = {"months": "contract_months", "month": "paid_on"}
    DATED = "paid_on"

    paid_on = DayField(label=gettext_lazy("Tanggal bayar"))
    contract_months = WholeField(label=gettext_lazy("Lama kontrak, dalam bulan"))
    route = forms.ChoiceField(label=gettext_lazy("Cara penempatan"), choices=_ROUTES, initial=AGENCY)
    jht = forms.TypedChoiceField(
        label=gettext_lazy("Tabungan JHT sebulan"), coerce=int, empty_value=None, required=False
    )
    extra_months = WholeField(label=gettext_lazy("Perpanjangan kontrak, dalam bulan"), required=False)

    answer: Answer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        jht = self.fields["jht"]
        assert isinstance(jht, forms.ChoiceField)
        known = [(str(choice), rupiah(choice)) for choice in history("pmi/jht_choices")[-1].choices]
        jht.choices = [("", _("Tanpa JHT")), *known]

    def ask(self) -> None:
        given = self.cleaned_data
        inputs = {name: given[name] for name in ("contract_months", "route", "jht", "extra_months")}
        self.answer = answer("PMI", given["paid_on"], inputs, language())
