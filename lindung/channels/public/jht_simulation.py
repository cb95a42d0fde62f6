"""The JHT simulator: what a savings balance may grow to, by both ways in which official results were published."""

from fractions import Fraction
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from lindung.channels.public.asking import LawForm
from lindung.channels.public.contributions import shared_address
from lindung.channels.public.explained import certainty, rules_used
from lindung.channels.public.pages import frame, today
from lindung.channels.shared.access import public
from lindung.channels.shared.amounts import PercentField, RupiahField, WholeField
from lindung.channels.shared.components import (
    Column,
    ExplainedRow,
    ExplainedTable,
    Growth,
    GrowthPoint,
    SummaryRow,
    Table,
)
from lindung.channels.shared.fields import MonthField
from lindung.channels.shared.formats import count, language
from lindung.law import Answer, Convention, Month, answer, simulate
from lindung.law.development import MONTHS_OF_A_YEAR
from lindung.law.parameters import history
from lindung.law.simulation import Simulation, in_todays_money

_RULES: Final = ("jht/employer_rate", "jht/worker_rate")
_BARS: Final = 12
"""Years that one chart shows beside each other on a phone."""


class SimulationForm(LawForm):
    """``answer``: by the member app's convention; ``by_convention``: every year by each of the two."""

    FACTS: ClassVar = {
        "annual_rate": "annual_rate_percent",
        "inflation": "inflation_percent",
        "monthly_contribution": "wage",
        "months": "years",
    }
    MORE = ("opening_balance", "inflation_percent", "month")

    wage = RupiahField(label=gettext_lazy("Upah sebulan"))
    years = WholeField(label=gettext_lazy("Berapa tahun lagi?"))
    annual_rate_percent = PercentField(
        label=gettext_lazy("Hasil pengembangan setahun, dalam persen"),
        help_text=gettext_lazy("Anda yang memperkirakan. Tarif yang pernah diumumkan ada di bawah."),
    )
    opening_balance = RupiahField(label=gettext_lazy("Saldo JHT sekarang"), required=False)
    inflation_percent = PercentField(
        label=gettext_lazy("Perkiraan inflasi setahun, dalam persen"),
        help_text=gettext_lazy("Untuk melihat nilainya dengan harga hari ini."),
        required=False,
    )
    month = MonthField(label=gettext_lazy("Tarif iuran menurut bulan"))

    answer: Answer
    by_convention: dict[Convention, Simulation]

    def clean_years(self) -> int:
        years: int = self.cleaned_data["years"]
        if years == 0:
            raise ValidationError(_("Tulis paling sedikit 1 tahun."))
        return years

    def ask(self) -> None:
        given = self.cleaned_data
        month = Month.of(given["month"])
        inputs = {
            "wage": given["wage"],
            "years": given["years"],
            "annual_rate": given["annual_rate_percent"],
            "opening_balance": given["opening_balance"],
            "inflation": given["inflation_percent"],
        }
        self.answer = answer("JHT-SIMULATION", month, inputs, language())
        self.by_convention = {
            convention: simulate(
                monthly_contribution=int(str(self.answer.result["monthly_contribution"])),
                months=given["years"] * MONTHS_OF_A_YEAR,
                annual_rates=[Fraction(given["annual_rate_percent"])],
                opening=given["opening_balance"] or 0,
                convention=convention,
            )
            for convention in Convention
        }


@public
@require_safe
def simulation(request: HttpRequest) -> HttpResponse:
    """The form, the published rates, and the balance under it when enough was given."""
    form = SimulationForm(request.GET, today=today())
    url = reverse("public:simulation")
    description = _("Perkirakan saldo JHT dari upah, tahun, dan hasil pengembangan; juga dengan harga hari ini.")
    context = frame(request, _("Simulasi saldo JHT"), description)
    context |= {"form": form, "action": f"{url}#result", "published": _published()}
    if form.is_bound and form.is_valid():
        context |= _shown(form) | shared_address(url, form)
    return render(request, "public/simulation.html", context, status=422 if form.errors else 200)


def _shown(form: SimulationForm) -> dict[str, Any]:
    one = form.answer
    result, years = one.result, form.cleaned_data["years"]
    rows = [
        SummaryRow(_("Iuran sebulan, kedua bagian"), result["monthly_contribution"], kind="amount"),
        SummaryRow(_("Iuran seluruhnya"), result["contributions"], kind="amount"),
        SummaryRow(_("Hasil pengembangan"), result["development"], kind="amount"),
    ]
    if form.cleaned_data["opening_balance"]:
        rows.insert(0, SummaryRow(_("Saldo sekarang"), form.cleaned_data["opening_balance"], kind="amount"))
    if "balance_in_todays_money" in result:
        rows.append(SummaryRow(_("Dengan harga hari ini"), result["balance_in_todays_money"], kind="amount"))
    rows.append(SummaryRow(_("Pajak bila dibayar sekaligus"), result["tax_if_paid_at_once"], kind="amount"))
    rows.append(SummaryRow(_("Setelah pajak itu"), result["balance_after_tax"], kind="amount"))
    label = ngettext("Saldo setelah %(count)s tahun", "Saldo setelah %(count)s tahun", years) % {"count": count(years)}
    return {
        "key_label": label,
        "key_rupiah": result["balance"],
        "key_note": _("cara aplikasi peserta"),
        "rows": rows,
        "conventions": _conventions(form),
        "tax_note": one.sentences[-1],
        "growth": _growth(form),
        "by_year": _by_year(form),
        "rules": rules_used([one], _RULES, Month.of(form.cleaned_data["month"])),
        **certainty([one]),
    }


def _conventions(form: SimulationForm) -> ExplainedTable:
    """The balance by each of the two published ways, each by its name and in words."""
    names = {Convention.YEARLY: _("Aplikasi peserta"), Convention.EFFECTIVE: _("Kementerian")}
    rows = [
        ExplainedRow([names[convention], one.balance_rupiah], [convention.words.say(language())])
        for convention, one in form.by_convention.items()
    ]
    columns = [Column(_("Cara menghitung")), Column(_("Saldo"), "amount")]
    return ExplainedTable(_("Dua cara yang pernah diumumkan"), columns, rows)


def _growth(form: SimulationForm) -> Growth:
    """Some years as bars, always the last one; the opening balance stands with what was contributed."""
    opening = form.cleaned_data["opening_balance"] or 0
    years = form.by_convention[Convention.YEARLY].years
    every = -(-len(years) // _BARS)
    points = [
        GrowthPoint(
            _("%(number)s th") % {"number": year.number}, opening + year.contributions_rupiah, year.development_rupiah
        )
        for year in years
        if (len(years) - year.number) % every == 0
    ]
    return Growth(_("Saldo JHT menurut lama, cara aplikasi peserta"), points)


def _by_year(form: SimulationForm) -> Table:
    """Every year by both ways, and with inflation what the first way's balance would buy today."""
    inflation = form.cleaned_data["inflation_percent"]
    columns = [
        Column(_("Tahun ke-"), "count"),
        Column(_("Aplikasi peserta"), "amount"),
        Column(_("Kementerian"), "amount"),
    ]
    app, ministry = (form.by_convention[convention].years for convention in Convention)
    rows: list[list[object]] = [
        [one.number, one.balance_rupiah, other.balance_rupiah] for one, other in zip(app, ministry, strict=True)
    ]
    if inflation is not None:
        columns.append(Column(_("Harga hari ini"), "amount"))
        for row, year in zip(rows, app, strict=True):
            row.append(in_todays_money(year.balance_rupiah, Fraction(inflation), year.number * MONTHS_OF_A_YEAR))
    return Table(_("Saldo tahun demi tahun"), columns, rows)


def _published() -> Table:
    """The rate credited in every year that the law library knows of; empty where nobody found it."""
    columns = [Column(_("Mulai tahun"), "text"), Column(_("Tarif setahun"), "percent")]
    rows = [[str(value.from_on.year), value.value] for value in history("jht/development_rate")]
    return Table(_("Tarif yang pernah diumumkan"), columns, rows)
