"""A firm registers itself: one page, one letter, one yes. Nothing is said of what is known already."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lindung.access.founding import has_password
from lindung.access.services import LINK_HOURS, LinkSpent, TooManyTries
from lindung.channels.public.firm_form import FirmForm
from lindung.channels.public.start import FirstPasswordForm
from lindung.channels.shared import firm_words
from lindung.channels.shared.access import public
from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.forms import HouseForm
from lindung.contact.services import BadAddress
from lindung.law import Month
from lindung.lib import clock
from lindung.registry import services
from lindung.registry.firm_queries import ApplicationView, application_behind
from lindung.registry.lines_of_business import lines_of_business
from lindung.registry.services.applications import DAYS_UNCONFIRMED


class YesForm(HouseForm):
    """A button for who has a password already."""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Ask for the firm and send the link; the answer is the same whatever is known of it."""
    form = FirmForm(request.POST if request.method == "POST" else None)
    shown = {"form": form, "size_source": firm_words.size_source(Month.of(clock.wib_date(clock.now())))}
    if request.method == "POST" and form.is_valid():
        try:
            services.apply_for_firm(
                firm=form.firm(), applicant=form.applicant(), address=request.META["REMOTE_ADDR"], now=clock.now()
            )
        except TooManyTries as wait:
            until = wait.until.astimezone(clock.WIB)
            text = _("Terlalu banyak pendaftaran dari sini. Coba lagi setelah pukul %(time)s WIB.")
            form.add_error(None, text % {"time": f"{until:%H.%M}"})
            return render(request, "public/register_firm.html", shown, status=429)
        except BadAddress:
            form.add_error("email", _("E-mail ini belum benar. Tulis seperti nama@perusahaan.example."))
        else:
            sent = {"email": form.cleaned_data["email"], "hours": LINK_HOURS, "days": DAYS_UNCONFIRMED}
            return render(request, "public/register_sent.html", sent)
    return render(request, "public/register_firm.html", shown, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what would be registered, and register it. Opening the link spends nothing."""
    now = clock.now()
    found = application_behind(token, now)
    if found is None:
        return render(request, "public/link_spent.html", status=410)
    known = has_password(found.applicant.email)
    form: forms.Form = (YesForm if known else FirstPasswordForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.confirm_application(token=token, password=form.cleaned_data.get("password", ""), now=now)
        except (LinkSpent, services.ApplicationSettled):
            return render(request, "public/link_spent.html", status=410)
        except ValidationError as weak:
            form.add_error("password", weak.messages[0] if weak.messages else _("Kata sandi terlalu lemah."))
        else:
            context = {
                "done": done,
                "firm": found.firm,
                "reference": f"DP-{done.application_id:06d}",
                "sign_in_url": reverse("employer:sign-in"),
            }
            return render(request, "public/registered.html", context)
    context = {"form": form, "known": known, "facts": _facts(found), "estimate": _estimate(found)}
    return render(request, "public/confirm_firm.html", context, status=422 if form.errors else 200)


def _facts(found: ApplicationView) -> list[SummaryRow]:
    firm = found.firm
    later = _("Menyusul")
    rows = [
        SummaryRow(_("Nama perusahaan"), firm.name),
        SummaryRow(_("Bentuk usaha"), firm_words.legal_form_words()[firm.legal_form]),
        SummaryRow(_("Bidang usaha"), firm_words.line_words()[firm.line_of_business]),
        SummaryRow(_("Ukuran usaha"), firm_words.size_words()[firm.size]),
        SummaryRow(_("NPWP"), firm.npwp or later),
        SummaryRow(_("NIB"), firm.nib or later),
        SummaryRow(_("Alamat"), f"{firm.street}, {firm.regency}"),
    ]
    if firm.sites:
        rows.append(SummaryRow(_("Lokasi kerja lain"), ", ".join(site.name for site in firm.sites)))
    return rows


def _estimate(found: ApplicationView) -> dict[str, str]:
    line = lines_of_business()[found.firm.line_of_business]
    return {"jkk_class": line.jkk_class, "article": line.article}
