"""What waits for a second person: put before him, agreed to, given back. The figures are on the page of the file."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lindung.access.permissions import Permission
from lindung.access.queries import clerk_names, firm_users, second_person
from lindung.access.trail import Actor
from lindung.channels.employer import file_kinds, standing
from lindung.channels.employer.firm import actor_of, firm_of, may
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Task
from lindung.channels.shared.formats import month_name
from lindung.channels.shared.forms import HouseForm
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts
from lindung.uploads import approvals, queries, services
from lindung.uploads.queries import UploadView

_APPROVER = "firm_approval"


class ReturnForm(HouseForm):
    """Why it is given back, for who entered it."""

    summary_takes_focus = False
    reason = forms.CharField(
        label=_("Apa yang perlu diperbaiki"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )


@require_POST
@requires(Permission.ENTRIES_APPROVE)
def approve(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """The second yes. Where somebody was faster, or it is one's own work, the page shows how it stands."""
    firm = firm_of(request, employer_id)
    found = _waiting(firm, upload_id)
    if found is not None:
        with suppress(services.CannotConfirm, approvals.OwnWork):
            approvals.approve_upload(actor=actor_of(request), upload_id=found.id, now=clock.now())
    return _to(firm, upload_id)


@require_POST
@requires(Permission.ENTRIES_APPROVE)
def give_back(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Give it back with a reason; without one the page asks for it again."""
    firm = firm_of(request, employer_id)
    found = _waiting(firm, upload_id)
    form = ReturnForm(request.POST)
    if found is None:
        return _to(firm, upload_id)
    if not form.is_valid():
        return HttpResponseRedirect(f"{reverse('employer:upload', args=[firm.id, upload_id])}?reason=1#return")
    with suppress(services.CannotConfirm):
        approvals.return_upload(
            actor=actor_of(request), upload_id=found.id, reason=form.cleaned_data["reason"], now=clock.now()
        )
    return _to(firm, upload_id)


@require_POST
@requires(Permission.WAGES_REPORT)
def take_back(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Who enters takes back what waits, to change it."""
    firm = firm_of(request, employer_id)
    found = _waiting(firm, upload_id)
    if found is not None:
        with suppress(services.CannotConfirm):
            approvals.return_upload(actor=actor_of(request), upload_id=found.id, reason="", now=clock.now())
    return _to(firm, upload_id)


def agree(actor: Actor, found: UploadView) -> None:
    """The first yes: it is booked, or waits for the second. Raises ``services.CannotConfirm``."""
    now = clock.now()
    try:
        services.confirm_upload(actor=actor, upload_id=found.id, now=now, partial=found.can_confirm_part)
    except services.SecondPersonNeeded:
        approvals.propose_upload(actor=actor, upload_id=found.id, now=now, partial=found.can_confirm_part)


def put_before_second(
    request: HttpRequest, firm: EmployerFacts, *, kind: str, texts: Mapping[str, Sequence[str]]
) -> HttpResponse:
    """What was typed on a screen waits like a file of its kind, on the same page. Raises ``Refused``.

    Typed again just so, it leads to what waits already.
    """
    now, actor = clock.now(), actor_of(request)
    try:
        upload_id = services.receive_typed(
            actor=actor,
            employer_id=firm.id,
            kind=kind,
            period=clock.wib_date(now).replace(day=1),
            texts=texts,
            now=now,
        ).id
    except services.AlreadyUploaded as earlier:
        return _to(firm, earlier.upload_id)
    # Where something in it must be looked at first, the page of the file says so.
    with suppress(services.CannotConfirm):
        approvals.propose_upload(actor=actor, upload_id=upload_id, now=now)
    return _to(firm, upload_id)


def context(request: HttpRequest, firm: EmployerFacts, found: UploadView) -> dict[str, Any]:
    """Who may do what with this file, who put it before whom, and why it came back."""
    held, me = may(request, firm), actor_of(request).id
    told: dict[str, Any] = {
        "may_enter": Permission.WAGES_REPORT in held,
        "two_persons": second_person(firm.id) is not None,
    }
    turn = approvals.last_approval(found.id) if found.state in ("checked", "proposed") else None
    if turn is None:
        return told
    names = clerk_names(firm.id, {turn.proposed_by, turn.answered_by})
    mine = me in (turn.proposed_by, found.sent_by)
    return told | {
        "may_approve": Permission.ENTRIES_APPROVE in held and not mine,
        "approvers": _approvers(firm, {turn.proposed_by, found.sent_by}),
        "proposed_by": names.get(turn.proposed_by, ""),
        "proposed_at": standing.moment_wib(turn.proposed_at),
        "answered_by": names.get(turn.answered_by, ""),
        "returned": turn.reason if found.state == "checked" else "",
        "return_form": _return_form(request),
        "return_open": "reason" in request.GET,
    }


def waiting_tasks(request: HttpRequest, firm: EmployerFacts) -> list[Task]:
    """What waits for the yes of who asks, the oldest first."""
    if Permission.ENTRIES_APPROVE not in may(request, firm):
        return []
    me, tasks = actor_of(request).id, []
    for upload_id in approvals.waiting_uploads([firm.id]):
        found, turn = queries.upload(firm.id, upload_id), approvals.last_approval(upload_id)
        if found is None or turn is None or me in (turn.proposed_by, found.sent_by):
            continue
        who = clerk_names(firm.id, [turn.proposed_by]).get(turn.proposed_by, "")
        hint = ", ".join(part for part in (who, standing.moment_wib(turn.proposed_at)) if part)
        url = reverse("employer:upload", args=[firm.id, upload_id])
        tasks.append(Task(_title(found), url, gettext("Periksa"), "needs-you", hint=hint))
    return tasks


def _title(found: UploadView) -> str:
    if found.kind == file_kinds.WAGES:
        return gettext("Upah %(month)s") % {"month": month_name(found.period)}
    if found.kind == file_kinds.PROJECT_WAGES:
        return gettext("Upah proyek, %(month)s") % {"month": month_name(found.period)}
    return str(file_kinds.file_kinds()[found.kind].title)


def _approvers(firm: EmployerFacts, but: set[int]) -> list[str]:
    return [user.name for user in firm_users(firm.id) if _APPROVER in user.codes and user.account_id not in but]


def _return_form(request: HttpRequest) -> ReturnForm:
    """Asked for again where it was left empty."""
    form = ReturnForm({"reason": ""} if "reason" in request.GET else None)
    form.is_valid()
    return form


def _waiting(firm: EmployerFacts, upload_id: int) -> UploadView | None:
    found = queries.upload(firm.id, upload_id)
    return found if found is not None and found.state == "proposed" else None


def _to(firm: EmployerFacts, upload_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, upload_id]))
