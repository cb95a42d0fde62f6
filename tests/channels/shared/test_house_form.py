"""Forms: errors said twice, typed values kept, passwords never; dates, months and long numbers as people type them."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lindung.channels.shared.fields import DayField, GroupedDigitsField, MonthField
from lindung.channels.shared.forms import HouseForm


class ClaimForm(HouseForm):
    nik = GroupedDigitsField(label="NIK", length=16, help_text="16 angka pada KTP.")
    born_on = DayField(label="Tanggal lahir", autocomplete="bday")
    month_on = MonthField(label="Bulan iuran")
    cause = forms.ChoiceField(
        label="Sebab", choices=[("a", "Habis kontrak"), ("b", "Mundur")], widget=forms.RadioSelect
    )
    photo = forms.FileField(label="Foto KTP", required=False)
    note = forms.CharField(label="Catatan", required=False)
    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput)
    agree = forms.BooleanField(label="Data benar")


GOOD = {
    "nik": "9901 0142.0390-0001",
    "born_on_0": "2",
    "born_on_1": "maret",
    "born_on_2": "1990",
    "month_on_0": "10",
    "month_on_1": "2026",
    "cause": "a",
    "password": "rahasia sekali",
    "agree": "on",
}


@pytest.fixture(autouse=True)
def indonesian() -> Any:
    with translation.override("id"):
        yield


def page(form: HouseForm) -> str:
    line = "{% load lindung %}{% house_form form %}{% button 'Kirim' %}{% endhouse_form %}"
    return Template(line).render(Context({"form": form, "csrf_token": "guard"}))


def test_what_people_type_is_understood() -> None:
    form = ClaimForm(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["nik"] == "9901014203900001"
    assert form.cleaned_data["born_on"] == date(1990, 3, 2)
    assert form.cleaned_data["month_on"] == date(2026, 10, 1)


def test_a_form_is_guarded_and_leaves_checking_to_the_server() -> None:
    shown = page(ClaimForm())
    assert shown.lstrip().startswith('<form method="post" novalidate enctype="multipart/form-data">')
    assert 'value="guard"' in shown
    assert " required" not in shown
    assert "error-summary" not in shown


def test_a_form_that_only_asks_carries_no_guard_in_its_address() -> None:
    line = "{% load lindung %}{% house_form form method='get' %}{% endhouse_form %}"
    shown = Template(line).render(Context({"form": ClaimForm(), "csrf_token": "guard"}))
    assert "guard" not in shown


def test_every_error_stands_on_top_with_a_link_and_beside_its_field() -> None:
    form = ClaimForm({**GOOD, "nik": "123", "born_on_0": "", "cause": ""})
    shown = page(form)
    summary = shown[shown.index('class="error-summary"') : shown.index("</ul>")]
    assert 'role="alert"' in shown
    assert "autofocus" in shown
    assert re.findall(r'href="#([^"]+)"', summary) == ["id_nik", "id_born_on_0", "id_cause_0"]
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f'id="{target}"' in shown
    assert shown.count("NIK harus 16 angka. Anda menulis 3 angka.") == 2
    assert 'id="id_nik_error"' in shown
    assert re.search(r'name="nik"[^>]*aria-describedby="id_nik_helptext id_nik_error"', shown)


def test_an_error_of_the_whole_form_stands_on_top_too() -> None:
    form = ClaimForm(GOOD)
    form.add_error(None, "Nama di bank berbeda dengan nama di KTP.")
    assert "<li>Nama di bank berbeda" in page(form)


def test_what_was_typed_is_kept_as_it_was_typed_but_for_the_password() -> None:
    shown = page(ClaimForm({**GOOD, "nik": "99 01x", "born_on_0": "31", "born_on_1": "2", "agree": ""}))
    assert 'value="99 01x"' in shown
    assert 'value="31"' in shown
    assert '<option value="10" selected>' in shown
    assert "rahasia" not in shown
    assert 'autocomplete="current-password"' in shown


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nik", "Isi NIK."),
        ("born_on", "Isi tanggal lahir."),
        ("cause", "Pilih sebab."),
        ("password", "Isi kata sandi."),
        ("agree", "Centang untuk melanjutkan: data benar."),
    ],
)
def test_a_missing_answer_is_named(name: str, message: str) -> None:
    assert ClaimForm({}).errors[name] == [message]


def test_a_form_keeps_words_of_its_own() -> None:
    class Own(HouseForm):
        kpj = forms.CharField(error_messages={"required": "Nomor kartu belum diisi."})

    assert Own({}).errors["kpj"] == ["Nomor kartu belum diisi."]


def test_what_may_stay_empty_says_so_and_nothing_carries_an_asterisk() -> None:
    shown = page(ClaimForm())
    assert shown.count("(boleh kosong)") == 2
    assert "*" not in shown


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("31", "2", "1990"), "Tanggal lahir tidak ada di kalender. Periksa lagi."),
        (("", "2", "1990"), "Tanggal lahir belum lengkap. Isi juga tanggal."),
        (("2", "", ""), "Tanggal lahir belum lengkap. Isi juga bulan, tahun."),
        (("2", "3", "90"), "Tulis tahun dengan 4 angka, misalnya 1990."),
        (("dua", "3", "1990"), "Tulis tanggal dengan angka 1 sampai 31."),
        (("2", "xyz", "1990"), "Bulan itu tidak kami kenal. Tulis angka 1 sampai 12."),
        (("2", "13", "1990"), "Tanggal lahir tidak ada di kalender. Periksa lagi."),
    ],
)
def test_a_date_that_is_wrong_says_what_to_do(parts: tuple[str, str, str], message: str) -> None:
    data = dict(zip(("born_on_0", "born_on_1", "born_on_2"), parts, strict=True))
    assert ClaimForm({**GOOD, **data}).errors["born_on"] == [message]


@pytest.mark.parametrize("month", ["8", "08", "Agustus", "agt", "AUG", "agu"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = ClaimForm({**GOOD, "born_on_1": month})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born_on"] == date(1990, 8, 2)


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_every_day_of_the_calendar_can_be_typed_and_shown_again(day: date) -> None:
    field = DayField(label="Hari")
    assert field.clean(field.widget.decompress(day)) == day


def test_a_known_date_is_filled_in() -> None:
    shown = page(ClaimForm(initial={"born_on": date(1990, 3, 2), "month_on": date(2026, 10, 1)}))
    assert 'name="born_on_0" value="2"' in shown
    assert '<option value="10" selected>' in shown
    assert 'autocomplete="bday-day"' in shown


def test_the_parts_of_a_date_are_one_question_with_a_label_each() -> None:
    shown = page(ClaimForm())
    assert re.search(r"<fieldset>\s*<legend>Tanggal lahir</legend>", shown)
    assert '<label for="id_born_on_0">Tanggal</label>' in shown
    assert '<label for="id_born_on_2">Tahun</label>' in shown


@given(st.from_regex(r"[0-9]{16}", fullmatch=True), st.sampled_from([" ", ".", "-", "\u00a0", ""]))
def test_gaps_in_a_long_number_do_not_matter(digits: str, gap: str) -> None:
    typed = gap.join(digits[start : start + 4] for start in range(0, 16, 4))
    assert GroupedDigitsField(length=16, label="NIK").clean(typed) == digits


def test_full_width_digits_are_digits() -> None:
    assert GroupedDigitsField(length=4, label="Kode").clean("１２３４") == "1234"


def test_letters_in_a_number_are_named() -> None:
    with pytest.raises(forms.ValidationError, match="NIK hanya angka"):
        GroupedDigitsField(length=16, label="NIK").clean("99O1014203900001")


def test_an_unchanged_date_is_not_a_change() -> None:
    form = ClaimForm(GOOD, initial={"born_on": date(1990, 3, 2), "month_on": date(2026, 10, 1)})
    assert "month_on" not in form.changed_data
