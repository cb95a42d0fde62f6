"""Credit that firms ask back: what waits by age, and one of them with its acts, each by another officer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lindung.access.permissions import Permission
from lindung.access.queries import clerk_names
from lindung.channels.branch import refund_words
from lindung.channels.branch.desk import actor_of, navigation, posted_number
from lindung.channels.branch.forms import ActForm, RefundAnswerForm, RefundReasonForm, TransferForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Choice, Link
from lindung.channels.shared.forms import HouseForm
from lindung.contributions import money_queries, refund_queries, services
from lindung.contributions.refund_queries import RefundView
from lindung.lib import clock

_STATES = ("", "asked", "waits", "approved", "sent", "returned", "refused", "withdrawn")
_MOVES_SHOWN = 20


@require_safe
@requires(Permission.REFUNDS_DECIDE)
def refunds(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first, or those of ``?state=``."""
    state = request.GET.get("state", "")
    state = state if state in _STATES else ""
    words = (
        _("Semua yang menunggu"),
        _("Belum disetujui"),
        _("Menunggu petugas kedua"),
        _("Menunggu transfer"),
        _("Sudah ditransfer"),
        _("Kembali dari bank"),
        _("Belum bisa dipenuhi"),
        _("Ditarik perusahaan"),
    )
    waits = state == "waits"
    found = refund_queries.refunds(state="" if waits else state, waits=waits)
    context = {
        "navigation": navigation("staff:refunds"),
        "to_pay_back": refund_queries.open_refunds(),
        "choices": [
            Choice(word, f"{request.path}?state={name}" if name else request.path, current=name == state)
            for name, word in zip(_STATES, words, strict=True)
        ],
        "found": found,
        "table": refund_words.refunds_table(found, clock.wib_date(clock.now())),
    }
    return render(request, "branch/refunds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REFUNDS_DECIDE)
def refund(request: HttpRequest, refund_id: int) -> HttpResponse:
    """One refund. POST does what its button says (``do``): propose, decide, refuse, open, record, stop, return."""
    found = refund_queries.refund(refund_id)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    do = request.POST.get("do", "")
    if do == "open":
        return _opened(request, found)
    form = _FORMS.get(do, ActForm)(request.POST)
    if not form.is_valid():
        return _page(request, found, {do: form})
    refusal = _refusal(lambda: _act(request, found, do, form.cleaned_data))
    if refusal:
        now_there = refund_queries.refund(refund_id) or found
        return _page(request, now_there, {do: form} if do in _FORMS else {}, refusal=refusal)
    return HttpResponseRedirect(request.path)


_FORMS: dict[str, type[HouseForm]] = {
    "propose": RefundAnswerForm,
    "stop": RefundReasonForm,
    "record": TransferForm,
    "return": RefundReasonForm,
}


def _act(request: HttpRequest, found: RefundView, do: str, told: dict[str, Any]) -> None:
    act: dict[str, Any] = {"actor": actor_of(request), "refund_id": found.id, "now": clock.now()}
    match do:
        case "propose" | "stop":
            services.propose_refund(pay=told.get("pay") == "yes", reason=told["reason"], **act)
        case "decide":
            services.decide_refund(proposal_id=posted_number(request, "proposal"), **act)
        case "refuse":
            services.refuse_refund_proposal(proposal_id=posted_number(request, "proposal"), **act)
        case "record":
            services.record_transfer(transfer_no=told["transfer_no"], sent_on=told["sent_on"], **act)
        case "return":
            services.return_refund(reason=told["reason"], **act)


def _opened(request: HttpRequest, found: RefundView) -> HttpResponse:
    """The page with the account's whole number on it, this once; the trail has it."""
    numbers: list[str] = []
    refusal = _refusal(
        lambda: numbers.append(
            services.take_transfer(
                actor=actor_of(request),
                refund_id=found.id,
                taken_from=posted_number(request, "taken_from") or None,
                now=clock.now(),
            )
        )
    )
    now_there = refund_queries.refund(found.id) or found
    return _page(request, now_there, refusal=refusal, account_no=numbers[0] if numbers else "")


def _refusal(act: Callable[[], None]) -> str:
    """Do it; gives why it could not be, or an empty text."""
    try:
        act()
    except services.SameOfficer:
        return _("Anda sudah punya bagian dalam permintaan ini. Petugas lain harus melakukannya.")
    except services.FirmsOwnOfficer:
        return _("Anda pengguna perusahaan ini, atau pernah. Petugas lain harus menanganinya.")
    except services.TransferTaken:
        return _("Petugas lain sedang memegang transfernya. Tanyakan dulu kepadanya.")
    except services.TransferEarly as early:
        return refund_words.early_words(early.from_at)
    except services.TransferRefused as refused:
        return {
            "used": _("Nomor transfer ini sudah tercatat untuk pengembalian lain. Periksa bukti transfernya."),
            "day": _("Tanggal transfer harus antara hari disetujui dan hari ini. Periksa bukti transfernya."),
            "number": _("Isi nomor transfer dari bank."),
        }[refused.why]
    except (services.RefundMoved, services.ProposalMissing, LookupError):
        return _("Keadaannya baru saja berubah. Periksa lagi halaman ini.")
    return ""


def _opens_at(found: RefundView) -> datetime:
    return refund_queries.opens_at(
        employer_id=found.employer_id,
        refund_id=found.id,
        account_digest=found.account_digest,
        asked_at=found.asked_at,
    )


def _page(
    request: HttpRequest,
    found: RefundView,
    forms: Mapping[str, HouseForm] = MappingProxyType({}),
    *,
    refusal: str = "",
    account_no: str = "",
) -> HttpResponse:
    """``forms``: what was typed, by the button that sent it. ``account_no``: all its digits, where they may be seen."""
    me, now, from_at = actor_of(request).id, clock.now(), _opens_at(found)
    answers = refund_queries.answers_of(found.id)
    waiting = next((one for one in answers if one.decided_at is None), None)
    faulty = next((form for form in forms.values() if form.errors), None)
    context: dict[str, Any] = {
        "navigation": navigation("staff:refunds"),
        "trail": [
            Link(_("Pengembalian saldo"), reverse("staff:refunds")),
            Link(found.number, "", current=True),
        ],
        "found": found,
        "status": refund_words.state_status(found),
        "facts": refund_words.facts(found, clerk_names(found.employer_id, [found.asked_by]).get(found.asked_by, "")),
        "looks": [refund_words.look_words(look) for look in refund_queries.looks(found)] if found.open else [],
        "moves": refund_words.moves_table(money_queries.credit_moves(employer_id=found.employer_id, most=_MOVES_SHOWN)),
        "waiting": waiting,
        "waiting_words": refund_words.answer_words(waiting) if waiting else "",
        "own_proposal": waiting is not None and waiting.proposed_by == me,
        "propose": forms.get("propose") or RefundAnswerForm(),
        "stop": forms.get("stop") or RefundReasonForm(),
        "record": forms.get("record") or TransferForm(initial={"sent_on": clock.wib_date(now)}),
        "back": forms.get("return") or RefundReasonForm(),
        "stopping": "stop" in forms,
        "returning": "return" in forms,
        "early": refund_words.early_words(from_at) if now < from_at else "",
        "taken_by_me": found.taken_by == me,
        "taken_by_other": found.taken_by not in (None, me),
        "may_send": found.proposed_by != me,
        "may_return": found.sent_by != me,
        "account_no": account_no,
        "act": ActForm(),
        "events": refund_words.events(answers),
        "refusal": refusal,
        "form": faulty,
    }
    return render(request, "branch/refund.html", context, status=422 if faulty or refusal else 200)
