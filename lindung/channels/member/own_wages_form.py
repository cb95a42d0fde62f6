"""The table in which a worker types the wages on his payslips, month by month or one for all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.member.complaints import refusal_words
from lindung.channels.member.forms import MOST_WORDS
from lindung.channels.shared.amounts import RupiahField
from lindung.channels.shared.formats import month_name
from lindung.channels.shared.forms import HouseForm
from lindung.compliance.own_wages import ReportedMonth
from lindung.law.money import MOST_WAGE_RUPIAH


@dataclass(frozen=True, slots=True)
class Line:
    """A month of the table, what was reported for it, and the box for his own wage."""

    month: ReportedMonth
    box: BoundField


class _WageField(RupiahField):
    """Narrow enough to stand beside its month on a phone."""

    size = 10


class OwnWagesForm(HouseForm):
    """One box for all months, and one for each that was another; what stays empty is not compared."""

    template_name = "member/own_wages_form.html"

    every = RupiahField(
        label=gettext_lazy("Upah Anda sebulan menurut slip"),
        required=False,
        help_text=gettext_lazy("Upah pokok dan tunjangan tetap sebelum potongan, misalnya 4500000."),
    )
    words = forms.CharField(
        label=gettext_lazy("Ceritakan seperlunya"),
        required=False,
        max_length=MOST_WORDS,
        help_text=gettext_lazy("Boleh kosong. Perusahaan dan petugas membacanya bila Anda mengadu."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, months: Sequence[ReportedMonth], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = months
        for month in months:
            label = _("Upah Anda %(month)s") % {"month": month_name(month.period)}
            self.fields[_name(month.period)] = _WageField(label=label, required=False)

    def clean(self) -> dict[str, Any] | None:
        """At least one wage, and none that nobody has."""
        told = self.cleaned_data
        boxes = ["every", *(_name(month.period) for month in self.months)]
        for box in boxes:
            if (wage := told.get(box)) is not None and not 0 < wage <= MOST_WAGE_RUPIAH:
                self.add_error(box, refusal_words("no_wage"))
        if not self.errors and not any(told.get(box) for box in boxes):
            self.add_error("every", _("Isi upah Anda, sekali untuk semua bulan atau bulan demi bulan."))
        return told

    def wages(self) -> dict[date, int]:
        """Month -> his wage, of every month for which he told one."""
        every = self.cleaned_data.get("every")
        told = {month.period: self.cleaned_data.get(_name(month.period)) or every for month in self.months}
        return {period: wage for period, wage in told.items() if wage}

    @property
    def by_month(self) -> bool:
        """Whether a month has a wage of its own, or one that cannot be read."""
        return any(line.box.data or line.box.errors for line in self.lines())

    def lines(self) -> Iterator[Line]:
        """The months for showing, newest first."""
        for month in self.months:
            yield Line(month, self[_name(month.period)])


def _name(period: date) -> str:
    return f"wage-{period:%Y-%m}"
