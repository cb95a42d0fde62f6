"""The registry's own desk: look up people, enter them, let them marry, move, take another name or die; its habits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lindung.lib import clock
from lindung.lib.doors import open_door
from lindung.partners.dukcapil import people
from lindung.partners.dukcapil.people import MARITAL, PROVINCE, Citizen, Habits

_SEXES = [("L", _("Laki-laki")), ("P", _("Perempuan"))]
_STATES = [
    ("active", _("Aktif")),
    ("deceased", _("Meninggal")),
    ("duplicate", _("Data ganda")),
    ("inactive", _("Tidak aktif")),
]
_KINDS = {"active": "good", "deceased": "danger"}
_MARITAL = list(zip(MARITAL, (_("Belum kawin"), _("Kawin"), _("Cerai hidup"), _("Cerai mati")), strict=True))
_SHOWN = 50
_HOUR = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_PLAIN = {"autocomplete": "off"}
_DIGITS = {"autocomplete": "off", "inputmode": "numeric"}


class CitizenForm(forms.Form):
    """All that the register knows of a person but the NIK, which never changes."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Nama lengkap"),
        max_length=200,
        error_messages={"required": _("Isi nama lengkap.")},
        widget=forms.TextInput(attrs=_PLAIN),
    )
    birth_on = forms.DateField(
        label=_("Tanggal lahir"),
        help_text=_("Misalnya 05-05-1990."),
        input_formats=["%d-%m-%Y", "%Y-%m-%d"],
        error_messages={"required": _("Isi tanggal lahir."), "invalid": _("Tulis tanggal seperti 05-05-1990.")},
        widget=forms.DateInput(format="%d-%m-%Y", attrs=_DIGITS),
    )
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=_SEXES)
    mother_name = forms.CharField(
        label=_("Nama ibu kandung"), max_length=200, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    birth_place = forms.CharField(
        label=_("Tempat lahir"), max_length=100, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    address = forms.CharField(label=_("Alamat"), max_length=200, required=False, widget=forms.TextInput(attrs=_PLAIN))
    marital = forms.ChoiceField(label=_("Status kawin"), choices=_MARITAL)
    state = forms.ChoiceField(label=_("Keadaan data"), choices=_STATES)

    def texts(self) -> dict[str, str]:
        """What was typed, as the register writes it."""
        told = self.cleaned_data
        written = {name: told[name].strip().upper() for name in ("name", "mother_name", "birth_place", "address")}
        kept = {name: told[name] for name in ("sex", "marital", "state")}
        return {**written, **kept, "birth_on": told["birth_on"].isoformat()}


class NewCitizenForm(CitizenForm):
    """Somebody who was not in the register."""

    field_order = ("nik",)
    nik = forms.CharField(
        label=_("NIK"),
        help_text=_("16 angka, mulai dengan 99: wilayah yang tidak ada."),
        max_length=30,
        error_messages={"required": _("Isi NIK.")},
        widget=forms.TextInput(attrs=_DIGITS),
    )

    def citizen(self) -> Citizen:
        """The person, as the register writes it."""
        told: dict[str, Any] = self.texts()
        return Citizen(nik=self.cleaned_data["nik"], **told)

    def clean_nik(self) -> str:
        nik = re.sub(r"[\s.-]", "", self.cleaned_data["nik"])
        if not re.fullmatch(f"{PROVINCE}[0-9]{{14}}", nik):
            raise forms.ValidationError(_("NIK harus 16 angka dan mulai dengan 99."))
        if people.find(nik):
            raise forms.ValidationError(_("NIK ini sudah ada. Cari orangnya lalu ubah datanya."))
        return nik


class HabitsForm(forms.Form):
    """How the register behaves towards whoever asks."""

    use_required_attribute = False
    _whole = {"required": _("Isi dengan angka, boleh 0."), "invalid": _("Isi dengan angka saja.")}
    quota_left = forms.IntegerField(
        label=_("Sisa jatah hari ini"),
        min_value=0,
        max_value=10**8,
        error_messages=_whole,
        widget=forms.TextInput(attrs=_DIGITS),
    )
    quota_per_day = forms.IntegerField(
        label=_("Jatah setiap hari"),
        min_value=0,
        max_value=10**8,
        error_messages=_whole,
        widget=forms.TextInput(attrs=_DIGITS),
    )
    opens = forms.RegexField(
        regex=_HOUR,
        label=_("Buka pukul (WIB)"),
        help_text=_("Misalnya 06:00. Selalu buka: 00:00 sampai 24:00."),
        error_messages={"required": _("Isi jam buka."), "invalid": _("Tulis jam seperti 06:00.")},
        widget=forms.TextInput(attrs=_PLAIN),
    )
    closes = forms.RegexField(
        regex=_HOUR,
        label=_("Tutup pukul (WIB)"),
        error_messages={"required": _("Isi jam tutup."), "invalid": _("Tulis jam seperti 22:00.")},
        widget=forms.TextInput(attrs=_PLAIN),
    )
    delay_ms = forms.IntegerField(
        label=_("Jawaban ditunda, milidetik"),
        min_value=0,
        max_value=60_000,
        error_messages=_whole,
        widget=forms.TextInput(attrs=_DIGITS),
    )
    outage = forms.BooleanField(label=_("Padam: setiap panggilan dijawab 503"), required=False)
    other_nik = forms.BooleanField(label=_("Keliru: jawaban memuat NIK orang lain"), required=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A person in the list."""

    url: str
    nik: str
    name: str
    birth_on: date
    state: object
    kind: str


@open_door
def desk(request: HttpRequest) -> HttpResponse:
    """``/dukcapil/``: the newest people, or those whom ``?q=`` finds by name or the beginning of a NIK."""
    wanted = request.GET.get("q", "")
    found = [_shown(citizen) for citizen in people.search(wanted, limit=_SHOWN)]
    context = {"q": wanted, "people": found, "count": people.count(), "habits": _troubles(people.habits(_today()))}
    return render(request, "simulators/dukcapil.html", context)


@open_door
def new(request: HttpRequest) -> HttpResponse:
    """``/dukcapil/new/``: enter somebody."""
    form = NewCitizenForm(request.POST or None)
    if request.method != "POST":
        return render(request, "simulators/dukcapil_person.html", {"form": form})
    if form.is_valid():
        number = people.add(form.citizen())
        if number is not None:
            return HttpResponseRedirect(_url(number))
        form.add_error("nik", _("NIK ini sudah ada. Cari orangnya lalu ubah datanya."))
    return render(request, "simulators/dukcapil_person.html", {"form": form}, status=422)


@open_door
def person(request: HttpRequest, number: int) -> HttpResponse:
    """``/dukcapil/people/<number>/``: GET shows, POST does what its button (``do``) says: save, marry, die, revive."""
    citizen = people.get(number)
    if citizen is None:
        raise Http404
    known: dict[str, Any] = {**_fields(citizen), "birth_on": date.fromisoformat(citizen.birth_on)}
    if request.method != "POST":
        return _person(request, citizen, CitizenForm(initial=known))
    one_step = {"marry": {"marital": "KAWIN"}, "die": {"state": "deceased"}, "revive": {"state": "active"}}
    changes = one_step.get(request.POST.get("do", ""))
    if changes is None:
        form = CitizenForm(request.POST)
        if not form.is_valid():
            return _person(request, citizen, form, status=422)
        changes = form.texts()
    people.change(number, **changes)
    return HttpResponseRedirect(f"{_url(number)}?saved=1")


@open_door
def manners(request: HttpRequest) -> HttpResponse:
    """``/dukcapil/habits/``: quota, hours, delay, outage, mixed-up answers; and the endings that force an answer."""
    now = people.habits(_today())
    names = tuple(HabitsForm.base_fields)
    if request.method != "POST":
        form = HabitsForm(initial={name: getattr(now, name) for name in names})
        return render(request, "simulators/dukcapil_habits.html", {"form": form, "endings": _ENDINGS})
    form = HabitsForm(request.POST)
    if not form.is_valid():
        return render(request, "simulators/dukcapil_habits.html", {"form": form, "endings": _ENDINGS}, status=422)
    people.behave(_today(), **form.cleaned_data)
    return HttpResponseRedirect(f"{reverse('dukcapil:habits')}?saved=1")


_ENDINGS = [
    ("8003, 8009, 8010, 8016, 8017", _("Akun, alamat IP, atau lembaga kami ditolak")),
    ("8004", _("Alamat IP tidak sesuai")),
    ("8005", _("Jatah hari ini habis")),
    ("8006", _("Di luar jam akses")),
    ("8007", _("Pertanyaan kami tidak lengkap")),
    ("8008, 8013", _("NIK ditolak, tidak ditemukan")),
    ("8011", _("Meninggal dunia")),
    ("8012", _("Data ganda")),
    ("8014", _("Tidak aktif")),
    ("8015", _("Bukan susunan NIK")),
    ("8900", _("Tidak menjawab sampai batas waktu")),
    ("8901, 8902", _("HTTP 502, jawaban rusak")),
    ("8903", _("Jawaban bentuk lama, tidak ditemukan")),
    ("8904", _("Nama 85% sama, sisanya cocok")),
]


def _today() -> date:
    return clock.wib_date(clock.now())


def _person(request: HttpRequest, citizen: Citizen, form: CitizenForm, *, status: int = 200) -> HttpResponse:
    state = dict(_STATES)[citizen.state]
    context = {
        "form": form,
        "citizen": citizen,
        "state": state,
        "kind": _KINDS.get(citizen.state, "needs-you"),
        "saved": "saved" in request.GET and status == 200,
    }
    return render(request, "simulators/dukcapil_person.html", context, status=status)


def _fields(citizen: Citizen) -> Mapping[str, str]:
    return {name: getattr(citizen, name) for name in CitizenForm.base_fields}


def _shown(citizen: Citizen) -> Shown:
    state = dict(_STATES)[citizen.state]
    kind = _KINDS.get(citizen.state, "needs-you")
    return Shown(_url(citizen.id), citizen.nik, citizen.name, date.fromisoformat(citizen.birth_on), state, kind)


def _url(number: int) -> str:
    return reverse("dukcapil:person", args=[number])


def _troubles(habits: Habits) -> list[object]:
    """What somebody must know who wonders about the answers."""
    troubles = [
        (habits.outage, _("Dukcapil simulasi sedang padam.")),
        (habits.other_nik, _("Dukcapil simulasi menjawab dengan NIK orang lain.")),
        ((habits.opens, habits.closes) != ("00:00", "24:00"), _("Dukcapil simulasi memakai jam buka.")),
        (habits.quota_left == 0, _("Jatah hari ini habis.")),
        (habits.delay_ms > 0, _("Jawaban ditunda.")),
    ]
    return [text for is_so, text in troubles if is_so]
