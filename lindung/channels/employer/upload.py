"""One file on its way: being checked, to be mended or agreed to, being booked, done."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lindung.access.permissions import Permission
from lindung.channels.employer import findings, standing, steps
from lindung.channels.employer.costs import Costs, costs_of
from lindung.channels.employer.firm import actor_of, firm_of, language, navigation, trail_to
from lindung.channels.employer.forms import ActForm, ConfirmForm
from lindung.channels.employer.reloading import Reloading
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link, Status, SummaryRow, Task
from lindung.channels.shared.formats import count, month_name, rupiah
from lindung.contributions import queries as contributions
from lindung.contributions.calendar import due_on, lateness
from lindung.law import Month, Programme
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts
from lindung.uploads import queries, services
from lindung.uploads.queries import UploadView

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHECKING = ("reading", "matching", "law", "saving")
_BOOKING = ("booking", "posting")
# A short file is done in two seconds; who waits longer can read, and stop the page, in peace.
_SECONDS_AT_FIRST, _SECONDS_LATER, _FIRST_SECONDS = 2, 5, 20


@require_safe
@requires(Permission.WAGES_REPORT)
def upload(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Show how the file stands. While somebody works on it the page looks again by itself."""
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    return _page(request, firm, found, _confirm_form(found))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def confirm(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Say yes: the bill is issued. Said twice, it is issued once. Opened as a page it leads back to the file."""
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    if request.method == "POST" and found.can_confirm:
        form = ConfirmForm(request.POST, to_be_read=to_be_read(found))
        if not form.is_valid():
            return _page(request, firm, found, form)
        # Where somebody else was faster, the page shows how the file stands now.
        with suppress(services.CannotConfirm):
            services.confirm_upload(actor=actor_of(request), upload_id=found.id, now=clock.now())
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
    content = queries.annotated_file(firm.id, found.id)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=_EXCEL)
    name = f"perbaiki-{found.reference}-{found.period:%Y-%m}.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def upload_or_404(firm: EmployerFacts, upload_id: int) -> UploadView:
    found = queries.upload(firm.id, upload_id)
    if found is None:
        raise Http404
    return found


def upload_trail(firm: EmployerFacts, found: UploadView, *links: Link) -> list[Link]:
    """Breadcrumbs down to a file, and to a page about it."""
    month = urlencode({"month": f"{found.period:%Y-%m}"})
    wages = Link(_("Lapor upah"), f"{reverse('employer:wages', args=[firm.id])}?{month}")
    if not links:
        return trail_to(firm, wages, Link(found.reference, "", current=True))
    return trail_to(firm, wages, Link(found.reference, reverse("employer:upload", args=[firm.id, found.id])), *links)


def to_be_read(found: UploadView) -> int:
    """How many things in a file ought to be looked at before anybody agrees to it."""
    return int(found.summary.get("warnings", 0)) + int(found.summary.get("missing", 0))


def _confirm_form(found: UploadView) -> ConfirmForm | None:
    return ConfirmForm(to_be_read=to_be_read(found)) if found.can_confirm else None


def _back_to(firm: EmployerFacts, found: UploadView) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, found.id]))


def _page(request: HttpRequest, firm: EmployerFacts, found: UploadView, form: ConfirmForm | None) -> HttpResponse:
    now = clock.now()
    reloading = Reloading.asked(request, every=_seconds(found, now))
    month = month_name(found.period)
    context: dict[str, Any] = {
        "firm": firm,
        "navigation": navigation(request, firm, ""),
        "trail": upload_trail(firm, found),
        "upload": found,
        "status": steps.upload_status(found),
        "again": "again" in request.GET,
        "sent_at": standing.moment_wib(found.sent_at),
        "wages_url": f"{reverse('employer:wages', args=[firm.id])}?{urlencode({'month': f'{found.period:%Y-%m}'})}",
        "act": ActForm(),
        "reloading": reloading,
        "month": month,
        "due_on": due_on(Month.of(found.period)),
    }
    bill = contributions.bill_of(employer_id=firm.id, period=found.period) if found.state == "checked" else None
    if found.is_working:
        context["stages"] = _stages(found)
    elif bill is not None:
        context |= {"bill_id": bill.pk, "status": Status(_("Tidak diperlukan lagi"), "quiet")}
    elif found.state == "checked" and not found.can_confirm:
        context["groups"] = findings.groups_table(firm, found)
        context["faults"] = findings.first_faults(firm, found, "error")
    elif found.can_confirm:
        amount = found.summary["amount_rupiah"]
        late = lateness(found.period, amount, clock.wib_date(clock.now()), language())
        billed = amount + (late.penalty.amount_rupiah if late else 0)
        context |= {
            "form": form,
            "facts": _facts(found),
            "costs": _costs(found),
            "changes": findings.changes(firm, found),
            "warnings": findings.first_faults(firm, found, "warning"),
            "ignored": queries.ignored_headings(firm.id, found.id),
            "penalty": late.penalty if late else None,
            "button": _("Kirim dan terbitkan tagihan %(amount)s") % {"amount": rupiah(billed)},
        }
    status = 422 if form is not None and form.errors else 200
    return reloading.applied(render(request, "employer/upload.html", context, status=status))


def _seconds(found: UploadView, now: datetime) -> int:
    if not found.is_working:
        return 0
    begun = found.progress.moved_at if found.progress else found.sent_at
    short = (now - max(begun, found.sent_at)).total_seconds() < _FIRST_SECONDS
    return _SECONDS_AT_FIRST if short else _SECONDS_LATER


@dataclass(frozen=True, slots=True)
class _Stages:
    """The steps of the work, each done, running or waiting; how far the running one is."""

    tasks: list[Task]
    rows_done: int
    rows_total: int
    label: str


def _stages(found: UploadView) -> _Stages:
    words = {
        "reading": (_("Membaca berkas"), _("baris dibaca")),
        "matching": (_("Mencocokkan pekerja"), _("baris dicocokkan")),
        "law": (_("Menghitung iuran"), _("baris dihitung")),
        "saving": (_("Menyimpan hasil"), _("baris disimpan")),
        "booking": (_("Memeriksa lagi"), _("baris diperiksa")),
        "posting": (_("Menerbitkan tagihan"), _("baris dibukukan")),
    }
    names = _BOOKING if found.state == "confirmed" else _CHECKING
    step = found.progress.step if found.progress else ""
    at = names.index(step) if step in names else -1
    tasks = []
    for place, name in enumerate(names):
        if place < at:
            tasks.append(Task(words[name][0], "", _("Selesai"), "good"))
        elif place == at:
            tasks.append(Task(words[name][0], "", _("Sedang berjalan"), "info"))
        else:
            tasks.append(Task(words[name][0], "", _("Menunggu"), "quiet"))
    if at < 0 or found.progress is None:
        return _Stages(tasks, 0, 0, "")
    return _Stages(tasks, found.progress.rows_done, found.progress.rows_total, words[step][1])


def _facts(found: UploadView) -> list[SummaryRow]:
    summary = found.summary
    rows = [
        SummaryRow(_("Berkas"), found.file_name),
        SummaryRow(_("Pekerja yang ditagih"), summary["workers"], kind="count"),
        SummaryRow(_("Jumlah upah"), summary["wage_rupiah"], kind="amount"),
        SummaryRow(_("Dibayar perusahaan"), summary["employer_rupiah"], kind="amount"),
        SummaryRow(_("Dipotong dari upah pekerja"), summary["worker_rupiah"], kind="amount"),
    ]
    if summary["not_billed_left"]:
        rows.append(SummaryRow(_("Sudah keluar, tidak ditagih"), summary["not_billed_left"], kind="count"))
    if summary["above_jp_ceiling"]:
        words = ngettext("%(number)s pekerja", "%(number)s pekerja", summary["above_jp_ceiling"])
        above = words % {"number": count(summary["above_jp_ceiling"])}
        source = _("Iuran JP dihitung dari batas %(most)s.") % {"most": rupiah(summary["jp_ceiling_rupiah"])}
        rows.append(SummaryRow(_("Upah di atas batas JP"), above, source=source))
    return rows


def _costs(found: UploadView) -> Costs:
    paid = found.summary["by_programme"]
    shares = {
        programme: (paid[programme]["employer"], paid[programme]["worker"])
        for programme in Programme
        if programme in paid
    }
    return costs_of(
        shares,
        period=found.period,
        jkk_class=found.summary["jkk_class"],
        caption=_("Iuran menurut program"),
        language=language(),
    )
