"""What a migrant worker says of his contract."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.shared.amounts import WholeField
from lindung.channels.shared.fields import DayField
from lindung.channels.shared.formats import rupiah
from lindung.channels.shared.forms import HouseForm
from lindung.law.parameters import history
from lindung.law.segments.pmi import AGENCY, INDIVIDUAL

_ROUTES: Final = (
    (AGENCY, gettext_lazy("Lewat perusahaan penempatan")),
    (INDIVIDUAL, gettext_lazy("Perseorangan")),
)


class PackageForm(HouseForm):
    """One contract of work abroad."""

    starts_on = DayField(label=gettext_lazy("Kontrak mulai"))
    contract_months = WholeField(label=gettext_lazy("Lama kontrak, dalam bulan"))
    route = forms.ChoiceField(
        label=gettext_lazy("Cara penempatan"), choices=_ROUTES, initial=AGENCY, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jht"] = jht_field(_("Pilihan. Dibayar sekaligus untuk seluruh kontrak."))


def jht_field(help_text: str) -> forms.TypedChoiceField:
    """How much is saved a month, if anything; whole rupiah or None."""
    choices = [(str(choice), rupiah(choice)) for choice in history("pmi/jht_choices")[-1].choices]
    return forms.TypedChoiceField(
        label=_("Tabungan JHT sebulan"),
        help_text=help_text,
        choices=[("", _("Tanpa JHT")), *choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
