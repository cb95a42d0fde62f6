"""The question of a wage earner's month (PU): two answers are enough, everything else may be left empty."""

from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.public.asking import LawForm
from lindung.channels.shared.amounts import RupiahField, RupiahListField, WholeField
from lindung.channels.shared.fields import MonthField
from lindung.channels.shared.formats import language
from lindung.law import Answer, Month, NotKnown, Programme, answer, due
from lindung.law.arrears import DueDate
from lindung.law.enterprise import SIZES, mandatory_programmes
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.law.reliefs import Relief
from lindung.law.segments.pu import ALWAYS
from lindung.lib.working_days import Holidays

RISKS: Final = {
    "I": gettext_lazy("I, risiko sangat rendah"),
    "II": gettext_lazy("II, risiko rendah"),
    "III": gettext_lazy("III, risiko sedang"),
    "IV": gettext_lazy("IV, risiko tinggi"),
    "V": gettext_lazy("V, risiko sangat tinggi"),
}
_SIZES: Final = {
    "micro": gettext_lazy("Usaha mikro"),
    "small": gettext_lazy("Usaha kecil"),
    "medium": gettext_lazy("Usaha menengah"),
    "large": gettext_lazy("Usaha besar"),
}
_DEFERRED: Final = "deferral"
_BASES: Final = (
    ("monthly", gettext_lazy("Upah sebulan")),
    ("daily", gettext_lazy("Upah sehari")),
    ("piece_rate", gettext_lazy("Borongan: upah yang diterima bulan ini")),
    ("piece_rate_weather", gettext_lazy("Borongan yang bergantung cuaca")),
)


class WageEarnerForm(LawForm):
    """``answer``: the worker's month; ``due``; ``late``: the fine, or ``late_unknown`` why there is none."""

    MORE = (
        *("pay_basis", "days_worked", "wages_of_months", "enterprise_size", "programmes", "birth_month"),
        *("foreigner", "months_worked_in_indonesia", "jkp_member", "relief", "months_late"),
    )
    FACTS: ClassVar = {
        "birth_date": "birth_month",
        "daily_wage": "wage",
        "months_on_record": "wages_of_months",
        "citizen": "foreigner",
    }

    month = MonthField(label=gettext_lazy("Bulan iuran"))
    wage = RupiahField(
        label=gettext_lazy("Upah"), help_text=gettext_lazy("Upah pokok ditambah tunjangan tetap, sebulan.")
    )
    jkk_class = forms.ChoiceField(
        label=gettext_lazy("Kelas risiko pekerjaan (JKK)"),
        choices=[("", gettext_lazy("Belum tahu: tampilkan semua kelas")), *((one, RISKS[one]) for one in RISK_CLASSES)],
        required=False,
    )
    pay_basis = forms.ChoiceField(
        label=gettext_lazy("Upah di atas adalah"), choices=_BASES, initial="monthly", required=False
    )
    days_worked = WholeField(label=gettext_lazy("Hari kerja yang dibayar bulan itu"), required=False)
    wages_of_months = RupiahListField(
        label=gettext_lazy("Upah borongan bulan-bulan terakhir"),
        help_text=gettext_lazy("Bulan terakhir ditulis di belakang. Pisahkan dengan titik koma."),
        required=False,
    )
    enterprise_size = forms.ChoiceField(
        label=gettext_lazy("Ukuran usaha"),
        help_text=gettext_lazy("Menentukan program yang wajib."),
        choices=[("", gettext_lazy("Tidak disebut: semua program")), *((size, _SIZES[size]) for size in SIZES)],
        required=False,
    )
    programmes = forms.MultipleChoiceField(
        label=gettext_lazy("Hanya program ini"),
        choices=[(one.value, one.value) for one in (Programme.JHT, Programme.JP, Programme.JKK, Programme.JKM)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    birth_month = MonthField(
        label=gettext_lazy("Bulan lahir pekerja"),
        help_text=gettext_lazy("Iuran JP berhenti pada usia pensiun."),
        required=False,
    )
    foreigner = forms.BooleanField(label=gettext_lazy("Pekerja asing"), required=False)
    months_worked_in_indonesia = WholeField(
        label=gettext_lazy("Sudah bekerja di Indonesia, dalam bulan"),
        help_text=gettext_lazy("Hanya untuk pekerja asing."),
        required=False,
    )
    jkp_member = forms.BooleanField(label=gettext_lazy("Peserta JKP: tampilkan pembagiannya"), required=False)
    relief = forms.ChoiceField(
        label=gettext_lazy("Keringanan yang diperoleh perusahaan"),
        choices=[
            ("", gettext_lazy("Tidak ada")),
            (Relief.PANDEMIC.value, gettext_lazy("PP 49/2020, masa pandemi")),
            (_DEFERRED, gettext_lazy("PP 49/2020 dan penundaan iuran JP")),
            (Relief.LABOUR_INTENSIVE.value, gettext_lazy("PP 7/2025, industri padat karya")),
        ],
        required=False,
    )
    months_late = WholeField(
        label=gettext_lazy("Terlambat dibayar, dalam bulan"),
        help_text=gettext_lazy("Untuk menghitung dendanya."),
        required=False,
    )

    answer: Answer
    due: DueDate
    late: Answer | None = None
    late_unknown: str = ""
    by_class: dict[str, Answer]
    """Risk class -> the whole answer, where no class was chosen and JKK is asked for."""

    def clean_days_worked(self) -> int | None:
        days: int | None = self.cleaned_data["days_worked"]
        if days is not None and self.cleaned_data.get("pay_basis") != "daily":
            raise ValidationError(_("Hari kerja hanya dihitung bila upah di atas adalah upah sehari."))
        return days

    def clean_wages_of_months(self) -> list[int] | None:
        wages: list[int] | None = self.cleaned_data["wages_of_months"]
        if wages and not str(self.cleaned_data.get("pay_basis")).startswith("piece_rate"):
            raise ValidationError(_("Upah bulan-bulan terakhir hanya dihitung bila pekerjaannya borongan."))
        if not wages and str(self.cleaned_data.get("pay_basis")).startswith("piece_rate"):
            raise ValidationError(_("Isi upah borongan tiap bulan yang lalu, misalnya 4500000; 4700000; 4600000."))
        return wages

    def ask(self) -> None:
        month, said = Month.of(self.cleaned_data["month"]), language()
        inputs = self._inputs()
        self.by_class = {}
        if not self.cleaned_data["jkk_class"] and Programme.JKK in (owed := self._programmes(month)):
            self.by_class = {one: answer("PU", month, {**inputs, "jkk_class": one}, said) for one in RISK_CLASSES}
            # Where nothing but JKK is asked for, the law says by itself that the class is missing.
            inputs["programmes"] = [code for code in Programme if code in owed - {Programme.JKK}] or ["JKK"]
            if self.cleaned_data["months_late"]:
                self.add_error("jkk_class", _("Pilih kelas risiko: denda dihitung dari seluruh iuran."))
        self.answer = answer("PU", month, inputs, said)
        self.due = due(month, Holidays(), said)
        self._ask_fine(month)

    def _inputs(self) -> dict[str, Any]:
        given = self.cleaned_data
        relief = given["relief"]
        inputs: dict[str, Any] = {
            "wage": given["wage"],
            "jkk_class": given["jkk_class"] or None,
            "pay_basis": given["pay_basis"] or None,
            "days_worked": given["days_worked"],
            "wages_of_months": given["wages_of_months"],
            "enterprise_size": given["enterprise_size"] or None,
            "programmes": given["programmes"] or None,
            "birth_date": given["birth_month"],
            "citizen": False if given["foreigner"] else None,
            "months_worked_in_indonesia": given["months_worked_in_indonesia"],
            "jkp_member": given["jkp_member"] or None,
            "relief": (Relief.PANDEMIC.value if relief == _DEFERRED else relief) or None,
            "jp_deferral": relief == _DEFERRED or None,
        }
        if given["jkp_member"] and given["programmes"]:
            inputs["programmes"] = [*given["programmes"], Programme.JKP.value]
        return inputs

    def _programmes(self, month: Month) -> frozenset[Programme]:
        """What the law computes for these facts, JKK with it where it is asked for."""
        named, size = self.cleaned_data["programmes"], self.cleaned_data["enterprise_size"]
        owed = frozenset(map(Programme, named)) if named else mandatory_programmes(size, month) if size else ALWAYS
        return owed | {Programme.JKP} if self.cleaned_data["jkp_member"] else owed

    def _ask_fine(self, month: Month) -> None:
        late = self.cleaned_data["months_late"]
        if late is None:
            return
        owed = {"contribution_owed": self.answer.result["total"], "months_late": late}
        relief = self.cleaned_data["relief"]
        if relief == Relief.LABOUR_INTENSIVE:
            owed["relief"] = relief
        try:
            self.late = answer("PENALTY", month, owed, language())
        except NotKnown as unknown:
            self.late_unknown = unknown.say(language())
