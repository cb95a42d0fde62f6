"""What a firm is asked when it registers: who it is, what it does, where it works, who asks."""

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lindung.channels.shared import firm_words
from lindung.channels.shared.forms import HouseForm
from lindung.law import Month
from lindung.lib import clock
from lindung.registry.firm_numbers import BadNumber, read_nib, read_npwp
from lindung.registry.provinces import province_names
from lindung.registry.services import Applicant, NewFirm, NewSite

_SITES: Final = 3
"""How many places may be told at once; more are added by the firm itself."""


class FirmForm(HouseForm):
    """One page. Numbers may come later; what is told wrongly is said beside its field."""

    template_name = "public/firm_form.html"
    name = forms.CharField(
        label=_("Nama perusahaan"),
        max_length=200,
        help_text=_("Seperti di akta atau papan nama."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    legal_form = forms.ChoiceField(label=_("Bentuk usaha"))
    line = forms.ChoiceField(
        label=_("Bidang usaha"), help_text=_("Pilih yang paling dekat. Kelas risiko JKK kami perkirakan dari sini.")
    )
    size = forms.ChoiceField(
        label=_("Ukuran usaha"),
        widget=forms.RadioSelect,
        help_text=_("Menentukan program yang wajib. Modal dihitung tanpa tanah dan bangunan."),
    )
    npwp = forms.CharField(
        label=_("NPWP"),
        max_length=40,
        required=False,
        help_text=_("Boleh menyusul. 15 atau 16 angka."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "22"}),
    )
    nib = forms.CharField(
        label=_("NIB"),
        max_length=40,
        required=False,
        help_text=_("Boleh menyusul. 13 angka."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "18"}),
    )
    street = forms.CharField(
        label=_("Alamat"),
        max_length=200,
        help_text=_("Jalan, nomor, dan kelurahan."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    regency = forms.CharField(label=_("Kabupaten atau kota"), max_length=80)
    province = forms.ChoiceField(label=_("Provinsi"))
    sites = forms.CharField(
        label=_("Lokasi kerja lain"),
        required=False,
        max_length=600,
        help_text=_("Satu per baris: nama, koma, kota. Paling banyak tiga di sini. Boleh dikosongkan."),
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    person = forms.CharField(
        label=_("Nama Anda"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail Anda"),
        max_length=254,
        help_text=_("Ke sini kami kirim tautan untuk melanjutkan."),
        error_messages={"invalid": _("E-mail ini belum benar. Tulis seperti nama@perusahaan.example.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Nomor HP Anda"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "size": "22"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pick = [("", gettext("Pilih"))]
        for field, choices in (
            ("legal_form", pick + list(firm_words.legal_form_words().items())),
            ("line", pick + list(firm_words.line_words().items())),
            ("size", list(firm_words.sizes_as_choices(Month.of(clock.wib_date(clock.now()))))),
            ("province", pick + sorted(province_names().items(), key=lambda item: item[1])),
        ):
            cast(forms.ChoiceField, self.fields[field]).choices = choices

    def clean_npwp(self) -> str:
        """Sixteen digits, or nothing."""
        return self._number("npwp", gettext("NPWP terdiri dari 15 atau 16 angka. Periksa lagi, atau kosongkan dulu."))

    def clean_nib(self) -> str:
        """Thirteen digits, or nothing."""
        return self._number("nib", gettext("NIB terdiri dari 13 angka. Periksa lagi, atau kosongkan dulu."))

    def clean_phone(self) -> str:
        """As E.164; a number that begins with 0 is Indonesian."""
        digits = "".join(c for c in self.cleaned_data["phone"] if c not in " .-()")
        number = f"+62{digits[1:]}" if digits.startswith("0") else digits
        number = f"+{number}" if number.startswith("62") else number
        if not (number.startswith("+") and number[1:].isascii() and number[1:].isdigit() and 9 <= len(number) <= 16):
            raise forms.ValidationError(gettext("Nomor HP ini belum benar. Tulis seperti 0812 3456 789."))
        return number

    def clean_sites(self) -> tuple[NewSite, ...]:
        """Lines of name and town."""
        lines = [line.strip() for line in self.cleaned_data["sites"].splitlines() if line.strip()]
        if len(lines) > _SITES:
            raise forms.ValidationError(
                gettext("Paling banyak tiga lokasi di sini. Sisanya Anda tambah sendiri nanti.")
            )
        sites = []
        for line in lines:
            name, _comma, place = (part.strip() for part in line.partition(","))
            if not (name and place) or len(name) > 80 or len(place) > 80:
                raise forms.ValidationError(gettext("Tulis nama, koma, kota. Misalnya: Gudang Barat, Kota Contoh."))
            sites.append(NewSite("site", name, place))
        if len({site.name for site in sites}) < len(sites):
            raise forms.ValidationError(gettext("Dua lokasi bernama sama. Beri nama yang berbeda."))
        return tuple(sites)

    def firm(self) -> NewFirm:
        """The firm as it was told; only of a valid form."""
        told = self.cleaned_data
        return NewFirm(
            name=told["name"].strip(),
            legal_form=told["legal_form"],
            line_of_business=told["line"],
            size=told["size"],
            npwp=told["npwp"],
            nib=told["nib"],
            street=told["street"].strip(),
            regency=told["regency"].strip(),
            province_code=told["province"],
            sites=told["sites"],
        )

    def applicant(self) -> Applicant:
        """Who asks; only of a valid form."""
        told = self.cleaned_data
        return Applicant(told["person"].strip(), told["email"], told["phone"])

    def _number(self, kind: str, wrong: str) -> str:
        text = self.cleaned_data[kind]
        if not text:
            return ""
        try:
            return read_npwp(text) if kind == "npwp" else read_nib(text)
        except BadNumber as error:
            raise forms.ValidationError(wrong) from error
