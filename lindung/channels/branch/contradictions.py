"""Calls with which a bank contradicted itself: what differs, and the note that closes each."""

from contextlib import suppress
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.branch.forms import NoteForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, Status, SummaryRow, Table
from lindung.channels.shared.formats import groups, moment, rupiah
from lindung.contributions import contradiction_queries, services
from lindung.contributions.contradiction_queries import ContradictionView
from lindung.lib import clock

_DAYS_SHOWN = 31


@require_safe
@requires(Permission.STATEMENTS_RECONCILE)
def contradictions(request: HttpRequest) -> HttpResponse:
    """Those that nobody closed, and those of the last month."""
    since = clock.wib_date(clock.now()) - timedelta(days=_DAYS_SHOWN)
    found = contradiction_queries.contradictions(since=since)
    columns = [
        Column(_("Nomor acuan bank")),
        Column(_("Bank")),
        Column(_("Jumlah yang dikatakan"), "amount"),
        Column(_("Pertama dibayar"), "amount"),
        Column(_("Kali"), "count"),
        Column(_("Terakhir")),
        Column(_("Status")),
    ]
    rows: list[list[object]] = [
        [
            Link(one.reference, reverse("staff:contradiction", args=[one.id])),
            one.bank_name,
            one.amount_rupiah,
            one.first.amount_rupiah if one.first else None,
            one.calls,
            moment(one.last_at.astimezone(clock.WIB)),
            _status(one),
        ]
        for one in found
    ]
    context = {
        "navigation": navigation("staff:statements"),
        "table": Table(_("Yang belum ditutup, lalu 31 hari terakhir"), columns, rows) if rows else None,
    }
    return render(request, "branch/contradictions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.STATEMENTS_RECONCILE)
def contradiction(request: HttpRequest, contradiction_id: int) -> HttpResponse:
    """One of them beside what was told first; POST closes it with a note."""
    found = contradiction_queries.contradiction(contradiction_id)
    if found is None:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        # Where somebody else was faster, the page shows what he wrote.
        with suppress(services.ContradictionClosed):
            services.close_contradiction(
                actor=actor_of(request),
                contradiction_id=found.id,
                note=form.cleaned_data["note"],
                now=clock.now(),
            )
        return HttpResponseRedirect(reverse("staff:contradiction", args=[found.id]))
    context = {
        "navigation": navigation("staff:statements"),
        "trail": [
            Link(_("Panggilan yang bertentangan"), reverse("staff:contradictions")),
            Link(found.reference, "", current=True),
        ],
        "found": found,
        "status": _status(found),
        "table": _beside(found),
        "facts": [
            SummaryRow(_("Bank"), found.bank_name),
            SummaryRow(_("Nomor panggilan"), found.external_id),
            SummaryRow(_("Diterima pertama kali"), moment(found.received_at.astimezone(clock.WIB))),
            SummaryRow(_("Kali"), found.calls, kind="count"),
            SummaryRow(_("Terakhir"), moment(found.last_at.astimezone(clock.WIB))),
            SummaryRow(_("Sidik isi panggilan (SHA-256)"), _in_eights(found.content_sha256)),
        ],
        "closed_at": found.closed_at.astimezone(clock.WIB) if found.closed_at else None,
        "form": form,
    }
    return render(request, "branch/contradiction.html", context, status=422 if form.errors else 200)


def _in_eights(digest: str) -> str:
    """Blanks between, so that it breaks where a screen is narrow."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _status(found: ContradictionView) -> Status:
    return Status(_("Sudah ditutup"), "good") if found.closed_at else Status(_("Belum ditanyakan"), "danger")


def _beside(found: ContradictionView) -> Table:
    """Each fact as it was told first, if anything was, and as this call tells it."""
    first = found.first
    told: list[tuple[str, str, str]] = [
        (_("Nomor VA"), groups(first.customer_no) if first else "", groups(found.customer_no)),
        (_("Jumlah"), rupiah(first.amount_rupiah) if first else "", rupiah(found.amount_rupiah)),
        (_("Nomor dari bank"), first.bank_reference if first else "", found.bank_reference),
        (
            _("Waktu bayar menurut bank"),
            moment(first.paid_at.astimezone(clock.WIB)) if first else "",
            found.taken_at_told,
        ),
        (_("Nomor kuitansi"), first.receipt_number if first else "", ""),
    ]
    columns = [Column(_("Hal")), Column(_("Yang pertama, dibukukan")), Column(_("Panggilan ini, ditolak"))]
    return Table(
        _("Nomor acuan %(reference)s") % {"reference": found.reference},
        columns,
        [[label, before or None, now or None] for label, before, now in told],
    )
