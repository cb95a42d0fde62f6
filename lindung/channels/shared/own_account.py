"""What somebody says who pays for himself, to his own page or to an officer: the same questions."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.shared.amounts import RupiahField
from lindung.channels.shared.forms import HouseForm
from lindung.contributions.offers import PACKAGE, WITH_JHT, OwnAccountTerms
from lindung.law.money import MOST_WAGE_RUPIAH

_SECTORS: Final = (
    ("other", gettext_lazy("Bidang lain")),
    ("transport", gettext_lazy("Transportasi: pengemudi dan kurir")),
)
_PACKAGES: Final = {"with_jht": WITH_JHT, "package": PACKAGE}
_PACKAGE_NAMES: Final = (
    ("with_jht", gettext_lazy("JKK, JKM, dan tabungan JHT")),
    ("package", gettext_lazy("JKK dan JKM saja")),
)


class TermsForm(HouseForm):
    """Income, sector and programmes: what the contribution of a month is made of."""

    income = RupiahField(
        label=gettext_lazy("Penghasilan rata-rata sebulan"), help_text=gettext_lazy("Misalnya 3 juta atau 3.000.000.")
    )
    sector = forms.ChoiceField(label=gettext_lazy("Bidang usaha"), choices=_SECTORS, widget=forms.RadioSelect)
    package = forms.ChoiceField(label=gettext_lazy("Program"), choices=_PACKAGE_NAMES, widget=forms.RadioSelect)
    anew = forms.BooleanField(
        label=gettext_lazy("Lewati bulan yang belum dibayar, mulai lagi dari bulan ini"),
        help_text=gettext_lazy("Bulan yang terlewat tidak wajib dilunasi dulu, tetapi tidak terlindungi."),
        required=False,
    )

    def cleaned(self, name: str) -> object:
        """A valid answer; None where nothing was sent, or nothing valid."""
        return getattr(self, "cleaned_data", {}).get(name)

    def offer_skipping(self, allowed: bool) -> None:
        """Ask about unpaid months only where there are some."""
        if not allowed:
            self.fields.pop("anew", None)

    def clean_income(self) -> int:
        income: int = self.cleaned_data["income"]
        if not 0 < income <= MOST_WAGE_RUPIAH:
            raise ValidationError(_("Penghasilan harus lebih dari nol. Periksa jumlahnya."))
        return income

    def terms(self) -> OwnAccountTerms:
        """What was said, once it is valid."""
        told = self.cleaned_data
        return OwnAccountTerms(told["income"], _PACKAGES[told["package"]], told["sector"])


class ChooseForm(TermsForm):
    """The same, said before, and how many months of the offer are taken."""

    months = forms.TypedChoiceField(label=gettext_lazy("Bayar untuk"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="choose_%s", **kwargs)
        months = self.fields["months"]
        assert isinstance(months, forms.ChoiceField)
        months.choices = list(offered)
        for name in ("income", "sector", "package", "anew"):
            self.fields[name].widget = forms.HiddenInput()


def terms_initial(terms: OwnAccountTerms) -> dict[str, object]:
    """The form's fields for terms that are known."""
    package = "with_jht" if terms.programmes == WITH_JHT else "package"
    return {"income": terms.income_rupiah, "sector": terms.sector, "package": package}
