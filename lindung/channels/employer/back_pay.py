"""Back pay in a month's report: of which months is it? The answer becomes a correction of each, to be agreed to."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.channels.employer.firm import actor_of, firm_of, month_of, navigation
from lindung.channels.employer.forms import refusal_words
from lindung.channels.employer.upload import upload_or_404, upload_trail
from lindung.channels.employer.worker_files import billed_months
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, Table
from lindung.channels.shared.formats import count, month_name
from lindung.channels.shared.forms import HouseForm
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts
from lindung.uploads import services
from lindung.uploads.back_pay import BackPay, NoMonthsToLayOn, back_pay_of, laid_back_pay, lay_on_months
from lindung.uploads.limits import Refused
from lindung.uploads.queries import UploadView

_SHOWN = 10


class MonthsForm(HouseForm):
    """The first and the last month that the back pay is for; ``months`` are billed, newest first."""

    first = forms.ChoiceField(label=gettext_lazy("Dari bulan"))
    last = forms.ChoiceField(label=gettext_lazy("Sampai bulan"))

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(f"{period:%Y-%m}", month_name(period)) for period in months]
        for name, label in (("first", _("Dari bulan")), ("last", _("Sampai bulan"))):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices)

    def clean(self) -> dict[str, Any]:
        """The first month does not come after the last."""
        given = super().clean() or {}
        if given.get("first", "") > given.get("last", "9999"):
            self.add_error("last", _("Pilih bulan yang sama dengan bulan pertama atau sesudahnya."))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def back_pay(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Ask for the months; what they come to is shown on the page of the correction, before anybody agrees to it.

    Back pay that is laid already leads there: it is not asked about twice.
    """
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    paid = back_pay_of(employer_id=firm.id, upload_id=found.id)
    if paid is None:
        raise Http404
    if laid := laid_back_pay(employer_id=firm.id, period=paid.period):
        return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, laid]))
    months = _billed_months(firm, paid.period)
    form = MonthsForm(request.POST if request.method == "POST" else None, months=months)
    if request.method == "POST" and form.is_valid():
        first, last = (month_of(form.cleaned_data[name]) for name in ("first", "last"))
        assert first is not None
        assert last is not None
        try:
            correction = lay_on_months(
                actor=actor_of(request),
                employer_id=firm.id,
                back_pay=paid,
                first_on=first,
                last_on=last,
                now=clock.now(),
            ).id
            return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, correction]))
        except services.AlreadyUploaded as earlier:
            return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, earlier.upload_id]))
        except NoMonthsToLayOn as nobody:
            form.add_error(None, _nobody_words(nobody))
        except Refused as refused:
            form.add_error(None, refusal_words(refused))
    return _page(request, firm, found, paid, form if months else None)


def _billed_months(firm: EmployerFacts, before: date) -> list[date]:
    """The billed months before the one of the report, newest first."""
    return [period for period in billed_months(firm) if period < before]


def _nobody_words(nobody: NoMonthsToLayOn) -> str:
    words = ngettext(
        "%(number)s pekerja tidak punya upah yang ditagih di bulan-bulan itu: %(names)s."
        " Pilih bulan lain, atau kirim berkas Koreksi upah untuknya.",
        "%(number)s pekerja tidak punya upah yang ditagih di bulan-bulan itu, di antaranya %(names)s."
        " Pilih bulan lain, atau kirim berkas Koreksi upah untuk mereka.",
        nobody.count,
    )
    return words % {"number": count(nobody.count), "names": ", ".join(nobody.names)}


def _page(
    request: HttpRequest, firm: EmployerFacts, found: UploadView, paid: BackPay, form: MonthsForm | None
) -> HttpResponse:
    columns = [Column(_("Nama")), Column(_("KPJ"), "number"), Column(_("Rapel"), "amount")]
    shown = paid.people.head(_SHOWN).select("name", "kpj", "back_pay_rupiah")
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:wages"),
        "trail": upload_trail(firm, found, Link(_("Rapel"), "", current=True)),
        "month": month_name(paid.period),
        "rupiah": paid.rupiah,
        "people": Table(_("Rapel di laporan ini"), columns, [list(row) for row in shown.iter_rows()]),
        "people_count": paid.people.height,
        "shown_count": shown.height,
        "form": form,
        "upload": found,
    }
    return render(request, "employer/back_pay.html", context, status=422 if form is not None and form.errors else 200)
