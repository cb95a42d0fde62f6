"""A firm that wants to be registered and has the number of one that is: an officer looks, and decides."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.shared import firm_words
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, SummaryRow, Table
from lindung.channels.shared.forms import HouseForm
from lindung.lib import clock
from lindung.registry import firm_queries, services


@require_safe
@requires(Permission.FIRMS_SUPERVISE)
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """What was told, beside the firms that have the same numbers."""
    found = firm_queries.application_to_examine(application_id)
    if found is None:
        raise Http404
    services.examine_application(actor=actor_of(request), application_id=found.id, now=clock.now())
    firm = found.firm
    context = {
        "navigation": navigation("staff:firms"),
        "trail": [
            Link(pgettext("daftar", "Perusahaan"), reverse("staff:firms")),
            Link(firm.name, "", current=True),
        ],
        "found": found,
        "facts": [
            SummaryRow(_("Bentuk usaha"), firm_words.legal_form_words()[firm.legal_form]),
            SummaryRow(_("Bidang usaha"), firm_words.line_words()[firm.line_of_business]),
            SummaryRow(_("Ukuran usaha"), firm_words.size_words()[firm.size]),
            SummaryRow(_("Alamat"), f"{firm.street}, {firm.regency}"),
            SummaryRow(_("Yang mendaftar"), found.applicant.name),
            SummaryRow(_("Nomor HP"), found.applicant.phone),
        ],
        "known": Table(
            _("Perusahaan dengan nomor yang sama"),
            [Column(_("Perusahaan")), Column(_("NPP"), "number")],
            [[Link(name, reverse("staff:firm", args=[key])), npp] for key, npp, name in found.known_as],
        ),
        "act": HouseForm(),
    }
    return render(request, "branch/application.html", context)


@require_POST
@requires(Permission.FIRMS_SUPERVISE)
def admit(request: HttpRequest, application_id: int) -> HttpResponse:
    """Register it as a firm of its own; who asked is invited."""
    try:
        employer_id = services.admit_application(
            actor=actor_of(request), application_id=application_id, now=clock.now()
        )
    except services.ApplicationSettled:
        return HttpResponseRedirect(reverse("staff:firms"))
    return HttpResponseRedirect(reverse("staff:firm", args=[employer_id]))


@require_POST
@requires(Permission.FIRMS_SUPERVISE)
def decline(request: HttpRequest, application_id: int) -> HttpResponse:
    """Do not register it; what was told is forgotten."""
    with suppress(services.ApplicationSettled):
        services.decline_application(actor=actor_of(request), application_id=application_id, now=clock.now())
    return HttpResponseRedirect(reverse("staff:firms"))
