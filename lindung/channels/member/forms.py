"""What a member fills in: that a month does not match, and that an answer does not settle it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lindung.channels.shared.amounts import RupiahField
from lindung.channels.shared.forms import HouseForm
from lindung.compliance.months import MonthStanding

MOST_WORDS = 1000


class ActForm(HouseForm):
    """A button that changes something: the guard against forged requests, and no question."""


class ComplaintForm(HouseForm):
    """What is the matter with a month: only what can be the matter with this one."""

    kind = forms.ChoiceField(label=_("Apa yang tidak cocok?"), widget=forms.RadioSelect)
    wage = RupiahField(
        label=_("Upah Anda yang sebenarnya bulan itu"),
        required=False,
        help_text=_(
            "Hanya bila upahnya yang salah: upah pokok dan tunjangan tetap sebelum potongan, misalnya 4500000."
        ),
    )
    words = forms.CharField(
        label=_("Ceritakan seperlunya"),
        required=False,
        max_length=MOST_WORDS,
        help_text=_("Misalnya: slip upah saya menulis jumlah lain, atau iurannya sudah dipotong dari upah saya."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.base_fields["kind"].label
        self.fields["kind"] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
        if not any(kind == "wage_wrong" for kind, _words in choices):
            del self.fields["wage"]
        self.order_fields(["kind", "wage", "words"])

    def clean(self) -> dict[str, Any] | None:
        """Whoever says that the wage is wrong says what it is, and a wage that was told is not passed over."""
        told, asked = self.cleaned_data, self.cleaned_data.get("kind") == "wage_wrong"
        if asked and "wage" not in self.errors and not told.get("wage"):
            self.add_error("wage", _("Isi upah Anda yang sebenarnya, supaya perusahaan tahu apa yang dicari."))
        if not asked and told.get("wage") and told.get("kind"):
            self.add_error("kind", _("Anda menulis upah. Pilih bahwa upahnya yang salah, atau kosongkan upahnya."))
        return told


class ObjectionForm(HouseForm):
    """Why it is not settled; the officer reads it."""

    words = forms.CharField(
        label=_("Apa yang belum beres?"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def kinds_of(month: MonthStanding, missing: bool) -> list[str]:
    """What can be said of a month, the likeliest first: missing what is due and not there, then a wage that stands."""
    kinds = ["month_missing"] if missing else []
    return [*kinds, *(["wage_wrong"] if month.wage_rupiah else []), "not_my_employer"]
