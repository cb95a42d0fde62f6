"""One worker's wage in a month that is billed already: what it should have been, what that comes to, and the yes."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl
from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.access.queries import second_person
from lindung.channels.employer import approving
from lindung.channels.employer.file_kinds import WAGE_CORRECTION
from lindung.channels.employer.firm import actor_of, firm_of, navigation
from lindung.channels.employer.forms import refusal_words
from lindung.channels.employer.worker import worker_or_404, worker_trail
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link, SummaryRow
from lindung.channels.shared.formats import month_name, rupiah
from lindung.channels.shared.forms import HouseForm
from lindung.compliance.queries import complaints_of_firm
from lindung.contributions import money_queries, queries, services
from lindung.contributions.money_queries import CorrectionPreview
from lindung.contributions.services import WageRows
from lindung.law import Month
from lindung.lib import clock
from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts
from lindung.registry.staff_queries import WorkerView
from lindung.uploads.cleaning import wages
from lindung.uploads.faults import FAULTS, describe
from lindung.uploads.kinds.wage_report import jp_liable
from lindung.uploads.limits import Refused


class RightWageForm(HouseForm):
    """The wage as it should have been. ``agreed`` is what the page before promised, in rupiah up or down."""

    wage = forms.CharField(
        label=_("Upah yang benar"),
        max_length=30,
        help_text=_("Tulis penuh, misalnya 4500000. Tulis 0 bila tidak bekerja di bulan itu."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "16"}),
    )
    agreed = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_wage(self) -> int:
        """Whole rupiah, read as in a wage file; zero is an answer here."""
        found = wages(pl.Series([self.cleaned_data["wage"]], dtype=pl.String)).row(0, named=True)
        if found["code"] not in (None, "wage_zero"):
            raise forms.ValidationError(" ".join(describe(FAULTS[found["code"]], {})), found["code"])
        return found["wage_rupiah"] or 0


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def wage(request: HttpRequest, employer_id: int, employment_id: int, year: int, month: int) -> HttpResponse:
    """Ask for the right wage, show what it comes to, and correct the month once that is agreed to."""
    firm = firm_of(request, employer_id)
    found = worker_or_404(firm, employment_id)
    period = _period(year, month)
    rows = _rows_of(firm, found, period)
    if request.method != "POST":
        return _page(request, firm, found, period, RightWageForm())
    form = RightWageForm(request.POST)
    if not form.is_valid():
        return _page(request, firm, found, period, form)
    told = _with_wage(rows, form.cleaned_data["wage"])
    try:
        preview = money_queries.correction_of(employer_id=firm.id, period=period, rows=told)
        if form.cleaned_data["agreed"] == _effect(preview):
            if second_person(firm.id) is not None:
                return _put_before_second(request, firm, found, period, form.cleaned_data["wage"])
            corrected = services.correct_month(
                actor=actor_of(request),
                employer_id=firm.id,
                period=period,
                upload_id=None,
                rows=told,
                now=clock.now(),
            )
            return HttpResponseRedirect(_after(firm, employment_id, period, corrected))
    except services.NothingToCorrect:
        form.add_error("wage", gettext("Upah ini sudah tercatat. Tulis upah yang lain."))
        return _page(request, firm, found, period, form)
    except services.MonthPartlyPaid:
        form.add_error(None, gettext("Bulan ini baru dibayar sebagian. Lunasi dulu tagihannya, lalu perbaiki upahnya."))
        return _page(request, firm, found, period, form)
    except services.NotBilled as error:
        raise Http404 from error
    except Refused as refused:
        form.add_error(None, refusal_words(refused))
        return _page(request, firm, found, period, form)
    return _page(request, firm, found, period, form, preview)


def _after(firm: EmployerFacts, employment_id: int, period: date, corrected: services.Corrected) -> str:
    """The worker's complaint about this month that waits for the firm, or what became of the month's money."""
    for row in complaints_of_firm(employer_id=firm.id):
        if (row.owner, row.employment_id, row.period) == ("firm", employment_id, period):
            return reverse("employer:complaint", args=[firm.id, row.id])
    if corrected.bill is not None:
        return reverse("employer:bill", args=[firm.id, corrected.bill.bill_id])
    return reverse("employer:credit" if corrected.credited_rupiah else "employer:bills", args=[firm.id])


def _put_before_second(
    request: HttpRequest, firm: EmployerFacts, found: WorkerView, period: date, wage_rupiah: int
) -> HttpResponse:
    """Where two persons are needed the correction goes the way of a file of one row, and waits there."""
    texts = {"kpj": [found.row.kpj], "period": [f"{period:%m/%Y}"], "wage": [str(wage_rupiah)]}
    return approving.put_before_second(request, firm, kind=WAGE_CORRECTION, texts=texts)


def _period(year: int, month: int) -> date:
    if not (2015 <= year <= 2999 and 1 <= month <= 12):
        raise Http404
    return date(year, month, 1)


def _rows_of(firm: EmployerFacts, found: WorkerView, period: date) -> pl.DataFrame:
    """The worker's own row of the month; nobody's month is corrected in which he did not work here."""
    if queries.bill_of(employer_id=firm.id, period=period) is None:
        raise Http404
    at_work = registry.employments_in(employer_id=firm.id, month_on=period)
    own = at_work.filter(pl.col("person_id") == found.row.person_id).tail(1)
    if own.is_empty():
        raise Http404
    return own.with_columns(jp_liable=jp_liable(own, Month.of(period)))


def _with_wage(own: pl.DataFrame, wage_rupiah: int) -> WageRows:
    return WageRows(
        person_id=own["person_id"].to_numpy(),
        employment_id=own["employment_id"].to_numpy(),
        membership_id=own["membership_id"].to_numpy(),
        wage_rupiah=np.array([wage_rupiah], dtype=np.int64),
        jp_liable=own["jp_liable"].to_numpy(),
        jkp_member=own["jkp_member"].to_numpy(),
    )


def _effect(preview: CorrectionPreview) -> str:
    """What is agreed to, so that a yes never holds for other amounts than were shown."""
    return f"{preview.more_rupiah}-{preview.less_rupiah}-{int(preview.replaces)}"


def _page(
    request: HttpRequest,
    firm: EmployerFacts,
    found: WorkerView,
    period: date,
    form: RightWageForm,
    preview: CorrectionPreview | None = None,
) -> HttpResponse:
    billed = queries.wages_in(employer_id=firm.id, period=period)
    own = billed.filter(pl.col("person_id") == found.row.person_id)
    before_rupiah = int(own["wage_rupiah"].sum())
    title = gettext("Perbaiki upah %(month)s") % {"month": month_name(period)}
    context: dict[str, Any] = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:workers"),
        "trail": worker_trail(firm, found.row, Link(title, "", current=True)),
        "title": title,
        "row": found.row,
        "before": [SummaryRow(gettext("Upah yang ditagih"), before_rupiah, kind="amount")],
        "form": form,
    }
    if preview is not None:
        wage_rupiah = form.cleaned_data["wage"]
        agreed = RightWageForm({"wage": str(wage_rupiah), "agreed": _effect(preview)})
        agreed.is_valid()
        agreed.fields["wage"].widget = forms.HiddenInput()
        context |= {
            "agreed": agreed,
            "before": [*context["before"], SummaryRow(gettext("Upah yang benar"), wage_rupiah, kind="amount")],
            "preview": preview,
            "button": _button(preview),
        }
    return render(request, "employer/wage_correction.html", context, status=422 if form.errors else 200)


def _button(preview: CorrectionPreview) -> str:
    if preview.replaces and preview.more_rupiah:
        return gettext("Ganti tagihan menjadi %(amount)s") % {"amount": rupiah(preview.more_rupiah)}
    if preview.more_rupiah:
        return gettext("Terbitkan tagihan pembetulan %(amount)s") % {"amount": rupiah(preview.more_rupiah)}
    if preview.less_rupiah:
        return gettext("Catat saldo %(amount)s") % {"amount": rupiah(preview.less_rupiah)}
    return gettext("Batalkan tagihan itu")
