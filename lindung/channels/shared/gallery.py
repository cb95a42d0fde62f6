"""Every component in every state on one page, with the line that makes it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from lindung.channels.shared import samples
from lindung.channels.shared.amounts import PercentField, RupiahField, RupiahListField, WholeField
from lindung.channels.shared.fields import DayField, GroupedDigitsField, MonthField
from lindung.channels.shared.forms import HouseForm


class SampleForm(HouseForm):
    """One field of each sort."""

    full_name = forms.CharField(label="Nama lengkap", help_text="Seperti pada KTP.", max_length=200)
    nik = GroupedDigitsField(
        label="NIK", length=16, help_text="16 angka pada KTP. Kami memakainya untuk mencari kartu Anda."
    )
    born_on = DayField(label="Tanggal lahir", help_text="Misalnya 2 3 1990.", autocomplete="bday")
    month_on = MonthField(label="Bulan iuran")
    cause = forms.ChoiceField(
        label="Mengapa berhenti bekerja?",
        choices=[
            ("resigned", "Saya mengundurkan diri"),
            ("terminated", "Saya diberhentikan"),
            ("contract", "Kontrak selesai"),
        ],
        widget=forms.RadioSelect,
    )
    bank = forms.ChoiceField(label="Bank", choices=[("", "Pilih bank"), ("a", "Bank Contoh"), ("b", "Bank Misal")])
    photo = forms.FileField(label="Foto KTP", help_text="JPG atau PNG, paling besar 6 MB.")
    story = forms.CharField(label="Catatan untuk petugas", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    wage = RupiahField(label="Upah sebulan", help_text="Misalnya 4.500.000 atau 4,5 juta.", required=False)
    wages = RupiahListField(label="Upah tiga bulan", help_text="Pisahkan dengan titik koma.", required=False)
    rate = PercentField(label="Tarif, persen", help_text="Misalnya 5,7.", required=False)
    months = WholeField(label="Berapa bulan?", required=False)
    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput)
    agree = forms.BooleanField(label="Data di atas benar")


class SmallForm(HouseForm):
    nik = GroupedDigitsField(label="NIK", length=16)
    summary_takes_focus = False


class SearchForm(HouseForm):
    searched = forms.CharField(label="Cari nama atau KPJ")
    summary_takes_focus = False


@require_http_methods(["GET", "HEAD", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery; a sent sample form comes back with its errors and goes nowhere."""
    form = SampleForm(request.POST, request.FILES) if request.method == "POST" else SampleForm()
    wrong = SmallForm({"wrong-nik": "9901 0142 0390 001"}, prefix="wrong")
    return render(
        request,
        "shared/gallery.html",
        {"form": form, "wrong": wrong, "search": SearchForm(), "lines": samples.LINES, **samples.samples()},
        status=422 if form.errors else 200,
    )
