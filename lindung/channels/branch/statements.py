"""Banks' statements: send one in, see the days beside our payments, and one day line by line."""

from datetime import date, timedelta
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch.desk import actor_of, navigation
from lindung.channels.branch.forms import StatementForm
from lindung.channels.branch.refused_calls import clashes, refused_table
from lindung.channels.branch.statement_words import fault_words, outcome_status, outcome_word, outcomes
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Column, Link, Status, Table
from lindung.channels.shared.files import was_cut_off
from lindung.channels.shared.formats import count, long_date, rupiah
from lindung.channels.shared.simulated_bank import statements_url
from lindung.contributions import services
from lindung.contributions.reconciliation_queries import (
    ComparedLine,
    DayCompared,
    banks,
    days_compared,
    lines_of_day,
)
from lindung.contributions.services import StatementFault
from lindung.contributions.suspense_queries import unexplained
from lindung.lib import clock

_DAYS_SHOWN = 31


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.STATEMENTS_RECONCILE)
def statements(request: HttpRequest) -> HttpResponse:
    """Ask for a file, and show the last month's days of every bank. A file that was here before is told so."""
    form = StatementForm(banks=banks())
    if request.method == "POST":
        form = StatementForm(request.POST, request.FILES, banks=banks())
        if form.is_valid():
            sent = cast(UploadedFile, form.cleaned_data["statement"])
            try:
                got = services.receive_statement(
                    actor=actor_of(request),
                    partner_id=int(form.cleaned_data["bank"]),
                    content=sent.read(),
                    now=clock.now(),
                )
            except services.StatementRefused as refused:
                for fault in refused.faults:
                    form.add_error("statement", fault_words(fault))
            else:
                said = {"lines": got.line_count, "new": got.new_line_count, "opened": got.opened, "closed": got.closed}
                return HttpResponseRedirect(f"{reverse('staff:statements')}?{urlencode(said)}")
        elif was_cut_off(request, "statement"):
            form.errors["statement"] = form.error_class([fault_words(StatementFault(0, "too_large"))])
    today = clock.wib_date(clock.now())
    until = today + timedelta(days=1)
    days = days_compared(since=until - timedelta(days=_DAYS_SHOWN), until=until)
    context = {
        "navigation": navigation("staff:statements"),
        "form": form,
        "simulator_url": statements_url(),
        "done": _done(request),
        "days": days,
        "table": _days_table(days),
        "agreed": sum(one.counts["matched"] for one in days),
        "compared": sum(sum(one.counts.values()) for one in days),
        "unexplained": unexplained(today=today),
        "clashes": clashes(today),
        "refused": refused_table(today),
    }
    return render(request, "branch/statements.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.STATEMENTS_RECONCILE)
def day(request: HttpRequest, bank_id: int, year: int, month: int, day: int) -> HttpResponse:
    """What a bank and we say of one day, by outcome if one is asked for (``?outcome=bank_only``)."""
    try:
        on = date(year, month, day)
    except ValueError as error:
        raise Http404 from error
    found = days_compared(since=on, until=on + timedelta(days=1), partner_id=bank_id)
    if not found:
        raise Http404
    compared = found[0]
    asked = request.GET.get("outcome", "")
    outcome = asked if asked in (*outcomes(), "waiting") else ""
    counts: dict[str, int] = {name: compared.counts[name] for name in outcomes()}
    counts["waiting"] = compared.waiting_count
    choices = [Choice(_("Semua"), request.path, sum(counts.values()), current=not outcome)] + [
        Choice(outcome_word(name), f"{request.path}?outcome={name}", number, current=outcome == name)
        for name, number in counts.items()
    ]
    lines = lines_of_day(partner_id=bank_id, on=on, outcome=outcome)
    context = {
        "navigation": navigation("staff:statements"),
        "trail": [
            Link(_("Rekening koran"), reverse("staff:statements")),
            Link(f"{compared.bank.name}, {long_date(on)}", "", current=True),
        ],
        "day": compared,
        "choices": choices,
        "lines": lines,
        "table": _lines_table(lines),
    }
    return render(request, "branch/statement_day.html", context)


def _done(request: HttpRequest) -> dict[str, int]:
    """What the file that was just sent came to, from the address; empty when none was."""
    told = {name: request.GET.get(name, "") for name in ("lines", "new", "opened", "closed")}
    right = all(text.isascii() and text.isdigit() and len(text) < 7 for text in told.values())
    return {name: int(text) for name, text in told.items()} if right else {}


def _days_table(days: list[DayCompared]) -> Table:
    columns = [Column(_("Hari"), "date"), Column(_("Bank")), Column(_("Keadaan"))]
    columns += [Column(outcome_word(outcome), "figure") for outcome in (*outcomes(), "waiting")]
    rows = [
        [
            Link(
                long_date(one.on),
                reverse("staff:statement-day", args=[one.bank.id, one.on.year, one.on.month, one.on.day]),
            ),
            one.bank.name,
            _state(one),
            *(_figure(one.counts[outcome], one.sums.get(outcome, 0)) for outcome in outcomes()),
            _figure(one.waiting_count, one.waiting_rupiah),
        ]
        for one in days
    ]
    return Table(_("Hari demi hari, %(days)s hari terakhir") % {"days": _DAYS_SHOWN}, columns, rows)


def _figure(number: int, amount_rupiah: int) -> str:
    """How many, and how much money."""
    return f"{count(number)} · {rupiah(amount_rupiah)}" if number else "–"


def _state(one: DayCompared) -> Status:
    if not one.closed:
        return Status(_("Rekening koran belum lengkap"), "needs-you")
    if not one.open_items:
        return Status(_("Jelas semua"), "good")
    return Status(_("Belum jelas: %(number)s") % {"number": count(one.open_items)}, "needs-you")


def _lines_table(lines: list[ComparedLine]) -> Table:
    columns = [
        Column(_("Jam")),
        Column(_("Hasil")),
        Column(_("Menurut bank"), "amount"),
        Column(_("Menurut kami"), "amount"),
        Column(_("Perusahaan")),
        Column(_("Nomor VA"), "number"),
        Column(_("Nomor acuan")),
        Column(_("Tanda terima")),
        Column(_("Uang belum jelas")),
    ]
    return Table(_("Baris demi baris"), columns, [_line(one) for one in lines])


def _line(one: ComparedLine) -> list[object]:
    where: object = ""
    if one.item_id is not None:
        where = Link(
            _("Belum jelas") if one.item_open else _("Sudah dijelaskan"),
            reverse("staff:suspense-item", args=[one.item_id]),
        )
    return [
        f"{one.at.astimezone(clock.WIB):%H.%M.%S}",
        outcome_status(one.outcome),
        one.bank_rupiah,
        one.our_rupiah,
        one.employer_name,
        one.customer_no,
        one.reference,
        one.receipt_number,
        where,
    ]
