"""One call of a bank from end to end: checked, looked up among earlier ones, done once, remembered, answered."""

import contextlib
import logging
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from django.db import DatabaseError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from psycopg.errors import DeadlockDetected

from lindung.access.partners import (
    AlreadyAnswered,
    AnsweredCall,
    AnswersBefore,
    GivenAnswer,
    answers_before,
    remember_answers,
)
from lindung.access.refused_calls import count_refused_call
from lindung.channels.bank.answers import (
    BAD_TOKEN,
    CONFLICT,
    GENERAL_ERROR,
    INCONSISTENT,
    NOT_SUPPORTED,
    UNAUTHORIZED,
    Answer,
    Case,
    Refused,
    Service,
    http,
    inconsistent,
    refusal,
    success,
)
from lindung.channels.bank.callers import storable
from lindung.channels.bank.calls import Call, read_call
from lindung.channels.shared.access import public
from lindung.contributions.services import ContradictingCall, keep_contradiction, note_unanswered, report_clash
from lindung.lib import clock
from lindung.lib.snap import parse_amount

log = logging.getLogger("lindung.bank")

Work = Callable[[Call], Mapping[str, Any]]
"""What a service does with a checked call: gives the fields of the good answer or raises ``Refused``."""


Shared = Callable[[Call], Answer | None]
"""Has a checked call done and its answer remembered together with others, or None: then it is done alone."""


def signed_call(service: Service, work: Work, shared: Shared | None = None) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a service. It is public because the bank's signature, and no account, is what lets a call in."""

    @public
    def view(request: HttpRequest) -> HttpResponse:
        now = clock.now()
        return guarded(request, service, lambda: _answered(read_call(request, service, now), work, shared))

    return view


def guarded(request: HttpRequest, service: Service, act: Callable[[], Answer]) -> HttpResponse:
    """Send what ``act`` answers. Every refusal has its code; anything unforeseen is a General Error."""
    try:
        if request.method != "POST":
            raise Refused(NOT_SUPPORTED)
        answered = act()
    except Refused as refused:
        answered = refusal(service, refused)
        if refused.case in (*_CLASHES, UNAUTHORIZED, BAD_TOKEN):
            log.warning("bank call refused: %s %s", refused.case.code(service), refused)
            _count(request.headers.get("X-Partner-Id") or request.headers.get("X-Client-Key"), service, refused.case)
    except Exception as error:
        # The error's own words may hold what the bank sent, so only its kind and place are written down.
        log.error("bank call to service %s failed: %s at %s", service, type(error).__name__, _place(error))
        answered = refusal(service, Refused(GENERAL_ERROR))
    response = http(answered, clock.now())
    if answered.status == 405:
        response["Allow"] = "POST"
    return response


def _count(named: str | None, service: Service, case: Case) -> None:
    """Count what was refused where officers see it, and tell them of the day's first clash of a bank."""
    now = clock.now()
    # The answer does not wait for a database that is gone; the log has the line.
    with contextlib.suppress(DatabaseError):
        counted = count_refused_call(
            named=storable(named or ""), service=service, code=f"{case.status}{case.number}", now=now
        )
        if case in _CLASHES and service is Service.PAYMENT and counted.first:
            report_clash(partner_id=counted.partner_id, bank_name=counted.bank_name, count_id=counted.id, now=now)


_CLASHES = (CONFLICT, INCONSISTENT)


def _answered(call: Call, work: Work, shared: Shared | None) -> Answer:
    try:
        if shared is None:
            return _answer_in_the_end(call, work)
        # What has to go alone is often a repeat: looking costs less than undoing.
        return shared(call) or _given_before(call) or _answer_in_the_end(call, work)
    except Refused as refused:
        _keep(call, refused.case)
        raise
    except Exception:
        if call.service is Service.PAYMENT:
            _ask_later(call)
        raise


def _ask_later(call: Call) -> None:
    """The bank is told that we failed, and may have the money all the same. A database that is gone cannot note it:
    then the evening's question, or the bank's statement, finds it."""
    with contextlib.suppress(DatabaseError):
        note_unanswered(
            partner_id=call.caller.id, reference=call.reference, customer_no=call.fields["customerNo"], now=call.now
        )


def _answer_in_the_end(call: Call, work: Work) -> Answer:
    """Made again where two waited for each other and the server ended this one whole: nobody else has to know."""
    try:
        return _answer_once(call, work)
    except OperationalError as error:
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
    return _answer_once(call, work)


def _answer_once(call: Call, work: Work) -> Answer:
    # Where the external id turns out to be taken, what this call did is undone, and the answer that stands there holds.
    try:
        return _first_answer(call, work)
    except AlreadyAnswered:
        answered = _given_before(call)
        if answered is None:
            raise
    return answered


def _given_before(call: Call) -> Answer | None:
    """What is to be said to a call whose external id was answered before, if it was. Raises ``Refused``."""
    same = before(call).same
    return _again(call, same) if same else None


def before(call: Call) -> AnswersBefore:
    """What the same call was answered, and what inquiries were answered under the reference of a payment."""
    return answers_before(
        partner_id=call.caller.id,
        service=call.service,
        external_id=call.external_id,
        day_wib=call.day_wib,
        asked_by=Service.INQUIRY,
        reference=call.reference if call.service is Service.PAYMENT else "",
    )


def _first_answer(call: Call, work: Work) -> Answer:
    refused = None
    with transaction.atomic():
        try:
            answered = success(call.service, work(call))
        except Refused as error:
            # Nothing was written, so nothing has to be undone; a repeat is refused alike.
            refused, answered = error, refusal(call.service, error)
        remember_answers([remembered(call, answered)])
    if refused:
        raise refused
    return answered


def _keep(call: Call, case: Case) -> None:
    """Keep a payment's call that contradicts an earlier one, for officers to ask the bank about. The answer does not
    wait for a database that is gone."""
    if case not in _CLASHES or call.service is not Service.PAYMENT:
        return
    told = ContradictingCall(
        partner_id=call.caller.id,
        reference=call.reference,
        external_id=call.external_id,
        content_sha256=call.content_sha256,
        customer_no=str(call.fields["customerNo"]),
        amount_rupiah=parse_amount(call.fields["paidAmount"]["value"]),
        channel=call.text("channelCode") or call.channel_id,
        bank_reference=call.text("referenceNo"),
        taken_at_told=call.text("trxDateTime"),
    )
    with contextlib.suppress(DatabaseError):
        keep_contradiction(call=told, now=call.now)


def remembered(call: Call, answered: Answer) -> AnsweredCall:
    """A call and its answer, as they are kept."""
    given = GivenAnswer(call.reference, call.content_sha256, answered.status, call.now, answered.body)
    return AnsweredCall(call.caller.id, call.service, call.external_id, call.day_wib, given)


def _again(call: Call, first: GivenAnswer) -> Answer:
    if (first.reference, first.content_sha256) != (call.reference, call.content_sha256):
        raise Refused(CONFLICT, echo=call.echo)
    same = Answer(first.status, first.body)
    asked_to_repeat = call.caller.repeats_are_replayed or call.fields.get("flagAdvise") == "Y"
    # The standard knows "inconsistent" for payments only; asking about a bill again is harmless.
    if call.service is Service.INQUIRY or asked_to_repeat:
        return same
    return inconsistent(same)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
