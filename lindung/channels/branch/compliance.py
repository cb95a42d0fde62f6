"""Who did not report, who did not pay, who reported less: figures with their definitions, and the firms behind each."""

from collections.abc import Collection
from typing import Any

import polars as pl
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch import compliance_words as words
from lindung.channels.branch.desk import navigation
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Link
from lindung.channels.shared.firm_words import line_words
from lindung.channels.shared.formats import month_name
from lindung.channels.shared.forms import HouseForm
from lindung.compliance import firms as compliance_firms
from lindung.compliance.firms import WHAT, due_months
from lindung.law import Month
from lindung.lib import clock

_CLASSES = ("I", "II", "III", "IV", "V")
_FIRMS_A_PAGE = 50
_MONTHS_OFFERED = 6


class FilterForm(HouseForm):
    """Narrows every figure and list of the view; stands in the address."""

    month = forms.CharField(required=False, widget=forms.HiddenInput)
    what = forms.CharField(required=False, widget=forms.HiddenInput)
    size = forms.ChoiceField(
        label=gettext_lazy("Ukuran"), required=False, choices=[("", gettext_lazy("Semua")), *words.SIZES.items()]
    )
    jkk_class = forms.ChoiceField(
        label=gettext_lazy("Kelas risiko JKK"),
        required=False,
        choices=[("", gettext_lazy("Semua")), *((name, name) for name in _CLASSES)],
    )
    place = forms.CharField(
        label=gettext_lazy("Tempat"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Kedudukan perusahaan, atau tempat kebanyakan pekerjanya. Kosong: semua."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Semua")), *line_words().items(), ("-", words.group_name("line", ""))]
        self.fields["line"] = forms.ChoiceField(label=_("Bidang usaha"), required=False, choices=choices)

    def add_prefix(self, field_name: str) -> str:
        """Its name in the address: short, and the same as in the links."""
        return "class" if field_name == "jkk_class" else field_name


@require_safe
@requires(Permission.FIRMS_SUPERVISE)
def compliance(request: HttpRequest) -> HttpResponse:
    """One month over all firms: figures, the year as a picture, arrears by age, size, class and place."""
    today = clock.wib_date(clock.now())
    months = due_months(today)
    month, asked = _asked(request, months)
    found = _found(month, {**asked, "what": ""})
    context = {
        "navigation": navigation("staff:compliance"),
        "title": _("Kepatuhan, %(month)s") % {"month": month_name(month.first_on)},
        "months": _month_choices(request, months, month, asked),
        "form": FilterForm(initial={**asked, "jkk_class": asked["class"]}),
        "figures": words.figures_table(month, compliance_firms.counted(found), asked),
        "owed_rupiah": int(found["owed"].sum()),
        "history": words.history_chart(compliance_firms.history(months)),
        "ages": words.ages_ranking(compliance_firms.ages(found)),
        "rankings": [
            words.group_ranking(caption, compliance_firms.grouped(found, column), column, asked)
            for caption, column in (
                (_("Tunggakan menurut ukuran"), "size"),
                (_("Tunggakan menurut kelas risiko JKK"), "jkk_class"),
                (_("Tunggakan menurut tempat"), "place"),
                (_("Tunggakan menurut bidang usaha"), "line"),
            )
        ],
        "narrowed": any(asked[name] for name in words.FILTERS),
        "all_url": f"{request.path}?{urlencode({'month': str(month)})}",
        "note": words.today_note(today),
    }
    return render(request, "branch/compliance.html", context)


@require_safe
@requires(Permission.FIRMS_SUPERVISE)
def firms(request: HttpRequest) -> HttpResponse:
    """The firms behind a figure, who owes most first."""
    today = clock.wib_date(clock.now())
    months = due_months(today)
    month, asked = _asked(request, months)
    found = _found(month, asked)
    page = Paginator(range(found.height), _FIRMS_A_PAGE).get_page(request.GET.get("page"))
    rows = found.slice(page.start_index() - 1 if found.height else 0, _FIRMS_A_PAGE)
    context = {
        "navigation": navigation("staff:compliance"),
        "trail": [
            Link(_("Kepatuhan"), f"{reverse('staff:compliance')}?{_query({**asked, 'what': ''})}"),
            Link(month_name(month.first_on), "", current=True),
        ],
        "title": words.filter_words(asked, found.height),
        "definition": words.definition(asked["what"] or "all"),
        "choices": [
            Choice(str(name), words.rows_url(asked, what=what), current=what == asked["what"])
            for what, name in words.WHAT.items()
        ],
        "form": FilterForm(initial={**asked, "jkk_class": asked["class"]}),
        "table": words.firms_table(month_name(month.first_on), rows) if found.height else None,
        "page": page,
        "csv_url": f"{reverse('staff:compliance-csv')}?{_query(asked)}",
    }
    return render(request, "branch/compliance_firms.html", context)


@require_safe
@requires(Permission.FIRMS_SUPERVISE)
def download(request: HttpRequest) -> HttpResponse:
    """The same firms as a file."""
    month, asked = _asked(request, due_months(clock.wib_date(clock.now())))
    answer = HttpResponse(words.csv_of(_found(month, asked)), content_type="text/csv; charset=utf-8")
    name = "-".join(["kepatuhan", str(month), *(value for value in (asked["what"],) if value)])
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _found(month: Month, asked: dict[str, str]) -> pl.DataFrame:
    choice = compliance_firms.Choice(asked["what"], *(asked[name] for name in words.FILTERS))
    return compliance_firms.narrowed(compliance_firms.firms_in(month, clock.wib_date(clock.now())), choice)


def _asked(request: HttpRequest, months: list[Month]) -> tuple[Month, dict[str, str]]:
    """What stands in the address; what cannot be is as if it were not there."""
    given: dict[str, Any] = {name: request.GET.get(name, "") for name in ("month", "what", *words.FILTERS)}
    month = next((each for each in months if str(each) == given["month"]), months[0])
    known: dict[str, Collection[str]] = {
        "what": WHAT,
        "size": words.SIZES,
        "class": _CLASSES,
        "line": {*line_words(), "-"},
    }
    asked = {name: given[name] if given[name] in values else "" for name, values in known.items()}
    return month, {"month": str(month), **asked, "place": given["place"].strip()[:80].replace("\0", "")}


def _query(asked: dict[str, str]) -> str:
    return urlencode({name: value for name, value in asked.items() if value})


def _month_choices(request: HttpRequest, months: list[Month], month: Month, asked: dict[str, str]) -> list[Choice]:
    return [
        Choice(
            month_name(each.first_on), f"{request.path}?{_query({**asked, 'month': str(each)})}", current=each == month
        )
        for each in months[:_MONTHS_OFFERED]
    ]
