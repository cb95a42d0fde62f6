"""Money that nothing explains: the list by age, and one item with what two officers say of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.channels.branch.deposits import foretold_table
from lindung.channels.branch.desk import actor_of, navigation, posted_number
from lindung.channels.branch.forms import ActForm, ExplanationForm
from lindung.channels.branch.suspense_words import decision_words, state_status, way_words, why_words
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Column, Event, Link, SummaryRow, Table
from lindung.channels.shared.formats import groups, long_date, rupiah
from lindung.contributions import services, suspense_queries
from lindung.contributions.deposit_queries import Foretold, find_payer, foretell_deposit
from lindung.contributions.suspense_queries import Proposal, SuspenseView
from lindung.lib import clock

_STATES = ("", "open", "assigned", "waits", "mine", "resolved")


@require_safe
@requires(Permission.STATEMENTS_RECONCILE)
def suspense(request: HttpRequest) -> HttpResponse:
    """Items, the oldest money first: all open ones, or those of ``?state=``."""
    today = clock.wib_date(clock.now())
    state = request.GET.get("state", "")
    state = state if state in _STATES else ""
    words = (
        _("Semua yang terbuka"),
        _("Belum ada yang menangani"),
        _("Sedang ditangani"),
        _("Menunggu persetujuan"),
        _("Tugas saya"),
        _("Sudah dijelaskan"),
    )
    found = suspense_queries.suspense_items(
        today=today,
        state=state,
        owner_id=actor_of(request).id if state == "mine" else None,
        waits=state == "waits",
    )
    columns = [
        Column(_("Umur (hari)"), "count"),
        Column(_("Jumlah"), "amount"),
        Column(_("Apa yang terjadi")),
        Column(_("Bank")),
        Column(_("Tanggal"), "date"),
        Column(_("Petugas")),
        Column(_("Status")),
    ]
    rows = [
        [
            one.age_days,
            one.amount_rupiah,
            Link(why_words(one.why), reverse("staff:suspense-item", args=[one.id])),
            one.bank_name,
            one.money_on,
            one.owner_name,
            state_status(one),
        ]
        for one in found
    ]
    context = {
        "navigation": navigation("staff:suspense"),
        "unexplained": suspense_queries.unexplained(today=today),
        "choices": [
            Choice(word, f"{request.path}?state={name}" if name else request.path, current=name == state)
            for name, word in zip(_STATES, words, strict=True)
        ],
        "items": found,
        "table": Table(_("Yang tertua di atas"), columns, rows),
    }
    return render(request, "branch/suspense.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.STATEMENTS_RECONCILE)
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One item. POST does what its button says (``do``): take, propose, approve, refuse."""
    today = clock.wib_date(clock.now())
    found = suspense_queries.suspense_item(item_id, today=today)
    if found is None:
        raise Http404
    opposite = suspense_queries.opposite_items(found, today=today)
    start, ways = {"payer": found.customer_no or found.npp}, _ways(found, opposite)
    if len(ways) == 1:
        start["way"] = ways[0][0]
    form = ExplanationForm(ways=ways, asks_payer=found.amount_rupiah > 0, initial=start)
    if request.method != "POST":
        return _page(request, found, form, opposite)
    if request.POST.get("do") == "propose":
        form = ExplanationForm(request.POST, ways=ways, asks_payer=found.amount_rupiah > 0, initial=start)
        if not (form.is_valid() and _proposed(request, found, form)):
            return _page(request, found, form, opposite)
    elif (refusal := _act(request, found)) is not None:
        return _page(request, found, form, opposite, refusal=refusal)
    return HttpResponseRedirect(reverse("staff:suspense-item", args=[item_id]))


def _act(request: HttpRequest, found: SuspenseView) -> str | None:
    """Take on, approve or refuse; gives why it could not be."""
    actor, now = actor_of(request), clock.now()
    proposal_id = posted_number(request, "proposal")
    try:
        match request.POST.get("do"):
            case "take":
                services.assign_suspense(actor=actor, item_id=found.id, owner_id=actor.id, now=now)
            case "approve":
                services.approve_explanation(actor=actor, item_id=found.id, proposal_id=proposal_id, now=now)
            case "refuse":
                services.refuse_explanation(actor=actor, item_id=found.id, proposal_id=proposal_id, now=now)
    except services.SameOfficer:
        return _("Anda yang mengusulkan ini. Petugas lain harus menyetujuinya.")
    except services.SuspenseClosed:
        return None
    except (services.ProposalMissing, services.WayImpossible, services.BillNotFound):
        return _("Usul ini tidak berlaku lagi, karena keadaannya berubah. Periksa lalu usulkan lagi.")
    return None


def _proposed(request: HttpRequest, found: SuspenseView, form: ExplanationForm) -> bool:
    """Hand in a proposal; False when the form says why not."""
    way, _pair, other = form.cleaned_data["way"].partition("-")
    payer = None
    if way == "deposit":
        payer = find_payer(form.cleaned_data.get("payer", ""))
        if payer is None:
            form.add_error("payer", _("Tidak ada perusahaan dengan NPP atau nomor VA ini. Periksa lagi."))
            return False
    try:
        services.propose_explanation(
            actor=actor_of(request),
            item_id=found.id,
            way=way,
            employer_id=payer.employer_id if payer else None,
            meant_for=payer.customer_no if payer else "",
            other_id=int(other) if other else None,
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
    except (services.SuspenseClosed, services.WayImpossible, services.BillNotFound, LookupError):
        form.add_error("way", _("Keadaan hal ini baru saja berubah. Muat lagi halaman ini."))
        return False
    return True


def _ways(found: SuspenseView, opposite: list[SuspenseView]) -> list[tuple[str, str]]:
    """What can explain this item."""
    ways = [("deposit", way_words("deposit"))] if found.amount_rupiah > 0 else []
    ways += [
        (
            f"pair-{other.id}",
            _("Pasangkan dengan %(amount)s tanggal %(day)s (%(why)s)")
            % {"amount": rupiah(other.amount_rupiah), "day": long_date(other.money_on), "why": why_words(other.why)},
        )
        for other in opposite
    ]
    if found.why == "amount_differs":
        ways.append(("difference", way_words("difference")))
    return ways


def _page(
    request: HttpRequest,
    found: SuspenseView,
    form: ExplanationForm,
    opposite: list[SuspenseView],
    *,
    refusal: str = "",
) -> HttpResponse:
    proposals = suspense_queries.proposals_of(found.id)
    waiting = next((one for one in proposals if one.decided_at is None), None)
    foretold = _foretold(found, waiting) if waiting else None
    context: dict[str, Any] = {
        "navigation": navigation("staff:suspense"),
        "trail": [
            Link(_("Uang belum jelas"), reverse("staff:suspense")),
            Link(why_words(found.why), "", current=True),
        ],
        "item": found,
        "why": why_words(found.why),
        "status": state_status(found),
        "facts": _facts(found),
        "form": form,
        "has_ways": bool(_ways(found, opposite)),
        "act": ActForm(),
        "waiting": waiting,
        "waiting_way": way_words(waiting.way) if waiting else "",
        "foretold": foretold,
        "foretold_rows": foretold_table(foretold) if foretold else None,
        "own_proposal": waiting is not None and waiting.proposed_by == actor_of(request).id,
        "mine": found.owner_id == actor_of(request).id,
        "events": [
            Event(one.proposed_at, f"{way_words(one.way)}: {one.reason}", one.proposer_name, decision_words(one))
            for one in proposals
        ],
        "refusal": refusal,
    }
    return render(request, "branch/suspense_item.html", context, status=422 if form.errors or refusal else 200)


def _foretold(found: SuspenseView, waiting: Proposal) -> Foretold | None:
    if waiting.employer_id is None:
        return None
    return foretell_deposit(
        employer_id=waiting.employer_id,
        amount_rupiah=found.amount_rupiah,
        meant_for=waiting.meant_for,
        paid_on=found.money_on,
    )


def _facts(found: SuspenseView) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("Bank"), found.bank_name),
        SummaryRow(_("Tanggal uang"), found.money_on, kind="date"),
        SummaryRow(_("Umur (hari)"), found.age_days, kind="number"),
        SummaryRow(_("Petugas"), found.owner_name or _("Belum ada")),
    ]
    for label, amount in ((_("Menurut bank"), found.bank_rupiah), (_("Menurut kami"), found.our_rupiah)):
        rows.append(
            SummaryRow(label, _("Tidak ada") if amount is None else amount, kind="text" if amount is None else "amount")
        )
    if found.customer_no:
        rows.append(SummaryRow(_("Nomor VA"), found.customer_no, kind="number"))
    for label, text in (
        (_("Nomor acuan"), found.reference),
        (_("Nomor jurnal"), found.journal_no),
        (_("Tanda terima"), found.receipt_number),
        (_("Perusahaan"), f"{found.employer_name} (NPP {groups(found.npp)})" if found.npp else ""),
        (_("Dijelaskan sebagai"), way_words(found.way) if found.way else ""),
        (_("Tanda terima setoran"), found.deposit_receipt),
    ):
        if text:
            rows.append(SummaryRow(label, text))
    return rows
