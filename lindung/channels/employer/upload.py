"""One file on its way: being checked, to be mended or agreed to, being booked, done. Whatever kind it is."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import (
    approving,
    file_kinds,
    findings,
    standing,
    steps,
    upload_corrections,
    upload_project_wages,
    upload_stages,
    upload_wages,
    upload_workers,
)
from lindung.channels.employer.approving import agree
from lindung.channels.employer.firm import actor_of, firm_of, navigation, trail_to, way_within_reach, workers_trail
from lindung.channels.employer.forms import ActForm, ConfirmForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.channels.shared.downloads import workbook
from lindung.channels.shared.formats import count
from lindung.channels.shared.reloading import Reloading
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts
from lindung.uploads import files_back, queries, services
from lindung.uploads.queries import UploadView

# A short file is done in two seconds; who waits longer can read, and stop the page, in peace.
_SECONDS_AT_FIRST, _SECONDS_LATER, _FIRST_SECONDS = 2, 5, 20


@require_safe
@requires(Permission.WORKERS_READ)
def upload(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Show how the file stands. While somebody works on it the page looks again by itself.

    A list of new workers that is booked lives on as a registration, and that page is shown instead.
    """
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    if (batch_id := found.summary.get("batch_id")) and found.state == "booked":
        return HttpResponseRedirect(reverse("employer:enrolment-batch", args=[firm.id, batch_id]))
    return _page(request, firm, found, _confirm_form(found))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def confirm(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Say yes: the file is booked, or the good rows of it. Said twice, once. Opened as a page it leads to the file."""
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    if request.method == "POST" and (found.can_confirm or found.can_confirm_part):
        form = ConfirmForm(request.POST, **questions(found))
        if not form.is_valid():
            return _page(request, firm, found, form)
        # Where somebody else was faster, the page shows how the file stands now.
        with suppress(services.CannotConfirm):
            agree(actor_of(request), found)
    return _back_to(firm, found)


@require_POST
@requires(Permission.WAGES_REPORT)
def cancel(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Drop a file that nobody has agreed to; one that is agreed to stays as it is."""
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    with suppress(services.CannotCancel):
        services.cancel_upload(actor=actor_of(request), upload_id=found.id, now=clock.now())
    return _back_to(firm, found)


@require_safe
@requires(Permission.WAGES_REPORT)
def annotated(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """The firm's own rows with a column that says what to mend; it can be mended and sent back as it is."""
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    content = files_back.annotated_file(firm.id, found.id)
    if content is None:
        raise Http404
    return workbook(content, f"perbaiki-{found.reference}-{found.period:%Y-%m}")


def upload_or_404(firm: EmployerFacts, upload_id: int) -> UploadView:
    found = queries.upload(firm.id, upload_id)
    if found is None:
        raise Http404
    return found


def upload_trail(firm: EmployerFacts, found: UploadView, *links: Link) -> list[Link]:
    """Breadcrumbs down to a file, and to a page about it."""
    of_workers = found.kind in file_kinds.WORKER_KINDS
    down_to = workers_trail if of_workers else trail_to
    above = file_kinds.sent_from(firm, found)
    if not links:
        return down_to(firm, above, Link(found.reference, "", current=True))
    return down_to(firm, above, Link(found.reference, reverse("employer:upload", args=[firm.id, found.id])), *links)


def upload_title(found: UploadView) -> str:
    """What a file is about, as its page and the pages of its faults are called."""
    if found.kind == file_kinds.WAGES:
        return upload_wages.title(found)
    if found.kind == file_kinds.PROJECT_WAGES:
        return upload_project_wages.title(found)
    if found.kind == file_kinds.WAGE_CORRECTION:
        return upload_corrections.title(found)
    return file_kinds.file_kinds()[found.kind].title


def questions(found: UploadView) -> dict[str, int]:
    """How many things in a file ought to be looked at before anybody agrees to it, by the box that is ticked."""
    told = found.summary
    asked = sum(told.get("codes", {}).get(code, 0) for code in findings.ASKED)
    return {
        "to_be_read": int(told.get("warnings", 0)) - asked + int(told.get("missing", 0)),
        "sharp": int(told.get("sharp", 0)),
        "back_pay": int(told.get("back_pay_rupiah", 0)),
        "without": told["rows_with_errors"] if found.can_confirm_part and found.kind == file_kinds.WAGES else 0,
    }


def _confirm_form(found: UploadView) -> ConfirmForm | None:
    wanted = found.can_confirm or found.can_confirm_part
    return ConfirmForm(**questions(found)) if wanted else None


def _back_to(firm: EmployerFacts, found: UploadView) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, found.id]))


def _page(request: HttpRequest, firm: EmployerFacts, found: UploadView, form: ConfirmForm | None) -> HttpResponse:
    now = clock.now()
    reloading = Reloading.asked(request, every=_seconds(found, now))
    context: dict[str, Any] = {
        "firm": firm,
        "navigation": navigation(request, firm, file_kinds.menu_of(found)),
        "trail": way_within_reach(request, firm, upload_trail(firm, found)),
        "title": upload_title(found),
        "upload": found,
        "is_wages": found.kind == file_kinds.WAGES,
        "status": steps.upload_status(found),
        "again": "again" in request.GET,
        "sent_at": standing.moment_wib(found.sent_at),
        "send_url": file_kinds.sent_from(firm, found).url,
        "act": ActForm(),
        "reloading": reloading,
        **approving.context(request, firm, found),
    }
    if found.state == "refused":
        context["unread"] = findings.unread_headings(found)
    elif found.is_working:
        context["stages"] = upload_stages.stages_of(found)
    elif found.can_confirm_part or (found.state == "checked" and not found.can_confirm):
        context |= {
            "groups": findings.groups_table(firm, found),
            "faults": findings.first_faults(firm, found, "error"),
            "form": form,
            "warnings": findings.first_faults(firm, found, "warning"),
            "part_button": "" if found.kind == file_kinds.WAGES else _part_button(found),
        }
    elif found.can_confirm:
        context |= {
            "form": form,
            "warnings": findings.first_faults(firm, found, "warning"),
            "ignored": queries.ignored_headings(firm.id, found.id),
        }
    of_its_kind = {
        file_kinds.WAGES: upload_wages.context,
        file_kinds.WAGE_CORRECTION: upload_corrections.context,
        file_kinds.PROJECT_WAGES: upload_project_wages.context,
    }
    context |= of_its_kind.get(found.kind, upload_workers.context)(firm, found, now)
    status = 422 if form is not None and form.errors else 200
    return reloading.applied(render(request, "employer/upload.html", context, status=status))


def _part_button(found: UploadView) -> str:
    wrong = found.summary["rows_with_errors"]
    words = ngettext(
        "Kirim %(good)s yang benar, perbaiki %(wrong)s", "Kirim %(good)s yang benar, perbaiki %(wrong)s", wrong
    )
    return words % {"good": count(found.summary["workers"]), "wrong": count(wrong)}


def _seconds(found: UploadView, now: datetime) -> int:
    if not found.is_working:
        return 0
    begun = found.progress.moved_at if found.progress else found.sent_at
    short = (now - max(begun, found.sent_at)).total_seconds() < _FIRST_SECONDS
    return _SECONDS_AT_FIRST if short else _SECONDS_LATER
