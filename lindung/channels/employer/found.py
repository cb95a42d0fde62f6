"""Long lists about a file, each on pages of its own: faults, changes since last month, and who would be recorded."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import findings, upload_corrections, upload_project_wages, upload_workers
from lindung.channels.employer.file_kinds import PROJECT_WAGES, WAGE_CORRECTION, WORKER_KINDS, menu_of
from lindung.channels.employer.firm import firm_of, navigation, way_within_reach
from lindung.channels.employer.paging import ROWS_A_PAGE, page_number, pages_of
from lindung.channels.employer.upload import upload_or_404, upload_title, upload_trail
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.channels.shared.formats import month_name
from lindung.uploads import queries
from lindung.uploads.faults import Severity

_SEVERITIES = ("error", "warning", "note")


@require_safe
@requires(Permission.WORKERS_READ)
def faults(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Every fault of one severity (``?severity=warning``), or of one kind (``?kind=same_worker``), fifty a page."""
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    severity = request.GET.get("severity", "error")
    if "codes" not in found.summary or severity not in _SEVERITIES:
        raise Http404
    severity = cast(Severity, severity)
    codes = findings.codes_of(found, severity)
    code = request.GET.get("kind", "")
    shown = findings.faults_page(request, firm, found, severity, code if code in codes else "")
    titles = {
        "error": _("Yang perlu diperbaiki"),
        "warning": _("Peringatan"),
        "note": _("Catatan"),
    }
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, menu_of(found)),
        "trail": way_within_reach(request, firm, upload_trail(firm, found, Link(titles[severity], "", current=True))),
        "title": titles[severity],
        "upload": found,
        "about": upload_title(found),
        "faults": shown,
        "kind": findings.fault_name(code) if code in codes else "",
        "groups": findings.groups_table(firm, found, severity),
        "all_url": findings.faults_url(firm, found, severity=severity),
    }
    return render(request, "employer/faults.html", context)


@require_safe
@requires(Permission.WORKERS_READ)
def changes(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Everybody whose month differs from the last one, or one kind of them (``?kind=up``), fifty a page."""
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    if "compared_with" not in found.summary:
        raise Http404
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, menu_of(found)),
        "trail": upload_trail(firm, found, Link(_("Perubahan"), "", current=True)),
        "upload": found,
        "month": month_name(found.period),
        "changes": findings.changes_page(request, firm, found, request.GET.get("kind", "")),
    }
    return render(request, "employer/changes.html", context)


@require_safe
@requires(Permission.WORKERS_READ)
def preview(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Everybody in a file about workers as he would be recorded, fifty a page."""
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    if found.kind not in (*WORKER_KINDS, PROJECT_WAGES) or "codes" not in found.summary:
        raise Http404
    part = queries.preview(firm.id, found.id, page=page_number(request), size=ROWS_A_PAGE)
    of_its_kind = {
        WAGE_CORRECTION: upload_corrections.preview_table,
        PROJECT_WAGES: upload_project_wages.preview_table,
    }.get(found.kind, upload_workers.preview_table)
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, menu_of(found)),
        "trail": upload_trail(firm, found, Link(_("Siapa saja"), "", current=True)),
        "about": upload_title(found),
        "table": of_its_kind(found, part.items),
        "page": pages_of(part.total, part.page),
    }
    return render(request, "employer/preview.html", context)
