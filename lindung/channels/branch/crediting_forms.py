"""What an officer fills in to plan a crediting, to start one, or to have growth shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lindung.channels.shared.amounts import PercentField, WholeField
from lindung.channels.shared.forms import HouseForm

_FIRST_YEAR, _LAST_YEAR = 2015, 2999


def _year() -> forms.Field:
    return WholeField(label=_("Tahun"), help_text=_("Misalnya 2025"))


class _YearForm(HouseForm):
    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise forms.ValidationError(
                _("Tahun harus %(first)s atau sesudahnya, empat angka."), params={"first": _FIRST_YEAR}
            )
        return year


class PlanForm(_YearForm):
    """Rate and citation may stay empty where the law knows the year's rate."""

    year = _year()
    rate = PercentField(
        label=_("Tarif setahun"),
        required=False,
        help_text=_("Dalam persen, misalnya 5,59. Kosongkan bila aturan sudah memuat tarif tahun itu."),
    )
    citation = forms.CharField(
        label=_("Keputusan"),
        required=False,
        max_length=300,
        help_text=_("Nomor, tanggal dan judul keputusan yang menetapkan tarif itu."),
    )


class ProvisionalForm(_YearForm):
    """Both are needed: nobody's growth is shown at a rate that nobody stands for."""

    year = _year()
    rate = PercentField(label=_("Tarif sementara setahun"), help_text=_("Dalam persen, misalnya 5,25."))
    citation = forms.CharField(
        label=_("Dasarnya"),
        max_length=300,
        help_text=_("Keputusan atau surat yang menjadi dasarnya. Anggota melihatnya."),
    )


class StartForm(HouseForm):
    """The second officer says that he looked at the totals."""

    rehearsal_id = forms.IntegerField(widget=forms.HiddenInput)
    checked = forms.BooleanField(label=_("Saya sudah memeriksa tarif, keputusan dan jumlah di halaman ini"))
